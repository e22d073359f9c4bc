import type { CaseSnapshot, Clock, Paper, PartyId, Side } from '../case/case.ts';
import { sideOf } from '../case/case.ts';

import type { LegalDay } from '../time/types.ts';
import type { checkPastDay, Effects, ProcedureState } from './definition.ts';
import { isLate } from './late-authority.ts';

/** State of a procedure that runs beside the chain, for one application about one agreement. */
export interface BesideState extends ProcedureState {
  procedure: 'arbitrationReview' | 'judicialConfirmation';
  stage: 'deciding' | 'reviewing' | 'issued' | 'ended';
  attempt: number;
  appliedOn: LegalDay;
  docketedOn?: LegalDay;
  ground?: string;
  received: Partial<Record<Side, LegalDay>>;
  paper?: Paper;
}

/** Ends the procedure; `enforceable` says whether the paper it gives can be enforced. */
export function endBeside(state: BesideState, outcome: string, on: LegalDay, enforceable = false): Effects {
  state.stage = 'ended';
  state.outcome = outcome;
  state.paper = { agreement: state.case.agreement?.id ?? '', route: state.procedure, outcome, enforceable, on };
  return {};
}

export const beginBeside = (
  procedure: BesideState['procedure'],
  snapshot: CaseSnapshot,
  application: { attempt: number; appliedOn: LegalDay },
): BesideState => ({
  procedure,
  run: `${snapshot.runNo}-${procedure}-${application.attempt}`,
  case: snapshot,
  stage: 'deciding',
  clocks: [],
  received: {},
  ...application,
});

export interface AcceptApplication {
  acceptedOn: LegalDay;
}
export interface OnGround {
  /** One of the article's list; which rule allows it is kept as a decision. */
  ground: string;
}
export interface ExtendReview {
  approvedBy: 'director' | 'delegatedHead';
}
export interface Received {
  party: PartyId;
  receivedOn: LegalDay;
}
export type Nothing = Record<string, never>;

/** The other side must have received the paper too before it takes effect. */
export function receivedBy(state: BesideState, input: Received): boolean {
  const side = sideOf(state.case, input.party);
  if (side !== undefined) state.received[side] = input.receivedOn;
  return state.received.applicant !== undefined && state.received.respondent !== undefined;
}

/** An authority that does not decide in its time: told at once, given a long stop, then the application lapses. */
export function authoritySilence(
  longstop: string,
): (state: BesideState, clock: Clock, outcome: string, at: Parameters<typeof checkPastDay>[1]) => Effects {
  return (state, clock, outcome, at) => {
    if (outcome !== 'waitLongstop') return endBeside(state, outcome, at.today);
    const to = state.procedure === 'arbitrationReview' ? ('commission' as const) : ('court' as const);
    return isLate(state, clock, longstop, to, at);
  };
}
