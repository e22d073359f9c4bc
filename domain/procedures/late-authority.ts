import type { Clock, Moment } from '../case/case.ts';
import { clockOf, type Effects, type ProcedureState, startClock, type Tell } from './definition.ts';

/** An authority that has not decided in its time is told at once, and the case waits on, up to a long stop. */
export function isLate(
  state: ProcedureState,
  clock: Clock,
  longstop: string,
  to: Extract<Tell['to'], 'commission' | 'court'>,
  at: Moment,
  subject?: string,
): Effects {
  const tell: Tell[] = [{ template: 'authorityLate', to, clockKey: clock.key }];
  if (clockOf(state, longstop, subject)) return { tell };
  const more = subject === undefined ? {} : { subject };
  return { tell, start: [{ ...startClock(state, longstop, { on: clock.dueOn, at }, more), anchorAt: clock.dueAt }] };
}
