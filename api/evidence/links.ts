import { z } from '@hono/zod-openapi';
import type { EvidenceLinks } from '../../db/evidence.ts';
import { listPapers } from '../../db/papers.ts';
import { type CaseRow, listClaims, listProcedures } from '../../db/read-models.ts';
import type { PerformanceState } from '../../domain/procedures/performance-state.ts';
import { type Refusal, refuse } from '../../domain/refusal.ts';
import type { ApiDeps } from '../deps.ts';
import { type ProblemError, problem, refused } from '../problems.ts';

const MOST = 100;
const ids = (pattern: RegExp, message: string) =>
  z
    .array(z.string().regex(pattern, message))
    .max(MOST)
    .default([])
    .transform((list) => [...new Set(list)]);

/** What a piece of evidence is about, by the numbers that the case gives. */
export const Links = z.strictObject({
  claims: ids(/^c[1-9]\d{0,5}$/, '请求编号如 c1 / the id of a claim, such as c1').meta({
    description: '仲裁请求 Claims',
  }),
  obligations: ids(
    /^o[1-9]\d{0,5}(\.[1-9]\d{0,5})?$/,
    '义务或者期次编号如 o1、o1.2 / the id of an obligation or an instalment, such as o1 or o1.2',
  ).meta({ description: '协议义务、期次 Obligations and instalments of the agreement' }),
  payments: ids(/^p[1-9]\d{0,5}$/, '付款编号如 p1 / the id of a payment, such as p1').meta({
    description: '已登记的付款 Payments recorded',
  }),
  papers: z
    .array(z.int().positive())
    .max(MOST)
    .default([])
    .transform((list) => [...new Set(list)])
    .meta({ description: '文书 Papers of the case, by number' }),
});

/** Refuses a link to what the case does not have, naming it. */
export async function checkLinks({ db }: ApiDeps, row: CaseRow, links: EvidenceLinks): Promise<void> {
  const { caseNo, view } = row;
  const { claims, obligations, payments, papers } = links;
  const [known, made, runs] = await Promise.all([
    claims.length > 0 ? listClaims(db, caseNo) : [],
    papers.length > 0 ? listPapers(db, caseNo) : [],
    payments.length > 0 ? listProcedures(db, caseNo) : [],
  ]);
  const agreed = view?.case.agreement?.obligations ?? [];
  const paid = (runs.findLast(({ view: state }) => 'payments' in state && 'items' in state)?.view ??
    {}) as Partial<PerformanceState>;
  const isOwed = (wanted: string) =>
    agreed.some(({ id, instalments }) => id === wanted || instalments.some((part) => part.id === wanted));
  refuseFirst(claims, (id) => known.some((claim) => claim.id === id), unknownClaim);
  refuseFirst(obligations, isOwed, unknownObligation);
  refuseFirst(payments, (id) => paid.payments?.some((payment) => payment.id === id) === true, unknownPayment);
  refuseFirst(papers, (number) => made.some((paper) => paper.number === number), unknownPaper);
}

function refuseFirst<T>(wanted: T[], isThere: (one: T) => boolean, say: (one: T, at: number) => ProblemError): void {
  const at = wanted.findIndex((one) => !isThere(one));
  if (at >= 0) throw say(wanted[at] as T, at);
}

const naming = (code: Refusal['code'], field: string, zh: string, en: string): ProblemError =>
  refused(refuse(code, zh, en, { field }));

const unknownClaim = (id: string, at: number) =>
  naming('unknown-claim', `/links/claims/${at}`, `本案没有请求 ${id}。`, `The case has no claim ${id}.`);

const unknownObligation = (id: string, at: number) =>
  naming(
    id.includes('.') ? 'unknown-instalment' : 'unknown-obligation',
    `/links/obligations/${at}`,
    `协议中没有 ${id}。`,
    `The agreement has no ${id}.`,
  );

const unknownPayment = (id: string, at: number) =>
  naming('unknown-payment', `/links/payments/${at}`, `没有登记过 ${id}。`, `No payment ${id} is recorded.`);

function unknownPaper(number: number, at: number): ProblemError {
  const about = { zh: `本案没有文书 ${number}。`, en: `The case has no paper ${number}.` };
  return problem('bad-input', { about, errors: [{ field: `/links/papers/${at}`, code: 'unknown-paper', ...about }] });
}
