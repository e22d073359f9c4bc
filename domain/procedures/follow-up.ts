import { isBroken } from '../case/applications.ts';
import { type Archive, checkComplete } from '../case/archive.ts';
import { isMet, type PartyId } from '../case/case.ts';
import { checkParty } from '../case/known-party.ts';
import { orderTried } from '../case/payment-order.ts';
import type { WayOfSpeaking } from '../guidance.ts';
import { firstRefusal } from '../refusal.ts';
import type { LegalDay } from '../time/types.ts';
import { backToCourt, recordFiling } from './court-filing.ts';
import {
  type Act,
  chainRun,
  checkPastDay,
  clockKey,
  type Effects,
  endBySilence,
  type ProcedureDefinition,
  type ProcedureState,
  startClock,
} from './definition.ts';

const POLICY = '人社部发〔2022〕71号 第十二条';

export interface FollowUpState extends ProcedureState {
  procedure: 'followUp';
  stage: 'visiting' | 'archiving' | 'ended';
  /** The last one. */
  visit?: RecordVisit;
}

export interface RecordVisit {
  visitedOn: LegalDay;
  /** Who was asked. */
  asked?: PartyId;
  how?: WayOfSpeaking;
  /** 1 (not at all) to 5 (very). */
  satisfaction?: number;
  /** Whether the agreed was really performed, in the applicant's words. */
  paidInFull?: boolean;
}
type Nothing = Record<string, never>;

/** What the record says was performed, and the last visit says was not. */
export const isDenied = ({ visit, case: { past } }: FollowUpState): boolean =>
  visit?.paidInFull === false && isMet(past.at(-1)?.outcome);

const recordVisit: Act<FollowUpState, RecordVisit> = {
  event: 'followUp.visited',
  title: { zh: '回访', en: 'Return visit' },
  legalRef: 'POL-01',
  source: POLICY,
  by: ['operator', 'union', 'mediator'],
  open: (state) => state.stage !== 'ended',
  refuses: (state, input, at) =>
    firstRefusal(
      () => checkPastDay(input.visitedOn, at, '/visitedOn'),
      () => (input.asked === undefined ? undefined : checkParty(state.case, input.asked, '/asked')),
    ),
  apply(state, input, at) {
    state.visit = input;
    const denied = isDenied(state);
    return {
      ...(state.stage === 'visiting' ? toArchive(state, input.visitedOn, at) : {}),
      stop: [clockKey(state, 'followUp.visit')],
      ...(denied ? { tell: [{ template: 'performanceDenied', to: 'operator' }] } : {}),
      detail: { ...input, ...(denied ? { deniesPerformance: state.case.past.at(-1) } : {}) },
    };
  },
};

/** A paper was asked for after the breach: the case stays open for it. */
const awaitsPaper = ({ case: snapshot }: FollowUpState): boolean =>
  isBroken(snapshot) && snapshot.routes.some(({ stage }) => stage === 'pending');

const archive: Act<FollowUpState, Archive> = {
  event: 'followUp.archived',
  title: { zh: '归档', en: 'Archive' },
  legalRef: 'POL-01',
  source: POLICY,
  by: ['operator', 'mediator'],
  costsTime: true,
  open: (state) => state.stage === 'archiving' && !awaitsPaper(state),
  refuses: (_state, input) => checkComplete(input),
  apply(state, { missing = [] }) {
    state.stage = 'ended';
    state.outcome = 'archived';
    return missing.length === 0 ? {} : { detail: { missing } };
  },
};

const reopen: Act<FollowUpState, Nothing> = {
  event: 'followUp.reopened',
  title: { zh: '回访发现未解决，重新启动', en: 'Reopen: the visit found it unresolved' },
  legalRef: 'POL-01',
  source: POLICY,
  by: ['operator', 'union', 'mediator'],
  open: (state) => state.stage !== 'ended',
  apply(state) {
    state.stage = 'ended';
    state.outcome = 'reopened';
    return {};
  },
};

/** A worker whose dispute is not settled may choose an order for wages instead (PO-02). */
const choosePaymentOrder: Act<FollowUpState, Nothing> = {
  event: 'followUp.paymentOrderChosen',
  title: { zh: '选择申请支付令', en: 'Choose a payment order' },
  legalRef: 'PO-02',
  source: '劳动合同法 第三十条第二款',
  by: ['operator', 'union', 'mediator', 'party:applicant'],
  open: ({ stage, case: snapshot }) =>
    stage !== 'ended' &&
    snapshot.paymentOrder !== undefined &&
    snapshot.rightToArbitrate === true &&
    !orderTried(snapshot),
  apply(state) {
    state.stage = 'ended';
    state.outcome = 'orderChosen';
    return {};
  },
};

function toArchive(state: FollowUpState, on: LegalDay, at: Parameters<typeof startClock>[2]['at']): Effects {
  state.stage = 'archiving';
  return { start: [startClock(state, 'followUp.archive', { on, at })] };
}

export const followUpProcedure: ProcedureDefinition<FollowUpState> = {
  procedure: 'followUp',
  title: { zh: '回访与归档', en: 'Return visit and archive' },
  legalRef: 'POL-01',
  source: '人社部发〔2022〕71号 第十二条',
  outcomes: ['archived', 'reopened', 'orderChosen', 'referred', 'transferred'],
  begin(snapshot, at) {
    const state: FollowUpState = {
      procedure: 'followUp',
      run: chainRun(snapshot),
      case: snapshot,
      stage: 'visiting',
      clocks: snapshot.clocks,
    };
    const { start = [], ...back } = backToCourt(state, at);
    return {
      state,
      effects: { ...back, start: [startClock(state, 'followUp.visit', { on: at.today, at }), ...start] },
    };
  },
  acts: {
    'followUp.recordVisit': recordVisit,
    'followUp.archive': archive,
    'followUp.recordFiling': recordFiling,
    'followUp.reopen': reopen,
    'followUp.choosePaymentOrder': choosePaymentOrder,
  },
  takeReferral(state, referral) {
    if (state.outcome !== undefined) return;
    state.case.referral = referral;
    state.stage = 'ended';
    state.outcome = 'referred';
  },
  silences: ['filingOpen', 'notVisited'],
  silence(state, clock, outcome, at) {
    if (outcome === 'filingOpen') return {};
    const again = () => [startClock(state, 'followUp.archive', { on: clock.dueOn, at })];
    if (outcome === 'archived' && awaitsPaper(state)) return { start: again(), tell: [] };
    // Whether it was really paid is not for a clock to say.
    if (outcome === 'archived' && isDenied(state))
      return { start: again(), tell: [{ template: 'performanceDenied', to: 'operator' }] };
    if (outcome === 'archived')
      return {
        ...endBySilence(followUpProcedure, state, clock, outcome),
        tell: [{ template: 'archivedBySilence', to: 'operator', clockKey: clock.key }],
      };
    if (outcome !== 'notVisited') return undefined;
    return {
      ...toArchive(state, clock.dueOn, at),
      tell: [{ template: 'visitMissed', to: 'operator', clockKey: clock.key }],
    };
  },
};
