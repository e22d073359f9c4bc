import type { FactValue } from '../../domain/rules.ts';
import { addDays } from '../../domain/time/day.ts';
import { type DeadlineIds, domainOf } from '../fact-checks.ts';
import type { FactSpec } from '../facts.ts';

/** Values of a fact that no rule tells apart, and one that stands for them all. */
export interface Atom {
  stands: FactValue;
  /** All of them in words, e.g. `labour | civil`, `> 10`. */
  words: string;
}

/** Divides what a fact may be by the values that rules name; lists are divided item by item (`itemAtoms`). */
export function atomsOf(
  spec: Exclude<FactSpec, { type: 'strings' }>,
  named: readonly unknown[],
  ids: DeadlineIds,
): Atom[] {
  switch (spec.type) {
    case 'boolean':
      return [false, true].map((value) => ({ stands: value, words: String(value) }));
    case 'string':
      return textAtoms(domainOf(spec, ids) ?? [], new Set(named));
    case 'number':
      return numberAtoms(
        [...new Set(named as number[])].sort((a, b) => a - b),
        spec.whole === true,
      );
    case 'day':
      return dayAtoms([...new Set(named as string[])].sort());
  }
}

/** Of an item of a list: whether it is there. */
export const itemAtoms = (item: string): Atom[] => [
  { stands: [], words: `∌ ${item}` },
  { stands: [item], words: `∋ ${item}` },
];

function textAtoms(domain: readonly string[], named: ReadonlySet<unknown>): Atom[] {
  const atoms = domain.filter((value) => named.has(value)).map((value) => ({ stands: value, words: value }));
  const others = domain.filter((value) => !named.has(value));
  const [first] = others;
  return first === undefined ? atoms : [...atoms, { stands: first, words: others.join(' | ') }];
}

/** Each number that is named, and what lies between two; between whole numbers only where there is one. */
function numberAtoms(named: readonly number[], whole: boolean): Atom[] {
  const between = (low: number | undefined, high: number | undefined): Atom[] => {
    const least = low ?? 0;
    if (low === undefined && high === 0) return [];
    let stands = low === undefined ? 0 : high === undefined ? least + 1 : (least + high) / 2;
    if (whole && low !== undefined) stands = Math.floor(low) + 1;
    if (high !== undefined && stands >= high) return [];
    const bounds = [...(low === undefined ? [] : [`> ${low}`]), ...(high === undefined ? [] : [`< ${high}`])];
    return [{ stands, words: bounds.join(' ') }];
  };
  return [
    ...between(undefined, named[0]),
    ...named.flatMap((value, index) => [
      ...(whole && !Number.isInteger(value) ? [] : [{ stands: value, words: String(value) }]),
      ...between(value, named[index + 1]),
    ]),
  ];
}

/** Each day that is named, those before the first, those between two, and those after the last. */
function dayAtoms(named: readonly string[]): Atom[] {
  const [first = ''] = named;
  return [
    { stands: addDays(first, -1), words: `< ${first}` },
    ...named.flatMap((day, index): Atom[] => {
      const next = addDays(day, 1);
      const following = named[index + 1];
      const between = following === undefined ? [`≥ ${next}`] : next < following ? [`≥ ${next} < ${following}`] : [];
      return [{ stands: day, words: day }, ...between.map((words) => ({ stands: next, words }))];
    }),
  ];
}
