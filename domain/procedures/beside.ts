import {
  type CaseSnapshot,
  type Clock,
  type Moment,
  type Paper,
  type PaperRoute,
  type PartyId,
  partiesTo,
} from '../case/case.ts';
import { firstRefusal, type Refusal, refuse } from '../refusal.ts';
import type { LegalDay } from '../time/types.ts';
import { checkPastDay, type Effects, type ProcedureState } from './definition.ts';
import { isLate } from './late-authority.ts';

/** State of a procedure that runs beside the chain, for one application about one agreement. */
export interface BesideState extends ProcedureState {
  procedure: PaperRoute;
  stage: 'deciding' | 'reviewing' | 'issued' | 'objecting' | 'ended';
  attempt: number;
  appliedOn: LegalDay;
  docketedOn?: LegalDay;
  ground?: string;
  /** Who has received the document or the ruling. */
  received: Partial<Record<PartyId, LegalDay>>;
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

/** Everybody whom the agreement binds: each receives the paper for itself. */
export const bound = (state: BesideState): PartyId[] => partiesTo(state.case).map(({ id }) => id);

/** Whether everybody whom the agreement binds has received the paper. */
export const allReceived = (state: BesideState): boolean =>
  bound(state).every((party) => state.received[party] !== undefined);

/** Only a party to the agreement receives the paper, and once. */
export const refusalToReceive = (
  state: BesideState,
  { party, receivedOn }: Received,
  at: Moment,
): Refusal | undefined =>
  firstRefusal(
    () => checkParty(state, party, '/party'),
    () => checkPastDay(receivedOn, at, '/receivedOn', state.paper?.on ?? state.docketedOn),
    () => receivedBefore(state.received[party]),
  );

/** Refuses where the party is known to have received it on a day already. */
export const receivedBefore = (known: LegalDay | undefined): Refusal | undefined =>
  known === undefined
    ? undefined
    : refuse(
        'act-not-open',
        `该当事人已登记于 ${known} 收到。`,
        `Receipt by that party on ${known} is recorded already.`,
        { field: '/receivedOn' },
      );

/** Only whom the agreement binds receives a paper about it, or objects to it as a party. */
export const checkParty = (state: BesideState, party: PartyId, field: string): Refusal | undefined =>
  bound(state).includes(party)
    ? undefined
    : refuse('unknown-party', `${party} 不是协议当事人。`, `${party} is not a party to the agreement.`, { field });

/** An authority that does not decide in its time: told at once, given a long stop, then the application lapses. */
export function authoritySilence(
  longstop: string,
): (state: BesideState, clock: Clock, outcome: string, at: Moment) => Effects {
  return (state, clock, outcome, at) => {
    if (outcome !== 'waitLongstop') return endBeside(state, outcome, at.today);
    const to = state.procedure === 'arbitrationReview' ? ('commission' as const) : ('court' as const);
    return isLate(state, clock, longstop, to, at);
  };
}
