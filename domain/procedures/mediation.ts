import { type CaseSnapshot, sideOf } from '../case/case.ts';
import { checkParty } from '../case/known-party.ts';
import { interrupted } from '../case/limitation.ts';
import { checkGivesUp, type GivesUp } from '../case/representation.ts';
import { firstRefusal, refuse } from '../refusal.ts';
import type { LegalDay } from '../time/types.ts';
import {
  type Act,
  chainRun,
  checkPastDay,
  clockKey,
  type Effects,
  type ProcedureDefinition,
  startClock,
} from './definition.ts';
import { extendByBoth } from './extend-by-both.ts';
import {
  arbitrationReferral,
  beginReferred,
  isEntrusted,
  refusesToExtend,
  suspendArbitration,
} from './mediation-referral.ts';
import { draftAgreement, seal, sign } from './mediation-signing.ts';
import {
  type Accept,
  type Apply,
  type AssignMediator,
  type Consent,
  conclusionRule,
  type Decline,
  end,
  type HoldSession,
  type MediationState,
  type Nothing,
  ORDER_17,
  staff,
} from './mediation-state.ts';

/** What follows when the organisation has an application: two clocks of their own, and both sides are asked. */
function receive(state: MediationState, receivedOn: LegalDay, at: Parameters<typeof startClock>[2]['at']): Effects {
  state.stage = 'consenting';
  state.receivedOn = receivedOn;
  const anchor = { on: receivedOn, at };
  return {
    start: [
      startClock(state, 'mediation.consent', anchor),
      startClock(state, 'mediation.acceptance', anchor),
      startClock(state, 'mediation.arbitrationGate', anchor),
      // LIM-02: an application for mediation interrupts the limitation.
      ...interrupted(state.clocks, receivedOn, at.now),
    ],
    tell: [
      { template: 'mediationOpened', to: 'applicant', clockKey: clockKey(state, 'mediation.consent') },
      { template: 'mediationOpened', to: 'respondent', clockKey: clockKey(state, 'mediation.consent') },
      { template: 'liaisonTold', to: 'liaison' },
    ],
  };
}

const apply: Act<MediationState, Apply> = {
  event: 'mediation.applicationReceived',
  title: { zh: '申请调解', en: 'Apply for mediation' },
  legalRef: 'MED-01',
  source: `${ORDER_17} 第二十一条；劳动争议调解仲裁法 第十二条`,
  by: [...staff, 'party:applicant', 'party:respondent'],
  within: 'mediation.offer',
  open: (state) => state.stage === 'offered',
  refuses: (_state, input, at) => checkPastDay(input.receivedOn, at, '/receivedOn'),
  apply(state, input, at) {
    const effects = receive(state, input.receivedOn, at);
    // Whoever applies has agreed; the other side is asked.
    state.consents[sideOf(state.case, at.actor.partyId) ?? 'applicant'] = true;
    return {
      ...effects,
      stop: [clockKey(state, 'mediation.offer')],
      detail: { receivedOn: input.receivedOn, form: input.form },
    };
  },
};

const declineOffer: Act<MediationState, Nothing> = {
  event: 'mediation.offerDeclined',
  title: { zh: '不申请调解', en: 'Not apply for mediation' },
  legalRef: 'NEG-09',
  source: `${ORDER_17} 第十二条`,
  by: [...staff, 'party:applicant'],
  costsTime: true,
  open: (state) => state.stage === 'offered',
  apply: (state) => ({ ...end(state, 'notApplied'), stop: [clockKey(state, 'mediation.offer')] }),
};

const consent: Act<MediationState, Consent> = {
  event: 'mediation.consentGiven',
  title: { zh: '表示是否同意调解', en: 'Say whether you agree to mediation' },
  legalRef: 'MED-02',
  source: `${ORDER_17} 第二十二条`,
  by: [...staff, 'arbitrator', 'party:applicant', 'party:respondent'],
  within: 'mediation.consent',
  open: (state) => state.stage === 'consenting',
  refuses(state, input) {
    const stranger = checkParty(state.case, input.party, '/party');
    if (stranger) return stranger;
    const side = sideOf(state.case, input.party);
    return side !== undefined && state.consents[side] !== undefined
      ? refuse('already-done', '这一方已经表示过。', 'This side has answered already.', { field: '/party' })
      : undefined;
  },
  apply(state, input, at) {
    const side = sideOf(state.case, input.party);
    if (side === undefined) return {};
    state.consents[side] = input.willing;
    const detail = { party: input.party, side, willing: input.willing };
    if (!input.willing) return { ...end(state, 'refused'), detail };
    if (!(state.consents.applicant && state.consents.respondent)) return { detail };
    state.stage = 'accepting';
    return { ...suspendArbitration(state, at), detail, stop: [clockKey(state, 'mediation.consent')] };
  },
};

