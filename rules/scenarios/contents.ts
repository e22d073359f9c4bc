import { type RequiredContent, type RuleBook, RuleError } from '../../domain/rules.ts';
import type { ContentsScenario, Difference, ScenarioResult } from '../../domain/scenarios.ts';
import { difference, differences } from './differences.ts';

/** Holds what documents must contain against what scenarios expect: each content that is named, as far as it is said. */
export const runContentsScenarios = (book: RuleBook, scenarios: readonly ContentsScenario[]): ScenarioResult[] =>
  scenarios.map((scenario) => {
    const { id, title, region, document, expect } = scenario;
    const required = requiredBy(book, scenario);
    const found = 'differ' in required ? required.differ : compare(expect, required.contents);
    const touched = found.length > 0 ? [] : expect.map(({ field }) => `${document}/${field}`);
    return {
      ...{ id, title, region, kind: 'contents', passed: found.length === 0, differences: found },
      touched: { rules: [], deadlines: [], contents: touched },
    };
  });

const compare = (expected: ContentsScenario['expect'], contents: readonly RequiredContent[]): Difference[] =>
  expected.flatMap((one, index) => {
    const row = contents.find(({ field }) => field === one.field);
    const fields = contents.map(({ field }) => field);
    return row === undefined
      ? [difference(['expect', index, 'field'], one.field, fields)]
      : differences(one, row, ['expect', index]);
  });

function requiredBy(
  book: RuleBook,
  { region, document }: ContentsScenario,
): { contents: RequiredContent[] } | { differ: Difference[] } {
  try {
    return { contents: book.contents(region, document) };
  } catch (error) {
    if (!(error instanceof RuleError)) throw error;
    return { differ: [{ at: '/region', reason: error.reason }] };
  }
}
