import type { RuleBook } from '../../domain/rules.ts';
import type { ScenarioResult, Scenarios } from '../../domain/scenarios.ts';
import { runContentsScenarios } from './contents.ts';
import { runDecisionScenarios } from './decisions.ts';

/** Tries every scenario that is no story: it takes milliseconds, where a story takes a second. */
export const runAtOnce = async (
  book: RuleBook,
  { decisions, contents }: Pick<Scenarios, 'decisions' | 'contents'>,
): Promise<ScenarioResult[]> => [
  ...(await runDecisionScenarios(book, decisions)),
  ...runContentsScenarios(book, contents),
];
