import { type ProcedureState, restartClock } from '../procedures/definition.ts';
import type { FollowUpState } from '../procedures/follow-up.ts';
import { type ClockStart, isMet } from './case.ts';
import { ENFORCEMENT } from './enforcement.ts';
import { LIMITATION } from './limitation.ts';

/** Whether the applicant has what was asked for, by what the case knows. */
const isSettled = (state: ProcedureState): boolean =>
  isMet(state.case.past.at(-1)?.outcome) || (state as Partial<FollowUpState>).visit?.paidInFull === true;

/**
 * The clocks that go on beside a case that closes: the time to enforce a paper where there is one, else the limitation of
 * arbitration; none where the claim is settled or the time is over.
 */
export function watchedAfter(state: ProcedureState): ClockStart[] {
  // Of a case that was merged into another one the other case minds the time.
  if (isSettled(state) || state.outcome === 'merged') return [];
  const running = (name: string) => state.clocks.filter(({ key, expired }) => key === name && !expired);
  const enforcement = running(ENFORCEMENT);
  return (enforcement.length > 0 ? enforcement : running(LIMITATION)).map((clock) => restartClock(clock));
}
