import { type ProcedureState, restartClock } from '../procedures/definition.ts';
import type { FollowUpState } from '../procedures/follow-up.ts';
import type { ClockStart } from './case.ts';
import { ENFORCEMENT } from './enforcement.ts';
import { LIMITATION } from './limitation.ts';

const settled = ['performed', 'paid'];

/** Whether the applicant has what was asked for, by what the case knows. */
const isSettled = (state: ProcedureState): boolean =>
  settled.includes(state.case.past.at(-1)?.outcome ?? '') ||
  (state as Partial<FollowUpState>).visit?.paidInFull === true;

/**
 * The clocks that go on beside a case that closes: the time to enforce a paper where there is one, else the limitation of
 * arbitration; none where the claim is settled or the time is over.
 */
export function watchedAfter(state: ProcedureState): ClockStart[] {
  if (isSettled(state)) return [];
  const running = (name: string) => state.clocks.filter(({ key, expired }) => key === name && !expired);
  const enforcement = running(ENFORCEMENT);
  return (enforcement.length > 0 ? enforcement : running(LIMITATION)).map((clock) => restartClock(clock));
}
