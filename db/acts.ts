import type { ActMessage, ActResult, IntakeInput } from '../contracts/record.ts';
import type { NoticeChannel, NoticeLanguage } from '../domain/notices.ts';
import { nextCaseNo } from './cases.ts';
import { type Db, json, type Tx } from './client.ts';

/** The pseudonym of an account; made when it is first seen. */
export async function actorIdOf(db: Db, subject: string): Promise<string> {
  const [row] = await db<Array<{ id: string }>>`
    with known as (select id from actors where subject = ${subject}),
    made as (insert into actors (subject) select ${subject} where not exists (select 1 from known)
             on conflict (subject) do update set subject = excluded.subject returning id)
    select id from known union all select id from made`;
  if (!row) throw new Error('an account got no pseudonym');
  return row.id;
}

/** What an Idempotency-Key has done so far. */
export interface ActRow {
  actId: string;
  requestHash: string;
  caseNo: string | null;
  status: 'pending' | 'recorded' | 'done';
  response: Record<string, unknown> | null;
}

const actColumns = (tx: Db | Tx) =>
  tx`act_id as "actId", request_hash as "requestHash", case_no as "caseNo", status, response`;

export interface NewAct {
  actId: string;
  actorId: string;
  idempotencyKey: string;
  requestHash: string;
  caseNo: string;
  act: string;
  workflowId: string;
  message: ActMessage;
  words: Record<string, unknown>;
  shielded: Array<{ by: string; text: string }>;
  /** What came of it, where it has been done already. */
  response?: ActResult;
}

/** Keeps an act before it is sent, with its words. `fresh` is false when the key was used before: then nothing is written. */
export async function keepAct(db: Db, act: NewAct): Promise<{ fresh: boolean; row: ActRow }> {
  const kept = (await db.begin(async (tx) => {
    const [made] = await tx<ActRow[]>`
      insert into acts ${tx({
        act_id: act.actId,
        actor_id: act.actorId,
        idempotency_key: act.idempotencyKey,
        request_hash: act.requestHash,
        case_no: act.caseNo,
        act: act.act,
        workflow_id: act.workflowId,
        message: json(tx, act.message),
        words: json(tx, act.words),
        ...(act.response === undefined ? {} : { status: 'done', response: json(tx, act.response) }),
      })} on conflict (actor_id, idempotency_key) do nothing returning ${actColumns(tx)}`;
    if (made) {
      if (act.shielded.length > 0)
        await tx`insert into shielded_facts ${tx(
          act.shielded.map((fact, number) => ({
            act_id: act.actId,
            number,
            case_no: act.caseNo,
            conceded_by: fact.by,
            text: fact.text,
          })),
        )}`;
      return { fresh: true, row: made };
    }
    const row = await findByKey(tx, act.actorId, act.idempotencyKey);
    return row && { fresh: false, row };
  })) as { fresh: boolean; row: ActRow } | undefined;
  // Another try under the key was refused in this moment and took its row away: the key is free again.
  return kept ?? keepAct(db, act);
}

async function findByKey(tx: Db | Tx, actorId: string, key: string): Promise<ActRow | undefined> {
  const [row] = await tx<ActRow[]>`
    select ${actColumns(tx)} from acts where actor_id = ${actorId} and idempotency_key = ${key}`;
  return row;
}

/** The act's update is in the workflow's history: nothing more can be lost. False when the row is not there any more. */
export async function finishAct(db: Db, actId: string): Promise<boolean> {
  const { count } = await db`update acts set status = 'done' where act_id = ${actId}`;
  return count > 0;
}

/**
 * A refused act leaves nothing, not even its words; one that is recorded stays, and only then this answers false. Of several
 * tries under one key that are refused at once the first takes the row away.
 */
export async function dropAct(db: Db, actId: string): Promise<boolean> {
  const { count } = await db`delete from acts where act_id = ${actId} and status = 'pending'`;
  if (count > 0) return true;
  const kept = await db`select 1 from acts where act_id = ${actId}`;
  return kept.length === 0;
}

/** What came of an act that is in the record, which is settled by this; undefined when it is not there. */
export async function takeResponse(db: Db, actId: string): Promise<ActResult | undefined> {
  const [row] = await db<Array<{ response: ActResult }>>`
    update acts set status = 'done' where act_id = ${actId} and status <> 'pending' returning response`;
  return row?.response;
}

/** Acts whose caller never learnt the outcome, to be sent again under the same id. */
export const listUnfinishedActs = (
  db: Db,
  olderThanSeconds: number,
): Promise<Array<{ actId: string; act: string; caseNo: string; workflowId: string; message: ActMessage }>> =>
  db`select act_id as "actId", act, case_no as "caseNo", workflow_id as "workflowId", message from acts
     where status <> 'done' and act <> 'intake.register' and created_at < now() - make_interval(secs => ${olderThanSeconds})
     order by created_at limit 100`;

