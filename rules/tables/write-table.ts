import type { DecisionPoint } from '../../domain/rules.ts';
import type { Bilingual } from '../../domain/time/types.ts';
import type { Condition } from '../conditions.ts';
import { inOrder } from '../evaluate.ts';
import { specOf } from '../facts.ts';
import { outcomeFields, type RuleRow } from '../pack-schema.ts';
import { type Cell, jsonText } from './cell.ts';
import { columnsOf, factColumn } from './columns.ts';
import { comparisonCell } from './condition-cell.ts';
import { valueCell } from './value-cell.ts';

export interface DecisionTable {
  point: DecisionPoint;
  /** Two rows of headings, then one row for each rule. */
  rows: Cell[][];
  /** Rules whose conditions stand in their row as JSON, and why. */
  notTabular: { id: string; reason: Bilingual }[];
}

type Leaf = Extract<Condition, { fact: string }>;
const isLeaf = (condition: Condition): condition is Leaf => 'fact' in condition;

/** The rules of one point of one pack as a decision table, in the order in which they win; `rulesOf` gives them back. */
export function tableOf(point: DecisionPoint, rules: readonly RuleRow[]): DecisionTable {
  const ranked = inOrder(rules.map((rule) => ({ rule, rank: 0 }))).map(({ rule }) => rule);
  const times = new Map<string, number>();
  for (const { when } of ranked) {
    for (const [fact, leaves] of byFact(when as Condition)) {
      times.set(fact, Math.max(times.get(fact) ?? 1, leaves.length));
    }
  }
  const columns = columnsOf(point, times);
  const notTabular: DecisionTable['notTabular'] = [];
  const rows = ranked.map((rule) => {
    const reason = whyNot(rule.when as Condition);
    if (reason !== undefined) notTabular.push({ id: rule.id, reason });
    const cells = cellsOf(rule, reason);
    return columns.map(({ name }) => cells.get(name)?.shift() ?? null);
  });
  return { point, rows: [columns.map(({ heading }) => heading), columns.map(({ name }) => name), ...rows], notTabular };
}

/** Why a rule's conditions cannot be cells of one row, which all must be met; undefined where they can. */
function whyNot(when: Condition): Bilingual | undefined {
  const said = (place: Bilingual, group: string): Bilingual => ({
    zh: `不能写成表格：${place.zh}是 ${group}，而一行各列的条件须同时成立`,
    en: `cannot be a table: ${place.en} is "${group}", and the conditions of a row must all be met`,
  });
  if (!('all' in when)) return said({ zh: '条件', en: 'the condition' }, Object.keys(when)[0] ?? '');
  const nested = when.all.findIndex((child) => !isLeaf(child));
  if (nested === -1) return undefined;
  const place = { zh: `第${nested + 1}个条件`, en: `condition ${nested + 1}` };
  return said(place, Object.keys(when.all[nested] ?? {})[0] ?? '');
}

/** The comparisons of a condition that can be a row, by fact; empty for another. */
function byFact(when: Condition): Map<string, Leaf[]> {
  const leaves = new Map<string, Leaf[]>();
  if (whyNot(when) !== undefined || !('all' in when)) return leaves;
  for (const leaf of when.all.filter(isLeaf)) leaves.set(leaf.fact, [...(leaves.get(leaf.fact) ?? []), leaf]);
  return leaves;
}

/** What a rule writes in the columns of each name, from left to right. */
function cellsOf(rule: RuleRow, reason: Bilingual | undefined): Map<string, Cell[]> {
  const { point, id, title, priority, then, source, legalRef, basis, note } = rule;
  const when = rule.when as Condition;
  const leaves = byFact(when);
  const cells = new Map<string, Cell[]>();
  const write = (name: string, value: unknown): void => {
    if (value !== undefined) cells.set(name, [valueCell(value)]);
  };
  const writeBoth = (name: string, value: unknown): void => {
    const { zh, en } = (value ?? {}) as Partial<Bilingual>;
    write(`${name}.zh`, zh);
    write(`${name}.en`, en);
  };
  write('id', id);
  writeBoth('title', title);
  write('priority', priority);
  for (const [fact, of] of leaves) cells.set(factColumn(fact), of.map(comparisonCell));
  write('order', orderOf(point, when, leaves));
  if (reason !== undefined) {
    cells.set('when', [jsonText(when)]);
    write('notATable', `${reason.zh} / ${reason.en}`);
  }
  for (const { field, bilingual } of outcomeFields(point)) {
    if (bilingual) writeBoth(`then.${field}`, then[field]);
    else write(`then.${field}`, then[field]);
  }
  write('source', source);
  write('legalRef', legalRef);
  write('basis', basis);
  writeBoth('note', note);
  return cells;
}

/** The order in which a rule says its conditions, where it is not that of the columns. */
function orderOf(point: DecisionPoint, when: Condition, leaves: ReadonlyMap<string, Leaf[]>): string | undefined {
  if (leaves.size === 0 || !('all' in when)) return undefined;
  const said = when.all.filter(isLeaf).map(({ fact }) => fact);
  const inColumns = Object.keys(specOf(point).facts).flatMap((fact) => (leaves.get(fact) ?? []).map(() => fact));
  return said.every((fact, place) => fact === inColumns[place]) ? undefined : said.join(', ');
}
