import { representedBy } from '../case/representation.ts';
import { refuse } from '../refusal.ts';
import {
  type AcceptApplication,
  allReceived,
  authoritySilence,
  type BesideState,
  beginBeside,
  type ExtendReview,
  endBeside,
  type Nothing,
  type OnGround,
  type Received,
  refusalToReceive,
} from './beside.ts';
import { type Act, checkPastDay, clockKey, clockOf, type ProcedureDefinition, startClock } from './definition.ts';

const RULES = '劳动人事争议仲裁办案规则';

const accept: Act<BesideState, AcceptApplication> = {
  event: 'arbitrationReview.accepted',
  title: { zh: '受理仲裁审查申请', en: 'Accept the application for review' },
  legalRef: 'JR-03',
  source: `${RULES} 第七十五条第一款`,
  by: ['arbitrator'],
  open: (state) => state.stage === 'deciding',
  refuses: (state, input, at) => checkPastDay(input.acceptedOn, at, '/acceptedOn', state.appliedOn),
  apply(state, input, at) {
    state.stage = 'reviewing';
    state.docketedOn = input.acceptedOn;
    const key = clockKey(state, 'arbitrationReview.review');
    return {
      stop: [clockKey(state, 'arbitrationReview.acceptance'), clockKey(state, 'arbitrationReview.longstop')],
      start: [startClock(state, 'arbitrationReview.review', { on: input.acceptedOn, at })],
      tell: [
        { template: 'reviewAccepted', to: 'applicant', clockKey: key },
        { template: 'reviewAccepted', to: 'respondent', clockKey: key },
      ],
      detail: { acceptedOn: input.acceptedOn },
    };
  },
};

const refuseAcceptance: Act<BesideState, OnGround> = {
  event: 'arbitrationReview.notAccepted',
  title: { zh: '不予受理', en: 'Not accept' },
  legalRef: 'JR-04',
  source: `${RULES} 第七十五条第二款`,
  by: ['arbitrator'],
  open: (state) => state.stage === 'deciding',
  apply(state, input, at) {
    state.ground = input.ground;
    return {
      ...endBeside(state, 'notAccepted', at.today),
      ask: [{ point: 'arbitrationReview.refusal', facts: { stage: 'acceptance', ground: input.ground } }],
      detail: { ground: input.ground },
    };
  },
};

const extendReview: Act<BesideState, ExtendReview> = {
  event: 'arbitrationReview.extended',
  title: { zh: '经批准延长五日', en: 'Extend by five days, with approval' },
  legalRef: 'JR-06',
  source: `${RULES} 第七十六条第一款`,
  by: ['arbitrator'],
  within: 'arbitrationReview.review',
  open: (state) => state.stage === 'reviewing',
  refuses: (state) =>
    clockOf(state, 'arbitrationReview.extendedReview')
      ? refuse('extension-used-up', '审查期限只能延长一次。', 'The review can be extended only once.', {
          source: `${RULES} 第七十六条第一款`,
        })
      : undefined,
  apply(state, input, at) {
    const review = clockOf(state, 'arbitrationReview.review');
    if (!review) return {};
    return {
      stop: [review.key],
      start: [
        {
          ...startClock(state, 'arbitrationReview.extendedReview', { on: review.dueOn, at }),
          anchorAt: review.dueAt,
        },
      ],
      detail: { approvedBy: input.approvedBy },
    };
  },
};

const issue: Act<BesideState, Nothing> = {
  event: 'arbitrationReview.issued',
  title: { zh: '制作调解书', en: 'Issue the mediation document' },
  legalRef: 'JR-08',
  source: `${RULES} 第七十七条第二款`,
  by: ['arbitrator'],
  open: (state) => state.stage === 'reviewing',
  apply(state, _input, at) {
    state.stage = 'issued';
    return {
      stop: ['review', 'extendedReview', 'longstop'].map((clock) => clockKey(state, `arbitrationReview.${clock}`)),
      start: [startClock(state, 'arbitrationReview.receipt', { on: at.today, at })],
    };
  },
};

