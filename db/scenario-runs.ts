import type { ScenarioResult } from '../domain/scenarios.ts';
import type { Instant } from '../domain/time/types.ts';
import { type Db, json } from './client.ts';

/** What came of all scenarios of a draft's text, under the book that it made. */
export interface ScenarioRun {
  id: string;
  documentSha256: string;
  bookSha256: string;
  region: string;
  ranAt: Instant;
  ranBy: string;
  results: ScenarioResult[];
  /** Rules and deadlines that the draft adds or changes and that no scenario which passed has touched. */
  untouched: unknown[];
  /** Every scenario has passed. */
  green: boolean;
}

const columns = (db: Db) => db`
  id, document_sha256 as "documentSha256", book_sha256 as "bookSha256", region, ran_at as "ranAt", ran_by as "ranBy",
  results, untouched, green`;

/** Keeps a run; answers its id. */
export async function saveScenarioRun(db: Db, run: Omit<ScenarioRun, 'id' | 'ranAt'>): Promise<string> {
  const { documentSha256, bookSha256, region, ranBy, results, untouched, green } = run;
  const [row] = await db<Array<{ id: string }>>`
    insert into scenario_runs ${db({
      ...{ document_sha256: documentSha256, book_sha256: bookSha256, region, ran_by: ranBy, green },
      ...{ results: json(db, results), untouched: json(db, untouched) },
    })} returning id`;
  if (!row) throw new Error('a run of scenarios was not kept');
  return row.id;
}

export async function findScenarioRunById(db: Db, id: string): Promise<ScenarioRun | undefined> {
  const [row] = await db<ScenarioRun[]>`select ${columns(db)} from scenario_runs where id = ${id}`;
  return row;
}

/** The newest run of a text, by the hash of the document. */
export async function findScenarioRun(db: Db, documentSha256: string): Promise<ScenarioRun | undefined> {
  const [row] = await db<ScenarioRun[]>`
    select ${columns(db)} from scenario_runs where document_sha256 = ${documentSha256} order by ran_at desc limit 1`;
  return row;
}
