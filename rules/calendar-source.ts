import { readdir, readFile } from 'node:fs/promises';
import { buildCalendar, type CalendarYear, type StatutoryTable } from '../domain/time/calendar.ts';
import type { Calendar } from '../domain/time/types.ts';

const folder = new URL('./calendars/', import.meta.url);

const readJson = async (name: string): Promise<unknown> =>
  JSON.parse(await readFile(new URL(name, folder), 'utf8')) as unknown;

/** The calendars that come with the program: published years, and the table of statutory days for the rest. */
export async function readCalendarFiles(): Promise<{ years: CalendarYear[]; statutory: StatutoryTable }> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}\.json$/.test(name)).sort();
  const years = (await Promise.all(names.map(readJson))) as CalendarYear[];
  return { years, statutory: (await readJson('statutory-days.json')) as StatutoryTable };
}

/** Where notices loaded later are kept. `revision` grows with each. */
export interface CalendarStore {
  list(): Promise<Array<{ content: CalendarYear }>>;
  revision(): Promise<number>;
}

/**
 * The calendar in force: files, and over them the notices loaded since. Looks for a new notice at every call,
 * so that a date is never computed with a calendar that has been replaced.
 */
export async function createCalendarSource(store: CalendarStore): Promise<() => Promise<Calendar>> {
  const files = await readCalendarFiles();
  let built: { revision: number; calendar: Calendar } | undefined;
  return async () => {
    const revision = await store.revision();
    if (built?.revision !== revision) {
      const years = laidOver(
        files.years,
        (await store.list()).map(({ content }) => content),
      );
      built = { revision, calendar: buildCalendar({ years, statutory: files.statutory }) };
    }
    return built.calendar;
  };
}

/** The years as they hold: those that come with the program, and over them what was loaded, the last of a year. */
export async function yearsInForce(loaded: readonly CalendarYear[]): Promise<CalendarYear[]> {
  return laidOver((await readCalendarFiles()).years, loaded);
}

const laidOver = (files: readonly CalendarYear[], loaded: readonly CalendarYear[]): CalendarYear[] =>
  [...new Map([...files, ...loaded].map((one) => [one.year, one])).values()].sort((a, b) => a.year - b.year);
