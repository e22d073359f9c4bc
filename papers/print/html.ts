import mammoth from 'mammoth';
import { paragraphStyles, tableStyles } from '../docx/styles.ts';

const styleMap = [
  ...Object.entries(paragraphStyles).map(([id, { name }]) => `p[style-name='${name}'] => p.${id}:fresh`),
  ...Object.entries(tableStyles).map(([id, { name }]) => `table[style-name='${name}'] => table.${id}:fresh`),
  ...[1, 2, 3].map((level) => `p[style-name='heading ${level}'] => p.PaperHeading:fresh`),
  'p:unordered-list(1) => ul > li:fresh',
  'p:ordered-list(1) => ol > li:fresh',
  'u => u',
];

/** The text of a filled DOCX as HTML, whose classes are the styles of its paragraphs. Well-formed, so that it is read as XML. */
export async function htmlOf(docx: Buffer): Promise<string> {
  const { value } = await mammoth.convertToHtml(
    { buffer: docx },
    { styleMap, includeDefaultStyleMap: false, externalFileAccess: false, ignoreEmptyParagraphs: true },
  );
  return `<html>${value}</html>`;
}
