import { TestWorkflowEnvironment } from '@temporalio/testing';
import { GracefulShutdownPeriodExpiredError, Worker } from '@temporalio/worker';
import { createRulesActivities } from '../activities/rules.ts';
import type { CalendarPort, RecordPort, RulesPort } from '../contracts/record.ts';
import type { RuleBook } from '../domain/rules.ts';
import { buildCalendar, type CalendarYear } from '../domain/time/calendar.ts';
import type { Calendar, LegalDay } from '../domain/time/types.ts';
import { readCalendarFiles } from '../rules/calendar-source.ts';
import type { Books } from '../rules/deciding-book.ts';
import { searchAttributes } from '../temporal-config/dev-server.ts';
import { findTestServer } from '../temporal-config/temporal-cli.ts';
import { caseWorkerOptions, workflowBundle } from '../temporal-config/worker-options.ts';
import { MemoryRecord } from './memory-record.ts';

/** `INDEXED_VALUE_TYPE_KEYWORD` of temporal.api.enums.v1. */
const KEYWORD = 2;

export interface Setting {
  /** The day on which the story begins, at ten in the morning in Shanghai; it must lie ahead, for time only runs on. */
  on: LegalDay;
  book: RuleBook;
  /** The books that take its place, each from a day on, in the order of these. */
  later?: Array<{ from: LegalDay; book: RuleBook }>;
  /** Years published beyond those that come with the program. */
  published?: CalendarYear[];
  /** Where downloaded programs and the workflow bundle are kept. */
  cacheDir: string;
}

/** Where one story is told: the real workflows and rules, a clock that leaps, a record in memory. */
export interface Stage {
  env: TestWorkflowEnvironment;
  record: MemoryRecord;
  /** Counts with one more year's arrangement from now on. */
  publish(year: CalendarYear): void;
}

/**
 * Sets a stage for one story: a server of its own, so that its clock begins where the story does and nobody else moves it.
 * Everything is taken down again, whatever happens. Throws where the day lies behind.
 */
export async function onStage<T>(setting: Setting, happens: (stage: Stage) => Promise<T>): Promise<T> {
  const { path } = await findTestServer(setting.cacheDir);
  const env = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path } },
  });
  try {
    const skip = instantOfShanghai(`${setting.on}T10:00`) - (await env.currentTimeMs());
    if (skip < 0) throw new Error(`a story cannot begin on ${setting.on}, which has passed`);
    await env.sleep(skip);

    // This server cannot list them, as `ensureSearchAttributes` would.
    await env.connection.operatorService.addSearchAttributes({
      namespace: 'default',
      searchAttributes: Object.fromEntries(Object.keys(searchAttributes).map((name) => [name, KEYWORD])),
    });

    const { years: kept, statutory } = await readCalendarFiles();
    let years = latest([...kept, ...(setting.published ?? [])]);
    let calendar = buildCalendar({ years, statutory });
    const books = booksOf(setting);
    const record = new MemoryRecord(books, () => calendar);
    const worker = await Worker.create({
      ...caseWorkerOptions(),
      ...{ shutdownGraceTime: '1s', shutdownForceTime: '2s' },
      workflowThreadPoolSize: 1,
      connection: env.nativeConnection,
      workflowBundle: await workflowBundle(setting.cacheDir),
      activities: activitiesOf(books, record, () => calendar),
    });
    const running = worker.run();
    try {
      return await happens({
        env,
        record,
        publish(year) {
          years = latest([...years, year]);
          calendar = buildCalendar({ years, statutory });
        },
      });
    } finally {
      worker.shutdown();
      // A step that is tried again and again: the story is over without it.
      await running.catch((error: unknown) => {
        if (!(error instanceof GracefulShutdownPeriodExpiredError)) throw error;
      });
    }
  } finally {
    await env.teardown();
  }
}

/** Of two arrangements for a year the later one. */
const latest = (years: CalendarYear[]): CalendarYear[] => [...new Map(years.map((year) => [year.year, year])).values()];

/** The rules as they are; the record in memory. */
function activitiesOf(
  books: Books,
  record: MemoryRecord,
  calendar: () => Calendar,
): RulesPort & RecordPort & CalendarPort {
  return {
    ...createRulesActivities(books, calendar),
    record: (input) => record.record(input),
    splitCase: (input) => record.splitCase(input),
    placesFor: (input) => record.placesFor(input),
    takeInCase: (input) => record.takeInCase(input),
    workflowsTouchedBy: (input) => record.workflowsTouchedBy(input),
  };
}

/** The rules of the story over its time. */
function booksOf({ book, later = [] }: Pick<Setting, 'book' | 'later'>): Books {
  const all = [{ from: '', book }, ...later];
  const found = (one: { book: RuleBook } | undefined): RuleBook => {
    if (one === undefined) throw new Error('the story has no such rules');
    return one.book;
  };
  return {
    shipped: book,
    ruleBook: async (sha256) => found(all.find((one) => one.book.sha256 === sha256)),
    on: async (day) => found(all.findLast(({ from }) => from <= day)),
  };
}

/** Milliseconds since the epoch of a time in Shanghai, `2030-03-09T23:59`. */
export function instantOfShanghai(time: string): number {
  const ms = Date.parse(`${time}:00+08:00`);
  if (Number.isNaN(ms)) throw new Error(`not a time: ${time}`);
  return ms;
}
