import { lineHeight, type ParagraphStyle, page, paragraphStyles, tableStyles } from './styles.ts';
import { zip } from './zip.ts';

type StyleId = keyof typeof paragraphStyles;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const twips = (points: number): number => Math.round(points * 20);
const WORDS = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const OFFICE = 'application/vnd.openxmlformats-officedocument.wordprocessingml';
const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

const paragraph = (style: StyleId, text: string): string =>
  `<w:p><w:pPr><w:pStyle w:val="${style}"/></w:pPr>${
    text === '' ? '' : `<w:r><w:t xml:space="preserve">${escaped(text)}</w:t></w:r>`
  }</w:p>`;

/** Cells of a line between bars; the last bar may be left out. */
const cellsOf = (line: string): string[] => line.split('|').map((cell) => cell.trim());

function table(
  style: keyof typeof tableStyles,
  rows: Array<{ cells: string[]; head: boolean }>,
  shares: number[],
): string {
  const columns = Math.max(...rows.map(({ cells }) => cells.length));
  const all = page.width - page.left - page.right;
  const widths = Array.from({ length: columns }, (_, index) => twips((all * (shares[index] ?? 100 / columns)) / 100));
  const cellStyle: StyleId = style === 'PaperSigns' ? 'PaperSign' : 'PaperCell';
  const row = ({ cells, head: isHead }: { cells: string[]; head: boolean }): string =>
    `<w:tr><w:trPr><w:cantSplit/>${isHead ? '<w:tblHeader/>' : ''}</w:trPr>${widths
      .map(
        (width, index) =>
          `<w:tc><w:tcPr><w:tcW w:w="${width}" w:type="dxa"/></w:tcPr>${paragraph(cellStyle, cells[index] ?? '')}</w:tc>`,
      )
      .join('')}</w:tr>`;
  return `<w:tbl><w:tblPr><w:tblStyle w:val="${style}"/><w:tblW w:w="${widths.reduce((a, b) => a + b, 0)}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>${widths
    .map((width) => `<w:gridCol w:w="${width}"/>`)
    .join('')}</w:tblGrid>${rows.map(row).join('')}</w:tbl>`;
}

const marks = (Object.entries(paragraphStyles) as Array<[StyleId, ParagraphStyle]>)
  .filter(([, { mark }]) => mark !== '' && mark !== '|' && mark !== '~')
  .sort(([, a], [, b]) => b.mark.length - a.mark.length);

/**
 * The body of a template from its source: a line is a paragraph whose style its first sign names (`docx/styles.ts`); `|!` is the
 * head of a table, `|` a row, `|-` the widths in percent of the table that follows, `~` a row of signatures.
 */
function bodyOf(source: string): string {
  const parts: string[] = [];
  let shares: number[] = [];
  let rows: Array<{ cells: string[]; head: boolean }> = [];
  let open: '|' | '~' | undefined;
  const close = () => {
    if (open === undefined) return;
    parts.push(table(open === '~' ? 'PaperSigns' : 'PaperTable', rows, shares), paragraph('PaperGap', ''));
    [rows, shares, open] = [[], [], undefined];
  };
  for (const line of source.split('\n').filter((one) => one !== '')) {
    const kind = line.startsWith('|') ? '|' : line.startsWith('~') ? '~' : undefined;
    if (kind !== open || line.startsWith('|-')) close();
    if (line.startsWith('|-')) shares = line.slice(2).trim().split(/\s+/).map(Number);
    else if (kind !== undefined) {
      const isHead = line.startsWith('|!');
      open = kind;
      rows.push({ cells: cellsOf(line.slice(isHead ? 2 : 1)), head: isHead });
    } else {
      const [style, { mark }] = marks.find(([, one]) => line.startsWith(`${one.mark} `)) ?? [
        'PaperBody' as const,
        { mark: '' },
      ];
      parts.push(paragraph(style, line.slice(mark.length).trim()));
    }
  }
  close();
  return parts.join('');
}

const fonts =
  '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="宋体" w:cs="Times New Roman"/>';

