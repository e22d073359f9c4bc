import { caseNoPattern } from '../contracts/ids.ts';
import type { ProcedureState } from '../domain/procedures/definition.ts';
import type { Db } from './client.ts';

/** Who may see what: the regions of a member of staff, or the account of a party. */
export type Scope = { kind: 'region'; prefix: string } | { kind: 'party'; subject: string };

/** Cases of a region: those it leads, and those it takes part in. */
const ofRegion = (db: Db, prefix: string) =>
  db`(c.region like ${`${prefix}%`} or c.second_region like ${`${prefix}%`})`;

/** Cases a caller may see; a region also those it is asked to take over. */
export const visible = (db: Db, scope: Scope) =>
  scope.kind === 'region'
    ? db`(${ofRegion(db, scope.prefix)} or c.handed_to like ${`${scope.prefix}%`})`
    : db`exists (select 1 from parties p where p.case_no = c.case_no and p.subject = ${scope.subject} and p.moved_to is null)`;

export interface CaseRow {
  caseNo: string;
  region: string;
  channel: string;
  stage: string;
  status: string | null;
  outcome: string | null;
  release: string | null;
  sha256: string | null;
  seq: number;
  view: ProcedureState | null;
  nextDueOn: string | null;
  nextDueAt: string | null;
  splitFrom: string | null;
  /** The region that takes part and does not lead. */
  secondRegion: string | null;
  /** The region whose office is asked to take the case over. */
  handedTo: string | null;
  mergedInto: string | null;
  createdAt: string;
  updatedAt: string;
}

const caseColumns = (db: Db) => db`
  c.case_no as "caseNo", c.region, c.channel, c.stage, c.status, c.outcome, c.release, c.sha256, c.seq,
  c.next_due_on as "nextDueOn", c.next_due_at as "nextDueAt", c.split_from as "splitFrom",
  c.second_region as "secondRegion", c.handed_to as "handedTo", c.merged_into as "mergedInto",
  c.created_at as "createdAt", c.updated_at as "updatedAt"`;

/** A case the caller may see, or undefined. What is no case number names none. */
export async function findCase(db: Db, caseNo: string, scope: Scope): Promise<CaseRow | undefined> {
  if (!caseNoPattern.test(caseNo)) return undefined;
  const [row] = await db<CaseRow[]>`
    select ${caseColumns(db)}, p.view from cases c left join procedures p using (case_no, run)
    where c.case_no = ${caseNo} and ${visible(db, scope)}`;
  return row;
}

/** Whether a case is about to be in a procedure, or has just come there: what is not known yet may be known in a moment. */
export async function isBetweenProcedures(db: Db, caseNo: string, procedure: string): Promise<boolean> {
  const [row] = await db`
    select 1 from cases where case_no = ${caseNo} and stage <> 'closed'
      and (stage in ('registering', 'intake', ${procedure}) or outcome is not null)`;
  return row !== undefined;
}

export interface CaseFilter {
  stage?: string;
  region?: string;
  dueBefore?: string;
  q?: string;
  after?: string;
  limit: number;
}

/** Cases the caller may see, newest number first, after a given one. */
export const listCases = (db: Db, scope: Scope, filter: CaseFilter): Promise<Array<Omit<CaseRow, 'view'>>> =>
  db<Array<Omit<CaseRow, 'view'>>>`
    select ${caseColumns(db)} from cases c
    where ${visible(db, scope)}
      ${filter.stage === undefined ? db`` : db`and c.stage = ${filter.stage}`}
      ${filter.region === undefined ? db`` : db`and ${ofRegion(db, regionPrefix(filter.region))}`}
      ${filter.dueBefore === undefined ? db`` : db`and c.next_due_on < ${filter.dueBefore}`}
      ${filter.q === undefined ? db`` : db`and c.case_no like ${`%${filter.q.replace(/[%_\\]/g, '')}%`}`}
      ${filter.after === undefined ? db`` : db`and c.case_no < ${filter.after}`}
    order by c.case_no desc limit ${filter.limit}`;

/** `310116` for a district, `3101` for a city, `31` for a province, nothing for the nation. */
export const regionPrefix = (region: string): string => region.replace(/(00)+$/, '');

export interface PartyRow {
  id: string;
  side: string;
  kind: string;
  name: string;
  idNumber: string | null;
  phone: string | null;
  email: string | null;
  address: string | null;
  preferredChannel: string | null;
  language: string | null;
  groups: string[];
  subject: string | null;
  movedTo: string | null;
}

export const listParties = (db: Db, caseNo: string): Promise<PartyRow[]> =>
  db<PartyRow[]>`
    select party_id as id, side, kind, name, id_number as "idNumber", phone, email, address,
      preferred_channel as "preferredChannel", language, groups, subject, moved_to as "movedTo"
    from parties where case_no = ${caseNo} order by left(party_id, 1) desc, length(party_id), party_id`;

export interface ClaimRow {
  id: string;
  worker: string;
  kind: string;
  subject: string;
  amountFen: number | null;
  text: string | null;
}

