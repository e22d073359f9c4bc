import type { FactSpec } from '../facts.ts';
import { type Cell, isNumber, isWord, jsonText, type Read, unread } from './cell.ts';

/** One comparison of a rule without its fact, which the column names. */
export interface Comparison {
  operator: string;
  value: unknown;
}

const item = (value: unknown): string =>
  typeof value === 'string' && !isWord(value) ? jsonText(value) : String(value);
const several = (value: unknown): string => (value as unknown[]).map(item).join(' | ');

/** How each operator of the engine is written in a cell. */
const written: Record<string, (value: unknown) => Cell> = {
  equal: (value) => (typeof value === 'boolean' ? value : item(value)),
  notEqual: (value) => `not ${item(value)}`,
  in: (value) => `in ${several(value)}`,
  notIn: (value) => `not in ${several(value)}`,
  contains: (value) => `contains ${item(value)}`,
  doesNotContain: (value) => `not contains ${item(value)}`,
  before: (value) => `< ${item(value)}`,
  onOrAfter: (value) => `>= ${item(value)}`,
  lessThan: (value) => `< ${value}`,
  lessThanInclusive: (value) => `<= ${value}`,
  greaterThan: (value) => `> ${value}`,
  greaterThanInclusive: (value) => `>= ${value}`,
};

/** A comparison as a cell: `contains pay`, `not in a | b`, `>= 30`, `< 2026-01-01`; what is equal is the value alone. */
export function comparisonCell({ operator, value }: Comparison): Cell {
  const write = written[operator];
  if (write === undefined) throw new Error(`no cell says "${operator}"`);
  return write(value);
}

/** The words a cell may begin with, the longer before the shorter; each also in Chinese. */
const beginnings: [RegExp, operator: string][] = [
  [/^(?:not\s+in\s|不属于)/i, 'notIn'],
  [/^(?:in\s|属于)/i, 'in'],
  [/^(?:not\s+contains\s|不包含)/i, 'doesNotContain'],
  [/^(?:contains\s|包含)/i, 'contains'],
  [/^(?:not\s|不是|≠|<>|!=)/i, 'notEqual'],
  [/^(?:>=|＞＝|≥|不早于|不少于)/, '>='],
  [/^(?:<=|＜＝|≤|不多于)/, '<='],
  [/^(?:>|＞|多于)/, '>'],
  [/^(?:<|＜|早于|少于)/, '<'],
  [/^(?:=|＝)/, 'equal'],
];
const ofDays: Record<string, string> = { '<': 'before', '>=': 'onOrAfter' };
const ofOthers: Record<string, string> = {
  '<': 'lessThan',
  '<=': 'lessThanInclusive',
  '>': 'greaterThan',
  '>=': 'greaterThanInclusive',
};

/** The comparison that a cell says of a fact. Whether the operator goes with the fact, the pack's own check says. */
export function readComparison(spec: FactSpec, cell: Exclude<Cell, null>): Read<Comparison> {
  if (typeof cell === 'number' && spec.type === 'number') {
    return unread(
      'syntax',
      `请写明比较：>= ${cell}、> ${cell}、<= ${cell} 或 < ${cell}`,
      `say how it is compared, e.g. >= ${cell}`,
    );
  }
  const text = String(cell).trim();
  const [beginning, said] = beginnings.find(([pattern]) => pattern.test(text)) ?? [/^/, undefined];
  const rest = text.replace(beginning, '').trim();
  const items = itemsOf(rest);
  if (items === undefined) {
    return unread(
      'syntax',
      `看不懂“${text}”：值之间用 | 分隔，含空格或符号的值写在双引号里`,
      `"${text}" cannot be read: values are parted by |, and quoted where they hold blanks or signs`,
    );
  }
  const operator = named(said ?? (items.length > 1 ? 'in' : 'equal'), spec);
  if (operator !== 'in' && operator !== 'notIn' && items.length > 1) {
    return unread('syntax', '这种比较只能有一个值', 'this comparison takes one value only');
  }
  const values: unknown[] = [];
  for (const text of items) {
    const value = typed(spec, text);
    if ('fault' in value) return value;
    values.push(value.value);
  }
  return { value: { operator, value: operator === 'in' || operator === 'notIn' ? values : values[0] } };
}

const named = (said: string, spec: FactSpec): string =>
  (spec.type === 'day' ? ofDays[said] : undefined) ?? ofOthers[said] ?? said;

const quotedOrWord = /\s*(?:("(?:[^"\\]|\\.)*")|([^\s"|｜]+))\s*(?:[|｜]|$)/y;

interface Item {
  text: string;
  quoted: boolean;
}

/** The values that are parted by `|`; undefined where there is none, or something else between them. */
function itemsOf(text: string): Item[] | undefined {
  const items: Item[] = [];
  if (text === '' || /[|｜]$/.test(text)) return undefined;
  for (quotedOrWord.lastIndex = 0; quotedOrWord.lastIndex < text.length; ) {
    const found = quotedOrWord.exec(text);
    if (found === null) return undefined;
    const [, quoted, plain = ''] = found;
    const value = quoted === undefined ? plain : unquoted(quoted);
    if (value === undefined) return undefined;
    items.push({ text: value, quoted: quoted !== undefined });
  }
  return items;
}

function unquoted(text: string): string | undefined {
  try {
    return JSON.parse(text) as string;
  } catch {
    return undefined;
  }
}

function typed(spec: FactSpec, { text, quoted }: Item): Read<unknown> {
  if (quoted || (spec.type !== 'boolean' && spec.type !== 'number')) return { value: text };
  if (spec.type === 'number') {
    return isNumber(text)
      ? { value: Number(text) }
      : unread('wrong-type', `“${text}”不是数字`, `"${text}" is no number`);
  }
  if (/^(?:true|是)$/i.test(text)) return { value: true };
  if (/^(?:false|否)$/i.test(text)) return { value: false };
  return unread(
    'wrong-type',
    `应为 TRUE（是）或 FALSE（否），却是“${text}”`,
    `TRUE or FALSE is expected, not "${text}"`,
  );
}
