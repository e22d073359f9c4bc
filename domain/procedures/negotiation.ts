import { type AgreementTerms, boundBy, checkTerms, warningsOf } from '../case/agreement.ts';
import { type CaseSnapshot, type Moment, type PartyId, sideOf, workersOf } from '../case/case.ts';
import { noteConcessions } from '../case/disclosure.ts';
import { checkParty } from '../case/known-party.ts';
import { interrupted } from '../case/limitation.ts';
import { checkBound, checkGivesUp, type GivesUp } from '../case/representation.ts';
import { firstRefusal, type Refusal, refuse } from '../refusal.ts';
import type { ServiceMethod } from '../service.ts';
import type { LegalDay, Unit } from '../time/types.ts';
import { addressee, checkAddressee, DEEMED, isLeft, type LeftOrPosted, leave, received } from './deemed-service.ts';
import {
  type Act,
  chainRun,
  checkBothSides,
  checkPastDay,
  clockKey,
  clockOf,
  type Effects,
  type ProcedureDefinition,
  restartClock,
  startClock,
} from './definition.ts';
import { draftSettlement, sign } from './negotiation-signing.ts';
import type { SigningState } from './signing.ts';

const ORDER_17 = '企业劳动争议协商调解规定';

export interface NegotiationState extends SigningState {
  procedure: 'negotiation';
  stage: 'serving' | 'awaitingAnswer' | 'negotiating' | 'ended';
  servedOn?: LegalDay;
  /** Where the request was left or put up: it counts as served some days later (ARB-06). */
  leftAt?: PartyId[];
  willing?: boolean;
  helpers: Array<{ kind: 'union' | 'representative'; for: PartyId }>;
  sessions: number;
}

/** A length of time or a last day, as the parties wrote it. */
export interface AgreedTime {
  amount?: number;
  unit?: Extract<Unit, 'calendarDays' | 'workingDays'>;
  until?: LegalDay;
}

export interface ServeRequest extends LeftOrPosted {
  /** The day on which it was received; left or put up, the day on which that was done. */
  servedOn: LegalDay;
  method: ServiceMethod | 'meeting';
  /** Whom it was served on; the first of the side that is asked, unless named. */
  to?: PartyId;
}
export interface Respond {
  willing: boolean;
  form: 'oral' | 'written';
  /** The party that answers. */
  party: PartyId;
}
export interface AgreePeriod extends AgreedTime {
  agreedBy: PartyId[];
}
export interface InviteHelper {
  kind: 'union' | 'representative';
  for: PartyId;
}
export interface RecordSession {
  heldOn: LegalDay;
  channel: 'receptionDay' | 'talk' | 'hotline' | 'mailbox' | 'groupChat' | 'room' | 'phone' | 'video';
}
export interface Settle extends AgreementTerms {
  signedOn: LegalDay;
  agreedBy: PartyId[];
  /** Those represented who consented to what their representative signed. */
  consentedBy?: PartyId[];
}
export type BreakOff = { party: PartyId };

const end = (state: NegotiationState, outcome: string): Effects => {
  state.stage = 'ended';
  state.outcome = outcome;
  return {};
};

const serveRequest: Act<NegotiationState, ServeRequest> = {
  event: 'negotiation.requestServed',
  title: { zh: '送达协商要求', en: 'Serve the request to negotiate' },
  legalRef: 'NEG-01',
  source: `${ORDER_17} 第八条`,
  by: ['operator', 'union', 'party:applicant'],
  open: (state) => state.stage === 'serving',
  refuses: (state, input, at) =>
    checkPastDay(input.servedOn, at, '/servedOn') ?? checkAddressee(state, 'respondent', input.to),
  apply(state, input, at) {
    if (isLeft(input)) {
      const subject = addressee(state, 'respondent', input.to);
      state.leftAt = [...(state.leftAt ?? []), subject];
      const left = leave(state, input, { on: input.servedOn, subject }, at);
      return { ...left, stop: [clockKey(state, 'negotiation.service')] };
    }
    const { method, servedOn } = input;
    return { ...requestServed(state, servedOn, at), detail: { servedOn, method } };
  },
};

/** The request has been received, or counts as received, on that day: the other side has its days to answer. */
function requestServed(state: NegotiationState, on: LegalDay, at: Moment): Effects {
  state.stage = 'awaitingAnswer';
  state.servedOn = on;
  return {
    stop: [clockKey(state, 'negotiation.service'), ...received(state, state.leftAt ?? [])],
    start: [
      startClock(state, 'negotiation.response', { on, at }),
      // LIM-02: asserting the claim against the other side interrupts the limitation.
      ...interrupted(state.clocks, on, at.now),
    ],
    tell: [{ template: 'requestServed', to: 'respondent', clockKey: clockKey(state, 'negotiation.response') }],
    detail: { servedOn: on },
  };
}

