import type { ProcedureState } from '../domain/procedures/definition.ts';
import type { Db, Tx } from './client.ts';
import { regionPrefix } from './read-models.ts';

/** Rows that are held at a time. */
const BATCH = 500;

export interface RecordedDecisionRow {
  caseNo: string;
  region: string;
  isOpen: boolean;
  seq: number;
  number: number;
  point: string;
  /** As text: the same facts are the same text. */
  facts: string;
  release: string;
}

/** Every decision of a region and of all below it, those of open cases first, in order of case; never held as a whole. */
export async function* recordedDecisions(tx: Tx, region: string): AsyncGenerator<RecordedDecisionRow[]> {
  for (const isOpen of [true, false])
    yield* tx<RecordedDecisionRow[]>`
      select d.case_no as "caseNo", c.region, ${isOpen}::boolean as "isOpen", d.seq, d.number, d.point, d.facts::text as facts, d.release
      from cases c join decisions d using (case_no)
      where c.region like ${`${regionPrefix(region)}%`} and (c.stage <> 'closed') = ${isOpen}
      order by d.case_no, d.seq, d.number`.cursor(BATCH);
}

export interface OpenDeadlinesRow {
  caseNo: string;
  region: string;
  deadlines: Array<{ key: string; deadlineId: string; anchor: string; dueOn: string }>;
  /** The state of the run that holds the clocks; null between two procedures. */
  state: ProcedureState | null;
}

export const deadlinesOfWorkflow = (db: Db | Tx) => db`
  jsonb_agg(jsonb_build_object('key', d.key, 'deadlineId', d.deadline_id, 'anchor', d.anchor, 'dueOn', d.due_on) order by d.key)`;

/** States are of some ten kilobytes and more. */
const STATES_AT_A_TIME = 50;

/** The open deadlines of a region and of all below it, by workflow, each with the state of its run. */
export async function* openDeadlines(tx: Tx, region: string): AsyncGenerator<OpenDeadlinesRow[]> {
  yield* tx<OpenDeadlinesRow[]>`
    select d.case_no as "caseNo", d.region, d.deadlines, p.view as state
    from (
      select d.case_no, d.workflow_id, c.region,
        ${deadlinesOfWorkflow(tx)} as deadlines
      from deadlines d join cases c using (case_no)
      where d.status = 'open' and c.region like ${`${regionPrefix(region)}%`}
      group by d.case_no, d.workflow_id, c.region
    ) d
    left join procedures p on p.case_no = d.case_no and p.workflow_id = d.workflow_id and p.ended_at is null
    order by d.case_no, d.workflow_id`.cursor(STATES_AT_A_TIME);
}

/** How many rows both give. */
export async function countRecorded(tx: Tx, region: string): Promise<number> {
  const prefix = `${regionPrefix(region)}%`;
  const [row] = await tx<Array<{ n: number }>>`
    select (select count(*) from decisions join cases c using (case_no) where c.region like ${prefix})::int
      + (select count(distinct d.workflow_id) from deadlines d join cases c using (case_no)
         where d.status = 'open' and c.region like ${prefix})::int as n`;
  return row?.n ?? 0;
}
