import { describe, expect, it } from 'vitest';
import {
  addDays,
  addMonths,
  addYears,
  compareDays,
  daysBetween,
  endOfDay,
  instantMs,
  isLegalDay,
  laterDay,
  parseDay,
  shanghaiDay,
  shanghaiTime,
  weekday,
} from '../../../domain/time/day.ts';

describe('legal days', () => {
  it('knows which days exist', () => {
    for (const day of ['2026-10-01', '2024-02-29', '2000-02-29', '1900-01-01', '9999-12-31'])
      expect(isLegalDay(day), day).toBe(true);
    for (const day of [
      '2026-02-29',
      '1900-02-29',
      '2026-13-01',
      '2026-00-01',
      '2026-04-31',
      '2026-10-00',
      '1899-12-31',
    ])
      expect(isLegalDay(day), day).toBe(false);
    for (const day of ['2026-1-1', '2026-10-01T00:00:00Z', ' 2026-10-01', '', 20261001, null, undefined])
      expect(isLegalDay(day), String(day)).toBe(false);
  });

  it('refuses to count from a day that does not exist', () => {
    expect(() => parseDay('2026-02-30')).toThrow(RangeError);
    expect(() => addDays('2026-02-30', 1)).toThrow(RangeError);
    expect(() => addDays('2026-02-28', 1.5)).toThrow(RangeError);
    expect(() => addDays('9999-12-31', 1)).toThrow(RangeError);
  });

  it('counts across months, years and leap days', () => {
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(addDays('2026-02-28', 1)).toBe('2026-03-01');
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
    expect(addDays('1970-01-01', -1)).toBe('1969-12-31');
    expect(daysBetween('2026-09-18', '2026-10-03')).toBe(15);
    expect(daysBetween('2026-10-03', '2026-09-18')).toBe(-15);
    expect(daysBetween('2026-10-03', '2026-10-03')).toBe(0);
  });

  it('PER-04 ends a month on the corresponding day, or on its last day where there is none (民法典 202)', () => {
    expect(addMonths('2026-01-15', 1)).toBe('2026-02-15');
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28');
    expect(addMonths('2028-01-31', 1)).toBe('2028-02-29');
    expect(addMonths('2026-08-31', 1)).toBe('2026-09-30');
    expect(addMonths('2026-11-30', 3)).toBe('2027-02-28');
    expect(addMonths('2026-01-31', 13)).toBe('2027-02-28');
    expect(addMonths('2026-03-31', -1)).toBe('2026-02-28');
    expect(addYears('2028-02-29', 1)).toBe('2029-02-28');
    expect(addYears('2028-02-29', 4)).toBe('2032-02-29');
    expect(addYears('2026-10-08', 1)).toBe('2027-10-08');
  });

  it('knows the day of the week', () => {
    expect(weekday('2026-09-18')).toBe(5);
    expect(weekday('2026-09-20')).toBe(7);
    expect(weekday('2026-10-10')).toBe(6);
    expect(weekday('2026-10-12')).toBe(1);
    expect(weekday('1970-01-01')).toBe(4);
    expect(weekday('1960-01-03')).toBe(7);
  });

  it('sorts days', () => {
    expect(['2026-10-08', '2026-01-02', '2025-12-31', '2026-01-02'].sort(compareDays)).toEqual([
      '2025-12-31',
      '2026-01-02',
      '2026-01-02',
      '2026-10-08',
    ]);
    expect(laterDay('2026-01-02', '2025-12-31')).toBe('2026-01-02');
  });
});

describe('days and instants', () => {
  it('ends a day at 24:00 in Shanghai, which is 16:00 UTC', () => {
    expect(endOfDay('2026-10-08')).toBe('2026-10-08T16:00:00.000Z');
    expect(endOfDay('2026-12-31')).toBe('2026-12-31T16:00:00.000Z');
  });

  it('takes the last second before 24:00 for that day, and 24:00 itself for the next', () => {
    expect(shanghaiDay('2026-10-08T15:59:59.999Z')).toBe('2026-10-08');
    expect(shanghaiDay('2026-10-08T16:00:00Z')).toBe('2026-10-09');
    expect(shanghaiDay('2026-10-07T16:00:00Z')).toBe('2026-10-08');
    expect(shanghaiDay('1992-07-01T15:30:00Z')).toBe('1992-07-01');
  });

  it('agrees with the time zone database, which knows of no summer time since 1991', () => {
    const day = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' });
    for (let ms = Date.UTC(1991, 9, 1); ms < Date.UTC(2050, 0, 1); ms += 41 * 86_400_000 + 7_777_777) {
      const instant = new Date(ms).toISOString();
      expect(shanghaiDay(instant)).toBe(day.format(ms));
    }
  });

  it('writes the time on a clock in Shanghai', () => {
    expect(shanghaiTime('2026-10-08T16:30:05.123Z')).toBe('2026-10-09 00:30:05');
  });

  it('refuses an instant that is not UTC', () => {
    expect(() => instantMs('2026-10-08T16:00:00')).toThrow(RangeError);
    expect(() => instantMs('2026-10-08')).toThrow(RangeError);
    expect(() => instantMs('yesterdayZ')).toThrow(RangeError);
  });
});
