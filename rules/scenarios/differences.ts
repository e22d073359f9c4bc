import type { Difference } from '../../domain/scenarios.ts';
import { canonical } from '../canonical.ts';
import { isRecord } from '../is-record.ts';
import { pointerOf } from '../located-json.ts';

/** Where a value is not what was expected: of an object only the fields that are named, of a list every item, in order. */
export function differences(expected: unknown, actual: unknown, path: readonly PropertyKey[]): Difference[] {
  if (Array.isArray(expected) && Array.isArray(actual) && expected.length === actual.length)
    return expected.flatMap((item, index) => differences(item, actual[index], [...path, index]));
  if (isRecord(expected) && isRecord(actual))
    return Object.entries(expected).flatMap(([field, value]) => differences(value, actual[field], [...path, field]));
  if (JSON.stringify(canonical(expected)) === JSON.stringify(canonical(actual))) return [];
  return [difference(path, expected, actual)];
}

/** One place at which something else was found. */
export const difference = (path: readonly PropertyKey[], expected: unknown, actual: unknown): Difference => ({
  at: pointerOf(path),
  expected,
  ...(actual === undefined ? {} : { actual }),
  reason: {
    zh: `应为 ${said(expected)}，实为 ${said(actual)}`,
    en: `expected ${said(expected)}, found ${said(actual)}`,
  },
});

const said = (value: unknown): string => JSON.stringify(value) ?? '—';
