import type { LegalDay } from '../time/types.ts';
import type { Clock, ClockStart } from './case.ts';

/** Key of the limitation's clock: it outlives procedures. */
export const LIMITATION = 'limitation';

/** An interruption starts the limitation again from its day, unless it had run out before (LIM-02, NEG-10). */
export function interrupted(clocks: Clock[], on: LegalDay, now: string): ClockStart[] {
  const running = clocks.find(({ key }) => key === LIMITATION);
  if (!running || running.expired || now >= running.dueAt || on <= running.anchorOn) return [];
  return [
    {
      key: LIMITATION,
      deadlineId: running.deadlineId,
      anchorOn: on,
      anchorAt: now,
      revision: running.revision,
      fired: [],
    },
  ];
}
