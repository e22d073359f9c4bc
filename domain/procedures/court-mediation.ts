import { checkParty } from '../case/known-party.ts';
import { interrupted } from '../case/limitation.ts';
import { checkGivesUp, type GivesUp } from '../case/representation.ts';
import { firstRefusal, refuse } from '../refusal.ts';
import {
  type ArrangeSession,
  assign,
  CONCLUSION,
  type CourtMediationState,
  CPL,
  end,
  type HoldSession,
  INVITED,
  leaveToCourt,
  ONLINE,
  type Refuse,
  type ReturnToCourt,
  reassign,
  referralOf,
} from './court-mediation-state.ts';
import { chooseMediator, consent, declineTaking, invite, nameMediator, take } from './court-mediation-taking.ts';
import { type Act, chainRun, checkPastDay, clockKey, type ProcedureDefinition } from './definition.ts';
import { extendByBoth } from './extend-by-both.ts';
import { draftOfMediation, signingActs } from './signing.ts';

const office = ['operator', 'mediator'] as const;
const sides = ['applicant', 'respondent'] as const;
const underWay = (state: CourtMediationState): boolean => state.stage === 'hearing' || state.stage === 'signing';

const arrangeSession: Act<CourtMediationState, ArrangeSession> = {
  event: 'preLitigationMediation.sessionArranged',
  title: { zh: '通知调解时间和方式', en: 'Give notice of a session' },
  legalRef: 'CRT-08',
  source: `${INVITED} 第十四条；${ONLINE} 第二条`,
  by: office,
  open: underWay,
  refuses: (_state, { on }, at) =>
    on < at.today
      ? refuse('day-too-early', `${on} 早于 ${at.today}。`, `${on} lies before ${at.today}.`, { field: '/on' })
      : undefined,
  apply: (_state, { on, channel }) => ({
    tell: sides.map((to) => ({ template: 'sessionArranged', to })),
    detail: { on, channel },
  }),
};

const holdSession: Act<CourtMediationState, HoldSession> = {
  event: 'preLitigationMediation.sessionHeld',
  title: { zh: '进行调解', en: 'Hold a session' },
  legalRef: 'CRT-03',
  source: `${INVITED} 第二十二条；${ONLINE} 第十八条`,
  by: office,
  open: underWay,
  refuses: (state, input, at) => checkPastDay(input.heldOn, at, '/heldOn', state.takenOn),
  apply(state, { heldOn, channel }) {
    state.sessions += 1;
    return { detail: { heldOn, channel } };
  },
};

const extend = extendByBoth<CourtMediationState>({
  procedure: 'preLitigationMediation',
  clock: CONCLUSION,
  legalRef: 'CRT-02',
  source: `${INVITED} 第二十七条`,
  by: office,
  // 第二十七条: what both add to an entrusted mediation does not count as time of the trial.
  detail: (state) => (referralOf(state.case).kind === 'entrusted' ? { notInTrialTime: true } : {}),
});

/** CRT-04: all parties; CRT-09: online, all electronic signatures. */
const { draftAgreement, sign } = signingActs<CourtMediationState>({
  procedure: 'preLitigationMediation',
  ...{ kind: 'mediation', outcome: 'agreement', within: CONCLUSION },
  draft: draftOfMediation('preLitigationMediation', {
    ...{ legalRef: 'CRT-04', source: `${INVITED} 第二十四条；${ONLINE} 第十九条` },
  }),
  sign: { legalRef: 'CRT-04', source: `${INVITED} 第二十四条；${ONLINE} 第十九条` },
  mediator: `${INVITED} 第十二条`,
  signers: ['operator', 'union', 'mediator', 'party:applicant', 'party:respondent'],
  witnesses: [],
  drafting: underWay,
  since: ({ takenOn }) => takenOn,
  ...{ signingStage: 'signing', resume: { stage: 'hearing' } },
});

/** 民事诉讼法 第一百二十五条: who does not want to be mediated is not. */
const refuseMediation: Act<CourtMediationState, Refuse> = {
  event: 'preLitigationMediation.refused',
  title: { zh: '一方拒绝调解', en: 'A side refuses mediation' },
  legalRef: 'CRT-10',
  source: `${CPL} 第一百二十五条；${INVITED} 第十二条`,
  by: ['operator', 'mediator', 'union', 'party:applicant', 'party:respondent'],
  open: (state) => state.takenOn !== undefined && state.stage !== 'ended',
  refuses: (state, { party }) => checkParty(state.case, party, '/party'),
  apply: (state, { party }) => ({ ...end(state, 'refused'), detail: { party } }),
};

