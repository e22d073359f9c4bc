import { isLegalDay, weekday, yearOf } from './day.ts';
import type { Bilingual, Calendar, DayStatus, LegalDay } from './types.ts';

/** A day with the name of the holiday it belongs to. */
export interface NamedDay {
  on: LegalDay;
  name: Bilingual;
}

/**
 * What one State Council notice arranges. Plain JSON, one file a year. It may name days of the neighbouring years
 * round New Year's Day; ordinary weekends need not be named.
 */
export interface CalendarYear {
  year: number;
  /** Number of the notice, e.g. 国办发明电〔2025〕7号; null where the arrangement rests on no notice: then it is provisional. */
  notice: string | null;
  /** Where the text of the notice was read. */
  source: string;
  daysOff: NamedDay[];
  /** 调休上班: weekend days on which people work, with the name of the holiday they pay for. */
  workdays: NamedDay[];
}

/** The statutory days of every year (全国年节及纪念日放假办法 2), without the arrangement around them. */
export interface StatutoryTable {
  source: string;
  years: Record<string, NamedDay[]>;
}

/** Nothing is known of this year. Never to be taken for "no holidays". */
export class CalendarMissing extends Error {
  override readonly name = 'CalendarMissing';
  readonly year: number;

  constructor(year: number) {
    super(`没有 ${year} 年的放假安排数据。 There is no calendar for ${year}.`);
    this.year = year;
  }
}

const weekend: Bilingual = { zh: '周末', en: 'weekend' };
const ordinary: Bilingual = { zh: '工作日', en: 'working day' };
const swapped = (name: Bilingual): Bilingual => ({
  zh: `${name.zh}调休上班`,
  en: `working day in exchange for ${name.en}`,
});

export const isWeekend = (on: LegalDay): boolean => weekday(on) >= 6;

/** How the days of a year that no file names are judged. */
interface YearView {
  version: string;
  provisional: boolean;
}

/**
 * Builds the calendar from the years published and the table of statutory days.
 *
 * - A published year: weekends off except swap workdays, and the days off its notice names. Days a neighbouring year's
 *   notice names take effect too; of two notices that name one day the later year's stands, of two files for one year
 *   the later in the list.
 * - A year after the last published one: weekends and the statutory days, `provisional`.
 * - Any other year (before the first, a gap between published years, beyond the table): `CalendarMissing`.
 */
export function buildCalendar({
  years,
  statutory,
}: {
  years: readonly CalendarYear[];
  statutory: StatutoryTable;
}): Calendar {
  const published = new Map(years.map((file) => [file.year, file]));
  const inOrder = [...published.values()].sort((left, right) => left.year - right.year);
  const lastYear = inOrder.at(-1)?.year;

  const named = new Map<LegalDay, DayStatus>();
  const noticesFromNeighbours = new Map<number, Set<string>>();
  for (const file of inOrder) {
    const provisional = file.notice === null;
    const note = ({ on }: NamedDay, working: boolean, why: Bilingual): void => {
      named.set(on, { working, why, provisional });
      const year = yearOf(on);
      if (year !== file.year)
        noticesFromNeighbours.set(year, (noticesFromNeighbours.get(year) ?? new Set()).add(file.notice ?? 'no-notice'));
    };
    for (const day of file.daysOff) note(day, false, day.name);
    for (const day of file.workdays) note(day, true, swapped(day.name));
  }

  // Statutory days of the years without a notice; a neighbour's notice that names such a day goes before.
  const views = new Map<number, YearView>();
  function viewOf(year: number): YearView {
    const known = views.get(year);
    if (known !== undefined) return known;
    const file = published.get(year);
    const table = statutory.years[String(year)];
    let base: string;
    if (file !== undefined) base = file.notice ?? 'no-notice';
    else if (lastYear !== undefined && year > lastYear && table !== undefined) {
      base = 'statutory-table';
      for (const day of table)
        if (!named.has(day.on)) named.set(day.on, { working: false, why: day.name, provisional: true });
    } else throw new CalendarMissing(year);
    const view: YearView = {
      version: `${year}@${[base, ...(noticesFromNeighbours.get(year) ?? [])].join('+')}`,
      provisional: file === undefined || file.notice === null,
    };
    views.set(year, view);
    return view;
  }

  return {
    dayStatus(on) {
      const { provisional } = viewOf(yearOf(on));
      const status = named.get(on);
      if (status !== undefined) return status;
      return isWeekend(on)
        ? { working: false, why: weekend, provisional }
        : { working: true, why: ordinary, provisional };
    },
    versionOf: (year) => viewOf(year).version,
  };
}

