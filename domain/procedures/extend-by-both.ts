import type { PartyId } from '../case/case.ts';
import type { Refusal } from '../refusal.ts';
import { type Act, checkBothSides, clockOf, type ProcedureState, restartClock } from './definition.ts';
import { type AgreedTime, checkExtends, timeOf } from './negotiation.ts';

export interface ExtendByBoth extends AgreedTime {
  agreedBy: PartyId[];
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
    checkExtends(input, clockOf(state, law.clock)?.dueOn),
  apply(state, input) {
    const clock = clockOf(state, law.clock);
    if (!clock) return {};
    state.extensions += 1;
    const extension = { ...timeOf(input), reason: law.legalRef, agreedBy: input.agreedBy };
    return { start: [restartClock(clock, extension)], detail: { ...timeOf(input), ...law.detail?.(state) } };
  },
});
