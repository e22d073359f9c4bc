import { type Db, json } from './client.ts';

export type SimulationState = 'running' | 'done' | 'cancelled' | 'failed';

export interface SimulationRow {
  id: string;
  region: string;
  /** Hashes of the book in force and of the one to come. */
  before: string;
  after: string;
  state: SimulationState;
  done: number;
  total: number;
  /** Why it failed; `interrupted` where the process that ran it is gone. */
  error: string | null;
  askedAt: string;
}

/** While it runs its row is touched at least every few seconds; one that is not has lost its process. */
const INTERRUPTED_AFTER = '30 seconds';

const columns = (db: Db) => db`
  id, region, before, after, done, total, asked_at as "askedAt",
  case when ${interrupted(db)} then 'failed' else state end as state,
  case when ${interrupted(db)} then 'interrupted' else error end as error`;
const interrupted = (db: Db) => db`(state = 'running' and touched_at < now() - ${INTERRUPTED_AFTER}::interval)`;

export async function insertSimulation(
  db: Db,
  {
    id,
    region,
    before,
    after,
    actorId,
  }: Pick<SimulationRow, 'id' | 'region' | 'before' | 'after'> & { actorId: string },
): Promise<void> {
  await db`insert into rule_simulations ${db({ id, region, before, after, actor_id: actorId })}`;
}

export async function findSimulation(db: Db, id: string): Promise<SimulationRow | undefined> {
  const [row] = await db<SimulationRow[]>`select ${columns(db)} from rule_simulations where id = ${id}`;
  return row;
}

export async function findReport(db: Db, id: string): Promise<unknown> {
  const [row] = await db<Array<{ report: unknown }>>`select report from rule_simulations where id = ${id}`;
  return row?.report ?? undefined;
}

/** Says how far it is; what has ended stays as it ended. */
export async function noteProgress(
  db: Db,
  id: string,
  { done, total }: { done: number; total: number },
): Promise<void> {
  await db`
    update rule_simulations set done = ${done}, total = ${total}, touched_at = now()
    where id = ${id} and state = 'running'`;
}

export async function endSimulation(
  db: Db,
  id: string,
  { state, error, report }: { state: Exclude<SimulationState, 'running'>; error?: string; report?: unknown },
): Promise<void> {
  await db`
    update rule_simulations set state = ${state}, error = ${error ?? null}, touched_at = now(),
      report = ${report === undefined ? null : json(db, report)},
      done = case when ${state} = 'done' then total else done end
    where id = ${id} and state = 'running'`;
}
