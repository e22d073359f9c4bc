import {
  type AcceptApplication,
  authoritySilence,
  type BesideState,
  beginBeside,
  endBeside,
  givePaper,
  type Nothing,
  type OnGround,
} from './beside.ts';
import {
  objectionActs,
  objectionReminds,
  objectionSilence,
  objectionSilences,
  startObjections,
} from './confirmation-objections.ts';
import {
  type Act,
  checkPastDay,
  clockKey,
  clockOf,
  type ProcedureDefinition,
  restartClock,
  startClock,
} from './definition.ts';
import { type AgreedTime, checkExtends, timeOf } from './negotiation.ts';

const CPL = '民事诉讼法';

const accept: Act<BesideState, AcceptApplication> = {
  event: 'judicialConfirmation.docketed',
  title: { zh: '受理司法确认申请', en: 'Docket the application' },
  legalRef: 'JC-04',
  source: '最高人民法院关于人民调解协议司法确认程序的若干规定 第四条',
  by: ['court'],
  open: (state) => state.stage === 'deciding',
  refuses: (state, input, at) => checkPastDay(input.acceptedOn, at, '/acceptedOn', state.appliedOn),
  apply(state, input, at) {
    state.stage = 'reviewing';
    state.docketedOn = input.acceptedOn;
    const key = clockKey(state, 'judicialConfirmation.ruling');
    return {
      stop: [clockKey(state, 'judicialConfirmation.acceptance'), clockKey(state, 'judicialConfirmation.longstop')],
      start: [startClock(state, 'judicialConfirmation.ruling', { on: input.acceptedOn, at })],
      tell: [
        { template: 'confirmationDocketed', to: 'applicant', clockKey: key },
        { template: 'confirmationDocketed', to: 'respondent', clockKey: key },
      ],
      detail: { acceptedOn: input.acceptedOn },
    };
  },
};

const refuseAcceptance: Act<BesideState, OnGround> = {
  event: 'judicialConfirmation.notAccepted',
  title: { zh: '不予受理', en: 'Not accept' },
  legalRef: 'JC-04',
  source: '最高人民法院关于适用《民事诉讼法》的解释 第三百五十五条',
  by: ['court'],
  open: (state) => state.stage === 'deciding',
  apply(state, input, at) {
    state.ground = input.ground;
    return {
      ...endBeside(state, 'notAccepted', at.today),
      ask: [{ point: 'judicialConfirmation.dismissal', facts: { stage: 'acceptance', ground: input.ground } }],
      detail: { ground: input.ground },
    };
  },
};

const extend: Act<BesideState, AgreedTime & { approvedBy: 'president' }> = {
  event: 'judicialConfirmation.extended',
  title: { zh: '经院长批准延长审限', en: "Extend the ruling's time, with the president's approval" },
  legalRef: 'JC-05',
  source: `${CPL} 第一百八十七条`,
  by: ['court'],
  within: 'judicialConfirmation.ruling',
  open: (state) => state.stage === 'reviewing',
  refuses: (state, input) => checkExtends(input, clockOf(state, 'judicialConfirmation.ruling')?.dueOn),
  apply(state, input) {
    const clock = clockOf(state, 'judicialConfirmation.ruling');
    if (!clock) return {};
    return {
      start: [restartClock(clock, { ...timeOf(input), reason: 'JC-05', agreedBy: [] })],
      detail: { ...timeOf(input), approvedBy: input.approvedBy },
    };
  },
};

/** The paper can be enforced at once; what follows is the time to object to it. */
const confirm: Act<BesideState, Nothing> = {
  event: 'judicialConfirmation.confirmed',
  title: { zh: '裁定调解协议有效', en: 'Rule the agreement valid' },
  legalRef: 'JC-07',
  source: `${CPL} 第二百零六条`,
  by: ['court'],
  open: (state) => state.stage === 'reviewing',
  apply(state, _input, at) {
    givePaper(state, 'confirmed', at.today, true);
    return {
      ...startObjections(state, at),
      stop: [clockKey(state, 'judicialConfirmation.ruling'), clockKey(state, 'judicialConfirmation.longstop')],
    };
  },
};

const dismiss: Act<BesideState, OnGround> = {
  event: 'judicialConfirmation.dismissed',
  title: { zh: '裁定驳回申请', en: 'Dismiss the application' },
  legalRef: 'JC-07',
  source: `${CPL} 第二百零六条；民诉解释 第三百五十五条第二款、第三百五十八条`,
  by: ['court'],
  open: (state) => state.stage === 'reviewing',
  apply(state, input, at) {
    state.ground = input.ground;
    return {
      ...endBeside(state, 'dismissed', at.today),
      ask: [{ point: 'judicialConfirmation.dismissal', facts: { stage: 'review', ground: input.ground } }],
      detail: { ground: input.ground },
    };
  },
};

const withdraw: Act<BesideState, Nothing> = {
  event: 'judicialConfirmation.withdrawn',
  title: { zh: '裁定前撤回申请', en: 'Withdraw before the ruling' },
  legalRef: 'JC-07',
  source: '最高人民法院关于适用《民事诉讼法》的解释 第三百五十七条',
  by: ['operator', 'court', 'party:applicant', 'party:respondent'],
  open: (state) => state.stage === 'deciding' || state.stage === 'reviewing',
  apply: (state, _input, at) => endBeside(state, 'withdrawn', at.today),
};

function beginJudicialConfirmation(
  snapshot: Parameters<ProcedureDefinition<BesideState>['begin']>[0],
  application: { attempt: number; appliedOn: string },
  at: Parameters<ProcedureDefinition<BesideState>['begin']>[1],
) {
  const state = beginBeside('judicialConfirmation', snapshot, application);
  const anchor = { on: application.appliedOn, at };
  return { state, effects: { start: [startClock(state, 'judicialConfirmation.acceptance', anchor)] } };
}

export const judicialConfirmationProcedure: ProcedureDefinition<BesideState> & {
  beginWith: typeof beginJudicialConfirmation;
} = {
  procedure: 'judicialConfirmation',
  title: { zh: '司法确认', en: 'Judicial confirmation' },
  legalRef: 'JC-01',
  source: '民事诉讼法 第二百零五条',
  outcomes: ['confirmed', 'revoked', 'dismissed', 'notAccepted', 'withdrawn', 'lapsed'],
  begin: (snapshot, at) => beginJudicialConfirmation(snapshot, { attempt: 1, appliedOn: at.today }, at),
  beginWith: (...given) => beginJudicialConfirmation(...given),
  acts: {
    'judicialConfirmation.accept': accept,
    'judicialConfirmation.refuseAcceptance': refuseAcceptance,
    'judicialConfirmation.extend': extend,
    'judicialConfirmation.confirm': confirm,
    'judicialConfirmation.dismiss': dismiss,
    'judicialConfirmation.withdraw': withdraw,
    ...objectionActs,
  },
  silenceFacts: () => ({ side: 'organisation' }),
  silences: ['waitLongstop'],
  silencesOf: objectionSilences,
  silence: (state, clock, outcome, at) =>
    state.stage === 'objecting'
      ? objectionSilence(state, clock, outcome, at)
      : authoritySilence('judicialConfirmation.longstop')(state, clock, outcome, at),
  reminds: objectionReminds,
};
