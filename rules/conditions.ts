import { type Engine, Operator, type TopLevelCondition } from 'json-rules-engine';
import type { FactValue, PackError } from '../domain/rules.ts';
import { isLegalDay } from '../domain/time/day.ts';
import { type DeadlineIds, domainOf, isMeasure } from './fact-checks.ts';
import type { FactSpec, PointSpec } from './facts.ts';
import { pointerOf } from './located-json.ts';

/** A condition as json-rules-engine takes it, without paths, parameters, names, priorities or references. */
export type Condition =
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition }
  | { fact: string; operator: string; value: unknown };

/** Which operators go with which type of fact. Days are compared as text, which their form allows. */
const operatorsOf: Record<FactSpec['type'], readonly string[]> = {
  string: ['equal', 'notEqual', 'in', 'notIn'],
  boolean: ['equal', 'notEqual'],
  strings: ['contains', 'doesNotContain'],
  day: ['equal', 'before', 'onOrAfter'],
  number: ['lessThan', 'lessThanInclusive', 'greaterThan', 'greaterThanInclusive'],
};
/** Deeper than any reader follows. */
const deepestCondition = 20;
/** Groups, comparisons and listed values of one rule; the longest that is known has some thirty. */
export const mostConditions = 300;
export const knownOperators: ReadonlySet<string> = new Set(Object.values(operatorsOf).flat());

/** The two operators that json-rules-engine does not bring along. */
export function addOperators(engine: Engine): Engine {
  engine.addOperator(new Operator<string, string>('before', (fact, value) => fact < value));
  engine.addOperator(new Operator<string, string>('onOrAfter', (fact, value) => fact >= value));
  return engine;
}

const comparisons: Record<string, (actual: FactValue, value: unknown) => boolean> = {
  equal: (actual, value) => actual === value,
  notEqual: (actual, value) => actual !== value,
  in: (actual, value) => (value as unknown[]).includes(actual),
  notIn: (actual, value) => !(value as unknown[]).includes(actual),
  contains: (actual, value) => (actual as unknown[]).includes(value),
  doesNotContain: (actual, value) => !(actual as unknown[]).includes(value),
  before: (actual, value) => actual < (value as string),
  onOrAfter: (actual, value) => actual >= (value as string),
  lessThan: (actual, value) => (actual as number) < (value as number),
  lessThanInclusive: (actual, value) => (actual as number) <= (value as number),
  greaterThan: (actual, value) => (actual as number) > (value as number),
  greaterThanInclusive: (actual, value) => (actual as number) >= (value as number),
};

/** What the engine finds of one comparison, for checks that look at rules without asking them; a test holds it to the engine. */
export const holds = (operator: string, actual: FactValue, value: unknown): boolean =>
  comparisons[operator]?.(actual, value) ?? false;

/** What a condition comes to where only some facts are known: undefined where the others decide. */
export function mayHold(condition: Condition, known: Readonly<Record<string, string>>): boolean | undefined {
  if ('not' in condition) {
    const inner = mayHold(condition.not, known);
    return inner === undefined ? undefined : !inner;
  }
  if ('fact' in condition) {
    const value = known[condition.fact];
    return value === undefined ? undefined : holds(condition.operator, value, condition.value);
  }
  const [children, decided] = 'all' in condition ? [condition.all, false] : [condition.any, true];
  const found = children.map((child) => mayHold(child, known));
  if (found.includes(decided)) return decided;
  return found.includes(undefined) ? undefined : !decided;
}

/** The condition as the engine's own type, which is wider. */
export function toEngineCondition(condition: Condition): TopLevelCondition {
  return condition as TopLevelCondition;
}

type Fault = Pick<PackError, 'code' | 'reason'> & { pointer: string };

