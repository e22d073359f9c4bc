import type { Instant, LegalDay } from './types.ts';

/**
 * Arithmetic on legal days, and the only bridge between legal days and instants.
 *
 * Asia/Shanghai is a fixed +08:00 here: there has been no summer time since 1991-09-15, so no time zone data is needed.
 * Instants before that day are not meant to pass through this module.
 */
const dayMs = 86_400_000;
const shanghaiOffsetMs = 8 * 3_600_000;
const firstYear = 1900;
const lastYear = 9999;

export interface DayParts {
  year: number;
  month: number;
  day: number;
}

const isLeapYear = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

const daysInMonth = (year: number, month: number): number =>
  month === 2 ? (isLeapYear(year) ? 29 : 28) : month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;

const pad = (value: number): string => (value < 10 ? `0${value}` : `${value}`);

function formatDay(year: number, month: number, day: number): LegalDay {
  if (year < firstYear || year > lastYear) throw new RangeError(`day outside ${firstYear}–${lastYear}: year ${year}`);
  return `${year}-${pad(month)}-${pad(day)}`;
}

function readDay(text: unknown): DayParts | undefined {
  if (typeof text !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const year = Number(text.slice(0, 4));
  const month = Number(text.slice(5, 7));
  const day = Number(text.slice(8, 10));
  const real = year >= firstYear && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
  return real ? { year, month, day } : undefined;
}

/** Whether this is a day that exists, written `YYYY-MM-DD`, 1900 to 9999. */
export const isLegalDay = (value: unknown): value is LegalDay => readDay(value) !== undefined;

/** Year, month and day as numbers. Throws `RangeError` for a day that does not exist. */
export function parseDay(on: LegalDay): DayParts {
  const parts = readDay(on);
  if (parts === undefined) throw new RangeError(`not a day: ${on}`);
  return parts;
}

/** Days since 1970-01-01. */
function dayNumber(on: LegalDay): number {
  const { year, month, day } = parseDay(on);
  return Date.UTC(year, month - 1, day) / dayMs;
}

function dayOfNumber(number: number): LegalDay {
  const date = new Date(number * dayMs);
  return formatDay(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate());
}

function checkWhole(amount: number): void {
  if (!Number.isSafeInteger(amount)) throw new RangeError(`not a whole number: ${amount}`);
}

export const yearOf = (on: LegalDay): number => parseDay(on).year;

/** The day so many days later; earlier when negative. */
export function addDays(on: LegalDay, days: number): LegalDay {
  checkWhole(days);
  return dayOfNumber(dayNumber(on) + days);
}

/** The corresponding day so many months later; where the month has none, its last day (民法典 202). */
export function addMonths(on: LegalDay, months: number): LegalDay {
  checkWhole(months);
  const { year, month, day } = parseDay(on);
  const index = year * 12 + (month - 1) + months;
  const toYear = Math.floor(index / 12);
  const toMonth = index - toYear * 12 + 1;
  return formatDay(toYear, toMonth, Math.min(day, daysInMonth(toYear, toMonth)));
}

/** The corresponding day so many years later; 02-29 becomes 02-28 in a common year (民法典 202). */
export const addYears = (on: LegalDay, years: number): LegalDay => addMonths(on, years * 12);

/** Monday is 1, Sunday is 7. */
export function weekday(on: LegalDay): number {
  // 1970-01-01 was a Thursday.
  return ((((dayNumber(on) + 3) % 7) + 7) % 7) + 1;
}

/** Days from one day to another: 0 for the same day, negative when `to` lies before `from`. */
export const daysBetween = (from: LegalDay, to: LegalDay): number => dayNumber(to) - dayNumber(from);

/** For sorting: negative, zero or positive. */
export const compareDays = (left: LegalDay, right: LegalDay): number => (left < right ? -1 : left > right ? 1 : 0);

export const laterDay = (left: LegalDay, right: LegalDay): LegalDay => (left > right ? left : right);

/** Milliseconds since the epoch. Throws `RangeError` unless the text is an ISO 8601 instant that ends in `Z`. */
export function instantMs(instant: Instant): number {
  const ms = instant.endsWith('Z') ? Date.parse(instant) : Number.NaN;
  if (Number.isNaN(ms)) throw new RangeError(`not a UTC instant: ${instant}`);
  return ms;
}

export const instantOf = (ms: number): Instant => new Date(ms).toISOString();

/** The legal day it is in Asia/Shanghai at that instant. */
export const shanghaiDay = (instant: Instant): LegalDay =>
  dayOfNumber(Math.floor((instantMs(instant) + shanghaiOffsetMs) / dayMs));

/** 24:00 of that day in Asia/Shanghai, which is the first instant of the next day: the day's time is over from here on. */
export const endOfDay = (on: LegalDay): Instant => instantOf((dayNumber(on) + 1) * dayMs - shanghaiOffsetMs);

/** `YYYY-MM-DD hh:mm:ss` on a clock in Shanghai, for texts people read. */
export const shanghaiTime = (instant: Instant): string =>
  instantOf(instantMs(instant) + shanghaiOffsetMs)
    .slice(0, 19)
    .replace('T', ' ');
