import type { ActMessage } from '../contracts/record.ts';
import type { ClockStart } from '../domain/case/case.ts';
import { type AnyAct, type ProcedureState, refusalOf } from '../domain/procedures/definition.ts';
import { CalendarMissing } from '../domain/time/calendar.ts';
import { addDays, isLegalDay, shanghaiDay } from '../domain/time/day.ts';
import { computeDeadline } from '../domain/time/deadline.ts';
import type { Calendar, DeadlineDefinition, DeadlineInput } from '../domain/time/types.ts';
import type { ApiDeps } from './deps.ts';
import { type ProblemError, problem } from './problems.ts';

/** Two weeks: the longest run of days off there has been, and some. */
const LONGEST_BREAK_DAYS = 14;

/** What no calendar covers is refused, naming the field that led there. */
export const calendarMissing = (year: number, field: string): ProblemError =>
  problem('calendar-missing', {
    about: {
      zh: `没有 ${year} 年的节假日数据，不予推算。`,
      en: `There is no calendar for ${year}; no guess is made.`,
    },
    errors: [{ field, code: 'calendar-missing', zh: `没有 ${year} 年的节假日数据。`, en: `No calendar for ${year}.` }],
  });

/** A day that cannot be counted: outside the years that calendars know, or outside those that dates are written in. */
export function computeOrRefuse(
  definition: Pick<DeadlineDefinition, 'amount' | 'unit'>,
  input: DeadlineInput,
  calendar: Calendar,
  field: string,
) {
  try {
    return computeDeadline(definition, input, calendar);
  } catch (error) {
    if (error instanceof CalendarMissing) throw calendarMissing(error.year, field);
    if (error instanceof RangeError) throw calendarMissing(Number(input.anchorOn.slice(0, 4)) + 1, field);
    throw error;
  }
}

/**
 * Refuses an act whose days or clocks no calendar covers. A workflow that had taken it could only wait for a calendar
 * that will never come; so it is asked here, before anything is written.
 */
export async function refuseUndatable(
  deps: ApiDeps,
  region: string,
  act: AnyAct<ProcedureState>,
  state: ProcedureState | undefined,
  { input, actor }: Pick<ActMessage, 'input' | 'actor'>,
): Promise<void> {
  // The demonstration region counts in seconds and asks no calendar.
  if (deps.rules.secondsPerDay(region) !== undefined) return;
  const calendar = await deps.calendar();
  refuseUnknownDays(calendar, input, '');
  // What another release makes of the clocks has been asked by then (`refuseUnmovable`), calendars included.
  if (state === undefined || act.asksRelease !== undefined) return;
  const now = new Date().toISOString();
  const at = { now, today: shanghaiDay(now), actor };
  const copy = structuredClone(state);
  if (refusalOf(act, copy, input, at)) return;
  const field = input.amount === undefined ? '' : '/amount';
  for (const clock of act.apply(copy, input, at).start ?? [])
    computeOrRefuse(deps.rules.deadline(region, clock.deadlineId), lengthOf(clock), calendar, field);
}

const lengthOf = ({ anchorOn, anchorAt, amount, unit, until, extensions }: ClockStart): DeadlineInput => ({
  anchorOn,
  anchorAt,
  amount,
  unit,
  until,
  extensions,
});

/** Days that start or end a clock of the next procedure are looked at here, since that one is not begun yet. */
export function refuseUnknownDays(calendar: Calendar, value: unknown, field: string): void {
  if (isLegalDay(value)) {
    try {
      calendar.dayStatus(value);
      calendar.dayStatus(addDays(value, LONGEST_BREAK_DAYS));
    } catch (error) {
      if (error instanceof CalendarMissing) throw calendarMissing(error.year, field);
      throw calendarMissing(Number(value.slice(0, 4)) + 1, field);
    }
    return;
  }
  if (value === null || typeof value !== 'object') return;
  for (const [key, inner] of Object.entries(value)) refuseUnknownDays(calendar, inner, `${field}/${key}`);
}
