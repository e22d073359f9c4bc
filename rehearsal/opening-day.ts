import { addDays, laterDay, weekday, yearOf } from '../domain/time/day.ts';
import type { LegalDay } from '../domain/time/types.ts';

/** Far enough ahead that no notice covers it: only weekends and statutory days are off, and no count changes as notices come. */
const YEARS_AHEAD = 3;
const EARLIEST: LegalDay = '2030-03-01';

/** The day on which a story begins that names none: the first Monday of a March ahead. */
export function openingDay(today: LegalDay): LegalDay {
  const first = laterDay(EARLIEST, `${yearOf(today) + YEARS_AHEAD}-03-01`);
  return addDays(first, (8 - weekday(first)) % 7);
}
