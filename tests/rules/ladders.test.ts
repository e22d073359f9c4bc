import { describe, expect, it } from 'vitest';
import { fileText } from '../../rules/pack-document.ts';
import { lineOf, SpoiltPacks } from './support.ts';

const ladder = '000000-national/decisions/notice.ladder.json';
type Rule = { id: string; then: { before: number[] } };
const remind = (copy: SpoiltPacks, id: string, before: number[]) =>
  copy.edit(ladder, (rules: Rule[]) => {
    const rule = rules.find((one) => one.id === id);
    if (rule !== undefined) rule.then.before = before;
    return rules;
  });

describe('a reminder before the last day is shorter than the period', () => {
  it('MED-02: three days before cannot be where there are three working days', async () => {
    const copy = new SpoiltPacks();
    remind(copy, 'acceptance-of-mediation', [3, 1]);
    // Not told: a year is longer, and what the parties agree on may be.
    remind(copy, 'limitation', [364]);
    remind(copy, 'instalments', [60]);
    const [finding, ...others] = await copy.findings();
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      ...{ severity: 'warning', code: 'reminder-too-early', file: ladder },
      pointer: '/5/then/before/0',
      line: lineOf(copy.text(ladder), '3,', 'acceptance-of-mediation'),
    });
    expect(finding?.reason.en).toContain('mediation.acceptance');
  });

  it('FIN-04, MED-07: every period is told of, also one that only a region makes so short', async () => {
    const copy = new SpoiltPacks();
    remind(copy, 'rights-against-an-award', [15, 7]);
    const shorter = [{ id: 'mediation.conclusion', amount: 1, source: '示例' }];
    copy.write('310116-jinshan/deadlines.json', fileText(shorter));
    const found = await copy.findings();
    const told = found.map(({ file, pointer, reason }) => [file, pointer, /\(([a-zA-Z.]+)\)/.exec(reason.en)?.[1]]);
    expect(told.sort()).toEqual([
      [ladder, '/4/then/before/0', 'arbitration.suit'],
      [ladder, '/4/then/before/0', 'arbitration.suitAfterSetAside'],
      [ladder, '/4/then/before/0', 'arbitration.workerSuit'],
      ['310116-jinshan/deadlines.json', '/0/amount', 'mediation.conclusion'],
    ]);
  });
});
