import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { Logger } from 'pino';
import { Piscina } from 'piscina';
import type { Db } from '../../db/client.ts';
import { endSession } from '../../db/sessions.ts';
import { endSimulation, insertSimulation, noteProgress } from '../../db/simulations.ts';
import type { RuleBook } from '../../domain/rules.ts';
import type { SimulationReport } from '../../rules/simulation/simulate.ts';
import { tsxFlags } from '../../temporal-config/processes.ts';
import type { SimulationOrder, SimulationProgress } from './simulation-thread.ts';

/** What is to be looked through, under which two books. */
export interface SimulationAsked {
  before: RuleBook;
  after: RuleBook;
  region: string;
  actorId: string;
}

/** Looks through the record beside the API's own thread, which answers everybody else meanwhile. */
export interface Simulator {
  /** Throws `TooManySimulations` where so many run already. */
  start(asked: SimulationAsked): Promise<{ id: string }>;
  /** Breaks it off, and comes back when nothing of it runs any more; false where it does not run here. */
  cancel(id: string): Promise<boolean>;
  stop(): Promise<void>;
}

export class TooManySimulations extends Error {}

/** A simulation keeps one core and one connection. */
const MOST_AT_ONCE = 2;
/** A thread takes a second to start; it stays a while for who asks again. */
const IDLE_MS = 60_000;
const TOUCH_MS = 500;
/** A batch takes less; a query that the database is at may take longer, and is then ended there. */
const PATIENCE_MS = 300;
const LAST_PATIENCE_MS = 3_000;
/** What it keeps is small, whatever the record holds; one that grew would otherwise take the API with it. */
const MOST_HEAP_MB = 512;

interface Running {
  cancelled: boolean;
  /** Told anything, the thread breaks off. */
  breakOff(): void;
  /** Ends the thread. */
  killed: AbortController;
  over: Promise<void>;
}

export function createSimulator(deps: { db: Db; databaseUrl: string; log: Logger }, most = MOST_AT_ONCE): Simulator {
  const { db, databaseUrl, log } = deps;
  const running = new Map<string, Running>();
  let starting = 0;
  const pool = new Piscina({
    filename: fileURLToPath(new URL('./simulation-thread.ts', import.meta.url)),
    ...{ minThreads: 0, maxThreads: most, idleTimeout: IDLE_MS, execArgv: tsxFlags(), recordTiming: false },
    resourceLimits: { maxOldGenerationSizeMb: MOST_HEAP_MB },
  });

  function begin(id: string, { before, after, region }: SimulationAsked): void {
    const { port1: here, port2: port } = new MessageChannel();
    const order: SimulationOrder = {
      ...{ databaseUrl, name: sessionOf(id), region, before: before.content, after: after.content },
      ...{ now: new Date().toISOString(), port },
    };
    const killed = new AbortController();
    const one: Running = {
      ...{ cancelled: false, killed, over: Promise.resolve() },
      breakOff: () => here.postMessage('break off'),
    };
    const work = pool.run(order, { transferList: [port], signal: killed.signal }) as Promise<SimulationReport>;
    running.set(id, one);
    one.over = attend(id, one, { here, work }).finally(() => running.delete(id));
  }

  /** Writes down how far it is, and its end. */
  async function attend(
    id: string,
    one: Running,
    { here, work }: { here: MessagePort; work: Promise<SimulationReport> },
  ): Promise<void> {
    let progress: SimulationProgress = { done: 0, total: 0 };
    here.on('message', (news: SimulationProgress) => {
      progress = news;
    });
    const touching = setInterval(() => void noteProgress(db, id, progress).catch(() => undefined), TOUCH_MS);
    const ending = await work.then(
      (report) => ({ state: 'done' as const, report }),
      (error: Error & { code?: string }) => {
        if (!one.cancelled) log.error({ simulation: id, name: error.name, code: error.code }, 'a simulation failed');
        return { state: 'failed' as const, error: 'broken' };
      },
    );
    clearInterval(touching);
    here.close();
    try {
      // A thread that was ended may leave its transaction behind.
      if (one.cancelled) await endSession(db, sessionOf(id));
      await noteProgress(db, id, progress);
      await endSimulation(db, id, one.cancelled ? { state: 'cancelled' } : ending);
    } catch {
      // A database that is down is told nothing; the row will be found untouched.
    }
  }

  async function cancel(id: string): Promise<boolean> {
    const one = running.get(id);
    if (one === undefined) return false;
    one.cancelled = true;
    one.breakOff();
    const impatient = [
      setTimeout(() => void endSession(db, sessionOf(id)).catch(() => undefined), PATIENCE_MS),
      setTimeout(() => one.killed.abort(), LAST_PATIENCE_MS),
    ];
    await one.over;
    for (const timer of impatient) clearTimeout(timer);
    return true;
  }

  return {
    async start(asked) {
      if (running.size + starting >= most) throw new TooManySimulations();
      const id = randomUUID();
      starting += 1;
      try {
        const { before, after, region, actorId } = asked;
        await insertSimulation(db, { id, region, before: before.sha256, after: after.sha256, actorId });
        begin(id, asked);
      } finally {
        starting -= 1;
      }
      return { id };
    },
    cancel,
    async stop() {
      await Promise.all([...running.keys()].map(cancel));
      await pool.destroy();
    },
  };
}

const sessionOf = (id: string): string => `hejie-simulation-${id}`;
