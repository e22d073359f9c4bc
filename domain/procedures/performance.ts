import type { Agreement } from '../case/agreement.ts';
import { yuan } from '../case/agreement.ts';
import type { CaseSnapshot, Clock, ClockStart, Moment, PartyId } from '../case/case.ts';
import { firstRefusal, type Refusal, refuse } from '../refusal.ts';
import type { LegalDay } from '../time/types.ts';
import {
  type Act,
  type AnyAct,
  chainRun,
  checkBothSides,
  checkPastDay,
  checkSigned,
  clockKey,
  clockOf,
  type Doer,
  type Effects,
  type ProcedureDefinition,
  type ProcedureState,
  startClock,
  type Tell,
} from './definition.ts';

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
}

export interface RecordPayment {
  instalment: string;
  amountFen: number;
  paidOn: LegalDay;
  /** A receipt, transfer record or the like was shown. */
  evidence: boolean;
  /** The bank's or the payer's number; the same one twice is refused. */
  ref?: string;
  /** Recorded together with the payee's word. */
  confirmedByPayee?: boolean;
}
export type OnPayment = { payment: string };
export type OnInstalment = { instalment: string };
export interface Reschedule {
  instalment: string;
  dueOn: LegalDay;
  agreedBy: PartyId[];
}
export interface ReportBreach {
  instalment: string;
  ground: 'refusesToPerform' | 'performedWrongly';
}

const SETTLEMENT = '企业劳动争议协商调解规定 第十一条、第十二条';
const MEDIATION = '劳动争议调解仲裁法 第十五条';

const itemOf = (state: PerformanceState, id: string): PerformanceItem | undefined =>
  state.items.find((item) => item.id === id);

const everyone: readonly Doer[] = ['operator', 'union', 'mediator', 'party:applicant', 'party:respondent'];
const staff: readonly Doer[] = ['operator', 'union', 'mediator'];

function checkOpenItem(state: PerformanceState, id: string): Refusal | undefined {
  const item = itemOf(state, id);
  if (!item)
    return refuse('unknown-instalment', `协议中没有 ${id} 这一期。`, `The agreement has no instalment ${id}.`, {
      field: '/instalment',
    });
  return item.status === 'done'
    ? refuse('instalment-closed', `${id} 已经履行完毕。`, `${id} has been performed already.`, { field: '/instalment' })
    : undefined;
}

