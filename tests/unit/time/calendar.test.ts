import chineseDays from 'chinese-days';
import { describe, expect, it } from 'vitest';
import { buildCalendar, CalendarMissing, type CalendarYear, isWeekend } from '../../../domain/time/calendar.ts';
import { addDays, daysBetween } from '../../../domain/time/day.ts';
import type { Calendar, LegalDay } from '../../../domain/time/types.ts';
import { calendar, published2026, statutory, years } from './data.ts';

const range = (from: LegalDay, to: LegalDay): LegalDay[] =>
  Array.from({ length: daysBetween(from, to) + 1 }, (_, index) => addDays(from, index));

const works = (on: LegalDay, by: Calendar = calendar): boolean => by.dayStatus(on).working;

const statutoryDays = (year: number): LegalDay[] => (statutory.years[String(year)] ?? []).map(({ on }) => on);

/** An invented notice for 2027, for tests only: no such notice has been published (CAL-06, CAL-08). */
const invented2027: CalendarYear = {
  year: 2027,
  notice: '国办发明电〔2026〕99号',
  source: 'invented for this test',
  daysOff: [
    { on: '2026-12-31', name: { zh: '元旦', en: "New Year's Day" } },
    ...(statutory.years['2027'] ?? []),
    { on: '2027-05-03', name: { zh: '劳动节', en: 'Labour Day' } },
  ],
  workdays: [{ on: '2026-12-26', name: { zh: '元旦', en: "New Year's Day" } }],
};

describe('a year with a notice', () => {
  it('CAL-03 has exactly the days off of 国办发明电〔2025〕7号 in 2026', () => {
    const expected = [
      ...range('2026-01-01', '2026-01-03'),
      ...range('2026-02-15', '2026-02-23'),
      ...range('2026-04-04', '2026-04-06'),
      ...range('2026-05-01', '2026-05-05'),
      ...range('2026-06-19', '2026-06-21'),
      ...range('2026-09-25', '2026-09-27'),
      ...range('2026-10-01', '2026-10-07'),
    ];
    expect(expected).toHaveLength(33);
    expect(published2026.daysOff.map(({ on }) => on)).toEqual(expected);
    expect(expected.filter((on) => works(on))).toEqual([]);
  });

  it('CAL-04 has exactly six weekend days in 2026 on which people work', () => {
    const expected = ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'];
    expect(published2026.workdays.map(({ on }) => on)).toEqual(expected);
    expect(range('2026-01-01', '2026-12-31').filter((on) => isWeekend(on) && works(on))).toEqual(expected);
  });

  it('CAL-05 has 248 working days in 2026', () => {
    expect(range('2026-01-01', '2026-12-31').filter((on) => works(on))).toHaveLength(248);
  });

  it('says why a day counts or not', () => {
    expect(calendar.dayStatus('2026-10-03')).toEqual({
      working: false,
      why: { zh: '国庆节', en: 'National Day' },
      provisional: false,
    });
    expect(calendar.dayStatus('2026-10-10')).toEqual({
      working: true,
      why: { zh: '国庆节调休上班', en: 'working day in exchange for National Day' },
      provisional: false,
    });
    expect(calendar.dayStatus('2026-10-11').why.en).toBe('weekend');
    expect(calendar.dayStatus('2026-10-12').why.en).toBe('working day');
  });

  it('names the notice it rests on', () => {
    expect(calendar.versionOf(2024)).toBe('2024@国办发明电〔2023〕7号');
    expect(calendar.versionOf(2025)).toBe('2025@国办发明电〔2024〕12号');
    expect(calendar.versionOf(2026)).toBe('2026@国办发明电〔2025〕7号');
  });

  it('agrees with an independent list of days for 2024 to 2026', () => {
    for (const on of range('2024-01-01', '2026-12-31')) expect(works(on), on).toBe(chineseDays.isWorkday(on));
  });

  it('lets days of December named by the next notice take effect, and shows it in the version', () => {
    const withNext = buildCalendar({ years: [...years, invented2027], statutory });
    expect(works('2026-12-31')).toBe(true);
    expect(works('2026-12-31', withNext)).toBe(false);
    expect(works('2026-12-26')).toBe(false);
    expect(works('2026-12-26', withNext)).toBe(true);
    expect(withNext.versionOf(2026)).toBe('2026@国办发明电〔2025〕7号+国办发明电〔2026〕99号');
    expect(withNext.versionOf(2027)).toBe('2027@国办发明电〔2026〕99号');
    expect(withNext.dayStatus('2027-05-03')).toMatchObject({ working: false, provisional: false });
    expect(withNext.versionOf(2028)).toBe('2028@statutory-table');
  });

  it('lets a notice that reaches into January stand until the next notice says otherwise', () => {
    const newYear = { zh: '元旦', en: "New Year's Day" };
    const reaching = { ...published2026, daysOff: [...published2026.daysOff, { on: '2027-01-04', name: newYear }] };
    const before = buildCalendar({ years: [reaching], statutory });
    expect(before.dayStatus('2027-01-04')).toEqual({ working: false, why: newYear, provisional: false });
    expect(before.dayStatus('2027-01-05')).toMatchObject({ working: true, provisional: true });
    expect(before.versionOf(2027)).toBe('2027@statutory-table+国办发明电〔2025〕7号');
  });

  it('replaces a year that is loaded again', () => {
    const again = { ...published2026, notice: '国办发明电〔2026〕98号', workdays: [] };
    const corrected = buildCalendar({ years: [...years, again], statutory });
    expect(works('2026-10-10', corrected)).toBe(false);
    expect(corrected.versionOf(2026)).toBe('2026@国办发明电〔2026〕98号');
  });

  it('calls an arrangement without a notice provisional', () => {
    const draft = buildCalendar({ years: [...years, { ...invented2027, notice: null }], statutory });
    expect(draft.dayStatus('2027-05-03')).toMatchObject({ working: false, provisional: true });
    expect(draft.dayStatus('2027-05-04')).toMatchObject({ working: true, provisional: true });
    expect(draft.versionOf(2027)).toBe('2027@no-notice');
  });
});

