import type { MessagePort } from 'node:worker_threads';
import { calendarsRevision, listCalendars } from '../../db/calendars.ts';
import { openDb } from '../../db/client.ts';
import { countRecorded, openDeadlines, recordedDecisions } from '../../db/recorded.ts';
import { createCalendarSource } from '../../rules/calendar-source.ts';
import { ruleBookFrom } from '../../rules/index.ts';
import type { OpenDeadlines } from '../../rules/simulation/compare-clocks.ts';
import { type SimulationReport, simulate } from '../../rules/simulation/simulate.ts';

/** What a thread is given: two books as they are kept, where the record is, and whom to tell. */
export interface SimulationOrder {
  databaseUrl: string;
  /** By which its connection is known to the database. */
  name: string;
  region: string;
  before: unknown;
  after: unknown;
  now: string;
  port: MessagePort;
}

/** What it says while it is at it. */
export interface SimulationProgress {
  done: number;
  total: number;
}

/**
 * Looks through the record on a connection of its own, in one snapshot of it. Told anything, it breaks off after the batch that it is
 * at, and its cursor is closed with its transaction.
 */
export default async function run(order: SimulationOrder): Promise<SimulationReport> {
  const { databaseUrl, name, region, before, after, now, port } = order;
  const broken = new AbortController();
  port.once('message', () => broken.abort());
  const say = (progress: SimulationProgress) => port.postMessage(progress);
  const db = openDb(databaseUrl, { max: 1, name });
  try {
    const calendar = await createCalendarSource({
      list: () => listCalendars(db),
      revision: () => calendarsRevision(db),
    });
    const books = { before: ruleBookFrom(before), after: ruleBookFrom(after), calendar: await calendar(), now };
    return (await db.begin('isolation level repeatable read read only', async (tx) => {
      const total = await countRecorded(tx, region);
      say({ done: 0, total });
      return simulate(
        books,
        { decisions: recordedDecisions(tx, region), deadlines: withStates(openDeadlines(tx, region)) },
        { signal: broken.signal, progress: (done) => say({ done, total }) },
      );
    })) as SimulationReport;
  } finally {
    await db.end({ timeout: 1 });
    port.close();
  }
}

async function* withStates(rows: ReturnType<typeof openDeadlines>): AsyncGenerator<OpenDeadlines[]> {
  for await (const batch of rows) yield batch.map(({ state, ...open }) => (state === null ? open : { ...open, state }));
}