/** Ends the item when what is confirmed covers it, and the procedure when nothing is left. */
function settleItem(state: PerformanceState, item: PerformanceItem): Effects {
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

const paymentItem = (state: PerformanceState, id: string | undefined): string | undefined =>
  state.payments.find((payment) => payment.id === id)?.item;

/** Counts a payment for good; what it covers is done. */
function count(state: PerformanceState, payment: Payment, status: 'confirmed' | 'deemed'): Effects {
  const item = itemOf(state, payment.item);
  if (!item) return {};
  if (payment.status === 'recorded') item.pendingFen -= payment.amountFen;
  payment.status = status;
  item.paidFen += payment.amountFen;
  return settleItem(state, item);
}

/** Takes a payment out of what is pending; an instalment whose day has passed is then overdue. */
function discount(state: PerformanceState, payment: Payment, status: 'unconfirmed' | 'disputed', at: Moment): Effects {
  const item = itemOf(state, payment.item);
  if (!item) return {};
  if (payment.status === 'recorded') item.pendingFen -= payment.amountFen;
  payment.status = status;
  return lapsed(state, item, at);
}

/** After the due moment: grace by rule, then overdue. Money recorded but not yet confirmed holds it off. */
function lapsed(state: PerformanceState, item: PerformanceItem, at: Moment): Effects {
  const due = clockOf(state, `${state.procedure}.instalment`, item.id);
  if (!due?.expired || item.status !== 'open') return {};
  if (item.form === 'money' && item.paidFen + item.pendingFen >= item.amountFen) return {};
  if (clockOf(state, `${state.procedure}.grace`, item.id)) return {};
  const grace = startClock(state, `${state.procedure}.grace`, { on: due.dueOn, at }, { subject: item.id });
  return { start: [{ ...grace, anchorAt: due.dueAt }] };
}

/** The agreement is broken: the next step follows, at once or when a paper asked for has been decided. */
function breach(state: PerformanceState, outcome: 'overdue' | 'breached' | 'disputed'): Effects {
  state.breached = true;
  if (state.case.routes.some((route) => route.stage === 'pending')) {
    state.stage = 'awaitingPaper';
    return {};
  }
  state.stage = 'ended';
  state.outcome = outcome;
  return {};
}

const recordPayment: Act<PerformanceState, RecordPayment> = {
  event: 'paymentRecorded',
  title: { zh: '登记履行（可部分）', en: 'Record a payment, in part too' },
  legalRef: 'NEG-06',
  source: MEDIATION,
  by: everyone,
  open: (state) => state.stage !== 'ended',
  refuses: (state, input, at) =>
    firstRefusal(
      () => checkOpenItem(state, input.instalment),
      () => checkPastDay(input.paidOn, at, '/paidOn'),
      () =>
        input.ref !== undefined && state.payments.some((payment) => payment.ref === input.ref)
          ? refuse('payment-already-recorded', '同一凭证号已登记过。', 'This payment reference is recorded already.', {
              field: '/ref',
            })
          : undefined,
      () => {
        const item = itemOf(state, input.instalment);
        const left = item ? item.amountFen - item.paidFen - item.pendingFen : 0;
        return input.amountFen > left
          ? refuse(
              'overpayment',
              `本期只余 ${yuan(left)} 元未付。`,
              `Only ${yuan(left)} yuan of this instalment are unpaid.`,
              { field: '/amount' },
            )
          : undefined;
      },
    ),
  apply(state, input, at) {
    const item = itemOf(state, input.instalment);
    if (!item) return {};
    const { confirmedByPayee, instalment, ...paid } = input;
    const payment: Payment = { ...paid, item: instalment, id: `p${state.payments.length + 1}`, status: 'recorded' };
    state.payments.push(payment);
    item.pendingFen += payment.amountFen;
    const detail = { instalment, payment: payment.id, amountFen: paid.amountFen, paidOn: paid.paidOn };
    const byPayee = confirmedByPayee === true || at.actor.partyId === item.creditor;
    if (byPayee) return { ...count(state, payment, 'confirmed'), detail: { ...detail, confirmed: true } };
    const key = clockKey(state, `${state.procedure}.confirmation`, payment.id);
    return {
      detail,
      start: [startClock(state, `${state.procedure}.confirmation`, { on: at.today, at }, { subject: payment.id })],
      tell: [{ template: 'paymentRecorded', to: { party: item.creditor }, clockKey: key }],
    };
  },
};

/** A payment that still waits for the payee's word. */
function checkPayment(state: PerformanceState, id: string): Refusal | undefined {
  const payment = state.payments.find((candidate) => candidate.id === id);
  if (!payment)
    return refuse('unknown-payment', `没有登记过 ${id}。`, `No payment ${id} is recorded.`, { field: '/payment' });
  return payment.status === 'recorded'
    ? undefined
    : refuse('payment-closed', `${id} 已经处理。`, `${id} has been dealt with.`, { field: '/payment' });
}

function checkPayee(state: PerformanceState, itemId: string | undefined, at: Moment): Refusal | undefined {
  const creditor = itemId === undefined ? undefined : itemOf(state, itemId)?.creditor;
  return at.actor.role !== 'party' || at.actor.partyId === creditor
    ? undefined
    : refuse('wrong-side', '只有权利人可以确认。', 'Only the one who is owed may say so.');
}

const confirmPayment: Act<PerformanceState, OnPayment> = {
  event: 'paymentConfirmed',
  title: { zh: '权利人确认收到', en: 'Confirm receipt' },
  legalRef: 'NEG-06',
  source: MEDIATION,
  by: everyone,
  open: (state) => state.stage !== 'ended' && state.payments.some((payment) => payment.status === 'recorded'),
  refuses: (state, input, at) =>
    checkPayment(state, input.payment) ?? checkPayee(state, paymentItem(state, input.payment), at),
  apply(state, input) {
    const payment = state.payments.find(({ id }) => id === input.payment);
    if (!payment) return {};
    const { stop = [] } = count(state, payment, 'confirmed');
    return {
      stop: [...new Set([...stop, clockKey(state, `${state.procedure}.confirmation`, payment.id)])],
      detail: { payment: payment.id, instalment: payment.item },
    };
  },
};

const disputePayment: Act<PerformanceState, OnPayment> = {
  event: 'paymentDisputed',
  title: { zh: '权利人否认收到', en: 'Deny receipt' },
  legalRef: 'NEG-06',
  source: MEDIATION,
  by: everyone,
  open: confirmPayment.open,
  refuses: confirmPayment.refuses,
  apply(state, input, at) {
    const payment = state.payments.find(({ id }) => id === input.payment);
    if (!payment) return {};
    return {
      ...discount(state, payment, 'disputed', at),
      stop: [clockKey(state, `${state.procedure}.confirmation`, payment.id)],
      detail: { payment: payment.id, instalment: payment.item },
    };
  },
};

const confirmPerformed: Act<PerformanceState, OnInstalment> = {
  event: 'instalmentPerformed',
  title: { zh: '权利人确认履行完毕', en: 'Confirm that it is performed' },
  legalRef: 'NEG-06',
  source: MEDIATION,
  by: everyone,
  open: (state) => state.stage !== 'ended',
  refuses: (state, input, at) => checkOpenItem(state, input.instalment) ?? checkPayee(state, input.instalment, at),
  apply(state, input) {
    const item = itemOf(state, input.instalment);
    if (!item) return {};
    for (const payment of state.payments)
      if (payment.item === item.id && payment.status === 'recorded') payment.status = 'confirmed';
    item.paidFen = item.amountFen;
    item.pendingFen = 0;
    item.status = 'done';
    return { ...settleItem(state, item), detail: { instalment: item.id } };
  },
};

const reschedule: Act<PerformanceState, Reschedule> = {
  event: 'rescheduled',
  title: { zh: '双方书面变更履行期限', en: 'Reschedule by both, in writing' },
  legalRef: 'NEG-06',
  source: '民法典 第五百四十三条',
  by: staff,
  open: (state) => state.stage === 'performing',
  refuses: (state, input, at) =>
    firstRefusal(
      () => checkOpenItem(state, input.instalment),
      () => checkBothSides(state, input.agreedBy, '民法典 第五百四十三条'),
      () => {
        const item = itemOf(state, input.instalment);
        return item ? checkSigned(input.agreedBy, [item.debtor, item.creditor], '民法典 第五百四十三条') : undefined;
      },
      () =>
        input.dueOn < at.today
          ? refuse('due-before-today', `${input.dueOn} 早于今天。`, `${input.dueOn} lies before today.`, {
              field: '/dueOn',
            })
          : undefined,
    ),
  apply(state, input, at) {
    const item = itemOf(state, input.instalment);
    if (!item) return {};
    const grace = clockOf(state, `${state.procedure}.grace`, item.id);
    return {
      stop: grace ? [grace.key] : [],
      start: [instalmentClock(state, item.id, { dueOn: input.dueOn }, { on: at.today, at: at.now })],
      tell: [
        { template: 'rescheduled', to: { party: item.debtor } },
        { template: 'rescheduled', to: { party: item.creditor } },
      ],
      detail: { instalment: item.id, dueOn: input.dueOn },
    };
  },
};

const reportBreach: Act<PerformanceState, ReportBreach> = {
  event: 'breachReported',
  title: { zh: '反映对方不履行', en: 'Report a breach' },
  legalRef: 'NEG-09',
  source: SETTLEMENT,
  by: everyone,
  open: (state) => state.stage === 'performing',
  refuses: (state, input, at) => checkOpenItem(state, input.instalment) ?? checkPayee(state, input.instalment, at),
  apply: (state, input) => ({
    ...breach(state, state.procedure === 'settlementPerformance' ? 'disputed' : 'breached'),
    detail: { ...input },
  }),
};

const urge: Act<PerformanceState, OnInstalment> = {
  event: 'urged',
  title: { zh: '督促履行', en: 'Urge performance' },
  legalRef: 'POL-01',
  source: '人社部发〔2022〕71号 第九条、第十二条',
  by: staff,
  open: (state) => state.stage !== 'ended',
  refuses: (state, input) => checkOpenItem(state, input.instalment),
  apply(state, input) {
    const item = itemOf(state, input.instalment);
    return {
      detail: { instalment: input.instalment },
      tell: item
        ? [
            {
              template: 'urged',
              to: { party: item.debtor },
              clockKey: clockKey(state, `${state.procedure}.instalment`, item.id),
            },
          ]
        : [],
    };
  },
};

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

/** What silence does at an instalment's due moment, at the end of grace, and when the payee says nothing. */
export function performanceSilence(state: PerformanceState, clock: Clock, outcome: string, at: Moment): Effects {
  const payment = state.payments.find(({ id }) => id === clock.subject);
  if (payment?.status === 'recorded')
    return outcome === 'deemedPaid' ? count(state, payment, 'deemed') : discount(state, payment, 'unconfirmed', at);
  const item = clock.subject === undefined ? undefined : itemOf(state, clock.subject);
  if (item?.status !== 'open') return {};
  if (clock.deadlineId === `${state.procedure}.instalment`) return lapsed(state, item, at);
  item.status = 'overdue';
  return {
    ...breach(state, state.procedure === 'settlementPerformance' ? 'overdue' : 'breached'),
    detail: { instalment: item.id, unpaidFen: item.amountFen - item.paidFen },
  };
}

/** The debtor is reminded of an instalment, the payee of a payment to confirm. */
export function performanceReminds(state: PerformanceState, clock: Clock): Array<Tell['to']> {
  const payment = state.payments.find(({ id }) => id === clock.subject);
  const item = itemOf(state, payment?.item ?? clock.subject ?? '');
  if (!item) return ['operator'];
  return [{ party: payment ? item.creditor : item.debtor }];
}

/** Whether evidence was shown for the payment a confirmation clock is about. */
export const performanceSilenceFacts = (state: PerformanceState, clock: Clock) => ({
  side: 'none' as const,
  evidence: state.payments.find(({ id }) => id === clock.subject)?.evidence ?? false,
});

/** State and clocks of a performance that begins. Throws when the snapshot has no agreement: the path rules are then wrong. */
export function beginPerformance(
  procedure: PerformanceProcedure,
  snapshot: CaseSnapshot,
): { state: PerformanceState; start: ClockStart[] } {
  const agreement = snapshot.agreement;
  if (!agreement) throw new Error(`${procedure} needs an agreement in the snapshot of ${snapshot.caseNo}`);
  const state: PerformanceState = {
    procedure,
    run: chainRun(snapshot),
    case: snapshot,
    stage: 'performing',
    clocks: snapshot.clocks,
    agreement,
    breached: false,
    payments: [],
    items: agreement.obligations.flatMap((obligation) =>
      obligation.instalments.map((instalment) => ({
        id: instalment.id,
        obligation: obligation.id,
        debtor: obligation.debtor,
        creditor: obligation.creditor,
        form: obligation.form,
        amountFen: instalment.amountFen,
        paidFen: 0,
        pendingFen: 0,
        status: 'open' as const,
      })),
    ),
  };
  const effect = { on: agreement.effectiveOn, at: agreement.effectiveAt };
  const terms = agreement.obligations.flatMap((obligation) => obligation.instalments);
  return { state, start: terms.map((term) => instalmentClock(state, term.id, term, effect)) };
}

/** The acts of a performance under the procedure's own names. */
export function performanceActs(procedure: PerformanceProcedure): Record<string, AnyAct<PerformanceState>> {
  const acts = {
    recordPayment,
    confirmPayment,
    disputePayment,
    confirmPerformed,
    reschedule,
    reportBreach,
    urge,
  };
  const source = procedure === 'settlementPerformance' ? SETTLEMENT : MEDIATION;
  const legalRef = procedure === 'settlementPerformance' ? 'NEG-06' : 'MED-11';
  return Object.fromEntries(
    Object.entries(acts).map(([verb, act]) => [
      `${procedure}.${verb}`,
      {
        ...act,
        event: `${procedure}.${act.event}`,
        ...(act.source === MEDIATION ? { source, legalRef } : {}),
      } as AnyAct<PerformanceState>,
    ]),
  );
}

export const settlementPerformanceProcedure: ProcedureDefinition<PerformanceState> = {
  procedure: 'settlementPerformance',
  title: { zh: '和解协议履行', en: 'Performance of the settlement' },
  legalRef: 'NEG-06',
  source: '企业劳动争议协商调解规定 第十一条',
  outcomes: ['performed', 'overdue', 'disputed'],
  begin(snapshot) {
    const { state, start } = beginPerformance('settlementPerformance', snapshot);
    return {
      state,
      effects: {
        start,
        tell: [
          { template: 'settlementMade', to: 'applicant' },
          { template: 'settlementMade', to: 'respondent' },
        ],
      },
    };
  },
  acts: performanceActs('settlementPerformance'),
  silenceFacts: performanceSilenceFacts,
  silence: performanceSilence,
  reminds: performanceReminds,
};
