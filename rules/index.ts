export { pointSpecs } from './facts.ts';
export { loadRuleBook, loadScenarios } from './load.ts';
export { regionContradictions } from './region-contradictions.ts';
export { bareEngine, ruleBookFrom } from './rule-book.ts';
