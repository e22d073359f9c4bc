import type { PerformanceState } from '../procedures/performance-state.ts';
import type { LegalDay } from '../time/types.ts';
import type { Clock, ClockStart, RouteState } from './case.ts';

/** Key of the clock of compulsory enforcement: it outlives procedures. */
export const ENFORCEMENT = 'enforcement';

/** ENF-01: two years to apply for enforcement, from the last day on which the debtor should have performed. */
export const enforcementFrom = (lastDay: LegalDay, now: string): ClockStart => ({
  key: ENFORCEMENT,
  deadlineId: 'enforcement.application',
  anchorOn: lastDay,
  anchorAt: now,
});

/** The last day of the last instalment of a mediation agreement. */
export const lastInstalmentOf = ({ clocks }: { clocks: Clock[] }): LegalDay | undefined =>
  clocks
    .filter(({ deadlineId }) => deadlineId === 'agreementPerformance.instalment')
    .map(({ dueOn }) => dueOn)
    .sort()
    .at(-1);

/** The obligations that a performance leaves broken: those whose day has passed, else whatever is not done. */
export function brokenIn({ items = [] }: Partial<PerformanceState>): string[] {
  const left = items.filter(({ status }) => status !== 'done');
  const overdue = left.filter(({ status }) => status === 'overdue');
  return (overdue.length > 0 ? overdue : left).map(({ obligation }) => obligation);
}

const papers = {
  arbitrationReview: 'reviewed',
  judicialConfirmation: 'confirmed',
  courtDocument: 'courtDocument',
} as const satisfies Record<RouteState['route'], string>;

/** What the agreement has become beside its performance; nothing, for obligations that were taken out of the paper. */
export const enforceable = (
  routes: RouteState[],
  broken: string[] = [],
): 'none' | 'reviewed' | 'confirmed' | 'courtDocument' => {
  const granted = routes.find(({ stage }) => stage === 'granted');
  if (granted === undefined) return 'none';
  if (broken.length > 0 && broken.every((obligation) => granted.without?.includes(obligation))) return 'none';
  return papers[granted.route];
};