const refuseToIssue: Act<BesideState, OnGround> = {
  event: 'arbitrationReview.refused',
  title: { zh: '不予制作调解书（书面）', en: 'Refuse to issue, in writing' },
  legalRef: 'JR-09',
  source: `${RULES} 第七十八条`,
  by: ['arbitrator'],
  open: (state) => state.stage === 'reviewing',
  apply(state, input, at) {
    state.ground = input.ground;
    return {
      ...endBeside(state, 'refused', at.today),
      ask: [{ point: 'arbitrationReview.refusal', facts: { stage: 'review', ground: input.ground } }],
      detail: { ground: input.ground },
    };
  },
};

const recordReceipt: Act<BesideState, Received> = {
  event: 'arbitrationReview.received',
  title: { zh: '签收调解书', en: 'Sign for the mediation document' },
  legalRef: 'JR-08',
  source: `${RULES} 第七十七条第二款`,
  by: ['arbitrator', 'operator'],
  open: (state) => state.stage === 'issued',
  refuses: refusalToReceive,
  apply(state, { party, receivedOn }) {
    // Whom others have chosen to act for them signs for them too (办案规则 第六十三条).
    for (const one of [party, ...representedBy(state.case, party)]) state.received[one] ??= receivedOn;
    // In effect with the last signature, in whatever order they were written down.
    const last = Object.values(state.received).sort().at(-1) ?? receivedOn;
    return { ...(allReceived(state) ? endBeside(state, 'issued', last, true) : {}), detail: { party, receivedOn } };
  },
};

const withdraw: Act<BesideState, Nothing> = {
  event: 'arbitrationReview.withdrawn',
  title: { zh: '送达前撤回审查申请', en: 'Withdraw before service' },
  legalRef: 'JR-07',
  source: `${RULES} 第七十六条第二款`,
  by: ['operator', 'arbitrator', 'party:applicant', 'party:respondent'],
  open: (state) => state.stage !== 'ended',
  refuses: (state) =>
    Object.keys(state.received).length > 0
      ? refuse('act-not-open', '调解书已经送达，不能再撤回。', 'The document has been served; it is too late.', {
          source: `${RULES} 第七十六条第二款`,
        })
      : undefined,
  apply: (state, _input, at) => endBeside(state, 'withdrawn', at.today),
};

export const arbitrationReviewProcedure: ProcedureDefinition<BesideState> & {
  beginWith: typeof beginArbitrationReview;
} = {
  procedure: 'arbitrationReview',
  title: { zh: '仲裁审查', en: 'Arbitration review' },
  legalRef: 'JR-01',
  source: '劳动人事争议仲裁办案规则 第七十四条',
  outcomes: ['issued', 'refused', 'notAccepted', 'withdrawn', 'lapsed', 'notReceived'],
  begin: (snapshot, at) => beginArbitrationReview(snapshot, { attempt: 1, appliedOn: at.today }, at),
  beginWith: (...given) => beginArbitrationReview(...given),
  acts: {
    'arbitrationReview.accept': accept,
    'arbitrationReview.refuseAcceptance': refuseAcceptance,
    'arbitrationReview.extend': extendReview,
    'arbitrationReview.issue': issue,
    'arbitrationReview.refuse': refuseToIssue,
    'arbitrationReview.recordReceipt': recordReceipt,
    'arbitrationReview.withdraw': withdraw,
  },
  silenceFacts: () => ({ side: 'organisation' }),
  silences: ['waitLongstop'],
  silencesOf: { longstop: ['lapsed'] },
  silence: authoritySilence('arbitrationReview.longstop'),
};

function beginArbitrationReview(
  snapshot: Parameters<ProcedureDefinition<BesideState>['begin']>[0],
  application: { attempt: number; appliedOn: string },
  at: Parameters<ProcedureDefinition<BesideState>['begin']>[1],
) {
  const state = beginBeside('arbitrationReview', snapshot, application);
  const anchor = { on: application.appliedOn, at };
  return { state, effects: { start: [startClock(state, 'arbitrationReview.acceptance', anchor)] } };
}
