import type { Finding } from '../domain/rules.ts';
import { checkPacks } from './checks/packs.ts';
import type { PackSource } from './packs.ts';

/** Everything that can be said of a stack of packs before it is in force, by file and line. Loading refuses only the errors. */
export function lintPacks(sources: readonly PackSource[]): { findings: Finding[] } {
  const { errors } = checkPacks(sources);
  return { findings: errors.map((error) => ({ ...error, severity: 'error' as const })).sort(byPlace) };
}

function byPlace(a: Finding, b: Finding): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line;
}
