import type { DecisionPoint, FactValue } from '../../domain/rules.ts';
import { factCheck } from '../fact-checks.ts';
import { specOf } from '../facts.ts';

/**
 * Names facts by what the rules can tell apart: a number or a day by where it lies among the values that conditions compare it with.
 * Facts of one name get one answer; whatever else they are is written out, and so is a value that no rule may be asked about.
 */
export function factNamer(
  point: DecisionPoint,
  conditions: readonly unknown[],
): (facts: Record<string, unknown>) => string {
  const bounds = new Map<string, Set<string | number>>();
  for (const [name, { type }] of Object.entries(specOf(point).facts))
    if (type === 'number' || type === 'day') bounds.set(name, new Set());
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const { fact, value, ...groups } = node as Record<string, unknown>;
    if (typeof value === 'string' || typeof value === 'number') bounds.get(String(fact))?.add(value);
    Object.values(groups).forEach(visit);
  };
  conditions.forEach(visit);

  const classOf = (value: string | number, known: ReadonlySet<string | number>): string => {
    let below = 0;
    for (const bound of known) if (bound < value) below += 1;
    return `#${below}${known.has(value) ? '=' : '<'}`;
  };
  return (facts) =>
    JSON.stringify(
      Object.entries(facts).map(([name, value]) => {
        const known = bounds.get(name);
        const isPlaced = known !== undefined && isOfItsType(point, name, value);
        return isPlaced ? [name, classOf(value, known), true] : [name, value];
      }),
    );
}

/** Only what the fact may be has a place; the same check as the rules' own, which for numbers and days asks no list of deadlines. */
function isOfItsType(point: DecisionPoint, name: string, value: unknown): value is string | number {
  const spec = specOf(point).facts[name];
  return spec !== undefined && factCheck(spec, { all: [], enforcing: [] })(value as FactValue) === undefined;
}
