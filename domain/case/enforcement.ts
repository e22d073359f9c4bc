import type { LegalDay } from '../time/types.ts';
import type { ClockStart, RouteState } from './case.ts';

/** Key of the clock of compulsory enforcement: it outlives procedures. */
export const ENFORCEMENT = 'enforcement';

/** ENF-01: two years to apply for enforcement, from the last day on which the debtor should have performed. */
export const enforcementFrom = (lastDay: LegalDay, now: string): ClockStart => ({
  key: ENFORCEMENT,
  deadlineId: 'enforcement.application',
  anchorOn: lastDay,
  anchorAt: now,
});

const papers = {
  arbitrationReview: 'reviewed',
  judicialConfirmation: 'confirmed',
  courtDocument: 'courtDocument',
} as const satisfies Record<RouteState['route'], string>;

/** What the agreement has become beside its performance. */
export const enforceable = (routes: RouteState[]): 'none' | 'reviewed' | 'confirmed' | 'courtDocument' => {
  const granted = routes.find(({ stage }) => stage === 'granted');
  return granted === undefined ? 'none' : papers[granted.route];
};
