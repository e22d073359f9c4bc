import { type RuleBook, RuleError } from '../../domain/rules.ts';
import type { DecisionScenario, Difference, ScenarioResult } from '../../domain/scenarios.ts';
import { difference, differences } from './differences.ts';
import { decidingRules, watchBook } from './watch-book.ts';

/** Asks a book what each scenario asks. A question that it cannot answer is a difference, not an error. */
export async function runDecisionScenarios(
  book: RuleBook,
  scenarios: readonly DecisionScenario[],
): Promise<ScenarioResult[]> {
  const results: ScenarioResult[] = [];
  for (const scenario of scenarios) {
    const { id, title, region } = scenario;
    const watched = watchBook(book);
    const differ = await compare(watched.book, scenario);
    results.push({
      ...{ id, title, region, kind: 'decision', passed: differ.length === 0 },
      ...{ differences: differ, touched: watched.touched() },
    });
  }
  return results;
}

async function compare(book: RuleBook, scenario: DecisionScenario): Promise<Difference[]> {
  const { region, point, facts, expect, rule } = scenario;
  try {
    const decision = await book.decide(region, point, facts);
    const deciding = decidingRules(decision);
    return [
      ...differences(expect, decision.outcome, ['expect']),
      ...(rule === undefined || deciding.includes(rule) ? [] : [difference(['rule'], rule, deciding)]),
    ];
  } catch (error) {
    if (!(error instanceof RuleError)) throw error;
    return [{ at: error.code === 'unknown-region' ? '/region' : '/facts', reason: error.reason }];
  }
}
