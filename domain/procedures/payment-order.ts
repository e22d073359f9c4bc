import { ENFORCEMENT, enforcementFrom } from '../case/enforcement.ts';
import { interrupted } from '../case/limitation.ts';
import { moneyOwedFen } from '../case/payment-order.ts';
import { firstRefusal, type Refusal, refuse } from '../refusal.ts';
import { type Act, chainRun, checkPastDay, clockKey, type ProcedureDefinition, startClock } from './definition.ts';
import { isLate } from './late-authority.ts';
import { objectToOrder, payOrder } from './payment-order-debtor.ts';
import {
  type ApplyForOrder,
  CPL,
  CPL_INTERPRETATION,
  type EndOrder,
  end,
  type Nothing,
  type OnDay,
  type OrderGround,
  orderConditions,
  outstandingFen,
  type PaymentOrderState,
} from './payment-order-state.ts';

const LABOUR_MEDIATION = '劳动争议调解仲裁法 第十六条';
const both = ['applicant', 'respondent'] as const;

/** The first condition that is not met, by its article. */
function checkConditions(input: ApplyForOrder): Refusal | undefined {
  const missing = (Object.keys(orderConditions) as Array<keyof typeof orderConditions>).find(
    (condition) => !input[condition],
  );
  if (missing === undefined) return undefined;
  const { zh, en, source } = orderConditions[missing];
  return refuse('order-not-available', `${zh}的，不能申请支付令。`, `No payment order where ${en}.`, {
    field: `/${missing}`,
    source,
  });
}

const apply: Act<PaymentOrderState, ApplyForOrder> = {
  event: 'paymentOrder.applied',
  title: { zh: '申请支付令', en: 'Apply for a payment order' },
  legalRef: 'PO-03',
  source: `${CPL} 第二百二十五条；${LABOUR_MEDIATION}`,
  by: ['operator', 'union', 'mediator', 'party:applicant'],
  within: 'paymentOrder.offer',
  open: (state) => state.stage === 'confirming',
  refuses: (state, input, at) =>
    firstRefusal(
      () => checkPastDay(input.appliedOn, at, '/appliedOn'),
      () =>
        input.amountFen > state.owedFen
          ? refuse('more-than-owed', '申请数额超过到期未付的数额。', 'More is asked for than is due and unpaid.', {
              field: '/amount',
              source: `${CPL_INTERPRETATION} 第四百二十七条`,
            })
          : undefined,
      () =>
        state.route === 'A' && !input.evidence.includes('mediationAgreement')
          ? refuse('evidence-missing', '须持调解协议书申请。', 'The mediation agreement must be shown.', {
              field: '/evidence',
              source: LABOUR_MEDIATION,
            })
          : undefined,
      () => checkConditions(input),
    ),
  apply(state, input, at) {
    state.stage = 'docketing';
    state.appliedOn = input.appliedOn;
    state.claimedFen = input.amountFen;
    const key = clockKey(state, 'paymentOrder.acceptance');
    return {
      stop: [clockKey(state, 'paymentOrder.offer')],
      start: [
        startClock(state, 'paymentOrder.acceptance', { on: input.appliedOn, at }),
        // LIM-02: asking for a payment order interrupts the limitation.
        ...interrupted(state.clocks, input.appliedOn, at.now),
      ],
      tell: both.map((to) => ({ template: 'orderApplied', to, clockKey: key })),
      detail: { appliedOn: input.appliedOn, route: state.route, evidence: input.evidence },
    };
  },
};

const declineOffer: Act<PaymentOrderState, Nothing> = {
  event: 'paymentOrder.offerDeclined',
  title: { zh: '不申请支付令', en: 'Not apply for a payment order' },
  legalRef: 'PO-01',
  source: LABOUR_MEDIATION,
  by: ['operator', 'union', 'mediator', 'party:applicant'],
  costsTime: true,
  open: (state) => state.stage === 'confirming',
  apply: (state) => end(state, 'notApplied'),
};

const accept: Act<PaymentOrderState, OnDay> = {
  event: 'paymentOrder.accepted',
  title: { zh: '受理支付令申请', en: 'Accept the application for an order' },
  legalRef: 'PO-04',
  source: `${CPL} 第二百二十六条`,
  by: ['court'],
  open: (state) => state.stage === 'docketing',
  refuses: (state, input, at) => checkPastDay(input.on, at, '/on', state.appliedOn),
  apply(state, input, at) {
    state.stage = 'examining';
    state.acceptedOn = input.on;
    return {
      stop: [clockKey(state, 'paymentOrder.acceptance'), clockKey(state, 'paymentOrder.longstop')],
      start: [startClock(state, 'paymentOrder.issue', { on: input.on, at })],
      detail: { acceptedOn: input.on },
    };
  },
};

