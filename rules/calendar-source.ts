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
      const loaded = (await store.list()).map(({ content }) => content);
      const replaced = new Set(loaded.map(({ year }) => year));
      const years = [...files.years.filter(({ year }) => !replaced.has(year)), ...loaded].sort(
        (a, b) => a.year - b.year,
      );
      built = { revision, calendar: buildCalendar({ years, statutory: files.statutory }) };
    }
    return built.calendar;
  };
}
