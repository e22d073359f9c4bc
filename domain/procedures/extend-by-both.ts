import type { Clock, PartyId } from '../case/case.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { addDays, daysBetween } from '../time/day.ts';
import type { LegalDay } from '../time/types.ts';
import { type Act, checkBothSides, clockOf, type ProcedureState, restartClock } from './definition.ts';
import { type AgreedTime, checkExtends, timeOf } from './negotiation.ts';

export interface ExtendByBoth extends AgreedTime {
  agreedBy: PartyId[];
}

/** Five working days are a week. */
const asDays = ({ amount = 0, unit }: AgreedTime): number =>
  unit === 'workingDays' ? Math.ceil((amount * 7) / 5) : amount;

/** What the clock would be extended by, all together. */
function extendedBy({ anchorOn, amount, extensions }: Clock, time: AgreedTime): number {
  const fromRule = (until: LegalDay) => daysBetween(addDays(anchorOn, amount), until);
  return [...extensions, time].reduce(
    (sum, one) => (one.until === undefined ? sum + asDays(one as AgreedTime) : fromRule(one.until)),
    0,
  );
}

/** Some rules let both sides extend only so far (MED-08, MED-17). */
export function checkMostExtended(clock: Clock | undefined, time: AgreedTime): Refusal | undefined {
  const most = clock?.mostExtended;
  return clock === undefined || most === undefined || extendedBy(clock, time) <= most
    ? undefined
    : refuse(
        'extension-used-up',
        `双方同意延长的，最长不超过 ${most} 日。`,
        `Both may extend it by ${most} days at most, all together.`,
        { field: time.until === undefined ? '/amount' : '/until', source: clock.source },
      );
}

/** A mediation goes on beyond its time where both sides want it to. */
export const extendByBoth = <S extends ProcedureState & { extensions: number }>(law: {
  procedure: string;
  /** The clock, by the name its key has. */
  clock: string;
  legalRef: string;
  source: string;
  by: Act<S, ExtendByBoth>['by'];
  refuses?(state: S): Refusal | undefined;
  detail?(state: S): Record<string, unknown>;
}): Act<S, ExtendByBoth> => ({
  event: `${law.procedure}.extended`,
  title: { zh: '双方同意延期', en: 'Extend by agreement of both' },
  legalRef: law.legalRef,
  source: law.source,
  by: law.by,
  within: law.clock,
  open: (state) => state.stage === 'hearing' || state.stage === 'signing',
  refuses: (state, input) =>
    law.refuses?.(state) ??
    checkBothSides(state, input.agreedBy, law.source) ??
    checkExtends(input, clockOf(state, law.clock)?.dueOn) ??
    checkMostExtended(clockOf(state, law.clock), input),
  apply(state, input) {
    const clock = clockOf(state, law.clock);
    if (!clock) return {};
    state.extensions += 1;
    const extension = { ...timeOf(input), reason: law.legalRef, agreedBy: input.agreedBy };
    return { start: [restartClock(clock, extension)], detail: { ...timeOf(input), ...law.detail?.(state) } };
  },
});
