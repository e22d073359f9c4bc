import type { CaseRules, Decision, OutcomeOf, RuleBook } from '../domain/rules.ts';
import type { Instant, LegalDay } from '../domain/time/types.ts';
import type { ReleaseSource } from './release-source.ts';

/** The rules over time, as far as it is asked which of them decide. */
export type Books = Pick<ReleaseSource, 'ruleBook' | 'on' | 'shipped'>;

type WhichRelease = OutcomeOf['release.decides'];

interface Asked<T> {
  what: 'decision' | 'deadline';
  /** The decision point, or the deadline. */
  about: string;
  /** The day of the event: of what starts the clock, or of what is decided. */
  on: LegalDay;
  /** Whether a book has rules for it at all. */
  knows(book: RuleBook): boolean;
  answer(book: RuleBook): Promise<T>;
  /** Whether the answer of the day of the event is more favourable to the worker than the one of the intake. */
  isBetter(rule: WhichRelease, ofEvent: T, ofIntake: T): boolean;
}

/**
 * The answer of the book that decides: the one a case is pinned to, unless the book of the day of the event is another one and the
 * newer of the two says by `release.decides` that it holds for cases that are open. Where the pinned book is from before there were
 * any rules of it, the book of the day answers, else the one that the program brings.
 */
async function byDecidingBook<T>(books: Books, of: CaseRules, asked: Asked<T>): Promise<T> {
  const { knows, answer } = asked;
  const [pinned, today] = await Promise.all([books.ruleBook(of.sha256), books.on(asked.on)]);
  if (!knows(pinned)) return answer([today, books.shipped].find(knows) ?? pinned);
  if (pinned.sha256 === today.sha256 || !knows(today)) return answer(pinned);
  const rule = await whichRelease(asked.on > of.pinnedOn ? today : pinned, of.region, asked);
  if (rule.by === 'intake') return answer(pinned);
  if (rule.by === 'event') return answer(today);
  const [ofIntake, ofEvent] = await Promise.all([answer(pinned), answer(today)]);
  return asked.isBetter(rule, ofEvent, ofIntake) ? ofEvent : ofIntake;
}

/** What a book says of it; one from before it could be asked leaves every case with the release of its intake. */
async function whichRelease(
  book: RuleBook,
  region: string,
  { what, about }: Pick<Asked<unknown>, 'what' | 'about'>,
): Promise<WhichRelease> {
  if (!book.hasPoint('release.decides')) return { by: 'intake' };
  const { outcome } = await book.decide(region, 'release.decides', { what, about });
  return outcome as unknown as WhichRelease;
}

/** A decision in a case, by the book that decides it; the decision names that book. */
export const decideInCase = (
  books: Books,
  of: CaseRules,
  on: LegalDay,
  { point, facts }: Pick<Decision, 'point' | 'facts'>,
): Promise<Decision> =>
  byDecidingBook(books, of, {
    ...{ what: 'decision', about: point, on },
    knows: (book) => book.hasPoint(point),
    answer: (book) => book.decide(of.region, point, facts),
    isBetter: ({ outcomes = [] }, ofEvent, ofIntake) =>
      placeOf(outcomes, ofEvent.outcome) < placeOf(outcomes, ofIntake.outcome),
  });

/** Whatever is counted of a deadline in a case, by the book that decides it; `dueAt` says when it ends. */
export const deadlineInCase = <T>(
  books: Books,
  of: CaseRules,
  { deadlineId, on }: { deadlineId: string; on: LegalDay },
  answer: (book: RuleBook) => Promise<T>,
  dueAt: (counted: T) => Instant,
): Promise<T> =>
  byDecidingBook(books, of, {
    ...{ what: 'deadline', about: deadlineId, on, answer },
    knows: (book) => book.hasDeadline(deadlineId),
    isBetter: ({ lastDay }, ofEvent, ofIntake) =>
      lastDay === 'later'
        ? dueAt(ofEvent) > dueAt(ofIntake)
        : lastDay === 'earlier' && dueAt(ofEvent) < dueAt(ofIntake),
  });

/** The place of an answer among those named, the best first; one that is not named comes last. */
function placeOf(best: NonNullable<WhichRelease['outcomes']>, outcome: Record<string, unknown>): number {
  const place = best.findIndex((part) => Object.entries(part).every(([field, value]) => outcome[field] === value));
  return place === -1 ? best.length : place;
}
