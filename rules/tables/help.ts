import type { DecisionPoint } from '../../domain/rules.ts';
import { type DeadlineIds, domainOf } from '../fact-checks.ts';
import { type FactSpec, specOf } from '../facts.ts';
import type { Cell } from './cell.ts';
import { factTitle } from './titles.ts';

const general: Cell[][] = [
  ['怎样填写', 'How to fill it in'],
  [
    '第一行是名称，第二行是列名（不要改动）；其后每行一条规则，各条件须同时成立。空格表示不限。',
    'Row 1 holds headings and row 2 the names of columns (leave them); each further row is one rule, and all its conditions must be met. An empty cell does not restrict.',
  ],
  [
    '一项事实需要两个条件（如区间）时，复制该列，列名相同。',
    'Where a fact needs two conditions, such as a range, copy its column with the same name.',
  ],
  [
    '不能写成一行的条件（any、not、嵌套）写在“when”列，为 JSON；该行其余条件列留空。',
    'Conditions that cannot be one row (any, not, nested) stand in the column “when” as JSON; the other columns of conditions stay empty.',
  ],
  [
    '结果：列表写作 [a, b]；有下级内容的写作 JSON；空格表示不写该项。',
    'Outcomes: a list is [a, b]; what has parts of its own is JSON; an empty cell leaves the field out.',
  ],
  [
    '同一决策点的规则按优先级由高到低、编号先后取胜；行的次序无关。',
    'The higher priority wins, then the id; the order of rows does not matter.',
  ],
  ['不读公式。', 'Formulas are not read.'],
];

const forms: Record<FactSpec['type'], string> = {
  string: 'a   |   not a   |   in a | b   |   not in a | b',
  boolean: 'TRUE   |   FALSE   |   not TRUE   |   not FALSE',
  strings: 'contains a   |   not contains a',
  day: '2026-01-01   |   < 2026-01-01   |   >= 2026-01-01',
  number: '< 10   |   <= 10   |   > 10   |   >= 10',
};

/** The sheet beside the table: how cells are written, and what each fact may be. */
export function helpRows(point: DecisionPoint, ids: DeadlineIds): Cell[][] {
  const facts = Object.entries(specOf(point).facts).map(([name, spec]): Cell[] => [
    factTitle(point, name),
    `when.${name}`,
    forms[spec.type],
    (domainOf(spec, ids) ?? []).join(' | ') || null,
  ]);
  return [...general, [], ['事实 Fact', '列名 Column', '写法 Written as', '取值 Values'], ...facts];
}
