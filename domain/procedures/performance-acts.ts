import { yuan } from '../case/agreement.ts';
import type { Moment, PartyId } from '../case/case.ts';
import { firstRefusal, type Refusal, refuse } from '../refusal.ts';
import type { LegalDay } from '../time/types.ts';
import { assessAbility } from './assess-ability.ts';
import {
  type Act,
  type AnyAct,
  checkBothSides,
  checkPastDay,
  checkSigned,
  clockKey,
  clockOf,
  type Doer,
  startClock,
} from './definition.ts';
import {
  breach,
  count,
  discount,
  instalmentClock,
  itemOf,
  MEDIATION,
  type Payment,
  type PerformanceProcedure,
  type PerformanceState,
  paymentItem,
  SETTLEMENT,
  settleItem,
} from './performance-state.ts';

export interface RecordPayment {
  instalment: string;
  amountFen: number;
  paidOn: LegalDay;
  /** A receipt, transfer record or the like was shown. */
  evidence: boolean;
  /** The piece of evidence of the case that shows it, by number. */
  proof?: number;
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
        input.confirmedByPayee === true ? checkPayee(state, input.instalment, at, '/confirmedByPayee') : undefined,
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
    const { amountFen, paidOn, proof } = paid;
    const detail = { instalment, payment: payment.id, amountFen, paidOn, ...(proof === undefined ? {} : { proof }) };
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

function checkPayee(
  state: PerformanceState,
  itemId: string | undefined,
  at: Moment,
  field?: string,
): Refusal | undefined {
  const creditor = itemId === undefined ? undefined : itemOf(state, itemId)?.creditor;
  return at.actor.role !== 'party' || at.actor.partyId === creditor
    ? undefined
    : refuse('wrong-side', '只有权利人可以确认。', 'Only the one who is owed may say so.', { field });
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
  apply: (state, input, at) => ({
    ...breach(state, state.procedure === 'settlementPerformance' ? 'disputed' : 'breached', at),
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
    assessAbility,
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
