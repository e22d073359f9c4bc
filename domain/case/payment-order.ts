import type { ProcedureState, Question } from '../procedures/definition.ts';
import type { CaseSnapshot, Claim } from './case.ts';
import { enforceable } from './enforcement.ts';

/** The way to a payment order, as rules name it. */
export type OrderRoute = 'none' | 'A' | 'B';

/** The way that a decision opened; absent where there is none. */
export const routeOf = ({ route }: Record<string, unknown>): CaseSnapshot['paymentOrder'] =>
  route === 'A' || route === 'B' ? route : undefined;

/** The way that a payment order under way has taken; elsewhere none until the rules were asked. */
export const orderTaken = ({ procedure, case: { paymentOrder } }: ProcedureState): OrderRoute =>
  procedure === 'paymentOrder' || procedure === 'followUp' ? (paymentOrder ?? 'none') : 'none';

/** Whether an order has been offered before in this case; it is offered once. */
export const orderTried = ({ past }: CaseSnapshot): boolean =>
  past.some(({ procedure }) => procedure === 'paymentOrder');

/** Whether the law gives a payment order (PO-01, PO-02, PO-18), and which way. */
export function orderEligibility(snapshot: CaseSnapshot): Question {
  const { agreement, organisation, scope } = snapshot;
  const sums = agreement === undefined ? wageClaims(snapshot) : moneyClaims(snapshot);
  // Where no claim names a sum, all of them say what the money is for.
  const claims = sums.length > 0 || agreement === undefined ? sums : snapshot.claims;
  return {
    point: 'paymentOrder.eligibility',
    facts: {
      scope,
      agreement: agreement?.kind ?? 'none',
      organisationKind: agreement?.kind === 'mediation' ? (organisation?.kind ?? 'none') : 'none',
      subjects: [...new Set(claims.map(({ subject }) => subject))].sort(),
      // What can be enforced already needs no order.
      moneyOwed: moneyOwedFen(snapshot) > 0 && enforceable(snapshot.routes) === 'none',
    },
  };
}

const moneyClaims = ({ claims }: CaseSnapshot): Array<Claim & { amountFen: number }> =>
  claims.filter((claim): claim is Claim & { amountFen: number } => (claim.amountFen ?? 0) > 0);

/** Where nothing was agreed, wages are all that an order is for (PO-02). */
const wageClaims = (snapshot: CaseSnapshot) => moneyClaims(snapshot).filter(({ subject }) => subject === 'wages');

/**
 * What is due to workers and unpaid, in fen: under the agreement that was not performed, and without one
 * what they claim as wages.
 */
export function moneyOwedFen(snapshot: CaseSnapshot): number {
  const { agreement, unpaid = [], parties } = snapshot;
  const isWorker = (id: string) => parties.some((party) => party.id === id && party.kind === 'worker');
  const sums =
    agreement === undefined
      ? wageClaims(snapshot)
      : unpaid.filter(({ form, creditor, due }) => due && form === 'money' && isWorker(creditor));
  return sums.reduce((sum, { amountFen }) => sum + amountFen, 0);
}
