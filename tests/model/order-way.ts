import type { Claim } from '../../domain/case/case.ts';
import type { Model } from './model.ts';
import { workers } from './model.ts';

/** 调解仲裁法 第十六条: the four kinds of money; overtime and double wages are remuneration and damages. */
const fourKinds = ['wages', 'workInjuryMedical', 'economicCompensation', 'damages', 'overtime', 'doubleWage'];
/** 调解仲裁法 第十条. */
const article10 = ['enterpriseCommittee', 'peopleMediation', 'townshipStreet'];

/** What is due to workers and unpaid, in yuan: under an agreement what was left of it, without one the wages they claim. */
export function owed(m: Model): number {
  if (!m.agreement) return sum(named(m).filter(({ subject }) => subject === 'wages'));
  const due = (m.owing ?? []).filter(({ money, creditor }) => money && workers(m).includes(creditor));
  return due.reduce((total, { amount, paid }) => total + amount - paid, 0);
}

/**
 * Which way to a payment order is open. A: on a mediation agreement made before an organisation of article 10, for the four kinds
 * of money (PO-01). B: for wages, whatever was agreed (PO-02, PO-18). Either way something must be due to a worker (L6).
 */
export function order(m: Model): 'A' | 'B' | undefined {
  // What can be enforced already needs no order.
  if (owed(m) === 0 || Object.values(m.routes).includes('granted')) return undefined;
  const sums = named(m);
  const claims = m.agreement ? (sums.length > 0 ? sums : m.claims) : sums.filter(({ subject }) => subject === 'wages');
  const only = (kinds: string[]) => claims.every(({ subject }) => kinds.includes(subject));
  const arbitrable = m.scope === 'labour' || m.scope === 'personnel';
  if (arbitrable && m.agreement?.kind === 'mediation' && article10.includes(m.organisation) && only(fourKinds))
    return 'A';
  // 劳动合同法 第三十条 is about labour contracts.
  return m.scope === 'labour' && only(['wages']) ? 'B' : undefined;
}

/** A payment order is offered once in a case. */
export const tried = ({ past }: Model): boolean => past.some(({ procedure }) => procedure === 'paymentOrder');

const named = (m: Model): Claim[] => m.claims.filter(({ amountFen = 0 }) => amountFen > 0);
const sum = (claims: Claim[]): number => claims.reduce((total, { amountFen = 0 }) => total + amountFen, 0) / 100;
