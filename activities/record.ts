import type { RecordInput, RecordPort, RecordResult } from '../contracts/record.ts';
import { splitCase } from '../db/cases.ts';
import type { Db } from '../db/client.ts';
import { placesFor } from '../db/join-workers.ts';
import type { WrittenClock } from '../db/step-rows.ts';
import { takeInCase } from '../db/take-in-case.ts';
import { writeStep } from '../db/write-step.ts';
import { unpaidOf } from '../domain/case/afterwards.ts';
import { type Clock, type ClockStart, type Rung, rulesOf } from '../domain/case/case.ts';
import { clockInput } from '../domain/case/clock-input.ts';
import { moneyOwedFen } from '../domain/case/payment-order.ts';
import { openRemedies } from '../domain/case/remedies.ts';
import { abilityOf } from '../domain/procedures/performance-state.ts';
import type { CaseRules, RuleBook } from '../domain/rules.ts';
import { shanghaiDay } from '../domain/time/day.ts';
import { computeDeadline } from '../domain/time/deadline.ts';
import type { Calendar, LegalDay } from '../domain/time/types.ts';
import { watchedCalendar } from '../domain/time/watched-calendar.ts';
import { type Books, deadlineInCase } from '../rules/deciding-book.ts';

/** What the record needs from the worker. */
export interface RecordDeps {
  db: Db;
  /** The rules over time, from memory or the database. */
  books: Books;
  /** The newest calendars. */
  calendar(): Promise<Calendar>;
  /** Called after a step that queued notices, so that they go out at once. */
  noticesQueued(): void;
}

const DAY = 86_400_000;

/** Records steps of cases: computes the clocks they start, and writes everything in one transaction. */
export function createRecordActivities(deps: RecordDeps): RecordPort {
  return {
    async record(input: RecordInput): Promise<RecordResult> {
      const { books } = deps;
      const { release } = await books.ruleBook(input.sha256);
      const clocks = input.start.length === 0 ? [] : await computeClocks(books, await deps.calendar(), input);
      const step = { input: withWhatFollows(input, clocks), clocks, release };
      const result = await writeStep(deps.db, step, async (open) => explain(books, await deps.calendar(), input, open));
      if (input.tell.length > 0) deps.noticesQueued();
      return result;
    },
    splitCase: (input) => splitCase(deps.db, input),
    placesFor: (input) => placesFor(deps.db, input),
    takeInCase: (input) => takeInCase(deps.db, input),
  };
}

/**
 * An event with the days that are known only here: the new ones beside those of before, and the last day of each remedy
 * that is open after a breach.
 */
export function withWhatFollows(input: RecordInput, clocks: WrittenClock[]): RecordInput {
  const { event, state, decisions } = input;
  const more: Record<string, unknown> = {};
  if (event.detail.before !== undefined)
    more.after = Object.fromEntries(clocks.map(({ clock }) => [clock.key, clock.dueOn]));
  const remedies = decisions.find(({ point }) => point === 'case.remedies');
  if (remedies) {
    const running = [...state.clocks, ...clocks.map(({ clock }) => clock)].filter(
      ({ key }) => !input.stop.includes(key),
    );
    const owed = moneyOwedFen({ ...state.case, unpaid: unpaidOf(state) ?? state.case.unpaid });
    more.remedies = openRemedies(remedies.matched, running, owed);
  }
  return { ...input, event: { ...event, detail: { ...event.detail, ...more } } };
}

/** The clocks a step starts, each by the rules that decide it and the calendar given, with the reminders still to come. */
export async function computeClocks(
  books: Books,
  calendar: Calendar,
  { start, at, state }: Pick<RecordInput, 'start' | 'at' | 'state'>,
): Promise<WrittenClock[]> {
  const of = rulesOf(state.case);
  const clocks: WrittenClock[] = [];
  for (const one of start) clocks.push(await computeClock(books, calendar, of, one, at, abilityOf(state, one.subject)));
  return clocks;
}

