import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { CASE_TASK_QUEUE, caseWorkflowId, formatCaseNo } from '../contracts/ids.ts';
import type { Db } from '../db/client.ts';
import type { CaseSnapshot } from '../domain/case/case.ts';
import { pooled } from './measure.ts';

/** A year of its own, so that the numbers meet nobody's. */
const YEAR = 2999;
const SETTLE_MS = 3_000;

/**
 * Opens cases at the negotiation at once, as a case that was split off starts: with the snapshot of a real one. Waits
 * until each has written its opening.
 */
export async function openAtNegotiation(
  client: Client,
  db: Db,
  like: string,
  { from, to, inFlight }: { from: number; to: number; inFlight: number },
): Promise<void> {
  const [row] = await db<Array<{ snapshot: CaseSnapshot; region: string }>>`
    select view->'case' as snapshot, region from cases join procedures using (case_no, run) where case_no = ${like}`;
  if (!row) throw new Error(`no case ${like}`);
  const { snapshot, region } = row;
  const numbers = Array.from({ length: to - from }, (_, index) => formatCaseNo(region, YEAR, from + index + 1));
  await db`
    insert into cases (case_no, region, channel, stage, intake, release, sha256)
    select n, c.region, c.channel, 'intake', c.intake, c.release, c.sha256
    from cases c, unnest(${numbers}::text[]) as n where c.case_no = ${like}`;
  await db`
    insert into parties (case_no, party_id, side, kind, name)
    select n, party_id, side, kind, name from parties p, unnest(${numbers}::text[]) as n where p.case_no = ${like}`;
  await pooled(numbers.length, inFlight, async (index) => {
    const caseNo = numbers[index] ?? '';
    await client.workflow.start('negotiation', {
      workflowId: caseWorkflowId(caseNo),
      taskQueue: CASE_TASK_QUEUE,
      args: [{ ...snapshot, caseNo, step: 0, seq: 0, clocks: [] }],
    });
  });
  for (;;) {
    const [{ open = 0 } = {}] = await db<Array<{ open: number }>>`
      select count(*)::int as open from cases where case_no in ${db(numbers)} and stage = 'negotiation'`;
    if (open === numbers.length) break;
    await sleep(200);
  }
  await sleep(SETTLE_MS);
}
