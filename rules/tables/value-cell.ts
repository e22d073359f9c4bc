import { parseLocatedJson } from '../located-json.ts';
import { type Cell, isPlain, isWord, jsonText, type Read, unread } from './cell.ts';

/**
 * A value of an outcome as a cell: text, numbers, yes and no as they are, a list as `[union, debtor]`; what has parts of its own,
 * and a text that would be read as something else, as JSON.
 */
export function valueCell(value: unknown): Cell {
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value === 'string') return isPlain(value) ? value : jsonText(value);
  if (Array.isArray(value) && value.every(isListItem)) return `[${value.join(', ')}]`;
  return jsonText(value);
}

/** What stands in a list by itself; anything else makes it JSON as a whole. */
const isListItem = (value: unknown): boolean =>
  typeof value === 'number' || typeof value === 'boolean' || (typeof value === 'string' && isWord(value));

/** What a cell of an outcome says. Whether the field may hold it, the pack's own check says. */
export function readValue(cell: Exclude<Cell, null>): Read<unknown> {
  if (typeof cell !== 'string') return { value: cell };
  const text = cell.trim();
  if (!/^["[{]/.test(text)) return { value: text };
  const { value, faults } = parseLocatedJson(text);
  if (faults.length === 0) return { value };
  const list = /^\[(.*)\]$/s.exec(text)?.[1];
  const items = list?.split(/[,，、]/).map((one) => one.trim());
  if (items?.every((one) => one !== '')) {
    const read = items.map(readItem);
    if (!read.includes(undefined)) return { value: read };
  }
  const reason = faults[0]?.reason ?? { zh: '看不懂', en: 'it cannot be read' };
  return unread('syntax', reason.zh, reason.en);
}

function readItem(text: string): unknown {
  if (isWord(text)) return text;
  const { value, faults } = parseLocatedJson(text);
  return faults.length === 0 && typeof value !== 'object' ? value : undefined;
}
