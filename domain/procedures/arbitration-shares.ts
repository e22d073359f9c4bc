import type { Clock, ClockStart, PartyId } from '../case/case.ts';
import { endArbitration } from './arbitration-filing.ts';
import {
  type ArbitrationState,
  type AwardDocument,
  type AwardFate,
  type AwardShare,
  aboutOf,
  employersIn,
} from './arbitration-state.ts';
import type { Effects } from './definition.ts';

/** The wait for a court: `a1` for what employers have asked of it, `a1:w1` for a worker's suit. */
export const COURT = 'arbitration.court';
const AFTER = 'arbitration.suitAfterSetAside';

export const isOpen = ({ shares }: AwardDocument): boolean => shares.some(({ fate }) => fate === undefined);

/** Every clock about a document. */
export const clocksOf = ({ clocks }: ArbitrationState, { id }: AwardDocument): Clock[] =>
  clocks.filter(({ subject }) => aboutOf(subject).document === id);

/**
 * The shares a clock is about. A worker acts for himself, an employer against all workers or the one named; a worker's suit
 * closes the way of everybody else (FIN-05); after a setting aside there is another right than before it.
 */
export function sharesAbout(
  { shares }: AwardDocument,
  { deadlineId, subject }: Pick<ClockStart, 'deadlineId' | 'subject'>,
): AwardShare[] {
  const { party, against } = aboutOf(subject);
  const undecided = shares.filter(({ fate }) => fate === undefined);
  if (deadlineId === COURT)
    return undecided.filter(({ worker, court }) =>
      party === undefined ? court?.kind === 'setAside' : court?.kind === 'suit' && worker === party,
    );
  const only = shares.some(({ worker }) => worker === party) ? party : against;
  return undecided.filter(
    ({ worker, court, annulled = false }) =>
      court?.kind !== 'suit' && (only === undefined || worker === only) && annulled === (deadlineId === AFTER),
  );
}

/** What nobody can act by any more, now that the shares stand as they do; with `used`, the rights that have been used. */
export function closed(state: ArbitrationState, document: AwardDocument, used: Clock[] = []): string[] {
  const idle = clocksOf(state, document).filter((clock) => sharesAbout(document, clock).length === 0);
  return [...new Set([...used, ...idle].map(({ key }) => key))];
}

const worstFirst = ['sued', 'setAside', 'lapsed', 'inForce'] as const;

/**
 * Looks whether anything may still happen to the award: for a worker for whom nobody may act any more and no court has it, it
 * is in force (FIN-01, FIN-04). The record ends when that is settled for all. `stopped` are the keys of clocks that end with
 * the step.
 */
export function settle(state: ArbitrationState, stopped: string[] = []): void {
  const employers = employersIn(state);
  for (const document of state.documents) {
    const running = clocksOf(state, document).filter(({ key, expired }) => !expired && !stopped.includes(key));
    for (const share of document.shares) {
      if (share.fate !== undefined || share.court !== undefined) continue;
      const received = [share.worker, ...employers].every((party) => document.received[party] !== undefined);
      const mayAct = running.some((clock) => sharesAbout(document, clock).includes(share));
      if (received && !mayAct) share.fate = share.annulled ? 'setAside' : 'inForce';
    }
  }
  const fates = state.documents.flatMap(({ shares }) => shares.map(({ fate }) => fate));
  const outcome = worstFirst.find((fate) => fates.includes(fate));
  if (outcome !== undefined && !fates.includes(undefined)) endArbitration(state, outcome);
}

/** What a court decides takes the place of the award: nothing runs about these shares any more. */
export function decide(
  state: ArbitrationState,
  document: AwardDocument,
  shares: AwardShare[],
  fate: AwardFate,
): Effects {
  for (const share of shares) {
    share.fate = fate;
    share.court = undefined;
  }
  const stop = closed(state, document);
  settle(state, stop);
  return { stop };
}

/** For whom the award is in force: it may be enforced, though others still wait for a court (解释（一） 第十七条). */
export const inForceFor = ({ documents }: ArbitrationState): PartyId[] => [
  ...new Set(
    documents.flatMap(({ shares }) => shares.filter(({ fate }) => fate === 'inForce').map(({ worker }) => worker)),
  ),
];
