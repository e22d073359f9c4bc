import type { PackError } from '../../domain/rules.ts';
import { issueInWords } from '../issue-words.ts';
import { type LocatedJson, parseLocatedJson, pointerOf } from '../located-json.ts';
import { Receipt } from './receipt.ts';

/** What a text must not be longer than; the largest receipts have some hundred kilobytes. */
export const MOST_RECEIPT_BYTES = 5_000_000;

export type ReceiptFault = Pick<PackError, 'line' | 'pointer' | 'reason'>;

/** A text that is no receipt: every fault with its line. */
export class NoReceipt extends Error {
  readonly faults: ReceiptFault[];

  constructor(faults: ReceiptFault[]) {
    super(faults.map(({ line, pointer, reason }) => `${line}: ${pointer} ${reason.zh} / ${reason.en}`).join('\n'));
    this.name = 'NoReceipt';
    this.faults = faults;
  }
}

/** Reads a receipt. Throws `NoReceipt` where the text is not JSON, has a key twice, is of another format or of another form. */
export function readReceipt(text: string): { receipt: Receipt; lineOf: LocatedJson['lineOf'] } {
  if (text.length > MOST_RECEIPT_BYTES) throw new NoReceipt([tooLarge]);
  const { value, lineOf, faults } = parseLocatedJson(text);
  if (faults.length > 0) throw new NoReceipt(faults);
  const format = typeof value === 'object' && value !== null && 'format' in value ? value.format : undefined;
  if (format !== 1)
    throw new NoReceipt([
      {
        line: lineOf('/format'),
        pointer: '/format',
        reason: {
          zh: `不是本程序认识的凭据格式：${JSON.stringify(format) ?? '未写明 format'}`,
          en: `not a format of receipts that this program knows: ${JSON.stringify(format) ?? 'it does not say'}`,
        },
      },
    ]);
  const parsed = Receipt.safeParse(value);
  if (!parsed.success)
    throw new NoReceipt(
      parsed.error.issues
        .flatMap((issue) => issueInWords(issue, value))
        .map(({ path, reason }) => ({ line: lineOf(pointerOf(path)), pointer: pointerOf(path), reason })),
    );
  // As it was written: a schema that trims would hide a change.
  return { receipt: value as Receipt, lineOf };
}

export const tooLarge: ReceiptFault = {
  line: 0,
  pointer: '',
  reason: {
    zh: `过大：凭据不超过 ${MOST_RECEIPT_BYTES / 1_000_000} MB`,
    en: `too large: no receipt has more than ${MOST_RECEIPT_BYTES / 1_000_000} MB`,
  },
};
