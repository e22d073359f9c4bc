import { orderQuestion, questionsAtEnd } from '../../domain/case/afterwards.ts';
import { type Clock, chainProcedures } from '../../domain/case/case.ts';
import { routeOf } from '../../domain/case/payment-order.ts';
import type { ProcedureState, Question } from '../../domain/procedures/definition.ts';
import { type ActingProcedure, type AnyProcedure, procedures } from '../../domain/procedures/index.ts';
import { applySilence, silenceQuestion } from '../../domain/procedures/silence.ts';
import type { Decision, DecisionPoint, RuleBook } from '../../domain/rules.ts';
import { shanghaiDay } from '../../domain/time/day.ts';
import type { Instant } from '../../domain/time/types.ts';

/** What follows by itself when a clock runs out and nobody has acted. */
export interface WhatFollows {
  /** The answer of `silence.default`. */
  outcome: string;
  /** Where the case goes, if the answer ends its procedure of the chain. */
  next?: string;
  /** The rules that say so: point and id. */
  rules: Array<{ point: DecisionPoint; id: string }>;
}

/** The points that are asked for it. */
export const pointsOfSilence = ['silence.default', 'paymentOrder.eligibility', 'procedure.next'] as const;

/**
 * Lets an enforcing clock run out on a copy of its procedure, with the code of the workflows: the rules are asked what silence means,
 * the procedure takes the answer, and if that ends it the rules are asked where the case goes. Undefined for an advisory clock, and for
 * one of a procedure that takes no acts. Rejects with a `RuleError` where the rules cannot answer.
 */
export async function whatFollows(
  book: RuleBook,
  region: string,
  { procedure, ...rest }: ProcedureState,
  clock: Clock,
  dueAt: Instant,
): Promise<WhatFollows | undefined> {
  if (clock.purpose !== 'enforcing' || !(procedure in procedures)) return undefined;
  const definition = procedures[procedure as ActingProcedure] as AnyProcedure;
  const state: ProcedureState = structuredClone({ procedure, ...rest });
  const own = state.clocks.find(({ key }) => key === clock.key) ?? clock;
  const rules: WhatFollows['rules'] = [];
  const ask = async ([question]: Question[]): Promise<Decision | undefined> => {
    if (question === undefined) return undefined;
    const decision = await book.decide(region, question.point, question.facts);
    rules.push(...decision.matched.slice(0, 1).map(({ id }) => ({ point: question.point, id })));
    return decision;
  };

  const silence = await ask([silenceQuestion(definition, state, own)]);
  const outcome = String(silence?.outcome.outcome);
  own.expired = true;
  const at = { now: dueAt, today: shanghaiDay(dueAt), actor: { actorId: 'system', role: 'system' as const } };
  applySilence(definition, state, own, outcome, at);
  if (state.outcome === undefined || !chainProcedures.some((name) => name === procedure)) return { outcome, rules };

  const order = await ask(orderQuestion(state));
  const next = await ask(questionsAtEnd(state, order && (routeOf(order.outcome) ?? 'none')).slice(0, 1));
  return { outcome, next: String(next?.outcome.next), rules };
}