const accept: Act<MediationState, Accept> = {
  event: 'mediation.accepted',
  title: { zh: '受理调解申请', en: 'Accept the application' },
  legalRef: 'MED-02',
  source: `${ORDER_17} 第二十二条`,
  by: ['operator', 'mediator'],
  open: (state) => state.stage === 'consenting' || state.stage === 'accepting',
  refuses: (state, input, at) =>
    firstRefusal(
      () =>
        state.stage === 'consenting'
          ? refuse('consent-missing', '须双方都同意调解才能受理。', 'Both sides must agree before it is accepted.', {
              source: `${ORDER_17} 第二十二条`,
            })
          : undefined,
      () => checkPastDay(input.acceptedOn, at, '/acceptedOn', state.receivedOn),
    ),
  apply(state, input, at) {
    state.stage = 'hearing';
    state.acceptedOn = input.acceptedOn;
    const key = clockKey(state, 'mediation.conclusion');
    return {
      stop: [clockKey(state, 'mediation.acceptance')],
      // What the tribunal entrusted has run since both agreed to it (MED-16).
      start: isEntrusted(state)
        ? []
        : [{ ...startClock(state, conclusionRule(state), { on: input.acceptedOn, at }), key }],
      tell: [
        { template: 'mediationAccepted', to: 'applicant', clockKey: key },
        { template: 'mediationAccepted', to: 'respondent', clockKey: key },
      ],
      detail: { acceptedOn: input.acceptedOn },
    };
  },
};

const decline: Act<MediationState, Decline> = {
  event: 'mediation.declined',
  title: { zh: '不予受理并书面说明理由', en: 'Decline in writing, with the reason' },
  legalRef: 'MED-03',
  source: `${ORDER_17} 第二十二条`,
  by: ['operator', 'mediator'],
  costsTime: true,
  open: (state) => state.stage === 'consenting' || state.stage === 'accepting',
  apply: (state, input) => ({
    ...end(state, 'declined'),
    detail: { ground: input.ground },
    tell: [
      { template: 'mediationDeclined', to: 'applicant' },
      { template: 'mediationDeclined', to: 'respondent' },
    ],
  }),
};

const assignMediator: Act<MediationState, AssignMediator> = {
  event: 'mediation.mediatorAssigned',
  title: { zh: '指定调解员', en: 'Assign a mediator' },
  legalRef: 'MED-06',
  source: `${ORDER_17} 第二十五条`,
  by: ['operator', 'mediator'],
  open: (state) => ['accepting', 'hearing', 'signing'].includes(state.stage),
  apply(state, input) {
    state.mediatorId = input.mediatorId;
    return { detail: { mediatorId: input.mediatorId } };
  },
};

const holdSession: Act<MediationState, HoldSession> = {
  event: 'mediation.sessionHeld',
  title: { zh: '召开调解会', en: 'Hold a session' },
  legalRef: 'MED-05',
  source: `${ORDER_17} 第二十四条、第二十五条`,
  by: ['operator', 'mediator'],
  open: (state) => state.stage === 'hearing' || state.stage === 'signing',
  refuses: (state, input, at) =>
    state.mediatorId === undefined
      ? refuse('mediator-missing', '尚未指定调解员。', 'No mediator has been assigned yet.', {
          source: `${ORDER_17} 第二十五条`,
        })
      : checkPastDay(input.heldOn, at, '/heldOn', state.acceptedOn),
  apply(state, input) {
    state.sessions += 1;
    return { detail: { heldOn: input.heldOn, channel: input.channel } };
  },
};

const extend = extendByBoth<MediationState>({
  procedure: 'mediation',
  clock: 'mediation.conclusion',
  legalRef: 'MED-08',
  source: `${ORDER_17} 第二十九条`,
  by: ['operator', 'mediator'],
  refuses: refusesToExtend,
});

