import { Engine } from 'json-rules-engine';
import {
  type ContentDocument,
  type Decision,
  type DecisionPoint,
  type ExplainedDecision,
  type FactValue,
  PackErrors,
  type RequiredContent,
  type RuleBook,
  RuleError,
} from '../domain/rules.ts';
import type { DeadlineDefinition } from '../domain/time/types.ts';
import { canonical, sha256Of } from './canonical.ts';
import { checkPacks } from './checks/packs.ts';
import { addOperators, type Condition, toEngineCondition } from './conditions.ts';
import { deepFreeze, inOrder, PointEvaluator, type RankedRule } from './evaluate.ts';
import { explainRules } from './explain.ts';
import type { DeadlineIds } from './fact-checks.ts';
import { isPoint } from './facts.ts';
import { isRecord } from './is-record.ts';
import type { LocatedJson } from './located-json.ts';
import type { RuleRow } from './pack-schema.ts';
import {
  deadlineIdsOf,
  type LocalPack,
  layeredDeadlines,
  type NationalPack,
  type PackSource,
  type Packs,
} from './packs.ts';
import { lineage, regionExists, regionName } from './regions.ts';

/** What is in force where the same packs apply; most regions share the nation's. */
interface Layers {
  packIds: string[];
  deadlines: ReadonlyMap<string, DeadlineDefinition>;
  catalogue: DeadlineDefinition[];
  rules: Map<DecisionPoint, RankedRule[]>;
  evaluators: Map<DecisionPoint, PointEvaluator>;
  contents: RequiredContent[];
  documents: string[];
  secondsPerDay: number | undefined;
}

class LayeredRuleBook implements RuleBook {
  readonly release: string;
  readonly sha256: string;
  readonly content: unknown;
  private readonly packs: Packs;
  private readonly ids: DeadlineIds;
  private readonly byRegion = new Map<string, Layers>();
  private readonly byPacks = new Map<string, Layers>();

  constructor(packs: Packs) {
    this.packs = packs;
    this.ids = deadlineIdsOf(packs.nation.deadlines);
    this.content = deepFreeze(canonicalContent(packs));
    this.sha256 = sha256Of(this.content);
    this.release = releaseName([packs.nation, ...packs.local], this.sha256);
  }

  regionExists(code: string): boolean {
    return regionExists(code);
  }

  regionName(code: string) {
    return regionName(code);
  }

  packsFor(region: string): string[] {
    return [...this.layers(region).packIds];
  }

  secondsPerDay(region: string): number | undefined {
    return this.layers(region).secondsPerDay;
  }

  deadline(region: string, id: string): DeadlineDefinition {
    const found = this.layers(region).deadlines.get(id);
    if (found !== undefined) return found;
    throw new RuleError('unknown-deadline', { zh: `没有期限“${id}”`, en: `there is no deadline "${id}"` });
  }

  hasPoint(point: DecisionPoint): boolean {
    return [this.packs.nation, ...this.packs.local].some(({ decisions }) => (decisions[point]?.length ?? 0) > 0);
  }

  hasDeadline(id: string): boolean {
    return this.ids.all.includes(id);
  }

  catalogue(region: string): DeadlineDefinition[] {
    return [...this.layers(region).catalogue];
  }

  async decide(region: string, point: DecisionPoint, facts: Record<string, FactValue>): Promise<Decision> {
    const evaluated = await this.evaluator(this.layers(region), point).evaluate(facts);
    return { point, ...evaluated, release: this.release, sha256: this.sha256 };
  }

  async explain(region: string, point: DecisionPoint, facts: Record<string, FactValue>): Promise<ExplainedDecision> {
    const decision = await this.decide(region, point, facts);
    return { ...decision, rules: await explainRules(inOrder(this.rulesInForce(region, point)), facts) };
  }

  contents(region: string, document: ContentDocument): RequiredContent[] {
    const { contents, documents } = this.layers(region);
    return contents.filter((_, index) => documents[index] === document);
  }

  /** The rules of a point in the order in which they win; for comparisons, not for deciding. */
  rulesInForce(region: string, point: DecisionPoint): RankedRule[] {
    return this.layers(region).rules.get(point) ?? [];
  }

  get deadlineIds(): DeadlineIds {
    return this.ids;
  }

  private evaluator(layers: Layers, point: DecisionPoint): PointEvaluator {
    let evaluator = layers.evaluators.get(point);
    if (evaluator === undefined) {
      if (!isPoint(point)) {
        throw new RuleError('unknown-point', {
          zh: `没有决策点“${point}”`,
          en: `there is no decision point "${point}"`,
        });
      }
      evaluator = new PointEvaluator(point, layers.rules.get(point) ?? [], this.ids);
      layers.evaluators.set(point, evaluator);
    }
    return evaluator;
  }

  private layers(region: string): Layers {
    const known = this.byRegion.get(region);
    if (known !== undefined) return known;
    if (!regionExists(region)) {
      throw new RuleError('unknown-region', { zh: `没有地区“${region}”`, en: `there is no region "${region}"` });
    }
    const codes = lineage(region);
    const narrower = codes.flatMap((code) => this.packs.local.filter(({ head }) => head.regionCode === code));
    const key = narrower.map(({ head }) => head.id).join(' ');
    let layers = this.byPacks.get(key);
    if (layers === undefined) {
      layers = layer(this.packs.nation, narrower);
      this.byPacks.set(key, layers);
    }
    this.byRegion.set(region, layers);
    return layers;
  }
}