/** How many acts wait to be settled by a later try; some all the time are those under way. */
export async function countUnfinishedActs(db: Db, olderThanSeconds: number): Promise<number> {
  const [row] = await db<Array<{ n: number }>>`
    select count(*)::int as n from acts
    where status <> 'done' and act <> 'intake.register' and created_at < now() - make_interval(secs => ${olderThanSeconds})`;
  return row?.n ?? 0;
}

/** A party as the window writes it down. */
export interface NewParty {
  id: string;
  side: string;
  kind: string;
  name: string;
  idNumber?: string;
  phone?: string;
  email?: string;
  address?: string;
  preferredChannel?: NoticeChannel;
  language?: NoticeLanguage;
  groups: string[];
  account?: string;
}

export interface NewCase {
  actId: string;
  actorId: string;
  idempotencyKey: string;
  requestHash: string;
  year: number;
  intake: Omit<IntakeInput, 'caseNo'>;
  parties: NewParty[];
  claims: Array<IntakeInput['claims'][number] & { text?: string }>;
  words: Record<string, unknown>;
  /** The court that sent it by way of its system, and its own number; one number is one case. */
  docked?: { court: string; ref: string; message: string };
}

/** A court has sent the case of this number already; nothing of the second is written. */
export class DockedBefore extends Error {}

/**
 * Writes a case before its workflow starts, under a new number. It becomes visible with the workflow's first event;
 * until then it is `registering`, and `listUnregistered` finds it should nobody come back.
 */
export async function keepCase(db: Db, made: NewCase): Promise<{ fresh: boolean; row: ActRow; intake?: IntakeInput }> {
  const kept = (await db.begin(async (tx) => {
    const [act] = await tx<ActRow[]>`
      insert into acts ${tx({
        act_id: made.actId,
        actor_id: made.actorId,
        idempotency_key: made.idempotencyKey,
        request_hash: made.requestHash,
        act: 'intake.register',
        words: json(tx, made.words),
      })} on conflict (actor_id, idempotency_key) do nothing returning ${actColumns(tx)}`;
    if (!act) {
      const row = await findByKey(tx, made.actorId, made.idempotencyKey);
      return row && { fresh: false, row };
    }
    const { region } = made.intake;
    const caseNo = await nextCaseNo(tx, region, made.year);
    const intake: IntakeInput = { ...made.intake, caseNo };
    await tx`insert into cases ${tx({
      ...{ case_no: caseNo, region, second_region: intake.secondRegion ?? null },
      ...{ channel: intake.channel, intake: json(tx, intake) },
    })}`;
    await tx`update acts set case_no = ${caseNo}, workflow_id = ${`case-${caseNo}`} where act_id = ${made.actId}`;
    if (made.docked) {
      const docked = await tx`
        insert into docked_cases ${tx({ case_no: caseNo, ...made.docked })} on conflict do nothing returning case_no`;
      if (docked.length === 0) throw new DockedBefore();
    }
    await tx`insert into parties ${tx(
      made.parties.map((party) => ({
        case_no: caseNo,
        party_id: party.id,
        side: party.side,
        kind: party.kind,
        name: party.name,
        id_number: party.idNumber ?? null,
        phone: party.phone ?? null,
        email: party.email ?? null,
        address: party.address ?? null,
        preferred_channel: party.preferredChannel ?? null,
        language: party.language ?? null,
        groups: party.groups,
        subject: party.account ?? null,
      })),
    )}`;
    // By column, since a row by row statement has no room for the claims of a great many workers.
    const column = (of: (claim: NewCase['claims'][number]) => string | undefined) =>
      made.claims.map((claim) => of(claim) ?? null);
    await tx`
      insert into claims (case_no, claim_id, worker, kind, subject, amount_fen, text)
      select ${caseNo}, * from unnest(${column(({ id }) => id)}::text[], ${column(({ worker }) => worker)}::text[],
        ${column(({ kind }) => kind)}::text[], ${column(({ subject }) => subject)}::text[],
        ${column(({ amountFen }) => amountFen?.toString())}::bigint[], ${column(({ text }) => text)}::text[])`;
    return { fresh: true, row: { ...act, caseNo }, intake };
  })) as { fresh: boolean; row: ActRow; intake?: IntakeInput } | undefined;
  return kept ?? keepCase(db, made);
}

/** What the workflow of a case was, or is to be, started with. */
export async function findIntake(db: Db, caseNo: string): Promise<IntakeInput | undefined> {
  const [row] = await db<Array<{ intake: IntakeInput }>>`select intake from cases where case_no = ${caseNo}`;
  return row?.intake;
}

/** Cases written whose workflow never said a word. */
export const listUnregistered = (db: Db, olderThanSeconds: number): Promise<Array<{ intake: IntakeInput }>> =>
  db`select intake from cases
     where stage = 'registering' and created_at < now() - make_interval(secs => ${olderThanSeconds}) limit 100`;