const returnToCourt: Act<CourtMediationState, ReturnToCourt> = {
  event: 'preLitigationMediation.returnedToCourt',
  title: { zh: '终止调解，退回法院', en: 'End it and return the case to the court' },
  legalRef: 'CRT-10',
  source: `${CPL} 第一百二十五条、第一百二十六条`,
  by: office,
  open: (state) => state.takenOn !== undefined && state.stage !== 'ended',
  apply: (state, { ground }) => ({ ...end(state, 'returned'), detail: { ground } }),
};

const withdraw: Act<CourtMediationState, GivesUp> = {
  event: 'preLitigationMediation.withdrawn',
  title: { zh: '撤回起诉或撤诉', en: 'Withdraw the suit' },
  legalRef: 'CRT-10',
  source: `${CPL} 第十三条第二款、第一百四十八条`,
  by: ['operator', 'mediator', 'court', 'party:applicant'],
  open: (state) => state.stage !== 'ended',
  refuses: (state, input, at) =>
    firstRefusal(
      () =>
        referralOf(state.case).kind === 'entrusted' && at.actor.role !== 'court'
          ? refuse('wrong-side', '已经立案的，撤诉由人民法院裁定。', 'After filing the court rules on a withdrawal.', {
              source: `${CPL} 第一百四十八条`,
            })
          : undefined,
      () => checkGivesUp(state.case, input, at),
    ),
  apply: (state) => end(state, 'withdrawn'),
};

export const courtMediationProcedure: ProcedureDefinition<CourtMediationState> = {
  procedure: 'preLitigationMediation',
  title: { zh: '法院委派、委托调解', en: 'Mediation for the court' },
  legalRef: 'CRT-01',
  source: `${CPL} 第一百二十五条；${INVITED} 第二十七条`,
  outcomes: ['agreement', 'refused', 'expired', 'returned', 'withdrawn'],
  begin(snapshot, at) {
    const { receivedOn, kind } = referralOf(snapshot);
    const state: CourtMediationState = {
      procedure: 'preLitigationMediation',
      run: chainRun(snapshot),
      case: snapshot,
      stage: 'taking',
      clocks: snapshot.clocks,
      assignment: 1,
      // 特邀调解规定 第十一条: with the consent of whoever has sued; after filing, of both.
      consents: kind === 'entrusted' ? { applicant: true, respondent: true } : { applicant: true },
      sessions: 0,
      extensions: 0,
      signatures: [],
    };
    const effects = assign(state, receivedOn, at);
    // LIM-02: whoever sues has sought relief.
    return {
      state,
      effects: {
        ...effects,
        start: [...(effects.start ?? []), ...interrupted(state.clocks, receivedOn, at.now)],
        detail: { ...effects.detail, kind, receivedOn },
      },
    };
  },
  acts: {
    'preLitigationMediation.take': take,
    'preLitigationMediation.declineTaking': declineTaking,
    'preLitigationMediation.invite': invite,
    'preLitigationMediation.consent': consent,
    'preLitigationMediation.chooseMediator': chooseMediator,
    'preLitigationMediation.nameMediator': nameMediator,
    'preLitigationMediation.arrangeSession': arrangeSession,
    'preLitigationMediation.holdSession': holdSession,
    'preLitigationMediation.extend': extend,
    'preLitigationMediation.draftAgreement': draftAgreement,
    'preLitigationMediation.sign': sign,
    'preLitigationMediation.refuse': refuseMediation,
    'preLitigationMediation.returnToCourt': returnToCourt,
    'preLitigationMediation.withdraw': withdraw,
  },
  silenceFacts: (_state, { deadlineId }) => ({
    side: deadlineId === 'preLitigationMediation.consent' ? 'respondent' : 'organisation',
  }),
  silences: ['reassigned', 'courtNames', 'remind'],
  silence(state, clock, outcome, at) {
    if (outcome === 'reassigned') return reassign(state, clock.dueOn, at);
    if (outcome === 'courtNames') return leaveToCourt(state, clock, at);
    if (outcome !== 'remind') return undefined;
    const to = clock.key === clockKey(state, 'preLitigationMediation.mediatorNaming') ? 'court' : 'operator';
    return { tell: [{ template: 'authorityLate', to, clockKey: clock.key }] };
  },
  reminds: (state, clock) =>
    clock.key === clockKey(state, 'preLitigationMediation.consent')
      ? ['respondent']
      : clock.key === clockKey(state, 'preLitigationMediation.mediatorChoice')
        ? [...sides]
        : clock.key === clockKey(state, 'preLitigationMediation.mediatorNaming')
          ? ['court']
          : clock.key === clockKey(state, CONCLUSION)
            ? [...sides, 'operator']
            : ['operator'],
};