/** Clocks as the workflow holds them, with how their dates were found. */
async function explain(
  books: Books,
  calendar: Calendar,
  { state }: RecordInput,
  clocks: Clock[],
): Promise<WrittenClock[]> {
  const of = rulesOf(state.case);
  const explained: WrittenClock[] = [];
  for (const clock of clocks) {
    const start = clock.agreed ? clock : { ...clock, amount: undefined, unit: undefined };
    explained.push({ ...(await computeClock(books, calendar, of, start, clock.anchorAt)), clock });
  }
  return explained;
}

/** A clock by the book that it had before, else by the one that decides it on the day of the event that starts it. */
async function computeClock(
  books: Books,
  calendar: Calendar,
  of: CaseRules,
  start: ClockStart,
  now: string,
  ability: ReturnType<typeof abilityOf> = 'notAssessed',
): Promise<WrittenClock> {
  const by = (book: RuleBook) => computeClockBy(book, calendar, of.region, start, now, ability);
  if (start.sha256 !== undefined) return by(await books.ruleBook(start.sha256));
  return deadlineInCase(
    books,
    of,
    { deadlineId: start.deadlineId, on: dayOf(start, now) },
    by,
    ({ clock }) => clock.dueAt,
  );
}

/** The day of the event that starts a clock; what has been agreed for a day to come is an event of today. */
function dayOf({ anchorOn }: ClockStart, now: string): LegalDay {
  const today = shanghaiDay(now);
  return anchorOn > today ? today : anchorOn;
}

async function computeClockBy(
  book: RuleBook,
  calendar: Calendar,
  region: string,
  start: ClockStart,
  now: string,
  ability: ReturnType<typeof abilityOf>,
): Promise<WrittenClock> {
  const definition = book.deadline(region, start.deadlineId);
  const secondsPerDay = book.secondsPerDay(region);
  const input = clockInput(start, secondsPerDay);
  const watched = watchedCalendar(calendar);
  const computed = computeDeadline(definition, input, watched.calendar);
  const ladder = await book.decide(region, 'notice.ladder', {
    deadlineId: start.deadlineId,
    purpose: definition.purpose,
    ability,
  });
  const clock: Clock = {
    ...start,
    legalRef: definition.legalRef,
    source: definition.source,
    purpose: definition.purpose,
    onExpiry: definition.onExpiry,
    amount: start.amount ?? definition.amount,
    unit: start.unit ?? definition.unit,
    agreed: start.amount !== undefined,
    ...(definition.extension?.maxAmount === undefined ? {} : { mostExtended: definition.extension.maxAmount }),
    dueOn: computed.dueOn,
    dueAt: computed.dueAt,
    provisional: computed.provisional,
    calendarVersion: computed.calendarVersion,
    extensions: start.extensions ?? [],
    fired: start.fired ?? [],
    rungs: rungsOf(ladder.outcome, computed.dueAt, start.fired ?? [], now, (secondsPerDay ?? DAY / 1000) * 1000),
    expired: start.expired ?? false,
    revision: (start.revision ?? -1) + 1,
    sha256: book.sha256,
  };
  const calendarDays = watched.days();
  return { clock, definition, input, computed, calendarDays, release: book.release, sha256: book.sha256 };
}

/** The reminders still to come: a rung whose moment has passed when the clock starts is not sent late. */
function rungsOf(ladder: Record<string, unknown>, dueAt: string, fired: string[], now: string, day: number): Rung[] {
  const due = Date.parse(dueAt);
  const rung = (id: string, ms: number): Rung => ({ id, at: new Date(ms).toISOString() });
  const days = (key: string) => (ladder[key] as number[] | undefined) ?? [];
  return [
    ...days('before').map((n) => rung(`before-${n}`, due - n * day)),
    ...days('after').map((n) => rung(`after-${n}`, due + n * day)),
  ].filter(({ id, at }) => !fired.includes(id) && at > now);
}
