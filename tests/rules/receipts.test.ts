import { describe, expect, it } from 'vitest';
import { loadRuleBook } from '../../rules/index.ts';
import { type Receipt, sealed } from '../../rules/receipts/receipt.ts';
import { releaseOf } from '../../rules/receipts/release.ts';
import { type Known, verifyReceipt } from '../../rules/receipts/verify.ts';
import { book, calendar, clockReceipt, receiptOf, release, scenarios } from './receipts-support.ts';
import { withPackCopy } from './support.ts';

const known = { release, calendar };
const overdue = {
  region: '310116',
  point: 'procedure.next',
  facts: {
    ...{ procedure: 'settlementPerformance', outcome: 'overdue', enforceable: 'none', paymentOrder: 'none' },
    ...{ scope: 'labour', referral: 'none' },
  },
} as const;

/** Where a receipt that somebody has changed, and sealed anew, does not say what is computed. */
async function found<R extends Receipt>(receipt: R, change: (copy: R) => void, by: Known = known) {
  const copy = structuredClone(receipt);
  change(copy);
  const { differences } = await verifyReceipt(sealed<R>(copy), by);
  return differences.map(({ pointer }) => pointer);
}

describe('the receipt of a decision', () => {
  it('says by which rule of which pack and article, and computes to the same, with the release and without', async () => {
    const receipt = await receiptOf(overdue);
    expect(receipt).toMatchObject({
      ...{ format: 1, kind: 'decision', on: '2026-10-01', outcome: { next: 'mediation' } },
      release: { name: book.release, sha256: book.sha256 },
      decidedBy: ['310116-overdue-settlement-union-guides'],
      packs: ['000000-national', '310000-shanghai', '310116-jinshan'],
    });
    expect(receipt.matched.map(({ pack, id }) => `${pack}/${id}`)).toEqual([
      '310116-jinshan/310116-overdue-settlement-union-guides',
      '000000-national/overdue-settlement-to-mediation',
    ]);
    expect(receipt.matched[1]?.source).toContain('第九条');
    expect(await verifyReceipt(receipt, known)).toEqual({ differences: [], unchecked: [] });
    const alone = await verifyReceipt(receipt);
    expect(alone.differences).toEqual([]);
    expect(alone.unchecked.map(({ zh }) => zh).join()).toContain('--release');
  });

  it('computes to the same at every point', async () => {
    const onePerPoint = new Map(scenarios.map((scenario) => [`${scenario.point} ${scenario.region}`, scenario]));
    for (const scenario of onePerPoint.values())
      expect(await verifyReceipt(await receiptOf(scenario), known), scenario.id).toEqual({
        differences: [],
        unchecked: [],
      });
  });

  it('names what was changed in it: a fact, the outcome, a value compared, a rule left out, the article', async () => {
    const receipt = await receiptOf(overdue);
    const place = receipt.rules.findIndex(({ matched }) => matched);
    expect(
      await found(receipt, (copy) => {
        copy.facts.outcome = 'performed';
      }),
    ).toEqual(expect.arrayContaining([`/rules/${place}/matched`, '/outcome/next', '/decidedBy/0']));
    expect(
      await found(receipt, (copy) => {
        copy.outcome.next = 'closed';
      }),
    ).toEqual(['/outcome/next']);
    const compare = {
      fact: 'procedure',
      operator: 'equal',
      value: 'intake',
      actual: 'settlementPerformance',
      met: false,
    };
    const change = (copy: typeof receipt) => Object.assign(copy.rules[place]?.when ?? {}, { all: [compare] });
    expect(await found(receipt, change)).toEqual(
      expect.arrayContaining([`/rules/${place}/when/all/0/value`, `/rules/${place}/when/all/0/met`]),
    );
    expect(await found(receipt, change, {})).toEqual(
      expect.arrayContaining([`/rules/${place}/when/met`, `/rules/${place}/matched`]),
    );
    expect(await found(receipt, (copy) => void copy.rules.splice(3, 1))).toEqual(['/rules/3']);
    expect(await found(receipt, (copy) => void copy.rules.splice(place, 1), {})).toEqual(
      expect.arrayContaining(['/matched/0']),
    );
    expect(await found(receipt, (copy) => Object.assign(copy.matched[0] ?? {}, { source: '第一条' }), {})).toEqual([
      '/matched/0/source',
    ]);
    expect(await found(receipt, (copy) => void delete copy.facts.scope)).toEqual(['/facts/scope']);
  });

  it('of rules that are those of another release is told by the release', async () => {
    const receipt = await receiptOf(overdue);
    const other = { ...release, sha256: 'b'.repeat(64) };
    expect(await found(receipt, () => undefined, { release: other })).toEqual(['/release/sha256']);
    expect(
      await found(receipt, (copy) => {
        copy.release.sha256 = 'a'.repeat(64);
      }),
    ).toEqual(expect.arrayContaining(['/release/sha256', '/release/name']));
  });

  it('with a condition that nobody may write runs nothing', async () => {
    const receipt = await receiptOf(overdue);
    const strange = { fact: 'procedure', operator: 'in', value: 7, actual: 'x', met: true };
    expect(
      await found(receipt, (copy) => Object.assign(copy.rules[0] ?? {}, { when: { all: [strange], met: true } }), {}),
    ).toEqual(['/rules']);
  });

  it('stays readable: the longest has less than a hundred kilobytes', async () => {
    const bytes = await Promise.all(
      scenarios
        .filter(({ point }) => point === 'procedure.next' || point === 'silence.default')
        .filter((_, index) => index % 10 === 0)
        .map(async (scenario) => JSON.stringify(await receiptOf(scenario), null, 2).length),
    );
    expect(Math.max(...bytes)).toBeLessThan(100_000);
  });
});

