import type { ProcedureState } from '../domain/procedures/definition.ts';
import type { Bilingual } from '../domain/time/types.ts';
import { noteAdministration } from './administration.ts';
import type { Db, Tx } from './client.ts';
import { regionPrefix } from './read-models.ts';

/** A book that is or was in force, and from which day on. */
export interface BookInForce {
  from: string;
  release: string;
  sha256: string;
}

/** The books in force up to a day, the newest first. */
export const listBooksInForce = (db: Db, until: string): Promise<BookInForce[]> =>
  db<BookInForce[]>`
    select from_day as "from", release, sha256 from books_in_force join rule_releases using (sha256)
    where from_day <= ${until} order by from_day desc`;

/** Whether a book is in force on a day, or was before. */
export async function wasInForce(db: Db, sha256: string, until: string): Promise<boolean> {
  const rows = await db`select 1 from books_in_force where sha256 = ${sha256} and from_day <= ${until} limit 1`;
  return rows.length > 0;
}

/** Open cases of a region and of all below it that go by another release than this one. */
const otherwisePinned = (db: Db | Tx, region: string, sha256: string) => db`
  c.region like ${`${regionPrefix(region)}%`} and c.stage not in ('closed', 'registering') and c.sha256 <> ${sha256}`;

export interface OpenCaseRow {
  caseNo: string;
  region: string;
  release: string;
  /** The states of all that is under way, the chain's first; without the chain's where it is just between two procedures. */
  states: ProcedureState[];
}

/** States are of some ten kilobytes and more. */
const CASES_AT_A_TIME = 50;

/** Those cases with the state of everything that is under way in them, in order of number. */
export const openCasesToMove = (db: Db, region: string, sha256: string) =>
  db<OpenCaseRow[]>`
    select c.case_no as "caseNo", c.region, c.release,
      coalesce((select jsonb_agg(p.view order by p.workflow_id <> 'case-' || c.case_no, p.workflow_id)
        from procedures p where p.case_no = c.case_no and p.ended_at is null), '[]') as states
    from cases c where ${otherwisePinned(db, region, sha256)}
    order by c.case_no`.cursor(CASES_AT_A_TIME);

export interface NewMove {
  id: string;
  region: string;
  sha256: string;
  reason: string;
  actorId: string;
  idempotencyKey: string;
  requestHash: string;
}

export interface MoveRow extends NewMove {
  subject: string;
  askedAt: string;
  cases: { waiting: number; moved: number; refused: number };
}

/** Keeps the order and the cases that it is about, with the event that says so. False where the key was used before. */
export const keepMove = (db: Db, move: NewMove): Promise<boolean> =>
  db.begin(async (tx) => {
    const { id, region, sha256, reason, actorId, idempotencyKey, requestHash } = move;
    const made = await tx`
      insert into release_moves ${tx({
        ...{ id, region, sha256, reason, actor_id: actorId },
        ...{ idempotency_key: idempotencyKey, request_hash: requestHash },
      })} on conflict (actor_id, idempotency_key) do nothing returning id`;
    if (made.length === 0) return false;
    const { count } = await tx`
      insert into release_move_cases (move_id, case_no)
      select ${id}, c.case_no from cases c where ${otherwisePinned(tx, region, sha256)}`;
    await noteAdministration(tx, {
      ...{ type: 'cases.moved', kind: 'move', subject: id, region, reason, actorId, releaseId: null },
      ...{ at: new Date().toISOString(), detail: { sha256, cases: count } },
    });
    return true;
  }) as Promise<boolean>;

const moveRows = (db: Db) => db`
  select m.id, m.region, m.sha256, m.reason, m.actor_id as "actorId", a.subject, m.asked_at as "askedAt",
    m.idempotency_key as "idempotencyKey", m.request_hash as "requestHash",
    (select jsonb_build_object(
       'waiting', count(*) filter (where status = 'waiting'), 'moved', count(*) filter (where status = 'moved'),
       'refused', count(*) filter (where status = 'refused'))
     from release_move_cases where move_id = m.id) as cases
  from release_moves m join actors a on a.id = m.actor_id`;

/** The order of that id, and how far it is. */
export async function findMove(db: Db, id: string): Promise<MoveRow | undefined> {
  const [row] = await db<MoveRow[]>`${moveRows(db)} where m.id = ${id}`;
  return row;
}

/** The order that an administrator gave under that key. */
export async function findMoveByKey(db: Db, actorId: string, key: string): Promise<MoveRow | undefined> {
  const [row] = await db<MoveRow[]>`${moveRows(db)} where m.actor_id = ${actorId} and m.idempotency_key = ${key}`;
  return row;
}

/** Orders of which some cases wait. */
export const listUnfinishedMoves = (db: Db): Promise<MoveRow[]> =>
  db<MoveRow[]>`
    ${moveRows(db)} where exists (select 1 from release_move_cases where move_id = m.id and status = 'waiting')
    order by m.asked_at`;

/** Takes some waiting cases of an order, for a minute: nobody else takes them meanwhile. */
export const claimCases = (db: Db, moveId: string, limit: number): Promise<Array<{ caseNo: string }>> =>
  db<Array<{ caseNo: string }>>`
    update release_move_cases set claimed_at = now()
    where (move_id, case_no) in (
      select move_id, case_no from release_move_cases
      where move_id = ${moveId} and status = 'waiting' and (claimed_at is null or claimed_at < now() - interval '1 minute')
      order by case_no limit ${limit} for update skip locked)
    returning case_no as "caseNo"`;

/** What came of a case: moved, or refused with the reason. */
export const settleCase = (
  db: Db,
  { moveId, caseNo }: { moveId: string; caseNo: string },
  refused?: Bilingual & { code: string },
) =>
  db`
    update release_move_cases set status = ${refused === undefined ? 'moved' : 'refused'},
      code = ${refused?.code ?? null}, zh = ${refused?.zh ?? null}, en = ${refused?.en ?? null}
    where move_id = ${moveId} and case_no = ${caseNo} and status = 'waiting'`;

/** Gives a case back that could not be settled now. */
export const releaseClaim = (db: Db, { moveId, caseNo }: { moveId: string; caseNo: string }) =>
  db`update release_move_cases set claimed_at = null where move_id = ${moveId} and case_no = ${caseNo}`;

export interface MovedCaseRow {
  caseNo: string;
  status: string;
  code: string | null;
  zh: string | null;
  en: string | null;
}

/** The cases of an order, in order of number, after a given one. */
export const listMovedCases = (
  db: Db,
  moveId: string,
  { after, limit }: { after?: string; limit: number },
): Promise<MovedCaseRow[]> =>
  db<MovedCaseRow[]>`
    select case_no as "caseNo", status, code, zh, en from release_move_cases
    where move_id = ${moveId} ${after === undefined ? db`` : db`and case_no > ${after}`}
    order by case_no limit ${limit}`;
