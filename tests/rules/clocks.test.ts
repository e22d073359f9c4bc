import { describe, expect, it } from 'vitest';
import { lineOf, SpoiltPacks } from './support.ts';

const deadlines = '000000-national/deadlines.json';
type Row = { id: string };

describe('a deadline and its clock', () => {
  it('FIN-04: a deadline that nobody runs is told of, and a clock without one is an error', async () => {
    const copy = new SpoiltPacks();
    copy.edit(deadlines, (rows: Row[]) =>
      rows.map((row) => (row.id === 'arbitration.receipt' ? { ...row, id: 'arbitration.rest' } : row)),
    );
    for (const point of ['notice.ladder', 'silence.default'])
      copy.write(
        `000000-national/decisions/${point}.json`,
        copy.text(`000000-national/decisions/${point}.json`).replaceAll('arbitration.receipt', 'arbitration.rest'),
      );
    const findings = await copy.findings();
    expect(findings.map(({ code, severity, file }) => ({ code, severity, file }))).toEqual([
      { code: 'no-deadline', severity: 'error', file: deadlines },
      { code: 'no-clock', severity: 'warning', file: deadlines },
    ]);
    expect(findings[0]?.reason.en).toContain('arbitration.receipt');
    expect(findings[1]?.line).toBe(lineOf(copy.text(deadlines), '"arbitration.rest"'));
  });
});
