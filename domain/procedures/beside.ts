import type { CaseSnapshot, Clock, Paper, PaperRoute, PartyId, Side } from '../case/case.ts';
import { sideOf } from '../case/case.ts';

import type { LegalDay } from '../time/types.ts';
import type { checkPastDay, Effects, ProcedureState } from './definition.ts';
import { isLate } from './late-authority.ts';

/** State of a procedure that runs beside the chain, for one application about one agreement. */
export interface BesideState extends ProcedureState {
  procedure: PaperRoute;
  stage: 'deciding' | 'reviewing' | 'issued' | 'objecting' | 'ended';
  attempt: number;
  appliedOn: LegalDay;
  docketedOn?: LegalDay;
  ground?: string;
  /** The review's document by side; the court's ruling by party, whose own time to object runs from it. */
  received: Partial<Record<Side | PartyId, LegalDay>>;
  paper?: Paper;
  /** Against a ruling that confirms, in the order in which they were filed. */
  objections?: Objection[];
}

/** An objection to the ruling, 民诉解释 第三百七十二条. */
export interface Objection {
  id: string;
  by: PartyId | 'interestedParty';
  filedOn: LegalDay;
  decision?: 'upheld' | 'partlyUpheld' | 'rejected' | 'undecided';
}

/** Ends the procedure; `enforceable` says whether the paper it gives can be enforced. */
export function endBeside(state: BesideState, outcome: string, on: LegalDay, enforceable = false): Effects {
  state.stage = 'ended';
  state.outcome = outcome;
  givePaper(state, outcome, on, enforceable);
  return {};
}

/** What came of the application, as the chain is told it. */
export function givePaper(state: BesideState, outcome: string, on: LegalDay, enforceable: boolean): void {
  state.paper = { agreement: state.case.agreement?.id ?? '', route: state.procedure, outcome, enforceable, on };
}

/** The outcome as people read it: a paper counts from the day it is given, though objections to it may still come. */
export const outcomeSoFar = (state: ProcedureState): string | undefined =>
  state.outcome ?? (state as Partial<BesideState>).paper?.outcome;

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
