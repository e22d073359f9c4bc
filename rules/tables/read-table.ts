import type { DecisionPoint } from '../../domain/rules.ts';
import type { Condition } from '../conditions.ts';
import { specOf } from '../facts.ts';
import { parseLocatedJson } from '../located-json.ts';
import { outcomeFields } from '../pack-schema.ts';
import { addressOf, type Cell, type CellFault, type Read, type TableFault, unread } from './cell.ts';
import { columnsOf, factColumn, requiredColumns, textColumns } from './columns.ts';
import { readComparison } from './condition-cell.ts';
import { readValue } from './value-cell.ts';

/** A filled cell of a row: its column's name and place. */
interface Filled {
  name: string;
  column: number;
  cell: Exclude<Cell, null>;
}

export interface TableRead {
  /** In the order of the rows; the pack's own check is still to come. */
  rules: Record<string, unknown>[];
  faults: TableFault[];
  /** The cell from which a value of `rules` comes, by its JSON pointer; the nearest there is. */
  cellOf(pointer: string): string;
}

/** Reads a decision table as `tableOf` writes it, and as people change it. Never leaves out what it cannot read: that is a fault. */
export function rulesOf(point: DecisionPoint, rows: readonly (readonly Cell[])[]): TableRead {
  const faults: TableFault[] = [];
  const names = headings(point, rows[1] ?? [], faults);
  const columns = new Map(names.map((name, column): [string | undefined, number] => [name, column]).reverse());
  const cells = new Map<string, string>();
  const rules: Record<string, unknown>[] = [];
  rows.slice(2).forEach((cellsOfRow, index) => {
    const row = index + 2;
    const filled = cellsOfRow.flatMap((cell, column): Filled[] => {
      if (cell === null || (typeof cell === 'string' && cell.trim() === '')) return [];
      const name = names[column];
      if (name !== undefined) return [{ name, column, cell }];
      faults.push(
        faultAt(row, column, unread('unknown-column', '此列没有列名（第2行）', 'this column has no name in row 2')),
      );
      return [];
    });
    if (filled.length === 0) return;
    const reader = new RowReader({ point, columns, filled, row, pointer: `/${rules.length}`, cells });
    rules.push(reader.rule());
    faults.push(...reader.faults);
  });
  return { rules, faults, cellOf: (pointer) => nearest(cells, pointer) };
}

function faultAt(row: number, column: number, { fault }: { fault: CellFault }): TableFault {
  return { cell: addressOf(row, column), ...fault };
}

/** The names in the second row, held to those that the point has. */
function headings(point: DecisionPoint, row: readonly Cell[], faults: TableFault[]): (string | undefined)[] {
  const known = new Set(columnsOf(point).map(({ name }) => name));
  const seen = new Set<string>();
  const names = row.map((cell, column) => {
    if (cell === null) return undefined;
    const name = String(cell).trim();
    if (!known.has(name)) {
      const has = [...known].join(', ');
      faults.push(
        faultAt(
          1,
          column,
          unread('unknown-column', `没有列“${name}”；可用：${has}`, `there is no column "${name}"; there are: ${has}`),
        ),
      );
      return undefined;
    }
    if (seen.has(name) && !name.startsWith('when.')) {
      faults.push(
        faultAt(1, column, unread('duplicate-column', `列“${name}”重复`, `the column "${name}" is there twice`)),
      );
    }
    seen.add(name);
    return name;
  });
  for (const name of requiredColumns.filter((one) => !seen.has(one))) {
    faults.push(faultAt(1, 0, unread('missing-column', `缺少列“${name}”`, `the column "${name}" is missing`)));
  }
  return names;
}

/** A fault of `/2/then/next/0` stands in the cell of `/2/then/next`. */
function nearest(cells: ReadonlyMap<string, string>, pointer: string): string {
  for (let at = pointer; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
    const cell = cells.get(at);
    if (cell !== undefined) return cell;
  }
  return 'A1';
}

interface Row {
  point: DecisionPoint;
  /** The first column of each name. */
  columns: ReadonlyMap<string | undefined, number>;
  filled: readonly Filled[];
  row: number;
  /** Of the rule. */
  pointer: string;
  /** Filled in: the cell of each value. */
  cells: Map<string, string>;
}

/** One row as a rule, with the cell of each of its values. */
class RowReader {
  readonly faults: TableFault[] = [];
  private readonly given: Row;

