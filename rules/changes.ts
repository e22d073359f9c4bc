import type { RuleBook } from '../domain/rules.ts';
import { canonical } from './canonical.ts';
import { isRecord } from './is-record.ts';
import type { PackSource } from './packs.ts';
import { sourcesIn } from './rule-book.ts';

/** A row of a pack that a new text adds, removes or writes otherwise. */
export interface RowChange {
  /** Id of the pack. */
  pack: string;
  /** Path below its folder. */
  file: string;
  /** Of a list: the row's id (of required contents `document/field`); of `pack.json` the field. */
  row: string;
  change: 'added' | 'removed' | 'changed';
  /** The fields that differ, of a changed row. */
  fields: Array<{ field: string; before?: unknown; after?: unknown }>;
}

/** What differs between two books, pack by pack, file by file, row by row; lists in another order are no change. */
export const bookChanges = (before: RuleBook, after: RuleBook): RowChange[] =>
  packChanges(sourcesIn(before.content), sourcesIn(after.content));

/** What differs between packs that were read; a pack, file or row that one side lacks counts as removed or added. */
export function packChanges(before: readonly PackSource[], after: readonly PackSource[]): RowChange[] {
  const folders = new Set([...before, ...after].map(({ folder }) => folder));
  return [...folders].sort().flatMap((pack) => {
    const [old, young] = [before, after].map(
      (packs) => packs.find(({ folder }) => folder === pack)?.files ?? new Map(),
    );
    const files = new Set([...(old?.keys() ?? []), ...(young?.keys() ?? [])]);
    return [...files]
      .sort()
      .flatMap((file) => rowChanges(rowsOf(old?.get(file)?.value), rowsOf(young?.get(file)?.value), { pack, file }));
  });
}

function rowChanges(
  before: Map<string, unknown>,
  after: Map<string, unknown>,
  where: Pick<RowChange, 'pack' | 'file'>,
): RowChange[] {
  const rows = [...new Set([...before.keys(), ...after.keys()])].sort();
  return rows.flatMap((row): RowChange[] => {
    if (!before.has(row)) return [{ ...where, row, change: 'added', fields: [] }];
    if (!after.has(row)) return [{ ...where, row, change: 'removed', fields: [] }];
    const fields = fieldChanges(before.get(row), after.get(row));
    return fields.length === 0 ? [] : [{ ...where, row, change: 'changed', fields }];
  });
}

function fieldChanges(before: unknown, after: unknown): RowChange['fields'] {
  if (same(before, after)) return [];
  if (!isRecord(before) || !isRecord(after)) return [{ field: '', before, after }];
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .sort()
    .filter((field) => !same(before[field], after[field]))
    .map((field) => ({
      field,
      ...(before[field] === undefined ? {} : { before: before[field] }),
      ...(after[field] === undefined ? {} : { after: after[field] }),
    }));
}

/** A list by the ids of its rows, an object by its fields. */
function rowsOf(value: unknown): Map<string, unknown> {
  if (Array.isArray(value)) return new Map(value.map((row, index) => [idOf(row) ?? String(index), row]));
  return new Map(isRecord(value) ? Object.entries(value) : []);
}

function idOf(row: unknown): string | undefined {
  if (!isRecord(row)) return undefined;
  if (typeof row.id === 'string') return row.id;
  return typeof row.document === 'string' && typeof row.field === 'string' ? `${row.document}/${row.field}` : undefined;
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(canonical(a)) === JSON.stringify(canonical(b));
