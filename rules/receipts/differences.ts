import { isDeepStrictEqual } from 'node:util';
import type { Bilingual } from '../../domain/time/types.ts';
import { isRecord } from '../is-record.ts';
import { pointerOf } from '../located-json.ts';

/** One place where a receipt does not say what is computed. `undefined` is: nothing. */
export interface Difference {
  /** JSON pointer (RFC 6901) into the receipt. */
  pointer: string;
  said?: unknown;
  computed?: unknown;
  /** Why, where the two values do not say it. */
  reason?: Bilingual;
}

/** Where two values differ, as deep down as can be said. Absent and undefined are the same. */
export function differences(said: unknown, computed: unknown, at: readonly PropertyKey[] = []): Difference[] {
  if (Array.isArray(said) && Array.isArray(computed)) return inLists(said, computed, at);
  if (isRecord(said) && isRecord(computed)) {
    const keys = new Set([...Object.keys(said), ...Object.keys(computed)]);
    return [...keys].flatMap((key) => differences(said[key], computed[key], [...at, key]));
  }
  return isDeepStrictEqual(said, computed) ? [] : [{ pointer: pointerOf(at), said, computed }];
}

/** What is equal at both ends is passed over, so that one item too many or too few is one difference. */
function inLists(said: readonly unknown[], computed: readonly unknown[], at: readonly PropertyKey[]): Difference[] {
  const shorter = Math.min(said.length, computed.length);
  const same = (left: unknown, right: unknown) => differences(left, right).length === 0;
  let head = 0;
  while (head < shorter && same(said[head], computed[head])) head += 1;
  let tail = 0;
  while (tail < shorter - head && same(said.at(-1 - tail), computed.at(-1 - tail))) tail += 1;
  const longer = Math.max(said.length, computed.length) - tail;
  return Array.from({ length: longer - head }, (_, n) => head + n).flatMap((index) =>
    differences(
      index < said.length - tail ? said[index] : undefined,
      index < computed.length - tail ? computed[index] : undefined,
      [...at, index],
    ),
  );
}