/** Everything wrong with a rule's `when`: form, facts, operators, values. `path` leads to it in the file. */
export function conditionFaults(
  when: unknown,
  point: PointSpec,
  ids: DeadlineIds,
  path: readonly PropertyKey[],
): Fault[] {
  const faults: Fault[] = [];
  const fault = (at: readonly PropertyKey[], code: Fault['code'], zh: string, en: string) =>
    faults.push({ pointer: pointerOf(at), code, reason: { zh, en } });

  function visit(node: unknown, at: readonly PropertyKey[], top: boolean, depth = 1): void {
    if (depth > deepestCondition) {
      const most = deepestCondition;
      fault(at, 'too-deep', `条件嵌套超过 ${most} 层`, `a condition nested more than ${most} deep`);
      return;
    }
    if (typeof node !== 'object' || node === null || Array.isArray(node)) {
      fault(at, 'wrong-type', '条件应为对象', 'a condition is an object');
      return;
    }
    const keys = Object.keys(node);
    const record = node as Record<string, unknown>;
    const group = keys.find((key) => key === 'all' || key === 'any' || key === 'not');
    if (group !== undefined) {
      for (const key of keys) {
        if (key !== group) fault([...at, key], 'unknown-field', `条件中不认识的字段“${key}”`, `unknown field "${key}"`);
      }
      const inner = record[group];
      if (group === 'not') visit(inner, [...at, 'not'], false, depth + 1);
      else if (!Array.isArray(inner))
        fault([...at, group], 'wrong-type', `${group} 应为数组`, `${group} takes an array`);
      else if (group === 'any' && inner.length === 0) {
        // The engine takes an empty `any` for true, which no reader would.
        fault([...at, group], 'wrong-value', 'any 不得为空', 'any may not be empty');
      } else
        inner.forEach((child, index) => {
          visit(child, [...at, group, index], false, depth + 1);
        });
      return;
    }
    if (top) {
      fault(at, 'wrong-value', 'when 须以 all、any 或 not 开头', 'when starts with all, any or not');
      return;
    }
    leaf(record, keys, at);
  }

  function leaf(record: Record<string, unknown>, keys: string[], at: readonly PropertyKey[]): void {
    for (const key of keys) {
      if (key !== 'fact' && key !== 'operator' && key !== 'value') {
        fault([...at, key], 'unknown-field', `条件中不认识的字段“${key}”`, `unknown field "${key}"`);
      }
    }
    for (const key of ['fact', 'operator', 'value']) {
      if (!(key in record)) fault([...at, key], 'missing-field', `条件缺少“${key}”`, `the condition lacks "${key}"`);
    }
    const { fact, operator, value } = record;
    if (typeof operator === 'string' && !knownOperators.has(operator)) {
      fault([...at, 'operator'], 'unknown-operator', `不认识的运算符“${operator}”`, `unknown operator "${operator}"`);
      return;
    }
    if (typeof fact !== 'string' || typeof operator !== 'string') {
      if (fact !== undefined && typeof fact !== 'string') {
        fault([...at, 'fact'], 'wrong-type', 'fact 应为字符串', 'fact is a string');
      }
      if (operator !== undefined && typeof operator !== 'string') {
        fault([...at, 'operator'], 'wrong-type', 'operator 应为字符串', 'operator is a string');
      }
      return;
    }
    const spec = Object.hasOwn(point.facts, fact) ? point.facts[fact] : undefined;
    if (spec === undefined) {
      const names = Object.keys(point.facts).join(', ');
      fault(
        [...at, 'fact'],
        'unknown-fact',
        `该决策点没有事实“${fact}”；可用：${names}`,
        `this point has no fact "${fact}"; it has: ${names}`,
      );
      return;
    }
    if (!operatorsOf[spec.type].includes(operator)) {
      fault(
        [...at, 'operator'],
        'operator-type',
        `运算符“${operator}”不适用于事实“${fact}”（${spec.type}）`,
        `"${operator}" does not go with the fact "${fact}" (${spec.type})`,
      );
      return;
    }
    if ('value' in record) checkValue(spec, operator, value, [...at, 'value']);
  }

  function checkValue(spec: FactSpec, operator: string, value: unknown, at: readonly PropertyKey[]): void {
    if (operator === 'in' || operator === 'notIn') {
      if (!Array.isArray(value) || value.length === 0) {
        fault(at, 'wrong-type', `${operator} 的值应为非空数组`, `${operator} takes a non-empty array`);
        return;
      }
      value.forEach((item, index) => {
        checkValue(spec, 'equal', item, [...at, index]);
      });
      return;
    }
    if (spec.type === 'boolean') {
      if (typeof value !== 'boolean') fault(at, 'wrong-type', '值应为 true 或 false', 'the value is true or false');
      return;
    }
    if (spec.type === 'number') {
      if (typeof value !== 'number') fault(at, 'wrong-type', '值应为数字', 'the value is a number');
      else if (!isMeasure(value)) fault(at, 'wrong-value', '值不得小于零', 'the value is not below zero');
      return;
    }
    if (typeof value !== 'string') {
      fault(at, 'wrong-type', '值应为字符串', 'the value is a string');
      return;
    }
    if (spec.type === 'day') {
      if (!isLegalDay(value)) fault(at, 'wrong-value', '值应为日期 YYYY-MM-DD', 'the value is a day, YYYY-MM-DD');
      return;
    }
    const domain = domainOf(spec, ids) ?? [];
    // An empty domain is a deadlines.json that could not be read: its own faults say enough.
    if (domain.length > 0 && !domain.includes(value)) {
      const list = domain.join(' | ');
      fault(at, 'value-outside-domain', `“${value}”不在取值范围内：${list}`, `"${value}" is none of: ${list}`);
    }
  }

  const most = mostConditions;
  if (sizeOf(when) > most)
    fault(path, 'too-many', `一条规则的条件和取值超过 ${most} 个`, `a rule of more than ${most} conditions and values`);
  else visit(when, path, true);
  return faults;
}

/** How many objects, and values in lists, a condition has; counted no further than it matters. */
function sizeOf(when: unknown): number {
  let size = 0;
  const waiting = [when];
  while (waiting.length > 0 && size <= mostConditions) {
    const node = waiting.pop();
    size += Array.isArray(node) ? 0 : 1;
    if (typeof node === 'object' && node !== null)
      for (const inner of Object.values(node))
        if (Array.isArray(node) || (typeof inner === 'object' && inner !== null)) waiting.push(inner);
  }
  return size;
}

/** The values that a rule pins a fact to at the top of its `all`, if it does: it cannot match for any other. */
export function pinnedValues(when: Condition, fact: string): readonly string[] | undefined {
  if (!('all' in when)) return undefined;
  for (const child of when.all) {
    if (!('fact' in child) || child.fact !== fact) continue;
    if (child.operator === 'equal' && typeof child.value === 'string') return [child.value];
    if (child.operator === 'in' && Array.isArray(child.value)) return child.value.filter((v) => typeof v === 'string');
  }
  return undefined;
}
