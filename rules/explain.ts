import { Engine } from 'json-rules-engine';
import type { ExplainedCondition, ExplainedRule, FactValue } from '../domain/rules.ts';
import { addOperators, type Condition, toEngineCondition } from './conditions.ts';
import type { RankedRule } from './evaluate.ts';

/** A condition as the engine leaves it: what it found, and of a leaf the value that the fact had. */
type Found = (
  | { all: Found[] }
  | { any: Found[] }
  | { not: Found }
  | { fact: string; operator: string; value: unknown; factResult?: unknown }
) & { result?: boolean };

/** Each rule, in the order given, with every condition of it and the value that was compared; what the engine finds, not a second reading. */
export async function explainRules(
  rules: readonly RankedRule[],
  facts: Record<string, FactValue>,
): Promise<ExplainedRule[]> {
  const engine = addOperators(new Engine());
  rules.forEach(({ rule: { when } }, index) => {
    const conditions = toEngineCondition(when as Condition);
    engine.addRule({ name: String(index), conditions, event: { type: 'matched' } });
  });
  const { results, failureResults } = await engine.run(facts);
  const matching = new Set(results.map(({ name }) => Number(name)));
  const found = new Map([...results, ...failureResults].map(({ name, conditions }) => [Number(name), conditions]));
  return rules.map(({ rule: { id, title, source, legalRef, priority } }, index) => {
    const conditions = found.get(index) as Found | undefined;
    if (conditions === undefined) throw new Error(`the engine says nothing of ${id}`);
    // Of the outermost condition the engine says it of the rule.
    const matched = matching.has(index);
    return { id, title, source, legalRef, priority, matched, when: { ...said(conditions), met: matched } };
  });
}

function said(found: Found): ExplainedCondition {
  const met = found.result === true;
  if ('all' in found) return { all: found.all.map(said), met };
  if ('any' in found) return { any: found.any.map(said), met };
  if ('not' in found) return { not: said(found.not), met };
  const { fact, operator, value, factResult } = found;
  return { fact, operator, value, actual: factResult as FactValue, met };
}
