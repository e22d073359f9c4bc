import type { Clock, Moment } from '../case/case.ts';
import { caseSilence } from './case-acts/index.ts';
import {
  type Effects,
  endBySilence,
  type ProcedureDefinition,
  type ProcedureState,
  type Question,
} from './definition.ts';

/** What is asked of the rules when an enforcing clock has run out and nobody acted. */
export function silenceQuestion<S extends ProcedureState>(
  definition: ProcedureDefinition<S>,
  state: S,
  clock: Clock,
): Question {
  const { side = 'none', evidence = false } = definition.silenceFacts?.(state, clock) ?? {};
  return {
    point: 'silence.default',
    facts: { wait: clock.deadlineId, side, origin: state.case.origin, evidence },
  };
}

/** What the answer does: the case's affair, the procedure's own, or simply its outcome. Changes the state it is given. */
export const applySilence = <S extends ProcedureState>(
  definition: ProcedureDefinition<S>,
  state: S,
  clock: Clock,
  outcome: string,
  at: Moment,
): Effects =>
  caseSilence(state, clock) ??
  definition.silence?.(state, clock, outcome, at) ??
  endBySilence(definition, state, clock, outcome);
