import type { RuleBook } from '../../domain/rules.ts';
import type { ScenarioResult } from '../../domain/scenarios.ts';
import { bookChanges, type RowChange } from '../changes.ts';

/**
 * The rules, deadlines and required contents that a book adds or writes otherwise and that no scenario which passed has touched: no scenario
 * was decided by the rule, no story in the pack's own region had the clock computed, none of contents names it there. What is removed
 * need not be touched.
 */
export function untouchedChanges(before: RuleBook, after: RuleBook, results: readonly ScenarioResult[]): RowChange[] {
  const passed = results.filter((result) => result.passed);
  return bookChanges(before, after).filter(({ pack, file, row, change }) => {
    if (change === 'removed') return false;
    const point = /^decisions\/(.+)\.json$/.exec(file)?.[1];
    if (point !== undefined) return !passed.some(({ touched }) => touched.rules.includes(`${point}/${row}`));
    const named = { 'deadlines.json': 'deadlines', 'contents.json': 'contents' } as const;
    if (!(file in named)) return false;
    const kind = named[file as keyof typeof named];
    return !passed.some(({ region, touched }) => touched[kind]?.includes(row) && after.packsFor(region).includes(pack));
  });
}
