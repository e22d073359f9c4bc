import { caseWorkflowId } from '../contracts/ids.ts';
import type { Actor } from '../domain/case/case.ts';
import type { NoticeTemplate } from '../domain/notices.ts';
import { type Db, json, type Tx } from './client.ts';
import { queueForParties } from './step-rows.ts';

/** Something done to a case that changes nothing of where it stands: no workflow hears of it (0011). */
export interface DoneBeside {
  actId: string;
  caseNo: string;
  act: string;
  procedure: string;
  actor: Actor;
  idempotencyKey: string;
  requestHash: string;
  /** What people wrote; beside the act, as for every act. */
  words: Record<string, unknown>;
  event: { type: string; title: { zh: string; en: string }; legalRef: string; source: string };
}

/** What was written under the lock of the case. */
export interface Written<A> {
  detail: Record<string, unknown>;
  answer: A;
  /** Parties who are told of it, and of which paper. */
  tell?: { template: NoticeTemplate; parties: string[]; paper: number };
}

/** What an Idempotency-Key has done already. */
export async function findDone<A>(
  db: Db,
  actorId: string,
  key: string,
): Promise<{ requestHash: string; answer: A } | undefined> {
  const [row] = await db<Array<{ requestHash: string; answer: A }>>`
    select request_hash as "requestHash", response as answer from acts
    where actor_id = ${actorId} and idempotency_key = ${key}`;
  return row;
}

/**
 * Writes it as an event of the case under its next number; the case's row is the lock, as for every step (db/write-step.ts), and
 * `work` is done under it. Undefined where another try under the key was written in this moment: then nothing is.
 */
export const writeBeside = <A>(
  db: Db,
  done: DoneBeside,
  at: string,
  work: (tx: Tx) => Promise<Written<A>>,
): Promise<A | undefined> =>
  db.begin(async (tx) => {
    const { actId, caseNo, event, actor } = done;
    const made = await tx`
      insert into acts ${tx({
        act_id: actId,
        actor_id: actor.actorId,
        idempotency_key: done.idempotencyKey,
        request_hash: done.requestHash,
        case_no: caseNo,
        act: done.act,
        words: json(tx, done.words),
        status: 'done',
      })} on conflict (actor_id, idempotency_key) do nothing`;
    if (made.count === 0) return undefined;
    const [row] = await tx<Array<{ seq: number }>>`
      update cases set seq = seq + 1, updated_at = ${at} where case_no = ${caseNo} returning seq`;
    if (!row) throw new Error(`no case ${caseNo}`);
    const { detail, answer, tell } = await work(tx);
    await tx`update acts set response = ${json(tx, answer)} where act_id = ${actId}`;
    await tx`
      insert into events ${tx({
        case_no: caseNo,
        seq: row.seq,
        workflow_id: caseWorkflowId(caseNo),
        dedup: `${done.act}:${actId}`,
        type: event.type,
        procedure: done.procedure,
        at,
        title_zh: event.title.zh,
        title_en: event.title.en,
        legal_ref: event.legalRef,
        source: event.source,
        actor_id: actor.actorId,
        actor_role: actor.role,
        party_id: actor.partyId ?? null,
        act_id: actId,
        detail: json(tx, detail),
        result: json(tx, { seq: row.seq, clocks: [] }),
      })}`;
    if (tell) {
      const data = json(tx, { event: event.type, detail: { paper: tell.paper } });
      const queued = { seq: row.seq, number: 0, template: tell.template, data };
      await queueForParties(tx, { caseNo }, queued, tx`party_id in ${tx(tell.parties)} and moved_to is null`);
    }
    return answer;
  }) as Promise<A | undefined>;
