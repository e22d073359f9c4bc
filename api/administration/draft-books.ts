import type { RuleBook } from '../../domain/rules.ts';
import { addDays } from '../../domain/time/day.ts';
import { bookWith } from '../../rules/pack-document.ts';
import type { PackSource } from '../../rules/packs.ts';
import type { ApiDeps } from '../deps.ts';
import { refusedPacks } from './places.ts';

/** The book of tomorrow, which is the first that a draft may change, as it is and with the draft's text in it. */
export async function draftBooks(
  { releases }: ApiDeps,
  source: PackSource,
): Promise<{ before: RuleBook; after: RuleBook }> {
  const before = await releases.on(addDays(releases.today(), 1));
  return { before, after: bookOrRefuse(before, source) };
}

/** A book with a new text of one pack; what it breaks, also in other packs, is refused with its places. */
export function bookOrRefuse(book: RuleBook, source: PackSource): RuleBook {
  try {
    return bookWith(book, source);
  } catch (error) {
    throw refusedPacks(error);
  }
}
