import { describe, expect, it } from 'vitest';
import { toCsv, toXlsx } from '../../../api/export/table.ts';
import { unzip } from '../../../papers/docx/unzip.ts';

const csv = (...cells: Array<string | number | null>) =>
  toCsv({ name: 'x', heading: ['a'], rows: [cells] })
    .toString()
    .slice(1)
    .split('\r\n')
    .slice(1)
    .join('\n');

describe('a table that leaves', () => {
  it('begins with the mark by which Excel knows UTF-8, and ends its lines as RFC 4180 does', () => {
    const bytes = toCsv({ name: 'x', heading: ['案号', 'b'], rows: [['1', 2]] });
    expect(bytes.toString()).toBe('\ufeff案号,b\r\n1,2\r\n');
  });

  it.each([
    ['a comma', '甲,乙', '"甲,乙"'],
    ['a quotation mark', '甲"乙"', '"甲""乙"""'],
    ['two lines', '甲\n乙', '"甲\n乙"'],
    ['nothing', null, ''],
    ['a number', -3.5, '-3.5'],
    ['a formula', '=1+1', "'=1+1"],
    ['a formula behind a space', ' =1+1', "' =1+1"],
    ['a formula in full width', '＝1+1', "'＝1+1"],
    ['a command', '@SUM(1)', "'@SUM(1)"],
    ['what begins with a tab', '\t=1', "'\t=1"],
    ['a control character', '甲\u0000\u0007乙', '甲乙'],
    ['half a character', '甲\ud83d乙', '甲乙'],
  ])('writes %s so that it is read as it was', (_what, cell, written) => {
    expect(csv(cell)).toBe(`${written}\n`);
  });

  it('as a workbook keeps text text, numbers numbers, and no formula', async () => {
    const files = unzip(await toXlsx({ name: '名册', heading: ['a'], rows: [['=1+1', 2.5, null, '甲\u0000<乙>']] }));
    const sheet = [...files].map(([, text]) => text.toString()).join('');
    expect(sheet).toContain('<t>=1+1</t>');
    expect(sheet).toContain('<v>2.5</v>');
    expect(sheet).toContain('<t>甲&lt;乙&gt;</t>');
    expect(sheet).toContain('名册');
    expect(sheet).not.toContain('<f>');
  });
});
