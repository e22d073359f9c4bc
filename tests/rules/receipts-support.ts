import fc from 'fast-check';
import type { RuleBook } from '../../domain/rules.ts';
import type { DecisionScenario } from '../../domain/scenarios.ts';
import { buildCalendar } from '../../domain/time/calendar.ts';
import { addDays, endOfDay } from '../../domain/time/day.ts';
import { computeDeadline } from '../../domain/time/deadline.ts';
import type { DeadlineInput } from '../../domain/time/types.ts';
import { watchedCalendar } from '../../domain/time/watched-calendar.ts';
import { readCalendarFiles } from '../../rules/calendar-source.ts';
import { loadRuleBook, loadScenarios } from '../../rules/index.ts';
import { deadlineReceipt } from '../../rules/receipts/deadline.ts';
import { decisionReceipt } from '../../rules/receipts/decision.ts';
import type { DeadlineReceipt, DecisionReceipt } from '../../rules/receipts/receipt.ts';
import { releaseOf } from '../../rules/receipts/release.ts';

export const book: RuleBook = await loadRuleBook();
export const release = releaseOf(book);
export const calendar = buildCalendar(await readCalendarFiles());
export const { decisions: scenarios } = await loadScenarios();

/** The receipt of what the rules say of a scenario, as if a case had asked. */
export async function receiptOf(
  scenario: Pick<DecisionScenario, 'region' | 'point' | 'facts'>,
): Promise<DecisionReceipt> {
  const { region, point, facts } = scenario;
  const { outcome, matched } = await book.decide(region, point, facts);
  const of = { case: { no: `${region}-2026-000001`, seq: 7, number: 0 }, at: '2026-09-30T17:00:00.000Z' };
  return plain(await decisionReceipt({ region, point, facts, outcome, matched, of }, release));
}

/** The receipt of a clock as a worker would have recorded it. */
export function clockReceipt(id: string, countedFrom: DeadlineInput, region = '310116', by = book): DeadlineReceipt {
  const definition = by.deadline(region, id);
  const secondsPerDay = by.secondsPerDay(region);
  const input = { ...countedFrom, ...(secondsPerDay === undefined ? {} : { secondsPerDay }) };
  const watched = watchedCalendar(calendar);
  const computed = computeDeadline(definition, input, watched.calendar);
  const receipt = deadlineReceipt(
    {
      case: { no: `${region}-2026-000001`, key: `r:${id}` },
      ...{ id, region },
      ...computed,
      ...{ amount: input.amount ?? definition.amount, unit: input.unit ?? definition.unit },
      countedFrom: input,
      calendarDays: watched.days(),
    },
    releaseOf(by),
  );
  if (receipt === undefined) throw new Error(`no deadline ${id}`);
  return plain(receipt);
}

/** As it is after it has been written and read. */
const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

const anyDay = fc.integer({ min: 0, max: 700 }).map((days) => addDays('2025-11-01', days));
const anyExtension = fc.oneof(
  // Also of years: no calendar reaches beyond 2050.
  fc.record({ amount: fc.integer({ min: 0, max: 10 }) }),
  anyDay.map((until) => ({ until })),
);
const note = { reason: '双方同意', agreedBy: ['w1', 'r1'] };

/** Clocks of every kind: lengths of the rules and agreed ones, named days, extensions, the demonstration. */
export const anyClockReceipt: fc.Arbitrary<DeadlineReceipt> = fc
  .record({
    id: fc.constantFrom(...book.catalogue('000000').map(({ id }) => id)),
    region: fc.constantFrom('000000', '310116', '510100', '990000'),
    anchorOn: anyDay,
    agreed: fc.oneof(
      fc.constant({}),
      fc.record({ amount: fc.integer({ min: 0, max: 40 }), unit: fc.constantFrom('calendarDays', 'workingDays') }),
      anyDay.map((until) => ({ until })),
    ),
    extensions: fc.array(anyExtension, { maxLength: 2 }),
  })
  .map(({ id, region, anchorOn, agreed, extensions }) =>
    clockReceipt(
      id,
      {
        ...{ anchorOn, anchorAt: endOfDay(addDays(anchorOn, -1)) },
        ...(agreed as Pick<DeadlineInput, 'amount' | 'unit' | 'until'>),
        extensions: extensions.map((extension) => ({ ...extension, ...note })),
      },
      region,
    ),
  );
