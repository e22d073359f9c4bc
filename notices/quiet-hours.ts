import { addDays, endOfDay, instantMs, instantOf, shanghaiDay } from '../domain/time/day.ts';
import type { Instant, LegalDay } from '../domain/time/types.ts';

export interface QuietHours {
  /** Hour of the day in Shanghai. */
  from: number;
  /** How many, also over midnight; 0 where there are none. */
  hours: number;
}

const HOUR = 3_600_000;
const beginOf = (on: LegalDay): number => instantMs(endOfDay(addDays(on, -1)));

/**
 * When a notice may go out: now, or when the quiet hours are over. One whose time limit would be over by then goes at once.
 */
export function afterQuiet(now: Instant, { from, hours }: QuietHours, dueAt?: Instant): Instant {
  const at = instantMs(now);
  const today = shanghaiDay(now);
  for (const day of [addDays(today, -1), today]) {
    const begins = beginOf(day) + from * HOUR;
    const ends = begins + hours * HOUR;
    if (at < begins || at >= ends) continue;
    const due = dueAt === undefined ? undefined : instantMs(dueAt);
    return due !== undefined && due > at && due <= ends ? now : instantOf(ends);
  }
  return now;
}

/** The next time that it is that hour in Shanghai, later than now. */
export function nextHour(now: Instant, hour: number): Instant {
  const today = beginOf(shanghaiDay(now)) + hour * HOUR;
  return instantOf(today > instantMs(now) ? today : beginOf(addDays(shanghaiDay(now), 1)) + hour * HOUR);
}
