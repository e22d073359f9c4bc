import type { RecordInput } from '../contracts/record.ts';
import { courtReport } from '../domain/case/court-report.ts';
import { type Db, json, type Tx } from './client.ts';

/** A case that a court has sent by way of its system. */
export interface DockedCase {
  caseNo: string;
  /** Of the message that brought it. */
  message: string;
}

/** The case a court means, by its number here or by the court's own: no other court's. */
export async function findDocked(
  db: Db,
  court: string,
  by: { caseNo: string } | { ref: string },
): Promise<DockedCase | undefined> {
  const [row] = await db<DockedCase[]>`
    select case_no as "caseNo", message from docked_cases where court = ${court}
      and ${'ref' in by ? db`ref = ${by.ref} and not split` : db`case_no = ${by.caseNo}`}`;
  return row;
}

export interface KeptMessage {
  bodyHash: string;
  /** What was answered; null while it is being done. */
  response: { status: number; body: unknown } | null;
}

/** Keeps a message's id before anything is done with it; says what is there under it. */
export async function keepMessage(db: Db, court: string, id: string, bodyHash: string): Promise<KeptMessage> {
  await db`
    insert into docking_messages (court, message_id, body_hash) values (${court}, ${id}, ${bodyHash})
    on conflict (court, message_id) do nothing`;
  const [row] = await db<KeptMessage[]>`
    select body_hash as "bodyHash", response from docking_messages where court = ${court} and message_id = ${id}`;
  // It was refused in this moment and is free again.
  return row ?? keepMessage(db, court, id, bodyHash);
}

export const answerMessage = (db: Db, court: string, id: string, response: NonNullable<KeptMessage['response']>) =>
  db`update docking_messages set response = ${json(db, response)} where court = ${court} and message_id = ${id}`;

/** A refused message leaves nothing. */
export const dropMessage = (db: Db, court: string, id: string) =>
  db`delete from docking_messages where court = ${court} and message_id = ${id} and response is null`;

/** Queues what a step tells the court that sent the case, with the step. */
export function queueReport(tx: Tx, { caseNo, at, event, state }: RecordInput, seq: number) {
  const report = courtReport(event, state);
  return report === undefined
    ? []
    : [
        tx`
          insert into docking_reports (case_no, court, seq, body)
          select case_no, court, ${seq}, ${json(tx, { ...report, at, seq })}::jsonb || jsonb_build_object('case', case_no, 'ref', ref)
          from docked_cases where case_no = ${caseNo}`,
      ];
}

export interface DueReport {
  id: string;
  court: string;
  attempts: number;
  body: Record<string, unknown>;
}

/**
 * Takes the report that has waited longest and hands it to `send`; what came of it is written in the same transaction. Of one
 * case a later report waits for the earlier, so that the court hears things in their order. Says whether there was one.
 */
export async function relayReport(
  db: Db,
  courts: string[],
  send: (report: DueReport) => Promise<{ error?: string; retryAt?: string }>,
): Promise<boolean> {
  return db.begin(async (tx) => {
    const [due] = await tx<DueReport[]>`
      select id, court, attempts, body from docking_reports r
      where status = 'queued' and next_attempt_at <= now() and court = any(${courts})
        and not exists (select 1 from docking_reports e where e.case_no = r.case_no and e.seq < r.seq and e.status = 'queued')
      order by next_attempt_at, seq limit 1 for update of r skip locked`;
    if (!due) return false;
    const { error, retryAt } = await send(due);
    if (error === undefined)
      await tx`update docking_reports set status = 'sent', sent_at = now(), attempts = attempts + 1, error = null where id = ${due.id}`;
    else
      await tx`update docking_reports set attempts = attempts + 1, error = ${error}, next_attempt_at = ${retryAt ?? new Date().toISOString()}
               where id = ${due.id}`;
    return true;
  }) as Promise<boolean>;
}