describe('a year without a notice', () => {
  it('CAL-06 takes weekends and the thirteen statutory days for 2027, and says that this is provisional', () => {
    expect(calendar.versionOf(2027)).toBe('2027@statutory-table');
    const off = range('2027-01-01', '2027-12-31').filter((on) => !works(on));
    expect(off).toEqual(
      range('2027-01-01', '2027-12-31').filter((on) => isWeekend(on) || statutoryDays(2027).includes(on)),
    );
    expect(range('2027-01-01', '2027-12-31').every((on) => calendar.dayStatus(on).provisional)).toBe(true);
    expect(calendar.dayStatus('2027-02-05').why.en).toBe('Spring Festival');
  });

  it('answers the same whichever day of the year is asked first', () => {
    const fresh = buildCalendar({ years, statutory });
    expect(fresh.dayStatus('2027-10-01').working).toBe(false);
    expect(fresh.dayStatus('2027-02-05').working).toBe(false);
  });

  it('refuses a year before the first notice, beyond the table, and between two notices', () => {
    expect(() => calendar.dayStatus('2023-12-31')).toThrow(CalendarMissing);
    expect(() => calendar.versionOf(2023)).toThrow(CalendarMissing);
    expect(() => calendar.dayStatus('2051-01-01')).toThrow(CalendarMissing);
    expect(works('2050-12-30')).toBe(true);
    const gap = buildCalendar({ years: years.filter(({ year }) => year !== 2025), statutory });
    expect(() => gap.dayStatus('2025-06-03')).toThrow(CalendarMissing);
    expect(() => buildCalendar({ years: [], statutory }).dayStatus('2026-01-01')).toThrow(CalendarMissing);
  });

  it('tells which year is missing', () => {
    try {
      calendar.dayStatus('2051-03-01');
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(CalendarMissing);
      expect(error).toMatchObject({ name: 'CalendarMissing', year: 2051 });
      expect(String(error)).toContain('2051');
    }
  });
});

describe('the table of statutory days', () => {
  it('CAL-01 has thirteen days a year since 2025 and eleven in 2024', () => {
    expect(statutoryDays(2024)).toHaveLength(11);
    expect(Object.keys(statutory.years).map(Number)).toEqual(Array.from({ length: 27 }, (_, index) => 2024 + index));
    for (let year = 2025; year <= 2050; year += 1) {
      const shared = (statutory.years[String(year)] ?? []).filter(({ name }) => name.zh === '国庆节、中秋节');
      expect(statutoryDays(year).length + shared.length, String(year)).toBe(13);
      expect(new Set(statutoryDays(year)).size).toBe(statutoryDays(year).length);
    }
  });

  it('CAL-01 has neither 除夕 nor 2 May in 2024, and both from 2025', () => {
    expect(statutoryDays(2024)).not.toContain('2024-02-09');
    expect(statutoryDays(2024)).not.toContain('2024-05-02');
    expect(statutoryDays(2025)).toContain('2025-01-28');
    expect(statutoryDays(2025)).toContain('2025-05-02');
  });

  it('CAL-07 puts the Spring Festival of 2027 on 6 February, where ICU is a day late', () => {
    expect(statutoryDays(2027)).toEqual([
      '2027-01-01',
      '2027-02-05',
      '2027-02-06',
      '2027-02-07',
      '2027-02-08',
      '2027-04-05',
      '2027-05-01',
      '2027-05-02',
      '2027-06-09',
      '2027-09-15',
      '2027-10-01',
      '2027-10-02',
      '2027-10-03',
    ]);
  });

  it('CAL-02 gives every statutory day of 2024 to 2026 off by notice', () => {
    for (const { year, daysOff } of years) {
      const off = daysOff.map(({ on }) => on);
      for (const on of statutoryDays(year)) expect(off, on).toContain(on);
    }
  });

  it('agrees with an independent lunar table through 2050', () => {
    for (let year = 2025; year <= 2050; year += 1) {
      const lunar = (month: number, day: number): LegalDay =>
        chineseDays.getSolarDateFromLunar(`${year}-${month}-${day}`).date;
      const newYear = lunar(1, 1);
      for (const on of [
        addDays(newYear, -1),
        newYear,
        addDays(newYear, 1),
        addDays(newYear, 2),
        lunar(5, 5),
        lunar(8, 15),
      ])
        expect(statutoryDays(year), on).toContain(on);
      const qingming = chineseDays.getSolarTerms(`${year}-04-01`, `${year}-04-10`).find(({ name }) => name === '清明');
      expect(statutoryDays(year)).toContain(qingming?.date);
    }
  });
});
