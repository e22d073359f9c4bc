import type { FactValue } from '../../domain/rules.ts';
import type { Condition } from '../conditions.ts';
import { holds } from '../conditions.ts';
import { type DeadlineIds, domainOf } from '../fact-checks.ts';
import type { FactSpec, PointSpec } from '../facts.ts';
import { type Atom, atomsOf, itemAtoms } from './atoms.ts';
import { type Box, intersection, TooLarge, Work } from './boxes.ts';

/** A fact, or of a list one item of it, divided into what the rules can tell apart. */
interface Dimension {
  fact: string;
  item?: string;
  atoms: Atom[];
}

type Leaf = Extract<Condition, { fact: string }>;

/** The most boxes that one rule is written out in. */
const mostBoxes = 1000;
/** Comparisons of boxes that writing out one rule may take; under a second. */
const bearable = 300_000;

/** All facts that a point can be asked with, divided by what its rules name. */
export class FactSpace {
  /** Everything that can be asked: one box, or one for each way in which texts go together. */
  readonly whole: Box[];
  private readonly spec: PointSpec;
  private readonly ids: DeadlineIds;
  private readonly dimensions: Dimension[];
  private readonly places: Map<string, number>;

  constructor(spec: PointSpec, conditions: readonly Condition[], ids: DeadlineIds) {
    this.spec = spec;
    this.ids = ids;
    const leaves = [...conditions.flatMap(leavesOf), ...togetherLeaves(spec)];
    this.dimensions = dimensionsOf(spec, leaves, ids);
    this.places = new Map(this.dimensions.map(({ fact, item }, place) => [keyOf(fact, item), place]));
    const together = spec.together ?? [{}];
    this.whole = together.flatMap((values) =>
      this.boxesOf({ all: Object.entries(values).map(([fact, value]) => ({ fact, operator: 'in', value })) }),
    );
  }

  /** The facts for which a condition is met, as boxes. Throws `TooLarge` for a condition that falls into too many, or takes too long. */
  boxesOf(condition: Condition, met = true, work = new Work(bearable)): Box[] {
    if ('not' in condition) return this.boxesOf(condition.not, !met, work);
    if ('fact' in condition) return this.leafBoxes(condition, met);
    const [children, all] = 'all' in condition ? [condition.all, met] : [condition.any, !met];
    if (!all) return bounded(children.flatMap((child) => this.boxesOf(child, met, work)));
    let boxes: Box[] = [this.full()];
    for (const child of children) {
      const further = this.boxesOf(child, met, work);
      work.spend(boxes.length * further.length);
      boxes = bounded(boxes.flatMap((box) => further.map((other) => intersection(box, other)).filter(isBox)));
    }
    return boxes;
  }

  /** Facts of a box that the point can be asked with. */
  example(box: Box): Record<string, FactValue> {
    const facts: Record<string, FactValue> = {};
    for (const [fact, spec] of Object.entries(this.spec.facts)) facts[fact] = anyValue(spec, this.ids);
    for (const [place, { fact, item, atoms }] of this.dimensions.entries()) {
      const stands = atoms.find((_, bit) => ((box[place] ?? 0n) >> BigInt(bit)) & 1n)?.stands ?? [];
      facts[fact] = item === undefined ? stands : [...(facts[fact] as string[]), ...(stands as string[])];
    }
    return facts;
  }

  /** What a box says of the facts that it does not leave open. */
  inWords(box: Box): string {
    const full = this.full();
    const parts = this.dimensions.flatMap(({ fact, item, atoms }, place) => {
      const bits = box[place] ?? 0n;
      if (bits === full[place]) return [];
      const values = atoms.filter((_, bit) => (bits >> BigInt(bit)) & 1n).map(({ words }) => words);
      return [`${fact} ${item === undefined ? '= ' : ''}${values.join(' | ')}`];
    });
    return parts.length === 0 ? '…' : parts.join(', ');
  }

  private full(): Box {
    return this.dimensions.map(({ atoms }) => (1n << BigInt(atoms.length)) - 1n);
  }

  private leafBoxes({ fact, operator, value }: Leaf, met: boolean): Box[] {
    const place = this.places.get(keyOf(fact, this.spec.facts[fact]?.type === 'strings' ? String(value) : undefined));
    if (place === undefined) throw new Error(`no dimension for ${fact}`);
    let bits = 0n;
    this.dimensions[place]?.atoms.forEach(({ stands }, bit) => {
      if (holds(operator, stands, value) === met) bits |= 1n << BigInt(bit);
    });
    return bits === 0n ? [] : [this.full().with(place, bits)];
  }
}

const keyOf = (fact: string, item?: string): string => (item === undefined ? fact : `${fact}\n${item}`);

function leavesOf(condition: Condition): Leaf[] {
  if ('all' in condition) return condition.all.flatMap(leavesOf);
  if ('any' in condition) return condition.any.flatMap(leavesOf);
  if ('not' in condition) return leavesOf(condition.not);
  return [condition];
}

const togetherLeaves = ({ together = [] }: PointSpec): Leaf[] =>
  together.flatMap((values) => Object.entries(values).map(([fact, value]) => ({ fact, operator: 'in', value })));

function dimensionsOf(spec: PointSpec, leaves: readonly Leaf[], ids: DeadlineIds): Dimension[] {
  const named = new Map<string, unknown[]>();
  for (const { fact, value } of leaves) {
    const values = named.get(fact) ?? [];
    for (const one of [value].flat()) values.push(one);
    named.set(fact, values);
  }
  return Object.entries(spec.facts).flatMap(([fact, of]): Dimension[] => {
    const values = named.get(fact);
    if (values === undefined) return [];
    if (of.type !== 'strings') return [{ fact, atoms: atomsOf(of, values, ids) }];
    return [...new Set(values as string[])].sort().map((item) => ({ fact, item, atoms: itemAtoms(item) }));
  });
}

const isBox = (box: Box | undefined): box is Box => box !== undefined;

function bounded(boxes: Box[]): Box[] {
  if (boxes.length > mostBoxes) throw new TooLarge();
  return boxes;
}

/** A value for a fact that no rule looks at. */
function anyValue(spec: FactSpec, ids: DeadlineIds): FactValue {
  switch (spec.type) {
    case 'boolean':
      return false;
    case 'number':
      return 0;
    case 'day':
      return '2026-01-01';
    case 'strings':
      return [];
    case 'string':
      return domainOf(spec, ids)?.[0] ?? '';
  }
}
