import type { CaseSnapshot, Clock, ClockStart, Moment, PartyId, Side } from '../case/case.ts';
import type { Referral } from '../case/referral.ts';
import type { LegalDay } from '../time/types.ts';
import { clockKey, type Effects, startClock } from './definition.ts';
import type { SigningState } from './signing.ts';

/** 最高人民法院关于人民法院特邀调解的规定（法释〔2016〕14号）. */
export const INVITED = '最高人民法院关于人民法院特邀调解的规定';
/** 人民法院在线调解规则（法释〔2021〕23号）. */
export const ONLINE = '人民法院在线调解规则';
export const CPL = '民事诉讼法';

/** 委派调解、委托调解: mediation of what a court has been asked to try. */
export interface CourtMediationState extends SigningState {
  procedure: 'preLitigationMediation';
  stage: 'taking' | 'inviting' | 'consenting' | 'choosing' | 'naming' | 'hearing' | 'signing' | 'ended';
  /** Which of the organisations is asked, the first being 1. */
  assignment: number;
  takenOn?: LegalDay;
  invitedOn?: LegalDay;
  consents: Partial<Record<Side, boolean>>;
  sessions: number;
  extensions: number;
}

export interface Take {
  takenOn: LegalDay;
}
export interface DeclineTaking {
  ground: 'conflictOfInterest' | 'notSuitable' | 'noCapacity' | 'other';
}
export interface Invite {
  invitedOn: LegalDay;
}
export interface Consent {
  party: PartyId;
  willing: boolean;
}
export interface ChooseMediator {
  /** Number in the court's roster; never a name. */
  mediatorId: string;
  agreedBy: PartyId[];
}
export interface NameMediator {
  mediatorId: string;
}
export interface ArrangeSession {
  on: LegalDay;
  channel: 'room' | 'phone' | 'video' | 'onSite';
}
export interface HoldSession {
  heldOn: LegalDay;
  channel: ArrangeSession['channel'];
}
export interface Refuse {
  party: PartyId;
}
export interface ReturnToCourt {
  ground: 'noAgreement' | 'notSuitable' | 'factsUnclear' | 'unlawful' | 'other';
}

/** The one clock of the mediation's end, by the name its key has; which number it runs by depends on the referral. */
export const CONCLUSION = 'preLitigationMediation.conclusion';
export const TAKING = 'preLitigationMediation.taking';

/** The court's referral. Throws where there is none: the path rules are then wrong. */
export function referralOf({ caseNo, referral }: CaseSnapshot): Referral {
  if (referral?.by !== 'court') throw new Error(`no court has sent ${caseNo}`);
  return referral;
}

/** CRT-01, CRT-02: thirty days before filing; fifteen after it, seven in the simple procedure. */
export function conclusionClock(state: CourtMediationState, takenOn: LegalDay, at: Moment): ClockStart {
  const { kind, trial } = referralOf(state.case);
  const deadline = kind === 'delegated' ? 'delegated' : trial === 'simple' ? 'entrustedSimple' : 'entrustedOrdinary';
  return {
    ...startClock(state, `preLitigationMediation.${deadline}`, { on: takenOn, at }),
    key: clockKey(state, CONCLUSION),
  };
}

export const end = (state: CourtMediationState, outcome: string): Effects => {
  state.stage = 'ended';
  state.outcome = outcome;
  return {};
};

/** Each organisation has a clock of its own to take the case. */
const takingSubject = ({ assignment }: CourtMediationState): string => `a${assignment}`;

export const takingKey = (state: CourtMediationState): string => clockKey(state, TAKING, takingSubject(state));

/** CRT-06: an organisation is asked, and has three working days to take the case. */
export function assign(state: CourtMediationState, on: LegalDay, at: Moment): Effects {
  const start = startClock(state, TAKING, { on, at }, { subject: takingSubject(state) });
  const organisation = state.case.organisations?.[state.assignment - 1];
  if (!organisation) throw new Error(`no organisation is left for ${state.case.caseNo}`);
  state.case.organisation = organisation;
  return {
    start: [start],
    tell: [{ template: 'courtCaseAssigned', to: 'operator', clockKey: start.key }],
    detail: { assignment: state.assignment, organisation: organisation.kind },
  };
}

/** CRT-06: whoever does not take the case in time, or declines, gives way to the next; after the last it goes back. */
export function reassign(state: CourtMediationState, on: LegalDay, at: Moment): Effects {
  const { organisations = [] } = state.case;
  if (state.assignment >= organisations.length) return { ...end(state, 'returned'), detail: { ground: 'notTaken' } };
  state.assignment += 1;
  return assign(state, on, at);
}

/** Both sides are willing: a mediator is chosen jointly (CRT-05). */
export function choose(state: CourtMediationState, on: LegalDay, at: Moment): Effects {
  state.stage = 'choosing';
  const start = startClock(state, 'preLitigationMediation.mediatorChoice', { on, at });
  return {
    start: [start],
    tell: (['applicant', 'respondent'] as const).map((to) => ({
      template: 'mediatorToBeChosen',
      to,
      clockKey: start.key,
    })),
  };
}

/** CRT-05: not chosen in time, the mediator is named by the court. */
export function leaveToCourt(state: CourtMediationState, { dueOn, dueAt }: Clock, at: Moment): Effects {
  state.stage = 'naming';
  const start = { ...startClock(state, 'preLitigationMediation.mediatorNaming', { on: dueOn, at }), anchorAt: dueAt };
  return { start: [start], tell: [{ template: 'mediatorToBeNamed', to: 'court', clockKey: start.key }] };
}
