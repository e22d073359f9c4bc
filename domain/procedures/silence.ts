import type { Clock, Moment } from '../case/case.ts';
import { caseSilence, caseSilences } from './case-acts/index.ts';
import {
  type Effects,
  endBySilence,
  type ProcedureDefinition,
  type ProcedureState,
  type Question,
} from './definition.ts';
import { type ActingProcedure, type AnyProcedure, procedures } from './index.ts';

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

/** What `silence.default` may answer for a clock so that something follows; undefined where no procedure knows the clock. */
export function silencesFor(deadlineId: string): readonly string[] | undefined {
  if (Object.hasOwn(caseSilences, deadlineId)) return caseSilences[deadlineId];
  const [procedure = '', clock = ''] = deadlineId.split('.');
  if (!Object.hasOwn(procedures, procedure)) return undefined;
  const { outcomes, silences = [], silencesOf } = procedures[procedure as ActingProcedure] as AnyProcedure;
  return silencesOf?.[clock] ?? [...outcomes, ...silences];
}
