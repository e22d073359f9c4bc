import type { DeadlineInput } from '../time/types.ts';
import type { ClockStart } from './case.ts';

/** What a clock's date is counted from; what was agreed goes before the rule's number. `secondsPerDay`: the demonstration region only. */
export const clockInput = (
  { anchorOn, anchorAt, amount, unit, until, extensions }: ClockStart,
  secondsPerDay: number | undefined,
): DeadlineInput => ({ anchorOn, anchorAt, amount, unit, until, extensions, secondsPerDay });