const respond: Act<NegotiationState, Respond> = {
  event: 'negotiation.responded',
  title: { zh: '回应协商要求', en: 'Answer the request' },
  legalRef: 'NEG-03',
  source: `${ORDER_17} 第十条第一款`,
  by: ['operator', 'union', 'party:respondent'],
  within: 'negotiation.response',
  open: (state) => state.stage === 'awaitingAnswer',
  refuses: (state, input) =>
    sideOf(state.case, input.party) === 'respondent'
      ? undefined
      : refuse('wrong-side', '应由被要求协商的一方回应。', 'The answer belongs to the side that was asked.', {
          field: '/party',
        }),
  apply(state, input, at) {
    state.willing = input.willing;
    const stop = [clockKey(state, 'negotiation.response')];
    const detail = { willing: input.willing, form: input.form };
    if (!input.willing) return { ...end(state, 'refused'), stop, detail };
    state.stage = 'negotiating';
    return { stop, detail, start: [startClock(state, 'negotiation.agreedPeriod', { on: at.today, at })] };
  },
};

const agreePeriod: Act<NegotiationState, AgreePeriod> = {
  event: 'negotiation.periodAgreed',
  title: { zh: '书面约定协商期限', en: 'Agree a period in writing' },
  legalRef: 'NEG-04',
  source: `${ORDER_17} 第十条第二款`,
  by: ['operator', 'union'],
  within: 'negotiation.agreedPeriod',
  open: (state) => state.stage === 'negotiating',
  refuses: (state, input, at) =>
    checkBothSides(state, input.agreedBy, `${ORDER_17} 第十条第二款`) ?? checkAhead(input, at.today),
  apply: (state, input, at) => ({
    start: [startClock(state, 'negotiation.agreedPeriod', { on: at.today, at }, timeOf(input))],
    detail: { ...timeOf(input) },
  }),
};

const extend: Act<NegotiationState, AgreePeriod> = {
  event: 'negotiation.extended',
  title: { zh: '书面延长协商期限', en: 'Extend the period in writing' },
  legalRef: 'NEG-05',
  source: `${ORDER_17} 第十条第二款`,
  by: ['operator', 'union'],
  within: 'negotiation.agreedPeriod',
  open: (state) => state.stage === 'negotiating',
  refuses: (state, input) =>
    checkBothSides(state, input.agreedBy, `${ORDER_17} 第十条第二款`) ??
    checkExtends(input, clockOf(state, 'negotiation.agreedPeriod')?.dueOn),
  apply(state, input) {
    const clock = clockOf(state, 'negotiation.agreedPeriod');
    if (!clock) return {};
    const extension = { ...timeOf(input), reason: 'NEG-05', agreedBy: input.agreedBy };
    return { start: [restartClock(clock, extension)], detail: { ...timeOf(input) } };
  },
};

const inviteHelper: Act<NegotiationState, InviteHelper> = {
  event: 'negotiation.helperInvited',
  title: { zh: '工会参与或委托代表', en: 'Let the union or a representative join' },
  legalRef: 'NEG-02',
  source: `${ORDER_17} 第九条`,
  by: ['operator', 'union', 'party:applicant', 'party:respondent'],
  open: (state) => state.stage !== 'ended',
  refuses: (state, input) => checkParty(state.case, input.for, '/for'),
  apply(state, input) {
    state.helpers.push({ kind: input.kind, for: input.for });
    return { detail: { ...input }, tell: input.kind === 'union' ? [{ template: 'helpAsked', to: 'union' }] : [] };
  },
};

const recordSession: Act<NegotiationState, RecordSession> = {
  event: 'negotiation.sessionHeld',
  title: { zh: '记录协商', en: 'Record a session' },
  legalRef: 'NEG-01',
  source: `${ORDER_17} 第八条；人社部发〔2022〕71号 第七条`,
  by: ['operator', 'union'],
  open: (state) => state.stage === 'awaitingAnswer' || state.stage === 'negotiating',
  refuses: (_state, input, at) => checkPastDay(input.heldOn, at, '/heldOn'),
  apply(state, input) {
    state.sessions += 1;
    return { detail: { heldOn: input.heldOn, channel: input.channel } };
  },
};

