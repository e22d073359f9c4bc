import { readdir, readFile } from 'node:fs/promises';
import type { RuleBook } from '../domain/rules.ts';
import { buildCalendar, type CalendarYear, type StatutoryTable } from '../domain/time/calendar.ts';
import type { Calendar } from '../domain/time/types.ts';
import { ruleBookFrom } from './rule-book.ts';

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

/** Where releases are kept, so that a case pinned to one finds it after the files have changed. */
export interface ReleaseStore {
  save(book: { release: string; sha256: string; content: unknown }): Promise<void>;
  content(sha256: string): Promise<unknown>;
}

/** A release that is neither loaded nor kept here. */
export class UnknownRelease extends Error {
  constructor(sha256: string) {
    super(`rule release ${sha256} is not kept here`);
  }
}

export interface ReleaseSource {
  current(): RuleBook;
  /** Throws `UnknownRelease` when the release is neither loaded nor kept. */
  ruleBook(sha256: string): Promise<RuleBook>;
}

/** Keeps the release in force and finds older ones by their hash. */
export async function createReleaseSource(current: RuleBook, store: ReleaseStore): Promise<ReleaseSource> {
  await store.save(current);
  const known = new Map<string, Promise<RuleBook>>([[current.sha256, Promise.resolve(current)]]);
  return {
    current: () => current,
    ruleBook(sha256) {
      const there = known.get(sha256);
      if (there) return there;
      const loading = store.content(sha256).then((content) => {
        if (content === undefined) throw new UnknownRelease(sha256);
        return ruleBookFrom(content);
      });
      known.set(sha256, loading);
      loading.catch(() => known.delete(sha256));
      return loading;
    },
  };
}
