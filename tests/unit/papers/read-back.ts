import mammoth from 'mammoth';
import { extractText, getDocumentProxy } from 'unpdf';
import type { PaperFile } from '../../../papers/index.ts';

/** What differs between two readers of one text: spaces and line ends. */
const plain = (text: string): string => text.replace(/\s/gu, '');

/** The words of a paper as Word has them. */
export async function docxText({ docx }: { docx: Pick<PaperFile, 'bytes'> }): Promise<string> {
  return plain((await mammoth.extractRawText({ buffer: docx.bytes })).value);
}

/** The words of a paper as a reader of PDF finds them, without the page numbers. */
export async function pdfText({ pdf }: { pdf: Pick<PaperFile, 'bytes'> }): Promise<{ text: string; pages: number }> {
  const document = await getDocumentProxy(new Uint8Array(pdf.bytes));
  const { text, totalPages } = await extractText(document, { mergePages: false });
  const pages = text.map((page, index) => {
    const number = `第${index + 1}页共${totalPages}页`;
    if (!plain(page).includes(number)) throw new Error(`page ${index + 1} does not say its number`);
    return plain(page).replace(number, '');
  });
  return { text: pages.join(''), pages: totalPages };
}

/** The fonts of a PDF, each with whether its glyphs are in the file. */
export function pdfFonts({ pdf }: { pdf: Pick<PaperFile, 'bytes'> }): Array<{ name: string; embedded: boolean }> {
  const raw = pdf.bytes.toString('latin1');
  const names = [...raw.matchAll(/\/Type \/FontDescriptor.*?\/FontName \/(\S+).*?endobj/gs)];
  return names.map(([object, name]) => ({ name: name as string, embedded: object.includes('/FontFile2 ') }));
}
