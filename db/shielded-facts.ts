import { caseWorkflowId } from '../contracts/ids.ts';
import type { Actor } from '../domain/case/case.ts';
import { type Db, json } from './client.ts';

/** A fact conceded to reach a settlement, apart from everything else of the case. */
export interface ShieldedFact {
  id: string;
  concededBy: string;
  text: string;
}

/** The facts conceded in acts that were done, in order. */
export const listShieldedFacts = (db: Db, caseNo: string): Promise<ShieldedFact[]> =>
  db<ShieldedFact[]>`
    select f.act_id || '/' || f.number as id, f.conceded_by as "concededBy", f.text
    from shielded_facts f join acts a using (act_id)
    where f.case_no = ${caseNo} and a.status <> 'pending' order by a.created_at, f.number`;

/** What a look came to: which facts were shown, or that none was. */
export type LookAnswer = { refused: true } | { seen: string[] };

export interface Look {
  actId: string;
  caseNo: string;
  procedure: string;
  actor: Actor;
  idempotencyKey: string;
  requestHash: string;
  words: Record<string, unknown>;
  detail: Record<string, unknown>;
  answer: LookAnswer;
  event: { type: string; title: { zh: string; en: string }; legalRef: string; source: string };
}

/** What an Idempotency-Key has looked at already. */
export async function findLook(
  db: Db,
  actorId: string,
  key: string,
): Promise<{ requestHash: string; answer: LookAnswer } | undefined> {
  const [row] = await db<Array<{ requestHash: string; answer: LookAnswer }>>`
    select request_hash as "requestHash", response as answer from acts
    where actor_id = ${actorId} and idempotency_key = ${key}`;
  return row;
}

/**
 * Writes a look, also one that was refused, as an event of the case under its next number. It changes nothing of where the
 * case stands, so no workflow hears of it; the case's row is the lock, as for every step (db/write-step.ts).
 * False where another try under the key was written in this moment: then nothing is.
 */
export const writeLook = (db: Db, look: Look, at: string): Promise<boolean> =>
  db.begin(async (tx) => {
    const { actId, caseNo, event, actor } = look;
    const made = await tx`
      insert into acts ${tx({
        act_id: actId,
        actor_id: actor.actorId,
        idempotency_key: look.idempotencyKey,
        request_hash: look.requestHash,
        case_no: caseNo,
        act: 'shieldedFacts.look',
        words: json(tx, look.words),
        status: 'done',
        response: json(tx, look.answer),
      })} on conflict (actor_id, idempotency_key) do nothing`;
    if (made.count === 0) return false;
    const [row] = await tx<Array<{ seq: number }>>`
      update cases set seq = seq + 1, updated_at = ${at} where case_no = ${caseNo} returning seq`;
    if (!row) throw new Error(`no case ${caseNo}`);
    await tx`
      insert into events ${tx({
        case_no: caseNo,
        seq: row.seq,
        workflow_id: caseWorkflowId(caseNo),
        dedup: `look:${actId}`,
        type: event.type,
        procedure: look.procedure,
        at,
        title_zh: event.title.zh,
        title_en: event.title.en,
        legal_ref: event.legalRef,
        source: event.source,
        actor_id: actor.actorId,
        actor_role: actor.role,
        party_id: actor.partyId ?? null,
        act_id: actId,
        detail: json(tx, look.detail),
        result: json(tx, { seq: row.seq, clocks: [] }),
      })}`;
    return true;
  }) as Promise<boolean>;