const refuseAcceptance: Act<PaymentOrderState, OrderGround> = {
  event: 'paymentOrder.notAccepted',
  title: { zh: '不予受理支付令申请', en: 'Not accept the application for an order' },
  legalRef: 'PO-03',
  source: `${CPL_INTERPRETATION} 第四百二十七条`,
  by: ['court'],
  open: (state) => state.stage === 'docketing',
  apply(state, input) {
    state.ground = input.ground;
    return { ...end(state, 'notAccepted'), detail: { ground: input.ground } };
  },
};

const issue: Act<PaymentOrderState, OnDay> = {
  event: 'paymentOrder.issued',
  title: { zh: '发出支付令', en: 'Issue the payment order' },
  legalRef: 'PO-05',
  source: `${CPL} 第二百二十七条第一款`,
  by: ['court'],
  open: (state) => state.stage === 'examining',
  refuses: (state, input, at) => checkPastDay(input.on, at, '/on', state.acceptedOn),
  apply(state, input, at) {
    state.stage = 'toBeServed';
    state.issuedOn = input.on;
    return {
      stop: [clockKey(state, 'paymentOrder.issue'), clockKey(state, 'paymentOrder.longstop')],
      start: [startClock(state, 'paymentOrder.service', { on: input.on, at })],
      detail: { issuedOn: input.on },
    };
  },
};

const reject: Act<PaymentOrderState, OrderGround> = {
  event: 'paymentOrder.rejected',
  title: { zh: '裁定驳回支付令申请', en: 'Reject the application for an order' },
  legalRef: 'PO-05',
  source: `${CPL} 第二百二十七条第一款；${CPL_INTERPRETATION} 第四百二十八条`,
  by: ['court'],
  open: (state) => state.stage === 'examining',
  apply(state, input) {
    state.ground = input.ground;
    return { ...end(state, 'rejected'), detail: { ground: input.ground } };
  },
};

const recordService: Act<PaymentOrderState, OnDay> = {
  event: 'paymentOrder.served',
  title: { zh: '支付令送达债务人', en: 'The order is served on the debtor' },
  legalRef: 'PO-06',
  source: `${CPL} 第二百二十七条第二款`,
  by: ['court', 'operator'],
  within: 'paymentOrder.service',
  open: (state) => state.stage === 'toBeServed',
  refuses: (state, input, at) => checkPastDay(input.on, at, '/on', state.issuedOn),
  apply(state, input, at) {
    state.stage = 'awaitingPayment';
    state.servedOn = input.on;
    const key = clockKey(state, 'paymentOrder.objection');
    return {
      stop: [clockKey(state, 'paymentOrder.service')],
      start: [startClock(state, 'paymentOrder.objection', { on: input.on, at })],
      tell: both.map((to) => ({ template: 'orderServed', to, clockKey: key })),
      detail: { servedOn: input.on },
    };
  },
};

const recordRuling: Act<PaymentOrderState, OnDay> = {
  event: 'paymentOrder.terminationReceived',
  title: { zh: '收到终结督促程序裁定', en: 'The ruling that ends the procedure is received' },
  legalRef: 'PO-10',
  source: `${CPL} 第二百二十八条；${CPL_INTERPRETATION} 第四百三十八条`,
  by: ['court', 'operator'],
  open: (state) => state.stage === 'contested',
  refuses: (state, input, at) => checkPastDay(input.on, at, '/on', state.objectedOn),
  apply(state, input, at) {
    const stop = [clockKey(state, 'paymentOrder.ruling')];
    // PO-11: without a mediation agreement there is no suit to turn into; arbitration comes first.
    if (state.route === 'B') return { ...end(state, 'objected'), stop, detail: { receivedOn: input.on } };
    state.stage = 'suing';
    const key = clockKey(state, 'paymentOrder.suitDeclined');
    return {
      stop,
      start: [startClock(state, 'paymentOrder.suitDeclined', { on: input.on, at })],
      tell: [{ template: 'orderVoid', to: 'applicant', clockKey: key }],
      detail: { receivedOn: input.on },
    };
  },
};

const declineSuit: Act<PaymentOrderState, Nothing> = {
  event: 'paymentOrder.suitDeclined',
  title: { zh: '不同意提起诉讼', en: 'Not agree to a suit' },
  legalRef: 'PO-10',
  source: `${CPL} 第二百二十八条第二款；${CPL_INTERPRETATION} 第四百三十八条`,
  by: ['court', 'operator', 'party:applicant'],
  within: 'paymentOrder.suitDeclined',
  costsTime: true,
  open: (state) => state.stage === 'suing',
  apply: (state) => end(state, 'suitDeclined'),
};

