import { describe, expect, it } from 'vitest';
import { CalendarMissing } from '../../../domain/time/calendar.ts';
import { calendarOfDays, watchedCalendar } from '../../../domain/time/watched-calendar.ts';
import { calendar, due } from './data.ts';

describe('the days that a count asked the calendar for', () => {
  it('CAL-03 CAL-04: are kept by their answers: the holiday, the days round it, the working day in exchange', () => {
    const watched = watchedCalendar(calendar);
    due(8, 'workingDays', { anchorOn: '2026-09-29' }, watched.calendar);
    expect(watched.days().map(({ fromOn, toOn, working, why }) => [fromOn, toOn, working, why.zh])).toEqual([
      ['2026-09-30', '2026-09-30', true, '工作日'],
      ['2026-10-01', '2026-10-07', false, '国庆节'],
      ['2026-10-08', '2026-10-09', true, '工作日'],
      ['2026-10-10', '2026-10-10', true, '国庆节调休上班'],
      ['2026-10-11', '2026-10-11', false, '周末'],
      ['2026-10-12', '2026-10-15', true, '工作日'],
    ]);
  });

  it('know nothing of any other day', () => {
    expect(() => calendarOfDays([]).dayStatus('2026-10-01')).toThrow(CalendarMissing);
    expect(() => calendarOfDays([]).versionOf(2026)).toThrow(CalendarMissing);
  });
});