/** What is wrong with a year's file, and where (JSON pointer). */
export interface CalendarProblem extends Bilingual {
  path: string;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';

/** Dec 24–31 of the year before and Jan 1–7 of the year after may be named: New Year's Day is arranged across the turn. */
export const mayName = (year: number, on: LegalDay): boolean =>
  yearOf(on) === year ||
  (on >= `${year - 1}-12-24` && on <= `${year - 1}-12-31`) ||
  (on >= `${year + 1}-01-01` && on <= `${year + 1}-01-07`);

/**
 * Checks a year's file before it is used, as an administrator loads a notice. An empty answer means the value is a
 * `CalendarYear`. `forYear` is the year the file is loaded for, where it is known from elsewhere.
 */
export function validateCalendarYear(json: unknown, statutory: StatutoryTable, forYear?: number): CalendarProblem[] {
  const problems: CalendarProblem[] = [];
  const problem = (path: string, zh: string, en: string): void => {
    problems.push({ path, zh, en });
  };

  if (!isRecord(json)) {
    problem('', '放假安排须为一个对象。', 'The arrangement must be an object.');
    return problems;
  }

  const { year } = json;
  if (typeof year !== 'number' || !Number.isInteger(year) || year < 1901 || year > 9998) {
    problem('/year', '年份须为整数。', 'The year must be a whole number.');
    return problems;
  }
  if (forYear !== undefined && forYear !== year)
    problem('/year', `文件为 ${year} 年，不是 ${forYear} 年。`, `The file is for ${year}, not ${forYear}.`);
  if (!isText(json.notice) || !/〔\d{4}〕\d+号/.test(json.notice))
    problem(
      '/notice',
      '须注明国务院办公厅通知文号，例如 国办发明电〔2025〕7号。',
      'The number of the State Council notice is needed, e.g. 国办发明电〔2025〕7号.',
    );
  if (!isText(json.source)) problem('/source', '须注明来源。', 'The source is needed.');

  const seen = new Map<LegalDay, string>();
  const readDays = (field: 'daysOff' | 'workdays'): Set<LegalDay> => {
    const days = new Set<LegalDay>();
    const list: unknown = json[field];
    if (!Array.isArray(list)) {
      problem(`/${field}`, '须为日期列表。', 'A list of days is needed.');
      return days;
    }
    for (const [index, entry] of list.entries()) {
      const path = `/${field}/${index}`;
      const day: unknown = entry;
      if (!isRecord(day)) {
        problem(path, '须写明日期和名称。', 'A day and its name are needed.');
        continue;
      }
      const { on, name } = day;
      if (!isRecord(name) || !isText(name.zh) || !isText(name.en))
        problem(`${path}/name`, '须有中文和英文名称。', 'A Chinese and an English name are needed.');
      if (!isLegalDay(on)) {
        problem(`${path}/on`, '日期不存在，须为 YYYY-MM-DD。', 'There is no such day; YYYY-MM-DD is needed.');
        continue;
      }
      const before = seen.get(on);
      if (before === field) problem(`${path}/on`, `${on} 重复。`, `${on} is named twice.`);
      else if (before !== undefined)
        problem(`${path}/on`, `${on} 既放假又上班。`, `${on} is named both a day off and a workday.`);
      else seen.set(on, field);
      if (!mayName(year, on))
        problem(
          `${path}/on`,
          `${on} 不在 ${year} 年，也不在上年12月24日至31日或下年1月1日至7日。`,
          `${on} lies neither in ${year} nor in 24–31 December before or 1–7 January after it.`,
        );
      if (field === 'workdays' && !isWeekend(on))
        problem(`${path}/on`, `${on} 不是周六或周日。`, `${on} is neither a Saturday nor a Sunday.`);
      days.add(on);
    }
    return days;
  };

  const daysOff = readDays('daysOff');
  readDays('workdays');

  const statutoryDays = statutory.years[String(year)];
  if (statutoryDays === undefined)
    problem('/year', `没有 ${year} 年的法定节日表。`, `There is no table of statutory days for ${year}.`);
  for (const day of statutoryDays ?? [])
    if (!daysOff.has(day.on))
      problem(
        '/daysOff',
        `缺少法定节日 ${day.on} ${day.name.zh}。`,
        `The statutory day ${day.on}, ${day.name.en}, is missing.`,
      );
  return problems;
}
