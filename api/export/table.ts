import type { Context } from 'hono';
import writeXlsxFile from 'write-excel-file/node';
import type { ApiEnv } from '../deps.ts';
import { attachment } from '../papers/attachment.ts';

/** A table that leaves as a file: a heading and rows of text, numbers and nothing. */
export interface Table {
  /** Of the file and of the sheet. */
  name: string;
  heading: string[];
  rows: Cell[][];
}
export type Cell = string | number | null;

export const exportFormats = ['csv', 'xlsx'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** What no sheet can hold: control characters other than the ends of lines, and halves of characters. */
const written = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
  text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, '');

/** What a spreadsheet would take for a formula is marked as text (OWASP: CSV injection); also in full width. */
const asText = (text: string): string => (/^\s*[=+\-@＝＋－＠\t\r]/.test(text) ? `'${text}` : text);

const field = (cell: Cell): string => {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const text = asText(written(cell));
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** RFC 4180, in UTF-8 with a mark by which Excel knows it. */
export const toCsv = ({ heading, rows }: Table): Buffer =>
  Buffer.from(`\ufeff${[heading, ...rows].map((row) => row.map(field).join(',')).join('\r\n')}\r\n`);

/** A workbook of one sheet; text is text there, whatever it begins with. */
export const toXlsx = ({ name, heading, rows }: Table): Promise<Buffer> =>
  writeXlsxFile(
    [
      heading.map((value) => ({ value, type: String, fontWeight: 'bold' as const })),
      ...rows.map((row) =>
        row.map((cell) =>
          cell === null
            ? null
            : typeof cell === 'number'
              ? { value: cell, type: Number }
              : { value: written(cell), type: String },
        ),
      ),
    ],
    { sheet: name.slice(0, 31), columns: heading.map(() => ({ width: 18 })), stickyRowsCount: 1 },
  ).toBuffer();

export const fileTypes: Record<ExportFormat, string> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** The answer that hands it out. */
export async function handOut(c: Context<ApiEnv>, table: Table, format: ExportFormat): Promise<Response> {
  const bytes = format === 'csv' ? toCsv(table) : await toXlsx(table);
  return c.body(new Uint8Array(bytes), 200, {
    'content-type': fileTypes[format],
    'content-disposition': attachment(`${table.name}.${format}`),
  });
}

/** The files, for the document of a route. */
export const fileContent = Object.fromEntries(
  exportFormats.map((format) => [fileTypes[format], { schema: { type: 'string', format: 'binary' } }]),
);