const fail: Act<MediationState, Nothing> = {
  event: 'mediation.failed',
  title: { zh: '调解不成', en: 'End without agreement' },
  legalRef: 'MED-13',
  source: `${ORDER_17} 第三十条`,
  by: ['operator', 'mediator'],
  costsTime: true,
  open: (state) => state.stage === 'hearing' || state.stage === 'signing',
  apply: (state) => end(state, 'failed'),
};

const withdraw: Act<MediationState, GivesUp> = {
  event: 'mediation.withdrawn',
  title: { zh: '撤回调解申请', en: 'Withdraw the application' },
  legalRef: 'MED-13',
  source: `${ORDER_17} 第三十条`,
  by: [...staff, 'party:applicant'],
  costsTime: true,
  open: (state) => state.stage !== 'offered' && state.stage !== 'ended',
  refuses: (state, input, at) => checkGivesUp(state.case, input, at),
  apply: (state) => end(state, 'withdrawn'),
};

export const mediationProcedure: ProcedureDefinition<MediationState> = {
  procedure: 'mediation',
  title: { zh: '调解', en: 'Mediation' },
  legalRef: 'MED-01',
  source: '劳动争议调解仲裁法 第十条',
  outcomes: [
    'agreement',
    'refused',
    'declined',
    'failed',
    'expired',
    'notApplied',
    'withdrawn',
    'transferred',
    'merged',
  ],
  begin(snapshot: CaseSnapshot, at) {
    const state: MediationState = {
      procedure: 'mediation',
      run: chainRun(snapshot),
      case: snapshot,
      stage: 'offered',
      clocks: snapshot.clocks,
      consents: {},
      sessions: 0,
      extensions: 0,
      signatures: [],
    };
    if (arbitrationReferral(state) !== 'none') return { state, effects: beginReferred(state, at) };
    if (snapshot.origin !== 'escalation')
      return {
        state,
        effects: {
          start: [startClock(state, 'mediation.offer', { on: at.today, at })],
          tell: [{ template: 'mediationOffered', to: 'applicant', clockKey: clockKey(state, 'mediation.offer') }],
        },
      };
    // NEG-09: the settlement was not performed; the application is made out of it and both sides are asked.
    if (snapshot.agreement) state.prefilledFrom = { agreement: snapshot.agreement.id, unpaid: snapshot.unpaid ?? [] };
    return { state, effects: { ...receive(state, at.today, at), detail: { prefilledFrom: state.prefilledFrom } } };
  },
  acts: {
    'mediation.apply': apply,
    'mediation.declineOffer': declineOffer,
    'mediation.consent': consent,
    'mediation.accept': accept,
    'mediation.decline': decline,
    'mediation.assignMediator': assignMediator,
    'mediation.holdSession': holdSession,
    'mediation.extend': extend,
    'mediation.draftAgreement': draftAgreement,
    'mediation.sign': sign,
    'mediation.seal': seal,
    'mediation.fail': fail,
    'mediation.withdraw': withdraw,
  },
  silenceFacts: (state, clock) => ({
    side:
      clock.deadlineId === 'mediation.offer'
        ? 'applicant'
        : clock.key !== clockKey(state, 'mediation.consent')
          ? 'organisation'
          : state.consents.applicant === undefined
            ? 'applicant'
            : 'respondent',
  }),
  silences: ['remind'],
  // MED-09 ends it without a rule.
  endsInSilence: ['expired'],
  silence(_state, clock, outcome) {
    // MED-02 ran out without acceptance: the operator is told; MED-09 protects the applicant in the meantime.
    return outcome === 'remind'
      ? { tell: [{ template: 'authorityLate', to: 'operator', clockKey: clock.key }] }
      : undefined;
  },
  passed(state, clock) {
    // MED-09: fifteen days after receipt the way to arbitration is open. An organisation that has not even accepted by then never will.
    return clock.deadlineId === 'mediation.arbitrationGate' && state.acceptedOn === undefined
      ? end(state, 'expired')
      : {};
  },
  reminds: (state, clock) =>
    clock.key === clockKey(state, 'mediation.consent')
      ? (['applicant', 'respondent'] as const).filter((side) => state.consents[side] === undefined)
      : clock.deadlineId === 'mediation.offer'
        ? ['applicant']
        : clock.deadlineId === 'mediation.arbitrationGate'
          ? ['applicant']
          : clock.key === clockKey(state, 'mediation.conclusion')
            ? ['applicant', 'respondent', 'operator']
            : ['operator'],
};
