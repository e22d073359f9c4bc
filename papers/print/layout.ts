import { DOMParser, type Element, type Node } from '@xmldom/xmldom';
import type {
  Alignment,
  Content,
  ContentTable,
  ContentText,
  StyleDictionary,
  TDocumentDefinitions,
} from 'pdfmake/interfaces';
import { lineHeight, type ParagraphStyle, page, paragraphStyles, tableStyles } from '../docx/styles.ts';
import { fontFamily } from './fonts.ts';

const ELEMENT = 1;
const TEXT = 3;

/** Noto's own line is 1.44 times its size; Word's of a Chinese font 1.3. The page is to look alike in both. */
const LINE = 1.3 / 1.44;

const styles: StyleDictionary = Object.fromEntries(
  Object.entries(paragraphStyles as Record<string, ParagraphStyle>).map(([id, style]) => [
    id,
    {
      fontSize: style.size,
      lineHeight: (style.line ?? lineHeight) * LINE,
      margin: [0, style.before ?? 0, 0, style.after ?? 0],
      ...(style.bold ? { bold: true } : {}),
      ...(style.align ? { alignment: style.align === 'both' ? 'justify' : style.align } : {}),
      ...(style.indent ? { leadingIndent: style.size * 2 } : {}),
    },
  ]),
);

interface Marks {
  bold?: boolean;
  decoration?: 'underline';
}

const isElement = (node: Node): node is Element => node.nodeType === ELEMENT;
const childrenOf = (node: Node): Node[] => [...node.childNodes];
const elementsOf = (node: Node): Element[] => childrenOf(node).filter(isElement);

/** The runs of a paragraph: bold and underlined text, and line breaks. */
function runsOf(node: Node, marks: Marks = {}): ContentText[] {
  return childrenOf(node).flatMap((child) => {
    if (child.nodeType === TEXT) return [{ text: child.nodeValue ?? '', ...marks }];
    if (!isElement(child)) return [];
    if (child.tagName === 'br') return [{ text: '\n' }];
    if (child.tagName === 'strong') return runsOf(child, { ...marks, bold: true });
    return runsOf(child, child.tagName === 'u' ? { ...marks, decoration: 'underline' } : marks);
  });
}

function paragraph(element: Element): ContentText {
  const [style = '', alignment] = (element.getAttribute('class') ?? '').split(' ');
  const isHeading = style === 'PaperHeading';
  return {
    text: runsOf(element),
    style: Object.hasOwn(styles, style) ? style : 'PaperBody',
    ...(alignment === undefined ? {} : { alignment: alignment as Alignment }),
    ...(isHeading ? { headlineLevel: 1 } : {}),
  };
}

function table(element: Element, widths: number[] | undefined): ContentTable {
  const id = element.getAttribute('class') ?? 'PaperTable';
  const isBordered = id in tableStyles ? tableStyles[id as keyof typeof tableStyles].bordered : true;
  const groups = elementsOf(element).flatMap((part) =>
    part.tagName === 'tr'
      ? [{ head: false, row: part }]
      : elementsOf(part).map((row) => ({ head: part.tagName === 'thead', row })),
  );
  const body = groups.map(({ head, row }) =>
    elementsOf(row).flatMap((cell) => {
      const span = Number(cell.getAttribute('colspan') ?? 1);
      const stack = blocks(cell, () => undefined);
      return [
        { stack, colSpan: span, ...(head ? { bold: true, alignment: 'center' as const } : {}) },
        ...Array.from({ length: span - 1 }, () => ({})),
      ];
    }),
  );
  const columns = Math.max(1, ...body.map(({ length }) => length));
  return {
    table: {
      body: body.map((row) => [...row, ...Array.from({ length: columns - row.length }, () => ({ text: '' }))]),
      widths: Array.from({ length: columns }, (_, index) => `${widths?.[index] ?? 100 / columns}%`),
      headerRows: groups.filter(({ head }) => head).length,
      dontBreakRows: true,
    },
    layout: isBordered ? 'paper' : 'signs',
    margin: [0, 4, 0, 4],
  };
}

function list(element: Element): Content {
  const items = elementsOf(element).map((item) => ({ text: runsOf(item), style: 'PaperPlain' }));
  return element.tagName === 'ol' ? { ol: items } : { ul: items };
}

function blocks(parent: Node, nextWidths: () => number[] | undefined): Content[] {
  return elementsOf(parent).map((element) => {
    if (element.tagName === 'table') return table(element, nextWidths());
    return element.tagName === 'ol' || element.tagName === 'ul' ? list(element) : paragraph(element);
  });
}

/** Signs of a paragraph that is moved to another page together with the signatures. */
const MOST_KEPT = 400;

/** Signatures, seal and day stay on one page with the sentence before them: nobody signs a page that says nothing. */
function withSignatures(content: Content[]): Content[] {
  const first = content.findIndex((block) => (block as ContentTable).layout === 'signs');
  if (first < 0) return content;
  const before = content[first - 1] as ContentText | undefined;
  const length = ((before?.text ?? []) as ContentText[]).reduce((sum, { text }) => sum + String(text).length, 0);
  const from = length > 0 && length < MOST_KEPT ? first - 1 : first;
  return [...content.slice(0, from), { stack: content.slice(from), unbreakable: true }];
}

/** The page as pdfmake takes it: the HTML of a paper, the widths of its tables, and its page numbers. */
export function layoutOf(html: string, widths: number[][]): TDocumentDefinitions {
  const document = new DOMParser().parseFromString(html, 'text/xml');
  const left = [...widths];
  return {
    pageSize: { width: page.width, height: page.height },
    pageMargins: [page.left, page.top, page.right, page.bottom],
    content: withSignatures(blocks(document.documentElement as Element, () => left.shift())),
    styles,
    defaultStyle: { font: fontFamily, fontSize: 12 },
    footer: (current, count) => ({
      ...{ text: `第 ${current} 页　共 ${count} 页`, alignment: 'center', fontSize: 9, margin: [0, 30, 0, 0] },
    }),
    // A heading alone at the foot of a page goes to the next one. Its own runs are among what follows it.
    pageBreakBefore: ({ headlineLevel, startPosition: own }, { getFollowingNodesOnPage }) =>
      headlineLevel === 1 && getFollowingNodesOnPage().every(({ startPosition: { top } }) => top <= own.top),
  };
}
