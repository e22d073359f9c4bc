import type { RuleBook } from '../../domain/rules.ts';
import type { LocalContent, PaperKind } from '../../papers/index.ts';

/** Papers to which a region may add contents (`documents` of the national pack). */
const documents = ['settlementAgreement', 'mediationAgreement'] as const;

/** What the packs of a region ask for beyond the law, by paper; the law's own contents are in `papers/contents.json`. */
export function localContents(book: RuleBook, region: string): Partial<Record<PaperKind, LocalContent[]>> {
  const added = (document: (typeof documents)[number]): LocalContent[] => {
    const national = new Set(book.contents('000000', document).map(({ field }) => field));
    return book.contents(region, document).filter(({ field }) => !national.has(field));
  };
  return Object.fromEntries(documents.map((document) => [document, added(document)]));
}