function layer(nation: NationalPack, narrower: readonly LocalPack[]): Layers {
  const stack = [nation, ...narrower];
  const deadlines = new Map(
    [...layeredDeadlines(nation, narrower)].map(([id, { definition }]) => [id, deepFreeze(definition)]),
  );
  const ranked = new Map<DecisionPoint, RankedRule[]>();
  stack.forEach((pack, rank) => {
    for (const [point, rules] of Object.entries(pack.decisions) as [DecisionPoint, RuleRow[]][]) {
      ranked.set(point, [...(ranked.get(point) ?? []), ...rules.map((rule) => ({ rule, rank }))]);
    }
  });
  const rows = stack.flatMap((pack) => pack.contents);
  return {
    packIds: stack.map(({ head }) => head.id),
    deadlines,
    catalogue: [...deadlines.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
    rules: new Map([...ranked].map(([point, rules]) => [point, inOrder(rules)])),
    evaluators: new Map(),
    contents: rows.map(({ document: _, ...row }) => deepFreeze(row)),
    documents: rows.map(({ document }) => document),
    secondsPerDay: stack.at(-1)?.head.timeScale?.secondsPerDay,
  };
}

/** The newest version among the packs, and the beginning of the hash of them all. */
export const releaseName = (packs: readonly Pick<NationalPack, 'head'>[], sha256: string): string => {
  const newest = packs.map(({ head }) => head.version).reduce((a, b) => (later(a, b) ? a : b));
  return `${newest}+${sha256.slice(0, 8)}`;
};

/** `2026.11.24.2` after `2026.11.24`. */
function later(a: string, b: string): boolean {
  const [left, right] = [a, b].map((version) => version.split('.').map(Number));
  for (let i = 0; i < 4; i += 1) {
    const difference = (left?.[i] ?? 0) - (right?.[i] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}

/** One form for one meaning: keys sorted, rows by id, packs by region. Lists within a row keep their order. */
function canonicalContent(packs: Packs): unknown {
  const byId = <T extends { id: string }>(rows: readonly T[]) => [...rows].sort((a, b) => (a.id < b.id ? -1 : 1));
  const one = (pack: NationalPack | LocalPack) => ({
    head: pack.head,
    deadlines: byId<{ id: string }>(pack.deadlines),
    decisions: Object.fromEntries(Object.entries(pack.decisions).map(([point, rules]) => [point, byId(rules)])),
    contents: pack.contents,
  });
  return canonical({ format: 1, packs: [one(packs.nation), ...packs.local.map(one)] });
}

/** Checks packs that have been read and layers them. Throws `PackErrors`. */
export function ruleBookOf(sources: readonly PackSource[]): LayeredRuleBook {
  const { packs, errors } = checkPacks(sources);
  if (packs === undefined) {
    throw new PackErrors(errors.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line)));
  }
  return new LayeredRuleBook(packs);
}

/** Builds a stored release again; same content, same sha256. Throws `PackErrors` (line 0) for anything else. */
export function ruleBookFrom(content: unknown): RuleBook {
  return ruleBookOf(sourcesIn(content));
}

/** The stored content as the files it came from; scenarios are not in it. Throws `PackErrors`. */
export function sourcesIn(content: unknown): PackSource[] {
  const packs = isRecord(content) && content.format === 1 ? content.packs : undefined;
  if (!Array.isArray(packs) || !packs.every(isRecord)) {
    throw new PackErrors([
      {
        file: 'content',
        line: 0,
        pointer: '',
        code: 'wrong-type',
        reason: { zh: '不是规则发布的内容', en: 'this is not the content of a rule release' },
      },
    ]);
  }
  return packs.map((pack) => {
    const file = (value: unknown): LocatedJson => ({ value, lineOf: () => 0, faults: [] });
    const head = pack.head;
    const decisions = isRecord(pack.decisions) ? pack.decisions : {};
    return {
      folder: isRecord(head) ? String(head.id) : '',
      files: new Map([
        ['pack.json', file(head)],
        ['deadlines.json', file(pack.deadlines)],
        ['contents.json', file(pack.contents)],
        ...Object.entries(decisions).map(([point, rules]): [string, LocatedJson] => [
          `decisions/${point}.json`,
          file(rules),
        ]),
      ]),
    };
  });
}

/**
 * json-rules-engine as its manual shows it, over all rules of a point at once: what `decide` is compared with, in tests and in
 * the benchmark. Its answers come unordered, and it must not run twice at the same time.
 */
export function bareEngine(book: RuleBook, region: string, point: DecisionPoint): Engine {
  const layered = book instanceof LayeredRuleBook ? book : ruleBookOf(sourcesIn(book.content));
  const rules = layered.rulesInForce(region, point).map(({ rule }) => ({
    name: rule.id,
    priority: rule.priority,
    conditions: toEngineCondition(rule.when as Condition),
    event: { type: rule.id, params: rule.then },
  }));
  return addOperators(new Engine(rules));
}

/** The same answer with every rule run, without the index. */
export function unindexedEvaluator(book: RuleBook, region: string, point: DecisionPoint): PointEvaluator {
  const layered = book instanceof LayeredRuleBook ? book : ruleBookOf(sourcesIn(book.content));
  return new PointEvaluator(point, layered.rulesInForce(region, point), layered.deadlineIds, { index: false });
}
