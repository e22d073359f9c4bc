import type { Agreement } from '../case/agreement.ts';
import type { Ability, ClockStart, Moment, PartyId } from '../case/case.ts';
import { lastInstalmentOf } from '../case/enforcement.ts';
import type { LegalDay } from '../time/types.ts';
import { clockKey, clockOf, type Effects, type ProcedureState, startClock } from './definition.ts';

/**
 * Performance of an agreement to its last instalment: the part that a settlement (和解协议) and a mediation
 * agreement (调解协议书) have in common. They differ in what a breach is called and in the papers beside them.
 */
export type PerformanceProcedure = 'settlementPerformance' | 'agreementPerformance';

/** One instalment, or one thing to be done, with what has been paid on it. */
export interface PerformanceItem {
  id: string;
  obligation: string;
  debtor: PartyId;
  creditor: PartyId;
  form: string;
  amountFen: number;
  /** Confirmed by the payee, or deemed so. */
  paidFen: number;
  /** Recorded, not yet confirmed. */
  pendingFen: number;
  status: 'open' | 'done' | 'overdue';
}

export interface Payment {
  id: string;
  item: string;
  amountFen: number;
  paidOn: LegalDay;
  evidence: boolean;
  /** The piece of evidence of the case that shows it, by number. */
  proof?: number;
  ref?: string;
  status: 'recorded' | 'confirmed' | 'deemed' | 'unconfirmed' | 'disputed';
}

export interface PerformanceState extends ProcedureState {
  procedure: PerformanceProcedure;
  stage: 'performing' | 'awaitingPaper' | 'ended';
  agreement: Agreement;
  items: PerformanceItem[];
  payments: Payment[];
  breached: boolean;
  noticeServedOn?: LegalDay;
  /** Where the notice was left or put up: it counts as served some days later (ARB-06). */
  noticeLeftAt?: PartyId[];
}

/** Articles on performing a settlement, and a mediation agreement. */
export const SETTLEMENT = '企业劳动争议协商调解规定 第十一条、第十二条';

export const MEDIATION = '劳动争议调解仲裁法 第十五条';

export const itemOf = (state: PerformanceState, id: string): PerformanceItem | undefined =>
  state.items.find((item) => item.id === id);

/** How likely the one who owes what a clock is about is to perform, as assessed last. */
export function abilityOf(state: ProcedureState, subject: string | undefined): Ability | 'notAssessed' {
  const debtor = (state as Partial<PerformanceState>).items?.find(({ id }) => id === subject)?.debtor;
  return (debtor === undefined ? undefined : state.case.abilities?.[debtor]) ?? 'notAssessed';
}

export const paymentItem = (state: PerformanceState, id: string | undefined): string | undefined =>
  state.payments.find((payment) => payment.id === id)?.item;

/** Ends the item when what is confirmed covers it, and the procedure when nothing is left. */
export function settleItem(state: PerformanceState, item: PerformanceItem): Effects {
  const confirmed = item.form === 'money' ? item.paidFen >= item.amountFen : item.status === 'done';
  if (!confirmed) return {};
  item.status = 'done';
  // By name, not by what is there: a clock may still be starting.
  const stop = [
    clockKey(state, `${state.procedure}.instalment`, item.id),
    clockKey(state, `${state.procedure}.grace`, item.id),
    ...state.payments
      .filter((payment) => payment.item === item.id)
      .map((payment) => clockKey(state, `${state.procedure}.confirmation`, payment.id)),
  ];
  if (state.items.every(({ status }) => status === 'done')) {
    state.outcome = 'performed';
    state.stage = 'ended';
  }
  return { stop };
}

/** Counts a payment for good; what it covers is done. */
export function count(state: PerformanceState, payment: Payment, status: 'confirmed' | 'deemed'): Effects {
  const item = itemOf(state, payment.item);
  if (!item) return {};
  if (payment.status === 'recorded') item.pendingFen -= payment.amountFen;
  payment.status = status;
  item.paidFen += payment.amountFen;
  return settleItem(state, item);
}

/** Takes a payment out of what is pending; an instalment whose day has passed is then overdue. */
export function discount(
  state: PerformanceState,
  payment: Payment,
  status: 'unconfirmed' | 'disputed',
  at: Moment,
): Effects {
  const item = itemOf(state, payment.item);
  if (!item) return {};
  if (payment.status === 'recorded') item.pendingFen -= payment.amountFen;
  payment.status = status;
  return lapsed(state, item, at);
}

/** Paid, or said to have been paid. */
const isCovered = ({ form, paidFen, pendingFen, amountFen }: PerformanceItem): boolean =>
  form === 'money' && paidFen + pendingFen >= amountFen;

/** Its day has passed, and not even a payment that waits to be confirmed covers it. */
function isMissed(state: PerformanceState, item: PerformanceItem, { now }: Moment): boolean {
  const due = clockOf(state, `${state.procedure}.instalment`, item.id);
  return item.status === 'open' && due !== undefined && due.dueAt <= now && !isCovered(item);
}

/** After the due moment: grace by rule, then overdue. Money recorded but not yet confirmed holds it off. */
export function lapsed(state: PerformanceState, item: PerformanceItem, at: Moment): Effects {
  const due = clockOf(state, `${state.procedure}.instalment`, item.id);
  if (!due?.expired || item.status !== 'open') return {};
  if (isCovered(item)) return {};
  if (clockOf(state, `${state.procedure}.grace`, item.id)) return {};
  const grace = startClock(state, `${state.procedure}.grace`, { on: due.dueOn, at }, { subject: item.id });
  return { start: [{ ...grace, anchorAt: due.dueAt }] };
}

/**
 * The agreement is broken: the next step follows, at once or when a paper asked for has been decided. Whatever else was due by then
 * and is unpaid is overdue with it, though its clock may have no turn any more: an order is for all that is due (L6).
 */
export function breach(state: PerformanceState, outcome: 'overdue' | 'breached' | 'disputed', at: Moment): Effects {
  state.breached = true;
  // From it a paper that comes later is enforced, when the clocks of the performance are gone.
  const lastInstalmentOn = lastInstalmentOf(state);
  if (lastInstalmentOn !== undefined) state.case.lastInstalmentOn = lastInstalmentOn;
  for (const item of state.items) if (isMissed(state, item, at)) item.status = 'overdue';
  if (state.case.routes.some((route) => route.stage === 'pending')) {
    state.stage = 'awaitingPaper';
    return {};
  }
  state.stage = 'ended';
  state.outcome = outcome;
  return {};
}

/** The clock of an instalment: its day, or days after the agreement takes effect. */
export function instalmentClock(
  state: PerformanceState,
  id: string,
  term: { dueOn?: LegalDay; daysAfterEffect?: number },
  from: { on: LegalDay; at: string },
): ClockStart {
  const deadlineId = `${state.procedure}.instalment`;
  return {
    key: clockKey(state, deadlineId, id),
    deadlineId,
    anchorOn: from.on,
    anchorAt: from.at,
    subject: id,
    ...(term.dueOn === undefined
      ? { amount: term.daysAfterEffect ?? 0, unit: 'calendarDays' as const }
      : { until: term.dueOn }),
  };
}
