import { CalendarMissing } from './calendar.ts';
import { addDays, parseDay, yearOf } from './day.ts';
import type { Calendar, DayStatus, LegalDay } from './types.ts';

/** Days in a row, both ends included, of which a calendar said the same; `version` names its data for their year. */
export interface CalendarDays extends DayStatus {
  fromOn: LegalDay;
  toOn: LegalDay;
  version: string;
}

/** A calendar that remembers which days it was asked for, and what it said. */
export function watchedCalendar(calendar: Calendar): { calendar: Calendar; days(): CalendarDays[] } {
  const asked = new Map<LegalDay, DayStatus>();
  return {
    calendar: {
      dayStatus(on) {
        const status = calendar.dayStatus(on);
        asked.set(on, status);
        return status;
      },
      versionOf: (year) => calendar.versionOf(year),
    },
    days() {
      const ranges: CalendarDays[] = [];
      for (const [on, { working, why, provisional }] of [...asked].sort(([left], [right]) => (left < right ? -1 : 1))) {
        const said = { working, why: { zh: why.zh, en: why.en }, provisional, version: calendar.versionOf(yearOf(on)) };
        const { fromOn, toOn, ...before } = ranges.at(-1) ?? { fromOn: on, toOn: on };
        if (addDays(toOn, 1) === on && JSON.stringify(before) === JSON.stringify(said))
          ranges.splice(-1, 1, { fromOn, toOn: on, ...said });
        else ranges.push({ fromOn: on, toOn: on, ...said });
      }
      return ranges;
    },
  };
}

/** The calendar that knows these days and no others: any other day is `CalendarMissing`. */
export function calendarOfDays(days: readonly CalendarDays[]): Calendar {
  const find = (on: LegalDay): CalendarDays => {
    parseDay(on);
    const range = days.find(({ fromOn, toOn }) => fromOn <= on && on <= toOn);
    if (range === undefined) throw new CalendarMissing(yearOf(on));
    return range;
  };
  return {
    dayStatus: find,
    versionOf(year) {
      const range = days.find(({ fromOn }) => yearOf(fromOn) === year);
      if (range === undefined) throw new CalendarMissing(year);
      return range.version;
    },
  };
}