  constructor(row: Row) {
    this.given = row;
    row.cells.set(row.pointer, addressOf(row.row, 0));
  }

  rule(): Record<string, unknown> {
    const then: Record<string, unknown> = {};
    for (const { field, bilingual } of outcomeFields(this.given.point)) {
      const value = bilingual ? this.both(`then.${field}`) : this.value(`then.${field}`);
      if (value !== undefined) then[field] = value;
    }
    const optional = { basis: this.value('basis'), note: this.both('note') };
    return {
      point: this.given.point,
      id: this.value('id'),
      priority: this.value('priority'),
      legalRef: this.value('legalRef'),
      when: this.when(),
      then,
      source: this.value('source'),
      title: this.both('title'),
      ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
    };
  }

  /** The value of a column, kept at its place in the rule: `then.remedy.zh` is `/then/remedy/zh`. */
  private value(name: string): unknown {
    const column = this.given.columns.get(name);
    this.at(name.replaceAll('.', '/'), column);
    const filled = this.given.filled.find((one) => one.name === name);
    if (filled === undefined) return undefined;
    const value = this.read(filled, readValue(filled.cell));
    if (!textColumns.has(name) || value === undefined || typeof value === 'string') return value;
    this.fault(filled.column, unread('wrong-type', '此列应为文本', 'this column holds text'));
    return undefined;
  }

  private both(name: string): { zh?: unknown; en?: unknown } | undefined {
    const column = this.given.columns.get(`${name}.zh`);
    this.at(name.replaceAll('.', '/'), column);
    const both = { zh: this.value(`${name}.zh`), en: this.value(`${name}.en`) };
    const said = Object.entries(both).filter(([, value]) => value !== undefined);
    return said.length === 0 ? undefined : Object.fromEntries(said);
  }

  private when(): unknown {
    const json = this.given.filled.find(({ name }) => name === 'when');
    const conditions = this.given.filled.filter(({ name }) => name.startsWith('when.'));
    if (json === undefined) return { all: this.inOrder(conditions).map((one, place) => this.condition(one, place)) };
    this.at('when', json.column);
    const also = conditions[0] ?? this.given.filled.find(({ name }) => name === 'order');
    if (also !== undefined) {
      this.fault(
        also.column,
        unread(
          'two-forms',
          `条件或者写在各列，或者写成 JSON（${addressOf(this.given.row, json.column)}），不能两处都写`,
          `conditions stand in columns or as JSON (${addressOf(this.given.row, json.column)}), not in both`,
        ),
      );
    }
    const { value, faults } = parseLocatedJson(String(json.cell));
    for (const { reason } of faults) this.fault(json.column, unread('syntax', reason.zh, reason.en));
    return value;
  }

  private condition({ name, column, cell }: Filled, place: number): Condition {
    const fact = name.slice(factColumn('').length);
    this.at(`when/all/${place}`, column);
    const spec = specOf(this.given.point).facts[fact];
    const read =
      spec === undefined
        ? unread('unknown-fact', `没有事实“${fact}”`, `no fact "${fact}"`)
        : readComparison(spec, cell);
    if ('fault' in read) this.fault(column, read);
    return { fact, operator: 'equal', value: undefined, ...('fault' in read ? {} : read.value) };
  }

  /** As the column `order` says; what it does not name comes after, from left to right. */
  private inOrder(conditions: readonly Filled[]): Filled[] {
    const order = this.given.filled.find(({ name }) => name === 'order');
    if (order === undefined) return [...conditions];
    const left = [...conditions];
    const named = String(order.cell)
      .split(/[,，、]/)
      .flatMap((text) => {
        const fact = text.trim();
        const place = left.findIndex(({ name }) => name === factColumn(fact));
        if (place >= 0) return left.splice(place, 1);
        this.fault(
          order.column,
          unread('wrong-value', `“${fact}”在本行没有（更多的）条件`, `the row has no (further) condition on "${fact}"`),
        );
        return [];
      });
    return [...named, ...left];
  }

  private read<T>({ column }: Filled, read: Read<T>): T | undefined {
    if ('value' in read) return read.value;
    this.fault(column, read);
    return undefined;
  }

  private at(path: string, column: number | undefined): void {
    if (column === undefined) return;
    this.given.cells.set(`${this.given.pointer}/${path}`, addressOf(this.given.row, column));
  }

  private fault(column: number, found: { fault: CellFault }): void {
    this.faults.push(faultAt(this.given.row, column, found));
  }
}
