import { type Effects, type ProcedureState, restartClock } from '../procedures/definition.ts';
import { firstRefusal, type Refusal, refuse } from '../refusal.ts';
import type { Bilingual, LegalDay } from '../time/types.ts';
import type { BesideProcedure, CaseSnapshot, ClockStart } from './case.ts';

/** The rules say nothing of open cases; that what has run out stays so is of the nature of a clock. */
export const NOT_REACHING_BACK = '立法法 第一百零四条';

/** What another release does to one open clock of a case. */
export type ClockMove = { key: string; title: Bilingual; dueOn: LegalDay } & (
  | { kind: 'fired' }
  | { kind: 'stays' }
  | {
      kind: 'moves';
      /** The last day under the other release. */
      to: LegalDay;
      /** From last day to last day; below zero it comes earlier. 0 where only the hour moves. */
      days: number;
      /** It still runs now, and would be over at once. */
      overAtOnce: boolean;
    }
  | { kind: 'unknown'; code: string; reason: Bilingual }
);

/** Another release as a case would take it: what it pins, and what comes of each open clock. */
export interface CaseUnder {
  release: string;
  sha256: string;
  contents: CaseSnapshot['contents'];
  moves: ClockMove[];
}

/** Whether a clock can be counted by the other release without anybody losing what still runs. */
const isCountable = (move: ClockMove): boolean => move.kind === 'stays' || (move.kind === 'moves' && !move.overAtOnce);

/** Why a case cannot be moved: one of its clocks would be over at once, or nobody can say when it would be. */
export const refusalOfMove = (moves: readonly ClockMove[]): Refusal | undefined =>
  firstRefusal(...moves.map((move) => () => refusalOfClock(move)));

function refusalOfClock(move: ClockMove): Refusal | undefined {
  const { title } = move;
  if (move.kind === 'unknown')
    return refuse(
      'clock-not-countable',
      `“${title.zh}”在该版规则下无法推算：${move.reason.zh}`,
      `"${title.en}" cannot be counted by that release: ${move.reason.en}`,
      { field: '/sha256' },
    );
  return move.kind === 'moves' && move.overAtOnce
    ? refuse(
        'clock-over-at-once',
        `“${title.zh}”现于 ${move.dueOn} 届满，按该版规则已于 ${move.to} 届满，改用将使其立即届满。`,
        `"${title.en}" runs until ${move.dueOn}; by that release it ended on ${move.to} and would be over at once.`,
        { field: '/sha256', source: NOT_REACHING_BACK },
      )
    : undefined;
}

/** A case has one release; moving it to that one changes nothing. */
export const sameRelease = (snapshot: CaseSnapshot, sha256: string): Refusal | undefined =>
  snapshot.sha256 === sha256
    ? refuse('same-release', '本案已经按该版规则办理。', 'The case goes by that release already.', { field: '/sha256' })
    : undefined;

/**
 * Takes another release: from that day the case is pinned to it, and each clock that it can count is counted again from its own anchor.
 * What has fired stays fired; a clock that the release cannot count, or that came up meanwhile, stays with the one that it had.
 */
export function takeRelease(
  state: ProcedureState,
  { moves, ...taken }: CaseUnder,
  today: LegalDay,
): Pick<Effects, 'start' | 'detail'> {
  const { release: from, sha256: old } = state.case;
  const countable = new Set(moves.filter(isCountable).map(({ key }) => key));
  const counted = state.clocks.filter(({ key, expired }) => countable.has(key) && !expired);
  // A clock of before there was such a mark would be counted by the new release at the next occasion.
  state.clocks = state.clocks.map((clock) => (clock.sha256 === undefined ? { ...clock, sha256: old } : clock));
  state.case = { ...state.case, ...taken, pinnedOn: today };
  const start: ClockStart[] = counted.map((clock) => ({ ...restartClock(clock), sha256: taken.sha256 }));
  return {
    start,
    detail: {
      from,
      to: taken.release,
      sha256: taken.sha256,
      before: Object.fromEntries(counted.map(({ key, dueOn }) => [key, dueOn])),
    },
  };
}

/** What may be running beside the chain, and follows it. */
export function besideNow({ routes, arbitration, emergency }: CaseSnapshot): BesideProcedure[] {
  const asked = routes.filter(({ attempt }) => attempt > 0).map(({ route }) => route);
  return [
    ...asked.filter((route) => route !== 'courtDocument'),
    ...(arbitration === undefined ? [] : (['arbitration', 'limitationWatch'] as const)),
    ...(emergency?.stage === 'open' ? (['emergencyResponse'] as const) : []),
  ];
}
