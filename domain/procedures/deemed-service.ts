import { type Moment, type PartyId, partyOf, type Side, workersOf } from '../case/case.ts';
import { checkParty } from '../case/known-party.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { type DeemedGround, type ServiceMethod, servedDayFacts, serverOf } from '../service.ts';
import type { LegalDay } from '../time/types.ts';
import { clockKey, type Effects, type ProcedureState, startClock } from './definition.ts';

/** 留置、张贴: some days after it was left or put up a paper counts as served (ARB-06). */
export const DEEMED = 'service.deemed';

/** How an act that takes a receipt says that nobody has received it, and it was left or put up instead. */
export interface LeftOrPosted {
  method?: ServiceMethod | 'meeting';
  ground?: DeemedGround;
}

/** Whether an act tells of a paper left or put up. */
export const isLeft = ({ method }: LeftOrPosted): boolean => method === 'left' || method === 'posted';

/**
 * The day on which it was left begins the clock; the act's own silence applies the receipt when that has run. `subject` says which
 * receipt it is. The rules say whether it may count as served at all, and their answer is kept with the act.
 */
export function leave(
  state: ProcedureState,
  { method, ground }: LeftOrPosted,
  left: { on: LegalDay; subject: string },
  at: Moment,
): Effects {
  const by = method === 'posted' ? 'posted' : 'left';
  return {
    start: [startClock(state, DEEMED, { on: left.on, at }, { subject: left.subject })],
    ask: [
      {
        point: 'service.servedDay',
        facts: servedDayFacts({
          ...{ server: serverOf(at.actor.role), method: by, result: by, consent: false, signedFor: false },
          ...{ refused: ground === 'refused', closedDown: ground === 'closedDown' },
          workers: workersOf(state.case).length,
        }),
      },
    ],
    detail: { method: by, leftOn: left.on, ...(ground === undefined ? {} : { ground }) },
  };
}

/** A receipt that is known takes the place of the days that were being waited for: the clocks it stops, by name. */
export const received = (state: ProcedureState, subjects: string[]): string[] =>
  subjects.map((subject) => clockKey(state, DEEMED, subject));

/** Whom a paper goes to: the one named, or the first of that side. */
export const addressee = (state: ProcedureState, side: Side, to?: PartyId): PartyId =>
  to ?? state.case.parties.find((one) => one.side === side)?.id ?? side;

/** Refuses an addressee who is no party, or of the other side. */
export function checkAddressee(state: ProcedureState, side: Side, to: PartyId | undefined): Refusal | undefined {
  if (to === undefined) return undefined;
  return (
    checkParty(state.case, to, '/to') ??
    (partyOf(state.case, to)?.side === side
      ? undefined
      : refuse('wrong-side', `${to} 不是受送达的一方。`, `${to} is not of the side that is served.`, { field: '/to' }))
  );
}
