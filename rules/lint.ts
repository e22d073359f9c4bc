import type { Finding } from '../domain/rules.ts';
import { checkClocks } from './checks/clocks.ts';
import { checkLadders } from './checks/ladders.ts';
import { checkMatches } from './checks/matches.ts';
import { checkPacks } from './checks/packs.ts';
import { checkSilences } from './checks/silences.ts';
import { reportTo, stacksOf } from './checks/stacks.ts';
import { checkWays } from './checks/ways.ts';
import { deadlineIdsOf, type PackSource } from './packs.ts';
import { ruleBookOf } from './rule-book.ts';

/**
 * Everything that can be said of a stack of packs before it is in force, by file and line. Packs that do not load are told only why;
 * of those that do it is told whether their rules are alive.
 */
export async function lintPacks(sources: readonly PackSource[]): Promise<{ findings: Finding[] }> {
  const { packs, errors } = checkPacks(sources);
  const findings: Finding[] = errors.map((error) => ({ ...error, severity: 'error' }));
  if (packs === undefined) return { findings: findings.sort(byPlace) };
  const report = reportTo(findings, sources);
  const ids = deadlineIdsOf(packs.nation.deadlines);
  for (const stack of stacksOf(packs)) {
    checkMatches(report, stack, ids);
    checkLadders(report, stack);
  }
  checkClocks(report, packs);
  checkSilences(report, packs);
  await checkWays(report, packs, ruleBookOf(sources));
  return { findings: findings.sort(byPlace) };
}

function byPlace(a: Finding, b: Finding): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line;
}
