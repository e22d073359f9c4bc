import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { createSimulator } from '../api/administration/simulator.ts';
import { actorIdOf } from '../db/acts.ts';
import { type Db, openDb } from '../db/client.ts';
import { migrate } from '../db/migrate.ts';
import { findSimulation } from '../db/simulations.ts';
import type { RuleBook } from '../domain/rules.ts';
import { buildCalendar } from '../domain/time/calendar.ts';
import { addDays } from '../domain/time/day.ts';
import { readCalendarFiles } from '../rules/calendar-source.ts';
import { loadRuleBook, loadScenarios } from '../rules/index.ts';
import { bookWith, readPackDocument } from '../rules/pack-document.ts';
import { sourcesIn } from '../rules/rule-book.ts';
import { freePorts } from '../temporal-config/ports.ts';
import { startPostgresServer } from '../temporal-config/postgres-server.ts';
import {
  type SeededDecision,
  type SeededMediation,
  seedDecisions,
  seedMediations,
} from '../tests/support/seeded-mediations.ts';
import { temporaryFolder } from '../tests/support/servers.ts';

const REGION = '310116';
const PER_CASE = 10;

/** How long a simulation takes, and how much memory the process has at most beyond what it had before. */
export interface SimulationTime {
  facts: 'different' | 'repeated';
  seconds: number;
  peakMb: number;
}

/** Simulates a draft over so many decisions, in a thread of this process as in the API, on a Postgres of its own. */
export async function measureSimulation(decisions: number): Promise<SimulationTime[]> {
  const dataDir = await temporaryFolder();
  const { postgres: port } = await freePorts(['postgres']);
  const server = await startPostgresServer({ dataDir, port });
  await migrate(server.url);
  const db = openDb(server.url, { max: 4 });
  const book = await loadRuleBook();
  const simulator = createSimulator({ db, databaseUrl: server.url, log: pino({ level: 'warn' }, pino.destination(2)) });
  try {
    const calendar = buildCalendar(await readCalendarFiles());
    await seedMediations(db, { book, calendar }, casesFor(decisions));
    const times: SimulationTime[] = [];
    for (const facts of ['different', 'repeated'] as const) {
      await db`truncate decisions`;
      await seedDecisions(db, book, facts === 'different' ? differentFacts(decisions) : await repeatedFacts(decisions));
      await db`analyze`;
      times.push({ facts, ...(await timeOf(db, simulator, { before: book, after: draftFrom(book) })) });
    }
    return times;
  } finally {
    await simulator.stop();
    await db.end({ timeout: 5 });
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function timeOf(
  db: Db,
  simulator: ReturnType<typeof createSimulator>,
  books: { before: RuleBook; after: RuleBook },
) {
  const actorId = await actorIdOf(db, 'bench');
  const base = process.memoryUsage.rss();
  let peak = base;
  const watching = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 50);
  const started = performance.now();
  const { id } = await simulator.start({ ...books, region: REGION, actorId });
  for (;;) {
    const { state } = (await findSimulation(db, id)) ?? { state: 'failed' };
    if (state === 'done') break;
    if (state !== 'running') throw new Error(`the simulation is ${state}`);
    await sleep(20);
  }
  const seconds = (performance.now() - started) / 1000;
  clearInterval(watching);
  return { seconds, peakMb: (peak - base) / 1e6 };
}

/** Mediations of ten days, and no organisation of the district's own. */
function draftFrom(book: RuleBook): RuleBook {
  const source = sourcesIn(book.content).find(({ folder }) => folder === '310116-jinshan');
  const files = Object.fromEntries([...(source?.files ?? [])].map(([file, { value }]) => [file, value]));
  const changed = {
    'deadlines.json': [{ id: 'mediation.conclusion', amount: 10, source: 'bench' }],
    'decisions/mediation.organisation.json': [],
  };
  return bookWith(book, readPackDocument(JSON.stringify({ format: 1, files: { ...files, ...changed } })));
}

const caseNoOf = (number: number) => `${REGION}-2026-${String(number).padStart(6, '0')}`;

/** One case in five is open. */
const casesFor = (decisions: number): SeededMediation[] =>
  Array.from({ length: Math.ceil(decisions / PER_CASE) }, (_, number) => ({
    ...{ caseNo: caseNoOf(number), acceptedOn: addDays('2026-06-01', number % 120), closed: number % 5 !== 0 },
  }));

const placeOf = (number: number) => ({ caseNo: caseNoOf(Math.floor(number / PER_CASE)), seq: number % PER_CASE });

/** No two alike: numbers and days that differ with every row. */
const differentFacts = (decisions: number): SeededDecision[] =>
  Array.from({ length: decisions }, (_, number) => {
    const money = { groups: [], channel: 'window', publicOpinion: false, withCommonClaim: 3 };
    const kinds = [
      { point: 'intake.majorDispute', facts: { ...money, workers: 3, amountYuan: number } },
      { point: 'case.representatives', facts: { withCommonClaim: number } },
      {
        point: 'mediation.organisation',
        facts: {
          ...{ enterpriseCommittee: false, newEmploymentForm: number % 2 === 0, workers: number },
          ...{ claimKinds: ['pay'], referredBy: 'none' },
        },
      },
      {
        point: 'intake.admissible',
        facts: {
          ...{ relation: 'labour', exclusion: 'none', claimKinds: ['pay'], overAge: false, overAgeMatter: false },
          ...{ personnelKind: 'none', registeredOn: addDays('1950-01-01', number), referredBy: 'none' },
        },
      },
    ];
    return { ...placeOf(number), ...(kinds[number % kinds.length] as (typeof kinds)[number]) };
  });

/** The questions of the packs' own tests, over and over, as cases that are alike are asked. */
async function repeatedFacts(decisions: number): Promise<SeededDecision[]> {
  const { decisions: asked } = await loadScenarios();
  return Array.from({ length: decisions }, (_, number) => {
    const { point, facts } = asked[number % asked.length] as (typeof asked)[number];
    return { ...placeOf(number), point, facts };
  });
}
