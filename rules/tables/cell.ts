import type { Bilingual } from '../../domain/time/types.ts';

/** What a cell of a sheet holds; a day is text, and an empty cell is `null`. */
export type Cell = string | number | boolean | null;

export type TableFaultCode =
  | 'unknown-column'
  | 'duplicate-column'
  | 'missing-column'
  | 'missing-value'
  | 'wrong-type'
  | 'wrong-value'
  | 'syntax'
  | 'unknown-fact'
  | 'two-forms';

/** What is wrong in a cell. */
export interface CellFault {
  code: TableFaultCode;
  reason: Bilingual;
}

/** The same with the cell's address in its sheet, e.g. `C5`. */
export interface TableFault extends CellFault {
  cell: string;
}

/** What was read from a cell, or why it could not be. */
export type Read<T> = { value: T } | { fault: CellFault };

export const unread = (code: TableFaultCode, zh: string, en: string): { fault: CellFault } => ({
  fault: { code, reason: { zh, en } },
});

/** The address of a cell by its places from zero on: `addressOf(4, 2)` is `C5`. */
export function addressOf(row: number, column: number): string {
  let letters = '';
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return `${letters}${row + 1}`;
}

const word = /^[A-Za-z0-9_.-]+$/;
const taken = new Set(['in', 'not', 'contains', 'true', 'false', 'null']);

/** `valueOf` and its like, which the writer of workbooks looks up in an object and takes for texts it has already. */
const ofEveryObject = new Set(Object.getOwnPropertyNames(Object.prototype));

/** Whether a text can stand in a cell as a word among others; all else is quoted. */
export const isWord = (text: string): boolean =>
  word.test(text) && !taken.has(text.toLowerCase()) && !ofEveryObject.has(text) && !isNumber(text);

export const isNumber = (text: string): boolean => text.trim() !== '' && Number.isFinite(Number(text));

/**
 * A value as JSON that a sheet keeps as it is: what XML cannot hold, or a workbook would read as an escape of its own
 * (`_x000D_`), is written as JSON escapes it.
 */
export const jsonText = (value: unknown): string =>
  JSON.stringify(value)
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '\\u005f')
    .replace(/[\u007f-\u009f\u2028\u2029\ufeff\ufffd]|\p{Noncharacter_Code_Point}/gu, escaped);

const escaped = (character: string): string =>
  character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');

/** Whether a text can stand in a cell just as it is, and come back the same. */
export const isPlain = (text: string): boolean =>
  text !== '' &&
  text === text.trim() &&
  !/^["[{]/.test(text) &&
  !ofEveryObject.has(text) &&
  jsonText(text) === `"${text.replace(/["\\\n\t]/g, inJson)}"`;

const inJson = (character: string): string => JSON.stringify(character).slice(1, -1);
