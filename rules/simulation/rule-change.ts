import type { DecisionPoint, RuleBook } from '../../domain/rules.ts';
import type { Bilingual } from '../../domain/time/types.ts';
import { bookChanges, type RowChange } from '../changes.ts';
import { sourcesIn } from '../rule-book.ts';

/** A rule or a deadline that makes a difference: where it stands, its article, and what the draft did to it. */
export interface ChangedRow {
  id: string;
  /** Id of the pack, and the path below its folder. */
  pack: string;
  file: string;
  title: Bilingual;
  source: string;
  legalRef: string;
  change: RowChange['change'] | 'unchanged';
}

type Row = Record<string, unknown> & { id: string };

export type RowChanges = ReturnType<typeof rowChangesOf>;

/** Finds the rows of two books by id, with what became of them from one to the other. */
export function rowChangesOf(before: RuleBook, after: RuleBook) {
  const changed = bookChanges(before, after);
  const changes = new Map(changed.map(({ pack, file, row, change }) => [`${pack} ${file} ${row}`, change]));
  const touched = new Set(changed.map(({ pack, file }) => `${pack} ${file}`));
  const files = { before: filesOf(before), after: filesOf(after) };
  const books = { before, after };

  const find = (side: 'before' | 'after', region: string, file: string, id: string): ChangedRow | undefined => {
    // The narrowest pack that has the row is the one that speaks.
    for (const pack of books[side].packsFor(region).reverse()) {
      const row = files[side].get(`${pack} ${file}`)?.get(id);
      if (row === undefined) continue;
      const { title = { zh: '', en: '' }, source = '', legalRef = '' } = row as Partial<ChangedRow>;
      const change = changes.get(`${pack} ${file} ${id}`) ?? 'unchanged';
      return { id, pack, file, title, source, legalRef, change };
    }
    return undefined;
  };

  /** Whether the same rows speak in a region: asked twice, they would answer the same. */
  const isSame = (region: string, file: string): boolean => {
    const packs = before.packsFor(region);
    return (
      packs.join(' ') === after.packsFor(region).join(' ') && !packs.some((pack) => touched.has(`${pack} ${file}`))
    );
  };

  return {
    /** Also what facts a rule may be asked about comes from the nation's list of deadlines. */
    sameRules: (region: string, point: DecisionPoint): boolean =>
      isSame(region, `decisions/${point}.json`) && !touched.has(`${before.packsFor(region)[0]} deadlines.json`),
    /** The conditions of every rule of a point that either book has for the region. */
    conditions: (region: string, point: DecisionPoint): unknown[] =>
      (['before', 'after'] as const).flatMap((side) =>
        books[side]
          .packsFor(region)
          .flatMap((pack) => [...(files[side].get(`${pack} decisions/${point}.json`)?.values() ?? [])])
          .map(({ when }) => when),
      ),
    rule: (side: 'before' | 'after', region: string, point: DecisionPoint, id: string) =>
      find(side, region, `decisions/${point}.json`, id),
    deadline(side: 'before' | 'after', region: string, id: string): ChangedRow | undefined {
      const found = find(side, region, 'deadlines.json', id);
      // A narrower pack's row has no title of its own.
      return found && { ...found, title: books[side].deadline(region, id).title };
    },
  };
}

function filesOf(book: RuleBook): Map<string, Map<string, Row>> {
  return new Map(
    sourcesIn(book.content).flatMap(({ folder, files }) =>
      [...files].flatMap(([file, { value }]): [string, Map<string, Row>][] =>
        Array.isArray(value) ? [[`${folder} ${file}`, new Map((value as Row[]).map((row) => [row.id, row]))]] : [],
      ),
    ),
  );
}
