import { addDays, addYears, shanghaiDay } from '../time/day.ts';
import type { LegalDay } from '../time/types.ts';
import type { Clock, ClockStart } from './case.ts';

/** Key of the limitation's clock: it outlives procedures. */
export const LIMITATION = 'limitation';

/**
 * An interruption starts the limitation again from its day, unless it had run out before (LIM-02, NEG-10). What counts is the day
 * of the interruption, not the day it was written down; one before the day from which the time runs changes nothing.
 */
export function interrupted(clocks: Clock[], on: LegalDay, now: string): ClockStart[] {
  const running = clocks.find(({ key }) => key === LIMITATION);
  if (!running || on <= running.anchorOn) return [];
  const tooLate = on < shanghaiDay(now) ? on > running.dueOn : now >= running.dueAt;
  if (tooLate) return [];
  return [
    {
      key: LIMITATION,
      deadlineId: running.deadlineId,
      anchorOn: on,
      anchorAt: now,
      revision: running.revision,
      fired: [],
    },
  ];
}

/** Longer than any run of days off by which a last day rolls. */
const LONGEST_ROLL_DAYS = 60;

/** Whether a year from that day (the longest limitation, LIM-01) was over by the other day, whatever the holidays were. */
export const isLongPast = (known: LegalDay, registeredOn: LegalDay): boolean =>
  addDays(addYears(known, 1), LONGEST_ROLL_DAYS) < registeredOn;
