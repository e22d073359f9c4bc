import { sideOf } from '../case/case.ts';
import { firstRefusal, refuse } from '../refusal.ts';
import { type Act, checkPastDay, clockKey, startClock } from './definition.ts';
import {
  CPL,
  CPL_INTERPRETATION,
  end,
  type ObjectToOrder,
  type PaymentOrderState,
  type PayOrder,
} from './payment-order-state.ts';

/** Whether an objection takes effect: in writing, and against the debt itself (民诉解释 第四百三十二条、第四百三十六条; PO-14). */
const counts = ({ form, ground }: ObjectToOrder): boolean =>
  form === 'written' && (ground === 'disputesDebt' || ground === 'disputesPart');

/** An objection that does not count is recorded and told of; it changes nothing. */
export const objectToOrder: Act<PaymentOrderState, ObjectToOrder> = {
  event: 'paymentOrder.objected',
  title: { zh: '债务人提出异议', en: 'The debtor objects' },
  legalRef: 'PO-14',
  source: `${CPL} 第二百二十七条第二款；${CPL_INTERPRETATION} 第四百三十二条、第四百三十六条`,
  by: ['court', 'operator', 'party:respondent'],
  within: 'paymentOrder.objection',
  open: (state) => state.stage === 'awaitingPayment',
  refuses: (state, input, at) =>
    firstRefusal(
      () =>
        sideOf(state.case, input.party) === 'respondent'
          ? undefined
          : refuse('wrong-side', '只有债务人可以提出异议。', 'Only the debtor may object.', { field: '/party' }),
      () => checkPastDay(input.filedOn, at, '/filedOn', state.servedOn),
      () =>
        (input.ground === 'disputesPart') === (input.disputedFen !== undefined) &&
        (input.disputedFen ?? 0) < (state.claimedFen ?? 0)
          ? undefined
          : refuse(
              'disputed-part',
              '对部分请求有异议的，须写明少于申请数额的异议数额；其他异议不写数额。',
              'An objection to a part names the part, less than the whole; no other objection names a sum.',
              { field: '/disputedAmount', source: `${CPL_INTERPRETATION} 第四百三十二条` },
            ),
    ),
  apply(state, input, at) {
    const { party, filedOn, form, ground } = input;
    const effect = !counts(input) ? 'none' : ground === 'disputesPart' ? 'part' : 'whole';
    const detail = { party, filedOn, form, ground, effect };
    if (effect === 'none') return { detail, tell: [{ template: 'objectionWithoutEffect', to: { party } }] };
    if (effect === 'part') {
      state.disputedFen = input.disputedFen ?? 0;
      return { detail: { ...detail, disputedFen: state.disputedFen } };
    }
    // PO-08: the order loses its effect; the court says so by ruling.
    state.stage = 'contested';
    state.objectedOn = filedOn;
    return {
      detail,
      stop: [clockKey(state, 'paymentOrder.objection')],
      start: [startClock(state, 'paymentOrder.ruling', { on: filedOn, at })],
      tell: [{ template: 'orderContested', to: 'applicant' }],
    };
  },
};

export const payOrder: Act<PaymentOrderState, PayOrder> = {
  event: 'paymentOrder.paymentRecorded',
  title: { zh: '登记债务人清偿', en: 'Record that the debtor paid' },
  legalRef: 'PO-06',
  source: `${CPL} 第二百二十七条第二款`,
  by: ['court', 'operator', 'union', 'party:applicant'],
  open: (state) => state.claimedFen !== undefined && state.stage !== 'ended',
  refuses: (state, input, at) =>
    firstRefusal(
      () =>
        state.refs.includes(input.ref)
          ? refuse('payment-already-recorded', '这笔付款已经登记。', 'This payment is recorded already.', {
              field: '/ref',
            })
          : undefined,
      () => checkPastDay(input.paidOn, at, '/paidOn', state.appliedOn),
      () =>
        input.amountFen > (state.claimedFen ?? 0) - state.paidFen
          ? refuse('overpayment', '超过尚欠的数额。', 'More than is still owed.', { field: '/amount' })
          : undefined,
    ),
  apply(state, input) {
    state.refs = [...state.refs, input.ref];
    state.paidFen += input.amountFen;
    const detail = { amountFen: input.amountFen, paidOn: input.paidOn, ref: input.ref };
    // PO-06: the whole of what was asked for, the disputed part with it.
    return state.paidFen < (state.claimedFen ?? 0) ? { detail } : { ...end(state, 'paid'), detail };
  },
};
