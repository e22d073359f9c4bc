import type { Bilingual } from '../domain/time/types.ts';
import type { Db } from './client.ts';
import { regionPrefix } from './read-models.ts';

/** A case as the acceptance register has it, without what people are called. */
export interface RegisterRow {
  caseNo: string;
  region: string;
  secondRegion: string | null;
  channel: string;
  registeredOn: string;
  splitFrom: string | null;
  mergedInto: string | null;
}

/** Cases that a region leads or takes part in, by the day of their registration, newest first, after a given place. */
export const listRegistered = (
  db: Db,
  asked: { region: string; from?: string; to?: string; after?: { on: string; caseNo: string }; limit: number },
): Promise<RegisterRow[]> => {
  const { region, from, to, after, limit } = asked;
  const prefix = `${regionPrefix(region)}%`;
  return db<RegisterRow[]>`
    select c.case_no as "caseNo", c.region, c.second_region as "secondRegion", c.channel,
      legal_day(c.created_at) as "registeredOn", c.split_from as "splitFrom", c.merged_into as "mergedInto"
    from cases c where (c.region like ${prefix} or c.second_region like ${prefix})
      ${from === undefined ? db`` : db`and legal_day(c.created_at) >= ${from}`}
      ${to === undefined ? db`` : db`and legal_day(c.created_at) <= ${to}`}
      ${after === undefined ? db`` : db`and (legal_day(c.created_at), c.case_no) < (${after.on}, ${after.caseNo})`}
    order by legal_day(c.created_at) desc, c.case_no desc limit ${limit}`;
};

/** What the window decided of a case. */
export interface AdmissionRow {
  caseNo: string;
  outcome: string | null;
  decidedOn: string | null;
  ground: string | null;
  title: Bilingual | null;
  article: string | null;
}

/** What the organisation that was asked last decided. */
export interface MediationRow {
  caseNo: string;
  procedure: string;
  organisation: string | null;
  acceptedOn: string | null;
  declinedOn: string | null;
  ground: string | null;
  article: string | null;
}

export interface EndingRow {
  caseNo: string;
  procedure: string;
  outcome: string;
  endedOn: string;
  result: string;
}

export interface SidedParty {
  caseNo: string;
  side: string;
  kind: string;
  name: string;
}

export interface ClaimedRow {
  caseNo: string;
  kind: string;
  subject: string;
  workers: number;
  amountFen: number | null;
}

/** What the record says of these cases, for their lines in the register. */
export async function readRegister(db: Db, caseNos: string[]) {
  const [admissions, mediations, endings, parties, claims] = await Promise.all([
    db<AdmissionRow[]>`
      select run.case_no as "caseNo", run.outcome, legal_day(run.ended_at) as "decidedOn",
        decision.outcome ->> 'ground' as ground, decision.matched -> 0 -> 'title' as title,
        decision.matched -> 0 ->> 'source' as article
      from chain_runs run left join lateral (
        select outcome, matched from decisions d where d.case_no = run.case_no and d.point = 'intake.admissible'
        order by seq desc limit 1) decision on true
      where run.procedure = 'intake' and run.case_no = any(${caseNos})`,
    db<MediationRow[]>`
      select distinct on (run.case_no) run.case_no as "caseNo", run.procedure, run.organisation,
        run.accepted_on as "acceptedOn", case run.outcome when 'declined' then legal_day(run.ended_at) end as "declinedOn",
        declined.ground, declined.source as article
      from chain_runs run left join lateral (
        select detail ->> 'ground' as ground, source from events e
        where run.outcome = 'declined' and e.case_no = run.case_no and e.type = 'mediation.declined'
        order by seq desc limit 1) declined on true
      where run.procedure in ('mediation', 'preLitigationMediation') and run.case_no = any(${caseNos})
      order by run.case_no, run.number desc`,
    db<EndingRow[]>`
      select case_no as "caseNo", procedure, outcome, ended_on as "endedOn", result from case_endings
      where case_no = any(${caseNos})`,
    db<SidedParty[]>`
      select case_no as "caseNo", side, kind, name from parties where moved_to is null and case_no = any(${caseNos})
      order by case_no, left(party_id, 1) desc, length(party_id), party_id`,
    db<ClaimedRow[]>`
      select claim.case_no as "caseNo", claim.kind, claim.subject, count(distinct worker)::int as workers,
        sum(amount_fen)::bigint as "amountFen"
      from claims claim join parties p on p.case_no = claim.case_no and p.party_id = claim.worker and p.moved_to is null
      where claim.case_no = any(${caseNos}) group by 1, 2, 3 order by 1, 2, 3`,
  ]);
  return { admissions, mediations, endings, parties, claims };
}
export type RegisterRecord = Awaited<ReturnType<typeof readRegister>>;

/** How a case ended; undefined where it has not. */
export async function findEnding(db: Db, caseNo: string): Promise<string | undefined> {
  const [row] = await db<Array<{ result: string }>>`select result from case_endings where case_no = ${caseNo}`;
  return row?.result;
}

/** How the file of a case was closed last, by a person or by the clock. */
export interface ArchivedRow {
  at: string;
  by: string;
  missing: Array<{ item: string; paper?: string; zh: string; en: string }>;
  incompleteBecause: string | null;
}

export async function findArchived(db: Db, caseNo: string): Promise<ArchivedRow | undefined> {
  const [row] = await db<ArchivedRow[]>`
    select e.at, e.actor_role as by, coalesce(e.detail -> 'missing', '[]') as missing,
      a.words ->> 'incompleteBecause' as "incompleteBecause"
    from events e join steps s on s.workflow_id = e.workflow_id and s.dedup = e.dedup and s.case_no = e.case_no and s.seq = e.seq
    left join acts a on a.act_id = e.act_id
    where e.case_no = ${caseNo} and (e.type = 'followUp.archived'
      or (e.type = 'deadline.ranOut' and e.detail ->> 'deadlineId' = 'followUp.archive' and e.detail ->> 'outcome' = 'archived'))
    order by e.seq desc limit 1`;
  return row;
}