export const listClaims = (db: Db, caseNo: string): Promise<ClaimRow[]> =>
  db<ClaimRow[]>`
    select claim_id as id, worker, kind, subject, amount_fen as "amountFen", text
    from claims where case_no = ${caseNo} order by length(claim_id), claim_id`;

export interface DeadlineRow {
  caseNo: string;
  key: string;
  id: string;
  status: string;
  legalRef: string;
  article: string;
  titleZh: string;
  titleEn: string;
  purpose: string;
  subject: string | null;
  anchor: string;
  anchorOn: string;
  amount: number;
  unit: string;
  extensions: unknown[];
  dueOn: string;
  dueAt: string;
  provisional: boolean;
  calendarVersion: string;
  ruleRelease: string;
  basis: string;
  explanation: unknown[];
}

const deadlineColumns = (db: Db) => db`
  d.case_no as "caseNo", d.key, d.deadline_id as id, d.status, d.legal_ref as "legalRef", d.source as article,
  d.title_zh as "titleZh", d.title_en as "titleEn", d.purpose, d.subject, d.anchor, d.anchor_on as "anchorOn",
  d.amount, d.unit, d.extensions, d.due_on as "dueOn", d.due_at as "dueAt", d.provisional,
  d.calendar_version as "calendarVersion", d.rule_release as "ruleRelease", d.basis, d.explanation`;

/** Every deadline of a case, the open ones first, by their last day. */
export const listDeadlinesOf = (db: Db, caseNo: string): Promise<DeadlineRow[]> =>
  db<DeadlineRow[]>`
    select ${deadlineColumns(db)} from deadlines d where d.case_no = ${caseNo}
    order by d.status desc, d.due_at, d.key`;

/** Open deadlines of the cases the caller may see, by their last moment, after a given place. */
export const listDueBefore = (
  db: Db,
  scope: Scope,
  filter: {
    dueBefore?: string;
    region?: string;
    after?: { dueAt: string; caseNo: string; key: string };
    limit: number;
  },
): Promise<DeadlineRow[]> =>
  db<DeadlineRow[]>`
    select ${deadlineColumns(db)} from deadlines d join cases c using (case_no)
    where d.status = 'open' and ${visible(db, scope)}
      ${filter.dueBefore === undefined ? db`` : db`and d.due_on < ${filter.dueBefore}`}
      ${filter.region === undefined ? db`` : db`and ${ofRegion(db, regionPrefix(filter.region))}`}
      ${filter.after === undefined ? db`` : db`and (d.due_at, d.case_no, d.key) > (${filter.after.dueAt}, ${filter.after.caseNo}, ${filter.after.key})`}
    order by d.due_at, d.case_no, d.key limit ${filter.limit}`;

export interface EventRow {
  seq: number;
  type: string;
  procedure: string;
  at: string;
  titleZh: string;
  titleEn: string;
  legalRef: string;
  article: string;
  actorId: string;
  actorRole: string;
  partyId: string | null;
  channel: string | null;
  words: Record<string, unknown> | null;
  detail: Record<string, unknown>;
}

/** What happened, in order, after a given number, with the words people gave. */
export const listEvents = (db: Db, caseNo: string, after: number, limit: number): Promise<EventRow[]> =>
  db<EventRow[]>`
    select e.seq, e.type, e.procedure, e.at, e.title_zh as "titleZh", e.title_en as "titleEn", e.legal_ref as "legalRef",
      e.source as article, e.actor_id as "actorId", e.actor_role as "actorRole", e.party_id as "partyId", e.channel,
      a.words, e.detail
    from events e left join acts a using (act_id)
    where e.case_no = ${caseNo} and e.seq > ${after} order by e.seq limit ${limit}`;

export interface DecisionRow {
  seq: number;
  /** Its place within the event. */
  number: number;
  point: string;
  facts: Record<string, unknown>;
  outcome: Record<string, unknown>;
  matched: unknown[];
  release: string;
  sha256: string;
}

export const listDecisions = (db: Db, caseNo: string): Promise<DecisionRow[]> =>
  db<DecisionRow[]>`
    select seq, number, point, facts, outcome, matched, release, sha256 from decisions
    where case_no = ${caseNo} order by seq, number`;

export interface ProcedureRow {
  run: string;
  workflowId: string;
  procedure: string;
  openedAt: string;
  endedAt: string | null;
  outcome: string | null;
  next: string | null;
  view: ProcedureState;
}

export const listProcedures = (db: Db, caseNo: string): Promise<ProcedureRow[]> =>
  db<ProcedureRow[]>`
    select run, workflow_id as "workflowId", procedure, opened_at as "openedAt", ended_at as "endedAt", outcome, next, view
    from procedures where case_no = ${caseNo} order by opened_at, run`;

/** Linked cases made from this one. */
export const listSplits = (db: Db, caseNo: string): Promise<Array<{ caseNo: string }>> =>
  db<Array<{ caseNo: string }>>`select case_no as "caseNo" from cases where split_from = ${caseNo} order by case_no`;
