import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, isLegalDay } from '../../domain/time/day.ts';
import { pointerOf } from '../../rules/located-json.ts';
import { NoReceipt, readReceipt } from '../../rules/receipts/read-receipt.ts';
import { type Receipt, sealed } from '../../rules/receipts/receipt.ts';
import { type Known, stated, verifyReceipt } from '../../rules/receipts/verify.ts';
import { anyClockReceipt, calendar, receiptOf, release, scenarios } from './receipts-support.ts';

type Path = (string | number)[];

/** Every value of a receipt that has nothing below it, save the hash over the rest. */
function leaves(value: unknown, at: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return at[0] === 'sha256' ? [] : [at];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...at, key]));
}

/** Another value of the same type, as somebody would write it who wants it to be believed. */
function otherwise(value: unknown, how: number): unknown {
  if (typeof value === 'number') return value + 1 + (how % 3);
  if (typeof value === 'boolean') return !value;
  if (typeof value !== 'string') return 'x';
  const text = value;
  if (isLegalDay(value as unknown)) return addDays(text, 1 + (how % 9));
  if (/^\d{4}-\d\d-\d\dT/.test(text)) return new Date(Date.parse(text) + 3_600_000 * (1 + (how % 30))).toISOString();
  if (/^[0-9a-f]{64}$/.test(text)) return text.replace(/^./, (first) => (first === 'a' ? 'b' : 'a'));
  if (/^\d{6}$/.test(text)) return how % 2 === 0 ? '440000' : '310115';
  return how % 2 === 0 ? `${text}一` : text.slice(1);
}

function changed<R extends Receipt>(receipt: R, path: Path, how: number): R {
  const copy = structuredClone(receipt);
  let place = copy as unknown as Record<string | number, unknown>;
  for (const step of path.slice(0, -1)) place = place[step] as Record<string | number, unknown>;
  const last = path.at(-1) ?? '';
  place[last] = otherwise(place[last], how);
  return copy;
}

/** Whether a change is noticed, the hash over the whole made anew, by whoever reads the receipt. */
async function isNoticed(receipt: Receipt, known: Known): Promise<boolean> {
  try {
    const read = readReceipt(JSON.stringify(sealed(receipt)));
    return (await verifyReceipt(read.receipt, known)).differences.length > 0;
  } catch (error) {
    if (error instanceof NoReceipt) return true;
    throw error;
  }
}

const isStated = (pointer: string, receipt: Receipt, known: Known): boolean =>
  stated(receipt, known).some((place) => pointer === place || pointer.startsWith(`${place}/`));

const anyDecision = fc.constantFrom(...scenarios).map(receiptOf);
const sources = fc.oneof(anyDecision, anyClockReceipt);

describe('whatever single value of a receipt somebody changes', () => {
  it.each<[string, Known]>([
    ['with the release and the calendar at hand', { release, calendar }],
    ['with nothing but the receipt', {}],
  ])('it is noticed, %s, or it is one that a receipt only states', async (_title, known) => {
    await fc.assert(
      fc.asyncProperty(sources, fc.nat(), fc.nat(), async (source, which, how) => {
        const receipt: Receipt = await source;
        expect((await verifyReceipt(receipt, known)).differences).toEqual([]);
        const all = leaves(receipt);
        const path = all[which % all.length] ?? [];
        const pointer = pointerOf(path);
        const copy = changed(receipt, path, how);
        if (await isNoticed(copy, known)) return;
        expect(
          isStated(pointer, receipt, known),
          `${pointer} of ${receipt.kind} ${JSON.stringify(receipt).slice(0, 300)}`,
        ).toBe(true);
        expect(pointer).not.toMatch(/\/(?:met|matched|actual)$/);
      }),
      { numRuns: 80 },
    );
  });

  it('and leaves the hash over the whole as it was, it is noticed wherever it is', async () => {
    await fc.assert(
      fc.asyncProperty(sources, fc.nat(), fc.nat(), async (source, which, how) => {
        const receipt: Receipt = await source;
        const all = leaves(receipt);
        const { differences } = await verifyReceipt(changed(receipt, all[which % all.length] ?? [], how));
        expect(differences.length).toBeGreaterThan(0);
      }),
      { numRuns: 30 },
    );
  });
});
