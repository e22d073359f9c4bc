import type { DecisionPoint, RuleBook } from '../domain/rules.ts';
import type { PackHead, RuleRow } from './pack-schema.ts';

/** A pack of a release, as the book stores it. */
export interface StoredPack {
  head: PackHead;
  decisions: Partial<Record<DecisionPoint, RuleRow[]>>;
}

/** The packs of a release: the nation, then by region. */
export const packsOf = (book: RuleBook): StoredPack[] => (book.content as { packs: StoredPack[] }).packs;

/** One region for every stack of packs that differs: those that have a pack. */
export const layeredRegions = (book: RuleBook): string[] => packsOf(book).map(({ head }) => head.regionCode);

/** The rules of a point in force in a region, unordered. */
export function rulesInForce(book: RuleBook, region: string, point: DecisionPoint): RuleRow[] {
  const ids = book.packsFor(region);
  return packsOf(book).flatMap(({ head, decisions }) => (ids.includes(head.id) ? (decisions[point] ?? []) : []));
}
