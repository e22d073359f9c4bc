/** One line of the benchmark's table. */
export interface Row {
  measure: string;
  unit: string;
  product?: number;
  bare?: number;
  ratio?: number;
  target?: string;
  met?: boolean;
  note?: string;
}

const number = (value: number | undefined): string =>
  value === undefined ? '' : value >= 1000 ? Math.round(value).toLocaleString('en-US') : value.toPrecision(3);

/** The table as text, columns in line. */
export function tableOf(rows: readonly Row[]): string {
  const head = ['measure', 'unit', 'product', 'bare', 'ratio', 'target', '', 'note'];
  const cells = rows.map(({ measure, unit, product, bare, ratio, target = '', met, note = '' }) => [
    measure,
    unit,
    number(product),
    number(bare),
    ratio === undefined ? '' : ratio.toFixed(2),
    target,
    met === undefined ? '' : met ? '✓' : '✗',
    note,
  ]);
  const widths = head.map((title, column) => Math.max(title.length, ...cells.map((row) => row[column]?.length ?? 0)));
  const lineOf = (row: string[]) =>
    row
      .map((cell, column) =>
        column >= 2 && column <= 4 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd();
  return [lineOf(head), widths.map((width) => '─'.repeat(width)).join('  '), ...cells.map(lineOf)].join('\n');
}

/** A latency: the product may take so many times what the bare one takes. */
export const atMost = (row: Omit<Row, 'ratio' | 'met' | 'target'>, most: number): Row =>
  withRatio(row, `≤ ${most}`, (ratio) => ratio <= most);

/** A rate: the product must reach that part of the bare one's. */
export const atLeast = (row: Omit<Row, 'ratio' | 'met' | 'target'>, least: number): Row =>
  withRatio(row, `≥ ${least}`, (ratio) => ratio >= least);

function withRatio(row: Omit<Row, 'ratio' | 'met' | 'target'>, target: string, isMet: (ratio: number) => boolean): Row {
  const ratio = (row.product ?? Number.NaN) / (row.bare ?? Number.NaN);
  return { ...row, ratio, target, met: isMet(ratio) };
}
