import type { RuleBook } from '../../domain/rules.ts';
import type { Bilingual, Calendar, Instant, LegalDay } from '../../domain/time/types.ts';
import type { OpenDeadlines } from './compare-clocks.ts';
import { clockUnder } from './moved-deadline.ts';

/** An open deadline that a calendar moves, or whose day it makes sure. */
export interface CalendarMove {
  caseNo: string;
  region: string;
  key: string;
  deadlineId: string;
  title: Bilingual;
  before: { dueOn: LegalDay; provisional: boolean };
  after: { dueOn: LegalDay; provisional: boolean };
  /** From last day to last day; below zero it comes earlier. */
  days: number;
  overAtOnce: boolean;
}

/** What a calendar does to open deadlines; the counts first. */
export interface CalendarMoves {
  counts: {
    deadlines: number;
    /** Provisional before, and not any more. */
    firm: number;
    earlier: number;
    later: number;
    /** They run now and would be over at once. */
    overAtOnce: number;
    /** Nobody can say: the case is just between two procedures, or no calendar reaches so far. */
    unknown: number;
  };
  /** The first of those that move or become firm. */
  items: CalendarMove[];
}

/** More are counted, not listed. */
const MOST_LISTED = 1_000;

export const noMoves = (): CalendarMoves => ({
  counts: { deadlines: 0, firm: 0, earlier: 0, later: 0, overAtOnce: 0, unknown: 0 },
  items: [],
});

/** Adds what a calendar does to the open deadlines of one workflow; each is counted again by the book that it had, as when cases are told. */
export async function addMoves(
  { counts, items }: CalendarMoves,
  { caseNo, region, deadlines, state }: OpenDeadlines,
  { ruleBook, calendar, now }: { ruleBook: (sha256: string) => Promise<RuleBook>; calendar: Calendar; now: Instant },
): Promise<void> {
  for (const { key, deadlineId, anchor } of deadlines) {
    counts.deadlines += 1;
    const clock = state?.clocks.find((one) => one.key === key);
    if (clock?.sha256 === undefined) {
      counts.unknown += 1;
      continue;
    }
    const under = clockUnder({ clock, anchor }, await ruleBook(clock.sha256), { region, calendar, now });
    if (under.kind === 'unknown') counts.unknown += 1;
    if (!('computed' in under)) continue;
    const { computed, definition } = under;
    const { days, overAtOnce } = under.kind === 'moves' ? under : { days: 0, overAtOnce: false };
    const firm = clock.provisional && !computed.provisional;
    if (firm) counts.firm += 1;
    if (days < 0) counts.earlier += 1;
    if (days > 0) counts.later += 1;
    if (overAtOnce) counts.overAtOnce += 1;
    if ((firm || days !== 0) && items.length < MOST_LISTED)
      items.push({
        ...{ caseNo, region, key, deadlineId, title: definition.title, days, overAtOnce },
        before: { dueOn: clock.dueOn, provisional: clock.provisional },
        after: { dueOn: computed.dueOn, provisional: computed.provisional },
      });
  }
}