const settle: Act<NegotiationState, Settle> = {
  event: 'negotiation.settled',
  title: { zh: '登记已签订的和解协议', en: 'Record a settlement agreement that was signed' },
  legalRef: 'NEG-06',
  source: `${ORDER_17} 第十一条第一款`,
  by: ['operator', 'union'],
  open: (state) => state.stage === 'awaitingAnswer' || state.stage === 'negotiating',
  refuses: (state, input, at) =>
    firstRefusal(
      () => checkPastDay(input.signedOn, at, '/signedOn', state.case.registeredOn),
      () => checkTerms(state.case, input, at.today, 'settlementAgreement'),
      () => checkBothSides(state, input.agreedBy, `${ORDER_17} 第十一条第一款`),
      () => checkBound(state.case, boundBy(input), input, `${ORDER_17} 第十一条第一款`),
    ),
  apply(state, input, at) {
    const { signedOn, agreedBy, consentedBy, ...terms } = input;
    noteConcessions(state.case, terms);
    // Signed elsewhere: what was being signed here, if anything, has come to nothing.
    Object.assign(state, { draft: undefined, signatures: [] });
    state.case.agreement = {
      ...terms,
      id: `s${state.case.runNo}`,
      kind: 'settlement',
      effectiveOn: signedOn,
      effectiveAt: at.now,
    };
    const others = workersOf(state.case).filter((worker) => !terms.coveredWorkers.includes(worker.id));
    const { stage } = state;
    return {
      ...end(state, 'settled'),
      detail: {
        signedOn,
        agreedBy,
        ...(consentedBy === undefined ? {} : { consentedBy }),
        coveredWorkers: terms.coveredWorkers,
        obligations: terms.obligations.length,
        ...warningsOf(terms),
      },
      ...(others.length === 0 ? {} : { split: { workers: others.map((worker) => worker.id), resume: { stage } } }),
    };
  },
};

const breakOff: Act<NegotiationState, BreakOff> = {
  event: 'negotiation.brokenOff',
  title: { zh: '不同意继续协商', en: 'Break off the negotiation' },
  legalRef: 'NEG-10',
  source: `${ORDER_17} 第三十一条第二项`,
  by: ['operator', 'union', 'party:applicant', 'party:respondent'],
  costsTime: true,
  open: (state) => state.stage === 'negotiating',
  refuses: (state, input) => checkParty(state.case, input.party, '/party'),
  apply: (state, input) => ({ ...end(state, 'brokenOff'), detail: { party: input.party } }),
};

const withdraw: Act<NegotiationState, GivesUp> = {
  event: 'negotiation.withdrawn',
  title: { zh: '撤回协商要求', en: 'Withdraw the request' },
  legalRef: 'NEG-01',
  source: `${ORDER_17} 第八条`,
  by: ['operator', 'union', 'party:applicant'],
  costsTime: true,
  open: (state) => state.stage !== 'ended',
  refuses: (state, input, at) => checkGivesUp(state.case, input, at),
  apply: (state) => end(state, 'withdrawn'),
};

export const negotiationProcedure: ProcedureDefinition<NegotiationState> = {
  procedure: 'negotiation',
  title: { zh: '协商', en: 'Negotiation' },
  legalRef: 'NEG-01',
  source: '企业劳动争议协商调解规定 第八条',
  outcomes: [
    'settled',
    'refused',
    'noResponse',
    'expired',
    'brokenOff',
    'unserved',
    'withdrawn',
    'transferred',
    'merged',
  ],
  begin(snapshot: CaseSnapshot, at) {
    const state: NegotiationState = {
      procedure: 'negotiation',
      run: chainRun(snapshot),
      case: snapshot,
      stage: 'serving',
      clocks: snapshot.clocks,
      helpers: [],
      sessions: 0,
      signatures: [],
    };
    return { state, effects: { start: [startClock(state, 'negotiation.service', { on: at.today, at })] } };
  },
  acts: {
    'negotiation.serveRequest': serveRequest,
    'negotiation.respond': respond,
    'negotiation.agreePeriod': agreePeriod,
    'negotiation.extend': extend,
    'negotiation.inviteHelper': inviteHelper,
    'negotiation.recordSession': recordSession,
    'negotiation.draftSettlement': draftSettlement,
    'negotiation.sign': sign,
    'negotiation.settle': settle,
    'negotiation.breakOff': breakOff,
    'negotiation.withdraw': withdraw,
  },
  silence: (state, clock, _outcome, at) =>
    clock.deadlineId === DEEMED ? requestServed(state, clock.dueOn, at) : undefined,
  reminds: (_state, clock) =>
    clock.deadlineId === 'negotiation.response'
      ? ['respondent']
      : clock.deadlineId === 'negotiation.agreedPeriod'
        ? ['applicant', 'respondent']
        : ['operator'],
};

/** Only the fields of an agreed time; the rest of the input is not the clock's business. */
export const timeOf = ({ amount, unit, until }: AgreedTime): AgreedTime => ({
  ...(amount === undefined ? {} : { amount, unit: unit ?? 'calendarDays' }),
  ...(until === undefined ? {} : { until }),
});

/** An agreed last day must lie ahead. */
export function checkAhead(time: AgreedTime, today: LegalDay): Refusal | undefined {
  return time.until !== undefined && time.until < today
    ? refuse('due-before-today', `${time.until} 早于今天 ${today}。`, `${time.until} lies before today, ${today}.`, {
        field: '/until',
      })
    : undefined;
}

/** An extension must end later than what it extends. */
export function checkExtends(time: AgreedTime, dueOn: LegalDay | undefined): Refusal | undefined {
  return time.until !== undefined && dueOn !== undefined && time.until <= dueOn
    ? refuse('due-before-today', `${time.until} 不晚于现期限 ${dueOn}。`, `${time.until} is not later than ${dueOn}.`, {
        field: '/until',
      })
    : undefined;
}
