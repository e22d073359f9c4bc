import type { Clock } from '../domain/case/case.ts';
import type { CaseUnder, ClockMove } from '../domain/case/release-move.ts';
import type { CaseRules, ContentDocument, RuleBook } from '../domain/rules.ts';
import type { Calendar, Instant } from '../domain/time/types.ts';
import type { Books } from './deciding-book.ts';
import { type ClockUnder, clockUnder } from './simulation/moved-deadline.ts';

/** What each document must state or bring in a region, as a case is pinned to it. */
export const contentsOf = (book: RuleBook, region: string): CaseUnder['contents'] => {
  const fields = (document: ContentDocument) => book.contents(region, document).map(({ field }) => field);
  return {
    settlementAgreement: fields('settlementAgreement'),
    mediationAgreement: fields('mediationAgreement'),
    reviewApplication: fields('reviewApplication'),
  };
};

interface Asked {
  /** The release that it would be moved to. Rejects with `UnknownRelease` where it is not kept. */
  to: string;
  /** Its open clocks, as its workflow holds them. */
  clocks: Clock[];
  now: Instant;
}

/**
 * What another release would do to a case: the preview and the act, which asks in the workflow, are both answered here. Each clock is held against
 * the book that counted it, so that one which another rule counts from another event is found.
 */
export async function caseUnder(
  books: Pick<Books, 'ruleBook' | 'shipped'>,
  of: CaseRules,
  { to, clocks, now }: Asked,
  calendar: Calendar,
): Promise<CaseUnder> {
  const book = await books.ruleBook(to);
  const moves: ClockMove[] = [];
  for (const clock of clocks) {
    const { key, dueOn, deadlineId } = clock;
    // A book from before there was such a deadline has none; then the program's own rule counted it.
    const old = [await books.ruleBook(clock.sha256 ?? of.sha256), books.shipped].find((by) =>
      by.hasDeadline(deadlineId),
    );
    const counted = old?.deadline(of.region, deadlineId);
    const under = clockUnder({ clock, anchor: counted?.anchor ?? '' }, book, { region: of.region, calendar, now });
    moves.push({ key, dueOn, title: counted?.title ?? { zh: deadlineId, en: deadlineId }, ...moved(under) });
  }
  return { release: book.release, sha256: book.sha256, contents: contentsOf(book, of.region), moves };
}

const moved = (under: ClockUnder) => {
  if (under.kind === 'unknown' || under.kind === 'fired') return under;
  if (under.kind === 'stays') return { kind: under.kind };
  const { kind, days, overAtOnce, computed } = under;
  return { kind, to: computed.dueOn, days, overAtOnce };
};