const endOrder: Act<PaymentOrderState, EndOrder> = {
  event: 'paymentOrder.terminated',
  title: { zh: '裁定终结督促程序', en: 'The procedure is ended by ruling' },
  legalRef: 'PO-13',
  source: `${CPL_INTERPRETATION} 第四百三十条`,
  by: ['court'],
  costsTime: true,
  open: (state) => ['docketing', 'examining', 'toBeServed', 'awaitingPayment'].includes(state.stage),
  refuses: (state, input) =>
    input.ground === 'withdrawnBeforeReceipt' && state.servedOn !== undefined
      ? refuse(
          'order-received',
          '债务人已经收到支付令，不能再撤回申请。',
          'The debtor has the order; it is too late to withdraw.',
          {
            field: '/ground',
            source: `${CPL_INTERPRETATION} 第四百三十条`,
          },
        )
      : undefined,
  apply(state, input) {
    state.ground = input.ground;
    return { ...end(state, 'terminated'), detail: { ground: input.ground } };
  },
};

/** 支付令, 民事诉讼法 第二百二十五条至第二百二十八条. Opened by itself after a breach where the rules allow it. */
export const paymentOrderProcedure: ProcedureDefinition<PaymentOrderState> = {
  procedure: 'paymentOrder',
  title: { zh: '支付令', en: 'Payment order' },
  legalRef: 'PO-01',
  source: LABOUR_MEDIATION,
  outcomes: [
    'paid',
    'enforceable',
    'objected',
    'turnedToSuit',
    'suitDeclined',
    'terminated',
    'rejected',
    'notAccepted',
    'lapsed',
    'notApplied',
  ],
  begin(snapshot, at) {
    const state: PaymentOrderState = {
      procedure: 'paymentOrder',
      run: chainRun(snapshot),
      case: snapshot,
      stage: 'confirming',
      clocks: snapshot.clocks,
      route: snapshot.paymentOrder ?? 'B',
      owedFen: moneyOwedFen(snapshot),
      paidFen: 0,
      disputedFen: 0,
      refs: [],
    };
    const key = clockKey(state, 'paymentOrder.offer');
    return {
      state,
      effects: {
        start: [startClock(state, 'paymentOrder.offer', { on: at.today, at })],
        tell: [{ template: 'orderOffered', to: 'applicant', clockKey: key }],
        detail: { route: state.route, prefilledFrom: snapshot.agreement?.id },
      },
    };
  },
  acts: {
    'paymentOrder.apply': apply,
    'paymentOrder.declineOffer': declineOffer,
    'paymentOrder.accept': accept,
    'paymentOrder.refuseAcceptance': refuseAcceptance,
    'paymentOrder.issue': issue,
    'paymentOrder.reject': reject,
    'paymentOrder.recordService': recordService,
    'paymentOrder.object': objectToOrder,
    'paymentOrder.recordPayment': payOrder,
    'paymentOrder.recordRuling': recordRuling,
    'paymentOrder.declineSuit': declineSuit,
    'paymentOrder.terminate': endOrder,
  },
  silenceFacts: (_state, clock) => ({
    side:
      clock.deadlineId === 'paymentOrder.objection'
        ? 'respondent'
        : ['paymentOrder.offer', 'paymentOrder.suitDeclined'].includes(clock.deadlineId)
          ? 'applicant'
          : 'organisation',
  }),
  silences: ['waitLongstop'],
  silencesOf: { longstop: ['lapsed'] },
  endsInSilence: ['objected'],
  silence(state, clock, outcome, at) {
    if (outcome === 'waitLongstop') return isLate(state, clock, 'paymentOrder.longstop', 'court', at);
    if (outcome !== 'enforceable') return undefined;
    // What was not disputed is paid: nothing is left to enforce, and the disputed part goes its own way.
    if (outstandingFen(state) === 0) return end(state, 'objected');
    // PO-07: neither paid nor objected to in writing; from then on it can be enforced, within two years (ENF-01).
    // A paper for the agreement that came meanwhile keeps its time, which began earlier.
    const runs = state.clocks.some(({ key }) => key === ENFORCEMENT);
    return { ...end(state, outcome), start: runs ? [] : [enforcementFrom(clock.dueOn, at.now)] };
  },
  reminds: (_state, clock) =>
    clock.deadlineId === 'paymentOrder.objection'
      ? ['respondent']
      : ['paymentOrder.offer', 'paymentOrder.suitDeclined'].includes(clock.deadlineId)
        ? ['applicant']
        : ['operator'],
};