describe('the receipt of a deadline', () => {
  const holidays = () => clockReceipt('mediation.acceptance', { anchorOn: '2026-09-28' });

  it('CAL-03: says which pack set what, which days the calendar was asked for, and the count; and computes to the same', async () => {
    const receipt = holidays();
    expect(receipt).toMatchObject({
      ...{ kind: 'deadline', deadline: 'mediation.acceptance', dueOn: receipt.explanation.at(-1)?.on },
      definition: { anchor: expect.any(String), source: expect.any(String) },
      layers: [{ pack: '000000-national' }],
    });
    expect(receipt.calendar.days.map(({ why }) => why.zh)).toContain('国庆节');
    expect(receipt.calendar.version).toContain('国办发明电〔2025〕7号');
    expect(await verifyReceipt(receipt, known)).toEqual({ differences: [], unchecked: [] });
    const alone = await verifyReceipt(receipt);
    expect(alone.differences).toEqual([]);
    expect(alone.unchecked).toHaveLength(2);
  });

  it('names what was changed in it: the last day, the amount, the anchor, a day of the calendar, a line of the count', async () => {
    const receipt = holidays();
    const off = receipt.calendar.days.findIndex(({ why }) => why.zh === '国庆节');
    const cases: Array<[(copy: typeof receipt) => void, string[]]> = [
      [
        (copy) => {
          copy.dueOn = '2026-12-01';
        },
        ['/dueOn'],
      ],
      [
        (copy) => {
          copy.amount += 1;
        },
        ['/amount'],
      ],
      [
        (copy) => {
          copy.definition.amount += 1;
        },
        ['/definition/amount'],
      ],
      [
        (copy) => {
          copy.definition.source = '某条';
        },
        ['/definition/source'],
      ],
      [
        (copy) => {
          copy.explanation.splice(1, 1);
        },
        ['/explanation/1'],
      ],
    ];
    for (const [change, pointers] of cases)
      for (const by of [known, {}])
        expect(await found(receipt, change, by), String(change)).toEqual(expect.arrayContaining(pointers));
    const earlier = (copy: typeof receipt) => {
      copy.countedFrom.anchorOn = '2026-09-24';
    };
    expect(await found(receipt, earlier)).toEqual(
      expect.arrayContaining(['/dueOn', '/dueAt', '/explanation/0/on', '/calendar/days/0/fromOn']),
    );
    expect(await found(receipt, earlier, {})).toEqual(['/calendar/days']);
    const extended = (copy: typeof receipt) => {
      copy.countedFrom.extensions = [{ amount: 1 }];
    };
    expect(await found(receipt, extended)).toEqual(expect.arrayContaining(['/dueOn', '/explanation/1/code']));
    const working = (copy: typeof receipt) => {
      Object.assign(copy.calendar.days[off] ?? {}, { working: true });
    };
    expect(await found(receipt, working)).toEqual([`/calendar/days/${off}/working`]);
    expect(await found(receipt, working, {})).toEqual(expect.arrayContaining(['/dueOn', '/dueAt']));
    const forgotten = (copy: typeof receipt) => {
      copy.calendar.days.splice(off, 1);
    };
    expect(await found(receipt, forgotten)).toEqual([`/calendar/days/${off}`]);
    expect(await found(receipt, forgotten, {})).toEqual(['/calendar/days']);
  });

  it('of a district that counts fewer days within its bound says so, and a bound that is broken is named', async () => {
    const district = await withPackCopy(async ({ dir, write }) => {
      const row = { id: 'mediation.conclusion', amount: 10, source: '某区规定第三条' };
      await write('310116-jinshan/deadlines.json', JSON.stringify([row]));
      return loadRuleBook(dir);
    });
    const receipt = clockReceipt('mediation.conclusion', { anchorOn: '2026-03-02' }, '310116', district);
    expect(receipt.layers[1]).toEqual({
      pack: '310116-jinshan',
      row: { id: 'mediation.conclusion', amount: 10, source: '某区规定第三条' },
    });
    expect(receipt).toMatchObject({ amount: 10, definition: { basis: 'local', source: '某区规定第三条' } });
    const mine = { release: releaseOf(district), calendar };
    expect(await verifyReceipt(receipt, mine)).toEqual({ differences: [], unchecked: [] });
    // The packs that come with the program are another book: it says nothing, and the receipt is counted by its own rows.
    expect(await found(receipt, () => undefined)).toEqual(['/release/sha256']);
    const beyond = (copy: typeof receipt) => {
      Object.assign(copy.layers[1]?.row ?? {}, { amount: 400 });
    };
    expect(await found(receipt, beyond, {})).toEqual(['/layers/1/row/amount']);
    expect(await found(receipt, beyond, mine)).toEqual(['/layers/1/row/amount']);
  });
});
