import type { DecisionPoint } from '../../domain/rules.ts';
import { specOf } from '../facts.ts';
import { outcomeFields } from '../pack-schema.ts';
import { factTitle, outcomeTitle } from './titles.ts';

/** A column by its name in the second row of the sheet, with the heading that people read in the first. */
export interface Column {
  name: string;
  heading: string;
}

export const factColumn = (fact: string): string => `when.${fact}`;

/** Before the conditions, and what stands where a rule's conditions cannot be cells of a row. */
const before: Column[] = [
  { name: 'id', heading: '规则编号' },
  { name: 'title.zh', heading: '名称' },
  { name: 'title.en', heading: '名称（英文）' },
  { name: 'priority', heading: '优先级' },
];
const between: Column[] = [
  { name: 'order', heading: '条件次序（与各列次序不同时）' },
  { name: 'when', heading: '条件（JSON）' },
  { name: 'notATable', heading: '为何不能写成表格（导入时不读）' },
];
const after: Column[] = [
  { name: 'source', heading: '依据条文' },
  { name: 'legalRef', heading: '法律表行号' },
  { name: 'basis', heading: '依据性质' },
  { name: 'note.zh', heading: '说明' },
  { name: 'note.en', heading: '说明（英文）' },
];
export const requiredColumns = ['id', 'title.zh', 'title.en', 'priority', 'source', 'legalRef'];
/** Columns that hold text and nothing else. */
export const textColumns = new Set(
  [...before, ...between, ...after].map(({ name }) => name).filter((name) => name !== 'priority'),
);

/** The columns of a point. `times` says how often a rule compares a fact, where that is more than once. */
export function columnsOf(point: DecisionPoint, times: ReadonlyMap<string, number> = new Map()): Column[] {
  const facts = Object.keys(specOf(point).facts).flatMap((fact) =>
    Array.from({ length: times.get(fact) ?? 1 }, () => ({
      name: factColumn(fact),
      heading: `条件：${factTitle(point, fact)}`,
    })),
  );
  const outcome = outcomeFields(point).flatMap(({ field, bilingual }) => {
    const heading = `结果：${outcomeTitle(point, field)}`;
    if (!bilingual) return [{ name: `then.${field}`, heading }];
    return [
      { name: `then.${field}.zh`, heading },
      { name: `then.${field}.en`, heading: `${heading}（英文）` },
    ];
  });
  return [...before, ...facts, ...between, ...outcome, ...after];
}
