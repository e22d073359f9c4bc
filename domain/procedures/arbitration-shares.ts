import type { Clock, Moment, PartyId } from '../case/case.ts';
import type { LegalDay } from '../time/types.ts';
import { endArbitration } from './arbitration-filing.ts';
import {
  type ArbitrationState,
  type AwardDocument,
  type AwardFate,
  type AwardRight,
  type AwardShare,
  aboutOf,
  employersIn,
  type RightClock,
  subjectOf,
} from './arbitration-state.ts';
import { type Effects, startClock } from './definition.ts';

/** The wait for a court: `a1` for what employers have asked of it, `a1:w1` for a worker's suit. */
export const COURT = 'arbitration.court';
const AFTER = 'arbitration.suitAfterSetAside';

export const isOpen = ({ shares }: AwardDocument): boolean => shares.some(({ fate }) => fate === undefined);

/** Every clock about a document. */
export const clocksOf = ({ clocks }: ArbitrationState, { id }: AwardDocument): Clock[] =>
  clocks.filter(({ subject }) => aboutOf(subject).document === id);

/**
 * The shares a clock is about. A worker acts for himself, an employer against all workers or the one named; what a worker has
 * sued on is closed to the employer (FIN-05); after a setting aside there is another right than before it.
 */
export function sharesAbout({ shares }: AwardDocument, { deadlineId, subject }: AwardRight | Clock): AwardShare[] {
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

const ways = {
  'arbitration.suit': 'awardMayBeSued',
  'arbitration.workerSuit': 'awardMayBeSued',
  'arbitration.suitAfterSetAside': 'awardMayBeSued',
  'arbitration.setAside': 'awardMayBeSetAside',
  'arbitration.setAsideAfterSuit': 'awardMayBeSetAside',
} as const satisfies Record<RightClock, string>;

/** Rights of parties begin, each on its day and where there is still something to act against; their holders are told. */
export function beginRights(
  state: ArbitrationState,
  document: AwardDocument,
  holders: Array<{ right: RightClock; party: PartyId; on: LegalDay; against?: PartyId }>,
  at: Moment,
): Required<Pick<Effects, 'start' | 'tell'>> {
  const begun = holders.flatMap(({ right, party, on, against }) => {
    const start = startClock(state, right, { on, at }, { subject: subjectOf(document, party, against) });
    const tell = { template: ways[right], to: { party }, clockKey: start.key };
    return sharesAbout(document, start).length === 0 ? [] : [{ start, tell }];
  });
  const start = begun.map((one) => one.start);
  const rights = start.map(({ key, deadlineId, subject }) => ({ key, deadlineId, ...(subject ? { subject } : {}) }));
  document.rights = [...document.rights.filter(({ key }) => !rights.some((one) => one.key === key)), ...rights];
  return { start, tell: begun.map(({ tell }) => tell) };
}

/** Ends the rights that were used, and what nobody can act by any more as the shares stand; names the clocks. */
export function endRights(state: ArbitrationState, document: AwardDocument, used: Clock[] = []): string[] {
  const idle = [...clocksOf(state, document), ...document.rights].filter(
    (right) => sharesAbout(document, right).length === 0,
  );
  const over = new Set([...used, ...idle].map(({ key }) => key));
  document.rights = document.rights.filter(({ key }) => !over.has(key));
  return [...over];
}

/** A right was not used in its time. */
export function lapseRight(state: ArbitrationState, { key }: Clock): Effects {
  for (const document of state.documents) document.rights = document.rights.filter((right) => right.key !== key);
  settle(state);
  return {};
}

const worstFirst = ['sued', 'setAside', 'lapsed', 'inForce'] as const;

/**
 * Looks whether anything may still happen to the award: for a worker for whom nobody may act any more and no court has it, it
 * is in force (FIN-01, FIN-04). The record ends when that is settled for all.
 */
export function settle(state: ArbitrationState): void {
  const employers = employersIn(state);
  for (const document of state.documents)
    for (const share of document.shares) {
      if (share.fate !== undefined || share.court !== undefined) continue;
      const received = [share.worker, ...employers].every((party) => document.received[party] !== undefined);
      const mayAct = document.rights.some((right) => sharesAbout(document, right).includes(share));
      if (received && !mayAct) share.fate = share.annulled ? 'setAside' : 'inForce';
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
  const stop = endRights(state, document);
  settle(state);
  return { stop };
}

/** For whom the award is in force: it may be enforced, though others still wait for a court (解释（一） 第十七条). */
export const inForceFor = ({ documents }: ArbitrationState): PartyId[] => [
  ...new Set(
    documents.flatMap(({ shares }) => shares.filter(({ fate }) => fate === 'inForce').map(({ worker }) => worker)),
  ),
];
