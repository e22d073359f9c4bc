import type { DeemedGround, ServedDay, ServiceMethod, ServiceResult } from '../domain/service.ts';
import type { LegalDay } from '../domain/time/types.ts';
import type { Db } from './client.ts';
import { type DoneBeside, writeBeside } from './without-workflow.ts';

/** What came of an attempt, and what the rules found. */
export interface ServiceResultRow {
  result: ServiceResult;
  ground: DeemedGround | 'other' | null;
  on: LegalDay;
  /** The piece of evidence that shows it. */
  proof: number | null;
  served: ServedDay;
  /** The clock after which it counts as served; `none` where none must run. */
  deadlineId: string;
  next: ServiceMethod[];
  legalRef: string;
  article: string;
  titleZh: string;
  titleEn: string;
  /** The act of the case that it performs, and whether that is done. */
  act: string | null;
  actDone: boolean;
  madeAt: string;
}

/** An attempt to serve a paper on a party. */
export interface ServiceRow {
  number: number;
  paper: number;
  paperKind: string;
  registerNo: string;
  party: string;
  method: ServiceMethod;
  sentOn: LegalDay;
  consent: number | null;
  madeAt: string;
  actorId: string;
  actorRole: string;
  outcome: ServiceResultRow | null;
}

/** The attempts of a case in their order, each with its result, where there is one. */
export async function listServices(db: Db, caseNo: string): Promise<ServiceRow[]> {
  const rows = await db<Array<Omit<ServiceRow, 'outcome'> & ServiceResultRow & { resultAt: string | null }>>`
    select s.number, s.paper, p.kind as "paperKind", p.register_no as "registerNo", s.party_id as party, s.method,
      s.sent_on as "sentOn", s.consent, s.made_at as "madeAt", s.actor_id as "actorId", s.actor_role as "actorRole",
      r.result, r.ground, r.result_on as "on", r.proof, r.served, r.deadline_id as "deadlineId", r.next,
      r.legal_ref as "legalRef", r.source as article, r.title_zh as "titleZh", r.title_en as "titleEn", r.act,
      exists (select 1 from acts a where a.actor_id = r.actor_id::uuid and a.idempotency_key = r.act_key and a.status <> 'pending')
        as "actDone", r.made_at as "resultAt"
    from services s
    join papers p on p.case_no = s.case_no and p.number = s.paper
    left join service_results r on r.case_no = s.case_no and r.number = s.number
    where s.case_no = ${caseNo} order by s.number`;
  return rows.map((row) => {
    const { number, paper, paperKind, registerNo, party, method, sentOn, consent, madeAt, actorId, actorRole } = row;
    const { resultAt, result, ground, on, proof, served, deadlineId, next } = row;
    const { legalRef, article, titleZh, titleEn, act, actDone } = row;
    return {
      ...{ number, paper, paperKind, registerNo, party, method, sentOn, consent, madeAt, actorId, actorRole },
      outcome:
        resultAt === null
          ? null
          : {
              ...{ result, ground, on, proof, served, deadlineId, next, legalRef, article, titleZh, titleEn },
              ...{ act, actDone, madeAt: resultAt },
            },
    };
  });
}

export type NewService = Pick<ServiceRow, 'paper' | 'party' | 'method' | 'sentOn' | 'consent'>;

/** What beginning an attempt, or its result, came to: the attempt's number within the case. */
export interface ServiceAnswer {
  number: number;
}

/** Keeps an attempt under the next number of its case, with its event. */
export const keepService = (db: Db, done: DoneBeside, service: NewService, at: string) =>
  writeBeside<ServiceAnswer>(db, done, at, async (tx) => {
    const { caseNo, actId, actor } = done;
    const { paper, party, method, sentOn, consent } = service;
    const [last] = await tx<Array<{ number: number }>>`
      select coalesce(max(number), 0)::int as number from services where case_no = ${caseNo}`;
    const number = (last?.number ?? 0) + 1;
    await tx`
      insert into services ${tx({
        ...{ case_no: caseNo, number, paper, party_id: party, method, sent_on: sentOn, consent },
        ...{ made_at: at, actor_id: actor.actorId, actor_role: actor.role, act_id: actId },
      })}`;
    return { detail: { service: number, ...service }, answer: { number } };
  });

export type NewServiceResult = Omit<ServiceResultRow, 'actDone' | 'madeAt'> & { number: number; actKey: string | null };

/** The attempt got a result in this moment; nothing of this one is written. */
export class ResultKnown extends Error {}

/** Keeps what came of an attempt, once, with its event. Throws `ResultKnown`. */
export const keepServiceResult = (db: Db, done: DoneBeside, outcome: NewServiceResult, at: string) =>
  writeBeside<ServiceAnswer>(db, done, at, async (tx) => {
    const { caseNo, actId, actor } = done;
    const { number, result, ground, on, proof, served, deadlineId, next, legalRef, article, act, actKey } = outcome;
    const made = await tx`
      insert into service_results ${tx({
        ...{ case_no: caseNo, number, result, ground, result_on: on, proof, served, deadline_id: deadlineId, next },
        ...{ legal_ref: legalRef, source: article, title_zh: outcome.titleZh, title_en: outcome.titleEn },
        ...{ act, act_key: actKey, made_at: at, actor_id: actor.actorId, actor_role: actor.role, act_id: actId },
      })} on conflict do nothing`;
    if (made.count === 0) throw new ResultKnown();
    const detail = { service: number, result, on, proof, served, deadlineId, next };
    return { detail: { ...detail, ...(ground === null ? {} : { ground }) }, answer: { number } };
  });
