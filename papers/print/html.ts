import mammoth from 'mammoth';
import { paragraphStyles, tableStyles } from '../docx/styles.ts';

/** Alignments that are set on a paragraph by hand, by Word's name for them. */
const alignments: Record<string, 'left' | 'center' | 'right' | 'justify'> = {
  ...{ left: 'left', start: 'left', center: 'center', right: 'right', end: 'right', both: 'justify' },
  distribute: 'justify',
};

const named = Object.entries(paragraphStyles);
const aligned = [...new Set(Object.values(alignments))];

const styleMap = [
  ...named.map(([id, { name }]) => `p[style-name='${name}'] => p.${id}:fresh`),
  ...named.flatMap(([id, { name }]) =>
    aligned.map((alignment) => `p[style-name='${name} ${alignment}'] => p.${id}.${alignment}:fresh`),
  ),
  ...Object.entries(tableStyles).map(([id, { name }]) => `table[style-name='${name}'] => table.${id}:fresh`),
  ...[1, 2, 3].map((level) => `p[style-name='heading ${level}'] => p.PaperHeading:fresh`),
  'p:unordered-list(1) => ul > li:fresh',
  'p:ordered-list(1) => ol > li:fresh',
  'u => u',
].join('\n');

/** What mammoth has read of a document, as far as it is touched here. */
interface Part {
  type: string;
  styleName?: string | null;
  alignment?: string | null;
  children?: Part[];
}

const names = new Set<string>(named.map(([, { name }]) => name));

/** Mammoth goes by styles alone; a paragraph aligned by hand gets one of its own. */
function byAlignment(part: Part): Part {
  part.children?.forEach(byAlignment);
  const alignment = alignments[part.alignment ?? ''];
  if (part.type === 'paragraph' && alignment !== undefined) {
    const name = part.styleName ?? '';
    part.styleName = `${names.has(name) ? name : paragraphStyles.PaperPlain.name} ${alignment}`;
  }
  return part;
}

/** The text of a filled DOCX as HTML, whose classes are the styles of its paragraphs. Well-formed, so that it is read as XML. */
export async function htmlOf(docx: Buffer): Promise<string> {
  const { value } = await mammoth.convertToHtml(
    { buffer: docx },
    { styleMap, includeDefaultStyleMap: false, transformDocument: byAlignment, externalFileAccess: false },
  );
  return `<html>${value}</html>`;
}
