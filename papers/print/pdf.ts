import pdfmake from 'pdfmake';
import type { LegalDay } from '../../domain/time/types.ts';
import { type FontFile, fontFamily, fontTokens } from './fonts.ts';
import { layoutOf } from './layout.ts';

/** What a PDF says of itself beside its text; nothing of the moment or the machine it is made on. */
export interface PdfHead {
  title: string;
  madeOn: LegalDay;
}

const [normal, bold] = ['NotoSerifSC-Regular.ttf', 'NotoSerifSC-Bold.ttf'] satisfies [FontFile, FontFile];
const line = (width: number) => ({ hLineWidth: () => width, vLineWidth: () => width });

let isReady = false;

/** pdfmake is one object in the process. It reads the two fonts from memory and nothing else: no file, no address. */
function makeReady(): void {
  if (isReady) return;
  const { virtualfs } = pdfmake as unknown as { virtualfs: { writeFileSync(name: string, content: Buffer): void } };
  for (const [file, token] of fontTokens()) virtualfs.writeFileSync(file, token);
  pdfmake.setFonts({ [fontFamily]: { normal, bold, italics: normal, bolditalics: bold } });
  pdfmake.setTableLayouts({ paper: line(0.5), signs: { ...line(0), paddingLeft: () => 0 } });
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy(() => false);
  isReady = true;
}

/** Prints the HTML of a paper on A4. The same text, widths and head give the same bytes. */
export async function printPdf(html: string, widths: number[][], { title, madeOn }: PdfHead): Promise<Buffer> {
  makeReady();
  const made = new Date(`${madeOn}T00:00:00+08:00`);
  const pdf = pdfmake.createPdf({
    ...layoutOf(html, widths),
    info: { title, creator: 'Hejie', producer: 'pdfmake', creationDate: made, modDate: made },
  });
  return pdf.getBuffer();
}
