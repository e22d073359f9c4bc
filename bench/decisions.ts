import type { DecisionPoint } from '../domain/rules.ts';
import type { DecisionScenario } from '../domain/scenarios.ts';
import { bareEngine, loadRuleBook, loadScenarios } from '../rules/index.ts';
import { median } from './measure.ts';

/** Decisions per second of one point, ours and json-rules-engine's own. */
export interface DecisionRate {
  point: DecisionPoint;
  rules: number;
  product: number;
  bare: number;
}

/** Measures every point on the facts of the packs' own tests, in turns, so that noise meets both. */
export async function measureDecisions(options: { turns: number; turnMs: number }): Promise<DecisionRate[]> {
  const book = await loadRuleBook();
  const { decisions } = await loadScenarios();
  const points = [...new Set(decisions.map(({ point }) => point))].sort();
  const rates: DecisionRate[] = [];
  for (const point of points) {
    const cases = decisions.filter((scenario) => scenario.point === point && scenario.region === '000000');
    if (cases.length === 0) continue;
    rates.push({ point, ...(await measurePoint(point, cases, options)) });
  }
  return rates;

  async function measurePoint(point: DecisionPoint, cases: DecisionScenario[], { turns, turnMs }: typeof options) {
    const engine = bareEngine(book, '000000', point);
    const ours = async (facts: DecisionScenario['facts']) => void (await book.decide('000000', point, facts));
    const theirs = async (facts: DecisionScenario['facts']) => void (await engine.run(facts));
    const product: number[] = [];
    const bare: number[] = [];
    await rateOf(ours, cases, turnMs / 2);
    await rateOf(theirs, cases, turnMs / 2);
    for (let turn = 0; turn < turns; turn++) {
      product.push(await rateOf(ours, cases, turnMs));
      bare.push(await rateOf(theirs, cases, turnMs));
    }
    return {
      rules: (engine as unknown as { rules: unknown[] }).rules.length,
      product: median(product),
      bare: median(bare),
    };
  }
}

async function rateOf(
  decide: (facts: DecisionScenario['facts']) => Promise<void>,
  cases: DecisionScenario[],
  ms: number,
): Promise<number> {
  const started = performance.now();
  let done = 0;
  while (performance.now() - started < ms) {
    for (const { facts } of cases) await decide(facts);
    done += cases.length;
  }
  return (done / (performance.now() - started)) * 1000;
}
