import { computeDeadline } from '../time/deadline.ts';
import type { Calendar, ComputedDeadline, DeadlineDefinition } from '../time/types.ts';
import type { ClockStart } from './case.ts';

/** What a clock's date depends on besides its own start and its rule. */
export interface ClockTime {
  /** The demonstration region only. */
  secondsPerDay: number | undefined;
  calendar: Calendar;
}

/** The date of a clock under a rule; what was agreed goes before the rule's number. Throws as `computeDeadline` does. */
export const dateOfClock = (
  { anchorOn, anchorAt, amount, unit, until, extensions }: ClockStart,
  definition: Pick<DeadlineDefinition, 'amount' | 'unit'>,
  { secondsPerDay, calendar }: ClockTime,
): ComputedDeadline =>
  computeDeadline(definition, { anchorOn, anchorAt, amount, unit, until, extensions, secondsPerDay }, calendar);
