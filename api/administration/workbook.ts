import readXlsxFile from 'read-excel-file/node';
import writeXlsxFile from 'write-excel-file/node';
import type { Bilingual } from '../../domain/time/types.ts';
import { UnzipError, unzip, zip } from '../../papers/index.ts';
import { addressOf, type Cell } from '../../rules/tables/cell.ts';
import type { Sheet } from '../../rules/tables/decision.ts';

/** Text is kept as text: what begins with `=` is no formula, and `2026-01-01` no day of Excel's. */
export const writeWorkbook = async (sheets: readonly Sheet[]): Promise<Buffer> =>
  writeXlsxFile(
    sheets.map(({ name, rows, headings }) => ({
      sheet: name,
      stickyRowsCount: headings,
      columns: (rows[0] ?? []).map(() => ({ width: 22 })),
      data: rows.map((row, index) =>
        row.map((value, column) => {
          if (value === null) return null;
          if (typeof value === 'number') return { value, type: Number };
          if (typeof value === 'boolean') return { value, type: Boolean };
          if (value.length > most.text) throw tooLong(addressOf(index, column));
          const heading = index < headings ? { fontWeight: 'bold' as const } : {};
          return { value, type: String, format: '@', wrap: true, alignVertical: 'top' as const, ...heading };
        }),
      ),
    })),
  ).toBuffer();

export type WorkbookFaultCode = 'no-workbook' | 'cut-off' | 'too-large' | 'formula' | 'error-value' | 'no-address';

/** Why a file is not read; `place` is the sheet's file in the workbook and the cell, where there is one. */
export class WorkbookFault extends Error {
  readonly code: WorkbookFaultCode;
  readonly reason: Bilingual;
  readonly cell: string | undefined;

  constructor(code: WorkbookFaultCode, reason: Bilingual, cell?: string) {
    super(`${code}: ${reason.en}`);
    this.code = code;
    this.reason = reason;
    this.cell = cell;
  }
}

/** More than any decision of ours has; a sheet that names one cell far away would be filled up to it. */
const most = { rows: 5000, columns: 300, text: 32_767 } as const;

/**
 * The sheets of a workbook. It is unpacked within the limits of `unzip` before anything is read, and packed again: the library would
 * believe what its entries say of their sizes. Formulas and their errors are refused, since it would take the one for a value and the other for
 * an empty cell. Throws `WorkbookFault`.
 */
export async function readWorkbook(file: Buffer): Promise<{ name: string; rows: Cell[][] }[]> {
  const entries = unpacked(file);
  for (const [name, body] of entries) {
    if (/worksheets\/[^/]+\.xml$/.test(name)) lookThrough(body.toString('utf8'));
  }
  const sheets = await readXlsxFile(zip(entries), { trim: false }).catch((error: Error) => {
    throw new WorkbookFault('no-workbook', {
      zh: '不是可读的 XLSX 工作簿',
      en: `not a workbook that can be read: ${error.message}`,
    });
  });
  return sheets.map(({ sheet, data }) => ({ name: sheet, rows: data.map((row) => row.map(cellOf)) }));
}

function unpacked(file: Buffer): Map<string, Buffer> {
  try {
    return unzip(file);
  } catch (error) {
    if (!(error instanceof UnzipError)) throw error;
    throw error.code === 'too-large'
      ? new WorkbookFault('too-large', {
          zh: '工作簿过大，或者展开后过大',
          en: 'the workbook is too large, or would be when unpacked',
        })
      : new WorkbookFault('cut-off', {
          zh: '不是 XLSX 文件，或者文件不完整',
          en: 'not an XLSX file, or it was cut off',
        });
  }
}

const tag = /<(?:\w+:)?(row|c|f)\b((?:[^>"']|"[^"]*"|'[^']*')*)>/g;
const attribute = (attributes: string, name: string): string | undefined =>
  new RegExp(`\\s${name}\\s*=\\s*["']([^"']*)["']`).exec(attributes)?.[1];

/** Refuses what the library would read and not say. */
function lookThrough(xml: string): void {
  let cell = '';
  for (const [, name, attributes = ''] of xml.matchAll(tag)) {
    const at = attribute(attributes, 'r');
    if (name === 'row') {
      if (at !== undefined && !(Number(at) <= most.rows)) throw farAway(at);
    } else if (name === 'c') {
      cell = at ?? '';
      const [, letters = '', row] = /^([A-Z]{1,3})(\d{1,7})$/.exec(cell) ?? [];
      if (letters === '') {
        throw new WorkbookFault('no-address', { zh: '单元格没有地址', en: 'a cell has no address' });
      }
      if (Number(row) > most.rows || placeOf(letters) > most.columns) throw farAway(cell);
      if (attribute(attributes, 't') === 'e') {
        throw new WorkbookFault(
          'error-value',
          { zh: `单元格 ${cell} 是错误值`, en: `the cell ${cell} holds an error` },
          cell,
        );
      }
    } else {
      throw new WorkbookFault(
        'formula',
        { zh: `单元格 ${cell} 是公式；请填写值`, en: `the cell ${cell} holds a formula; write the value` },
        cell,
      );
    }
  }
}

const farAway = (at: string): WorkbookFault =>
  new WorkbookFault(
    'too-large',
    {
      zh: `工作表最多 ${most.rows} 行、${most.columns} 列，却有 ${at}`,
      en: `a sheet has ${most.rows} rows and ${most.columns} columns at most, and there is ${at}`,
    },
    at,
  );

const tooLong = (cell: string): WorkbookFault =>
  new WorkbookFault(
    'too-large',
    { zh: `单元格 ${cell} 的文本过长`, en: `the text of the cell ${cell} is longer than a sheet takes` },
    cell,
  );

const placeOf = (letters: string): number =>
  [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);

/** Excel keeps a day as a moment at its midnight. */
function cellOf(value: unknown): Cell {
  if (!(value instanceof Date)) return value as Cell;
  const at = value.toISOString();
  return at.endsWith('T00:00:00.000Z') ? at.slice(0, 10) : at;
}
