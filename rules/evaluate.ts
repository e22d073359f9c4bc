import { Engine, Fact, type RuleProperties } from 'json-rules-engine';
import { type DecisionPoint, type FactValue, type MatchedRule, RuleError } from '../domain/rules.ts';
import { addOperators, type Condition, pinnedValues, toEngineCondition } from './conditions.ts';
import { type DeadlineIds, type FactFault, factCheck } from './fact-checks.ts';
import { specOf } from './facts.ts';
import type { RuleRow } from './pack-schema.ts';

/** A rule with the layer it comes from: 0 the nation, higher the narrower. */
export interface RankedRule {
  rule: RuleRow;
  rank: number;
}

/** By priority, then the narrower region, then id: the order in which rules win. */
export function inOrder<R extends RankedRule>(rules: readonly R[]): R[] {
  return [...rules].sort(
    (a, b) =>
      b.rule.priority - a.rule.priority ||
      b.rank - a.rank ||
      (a.rule.id < b.rule.id ? -1 : a.rule.id > b.rule.id ? 1 : 0),
  );
}

export interface Evaluated {
  facts: Record<string, FactValue>;
  outcome: Record<string, unknown>;
  matched: MatchedRule[];
}

/** Engines over one subset of a point's rules. One is never shared by evaluations that overlap: it keeps status. */
class EnginePool {
  private readonly rules: readonly RuleProperties[];
  private readonly idle: Engine[] = [];

  constructor(rules: readonly RuleProperties[]) {
    this.rules = rules;
  }

  async namesOfMatches(facts: Record<string, Fact>): Promise<number[]> {
    if (this.rules.length === 0) return [];
    const engine = this.idle.pop() ?? addOperators(new Engine([...this.rules]));
    // After a failure the engine's status is not known; it is not taken back.
    const { results } = await engine.run(facts);
    if (this.idle.length < 64) this.idle.push(engine);
    return results.map((result) => Number(result.name));
  }
}

/**
 * One point's rules for one stack of packs, ready to answer.
 *
 * Rules that pin a fact to a text at the top of their `all` cannot match for another text, so only the rules that are free of that
 * fact or pinned to the given text are run. Up to two facts serve so; which ones, the rules themselves decide.
 */
export class PointEvaluator {
  private readonly point: DecisionPoint;
  private readonly mode: 'first' | 'collect';
  private readonly checks: [name: string, check: (value: FactValue) => FactFault][];
  private readonly rules: RuleRow[];
  private readonly matches: MatchedRule[];
  private readonly properties: RuleProperties[];
  private readonly indexed: string[];
  private readonly pools = new Map<string, EnginePool>();

  constructor(point: DecisionPoint, ranked: readonly RankedRule[], ids: DeadlineIds, options = { index: true }) {
    const spec = specOf(point);
    this.point = point;
    this.mode = spec.mode;
    this.checks = Object.entries(spec.facts).map(([name, fact]) => [name, factCheck(fact, ids)]);
    this.rules = inOrder(ranked).map(({ rule }) => rule);
    this.matches = this.rules.map(({ id, title, source, legalRef, priority, then }) =>
      deepFreeze({ id, title, source, legalRef, priority, outcome: then }),
    );
    // Named by its place in the order, and without params: the engine copies an event for every evaluation.
    this.properties = this.rules.map((rule, index) => ({
      name: String(index),
      priority: rule.priority,
      conditions: toEngineCondition(rule.when as Condition),
      event: { type: 'matched' },
    }));
    this.indexed = options.index ? this.discriminating(Object.keys(spec.facts)) : [];
  }

  async evaluate(facts: Record<string, FactValue>): Promise<Evaluated> {
    this.check(facts);
    const wrapped: Record<string, Fact> = {};
    // A constant is never looked up in the engine's cache; hashing a key for it would be wasted.
    for (const [name] of this.checks) wrapped[name] = new Fact(name, facts[name], { cache: false });
    const places = await this.poolFor(facts).namesOfMatches(wrapped);
    places.sort((a, b) => a - b);
    const matched: MatchedRule[] = [];
    for (const place of places) {
      const match = this.matches[place];
      if (match !== undefined) matched.push(match);
    }
    if (this.mode === 'collect') {
      return { facts, outcome: { items: matched.map(({ outcome }) => outcome) }, matched };
    }
    const winner = matched[0];
    if (winner === undefined) {
      const said = JSON.stringify(facts);
      throw new RuleError('no-rule-matched', {
        zh: `决策点“${this.point}”没有适用的规则：${said}`,
        en: `no rule of "${this.point}" applies to ${said}`,
      });
    }
    return { facts, outcome: winner.outcome, matched };
  }

  /** Exactly the declared facts, each of its type and within its domain. */
  private check(facts: Record<string, FactValue>): void {
    let met = 0;
    for (const [name, check] of this.checks) {
      const value = Object.hasOwn(facts, name) ? facts[name] : undefined;
      if (value === undefined) throw this.factError('missing-fact', name, '缺少事实', 'missing fact');
      met += 1;
      const fault = check(value);
      if (fault === 'fact-type') throw this.factError(fault, name, '事实的类型不对', 'wrong type of fact');
      if (fault === 'fact-domain') {
        throw this.factError(fault, `${name}=${String(value)}`, '事实的值不在取值范围内', 'fact outside its domain');
      }
    }
    const given = Object.keys(facts);
    if (given.length === met) return;
    const declared = new Set(this.checks.map(([name]) => name));
    const stranger = given.find((name) => !declared.has(name)) ?? '';
    throw this.factError('unknown-fact', stranger, '该决策点没有这项事实', 'this point has no such fact');
  }

  private factError(code: RuleError['code'], name: string, zh: string, en: string): RuleError {
    return new RuleError(code, { zh: `${this.point}：${zh}“${name}”`, en: `${this.point}: ${en} "${name}"` });
  }

  private poolFor(facts: Record<string, FactValue>): EnginePool {
    let key = '';
    for (const name of this.indexed) key += `${String(facts[name])}\n`;
    let pool = this.pools.get(key);
    if (pool === undefined) {
      pool = new EnginePool(this.properties.filter((_, place) => this.couldMatch(place, facts)));
      this.pools.set(key, pool);
    }
    return pool;
  }

  private couldMatch(place: number, facts: Record<string, FactValue>): boolean {
    const when = this.rules[place]?.when as Condition;
    return this.indexed.every((name) => pinnedValues(when, name)?.includes(String(facts[name])) ?? true);
  }

  /** The two text facts that most rules pin. */
  private discriminating(names: string[]): string[] {
    return names
      .map((name) => ({
        name,
        pins: this.rules.filter((rule) => pinnedValues(rule.when as Condition, name) !== undefined).length,
      }))
      .filter(({ pins }) => pins > 0)
      .sort((a, b) => b.pins - a.pins)
      .slice(0, 2)
      .map(({ name }) => name);
  }
}

export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) deepFreeze(inner);
  }
  return value;
}