function styleOf([id, style]: [string, ParagraphStyle]): string {
  const { name, size, bold, align, before = 0, after = 0, line = lineHeight, indent, keepNext } = style;
  return `<w:style w:type="paragraph" w:customStyle="1" w:styleId="${id}"><w:name w:val="${name}"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>${
    keepNext ? '<w:keepNext/>' : ''
  }<w:spacing w:before="${twips(before)}" w:after="${twips(after)}" w:line="${Math.round(240 * line)}" w:lineRule="auto"/>${
    indent ? `<w:ind w:firstLineChars="200" w:firstLine="${twips(size * 2)}"/>` : ''
  }${align ? `<w:jc w:val="${align}"/>` : ''}</w:pPr><w:rPr>${fonts}${bold ? '<w:b/>' : ''}<w:sz w:val="${size * 2}"/><w:szCs w:val="${size * 2}"/></w:rPr></w:style>`;
}

const border = (sides: string[]): string =>
  sides.map((side) => `<w:${side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>`).join('');

const styles = `${head}<w:styles xmlns:w="${WORDS}"><w:docDefaults><w:rPrDefault><w:rPr>${fonts}<w:sz w:val="24"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>${Object.entries(
  paragraphStyles,
)
  .map(styleOf)
  .join('')}${Object.entries(tableStyles)
  .map(
    ([id, { name, bordered }]) =>
      `<w:style w:type="table" w:customStyle="1" w:styleId="${id}"><w:name w:val="${name}"/><w:tblPr>${
        bordered
          ? `<w:tblBorders>${border(['top', 'left', 'bottom', 'right', 'insideH', 'insideV'])}</w:tblBorders>`
          : ''
      }<w:tblCellMar><w:left w:w="80" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>`,
  )
  .join('')}</w:styles>`;

const field = (name: string): string => `<w:fldSimple w:instr=" ${name} "><w:r><w:t>1</w:t></w:r></w:fldSimple>`;
const run = (text: string): string => `<w:r><w:t xml:space="preserve">${text}</w:t></w:r>`;
const footer = `${head}<w:ftr xmlns:w="${WORDS}"><w:p><w:pPr><w:pStyle w:val="PaperNote"/><w:jc w:val="center"/></w:pPr>${run('第 ')}${field('PAGE')}${run(' 页　共 ')}${field('NUMPAGES')}${run(' 页')}</w:p></w:ftr>`;

const section = `<w:sectPr><w:footerReference w:type="default" r:id="rId2"/><w:pgSz w:w="${twips(page.width)}" w:h="${twips(page.height)}"/><w:pgMar w:top="${twips(page.top)}" w:right="${twips(page.right)}" w:bottom="${twips(page.bottom)}" w:left="${twips(page.left)}" w:header="720" w:footer="720" w:gutter="0"/></w:sectPr>`;

const relations = (rows: Array<[id: string, type: string, target: string]>): string =>
  `${head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${rows
    .map(([id, type, target]) => `<Relationship Id="${id}" Type="${RELATIONS}/${type}" Target="${target}"/>`)
    .join('')}</Relationships>`;

const types = `${head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${[
  ['document', 'document.main'],
  ['styles', 'styles'],
  ['footer1', 'footer'],
]
  .map(([part, type]) => `<Override PartName="/word/${part}.xml" ContentType="${OFFICE}.${type}+xml"/>`)
  .join('')}</Types>`;

/** A DOCX template from its source text; the same source gives the same bytes. */
export const makeTemplate = (source: string): Buffer =>
  zip([
    ['[Content_Types].xml', types],
    ['_rels/.rels', relations([['rId1', 'officeDocument', 'word/document.xml']])],
    [
      'word/document.xml',
      `${head}<w:document xmlns:w="${WORDS}" xmlns:r="${RELATIONS}"><w:body>${bodyOf(source)}${section}</w:body></w:document>`,
    ],
    ['word/styles.xml', styles],
    ['word/footer1.xml', footer],
    [
      'word/_rels/document.xml.rels',
      relations([
        ['rId1', 'styles', 'styles.xml'],
        ['rId2', 'footer', 'footer1.xml'],
      ]),
    ],
  ]);
