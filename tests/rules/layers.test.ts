import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PackErrors } from '../../domain/rules.ts';
import { loadRuleBook, ruleBookFrom } from '../../rules/index.ts';
import { faultsOf, type PackCopy, withPackCopy } from './support.ts';

const local = (region: string, row: Record<string, unknown>) => ({
  id: 'mediation.conclusion',
  source: `${region}条例 第一条`,
  ...row,
});

async function addPack(copy: PackCopy, code: string, name: string, deadlines: unknown[]): Promise<void> {
  const id = `${code}-${name}`;
  await mkdir(join(copy.dir, id));
  const head = JSON.parse(await copy.read('310116-jinshan/pack.json')) as Record<string, unknown>;
  await copy.write(`${id}/pack.json`, JSON.stringify({ ...head, id, regionCode: code }));
  await copy.write(`${id}/deadlines.json`, JSON.stringify(deadlines));
}

describe('layers go from the nation to the district', () => {
  it('knows which packs apply where', async () => {
    const book = await loadRuleBook();
    expect(book.packsFor('000000')).toEqual(['000000-national']);
    expect(book.packsFor('440307')).toEqual(['000000-national']);
    expect(book.packsFor('510100')).toEqual(['000000-national', '510000-sichuan']);
    expect(book.packsFor('310116')).toEqual(['000000-national', '310000-shanghai', '310116-jinshan']);
    expect(book.packsFor('310101')).toEqual(['000000-national', '310000-shanghai']);
    expect(book.packsFor('990000')).toEqual(['000000-national', '990000-demo']);
  });

  it('lets a second stand for a day in the demonstration region only', async () => {
    const book = await loadRuleBook();
    expect(book.secondsPerDay('990000')).toBe(1);
    expect(['000000', '510000', '310116', '440307'].map((code) => book.secondsPerDay(code))).toEqual(
      Array(4).fill(undefined),
    );
    expect(book.catalogue('990000')).toEqual(book.catalogue('000000'));
  });

  it('MED-07, MED-08: a district may shorten mediation and cap its extension, and cites its own text', () =>
    withPackCopy(async (copy) => {
      await copy.write(
        '310116-jinshan/deadlines.json',
        JSON.stringify([local('金山', { amount: 10, extension: { maxAmount: 15 } })]),
      );
      const book = await loadRuleBook(copy.dir);
      expect(book.deadline('310116', 'mediation.conclusion')).toMatchObject({
        amount: 10,
        unit: 'calendarDays',
        legalRef: 'MED-07',
        basis: 'local',
        source: '金山条例 第一条',
        extension: { by: 'bothParties', written: true, maxAmount: 15 },
      });
      expect(book.deadline('310101', 'mediation.conclusion')).toMatchObject({ amount: 15, basis: 'statute' });
    }));

  it('closes to the city what the province has set, unless the province leaves it open', () =>
    withPackCopy(async (copy) => {
      await addPack(copy, '510100', 'chengdu', [local('成都', { amount: 12 })]);
      await copy.write('510000-sichuan/deadlines.json', JSON.stringify([local('四川', { amount: 10 })]));
      expect(await faultsOf(copy.dir)).toEqual([
        expect.objectContaining({
          file: '510100-chengdu/deadlines.json',
          code: 'not-open',
          reason: expect.objectContaining({ zh: '四川条例 第一条未许可地方改动“amount”' }),
        }),
      ]);

      const open = { amount: { min: 1, max: 12 } };
      await copy.write('510000-sichuan/deadlines.json', JSON.stringify([local('四川', { amount: 10, open })]));
      const book = await loadRuleBook(copy.dir);
      expect(book.deadline('510100', 'mediation.conclusion').amount).toBe(12);
      expect(book.deadline('510300', 'mediation.conclusion').amount).toBe(10);
    }));

  it('does not let a province open more than the nation does', () =>
    withPackCopy(async (copy) => {
      const open = { amount: { max: 20 }, 'extension.maxTimes': { max: 2 } };
      await copy.write('510000-sichuan/deadlines.json', JSON.stringify([local('四川', { amount: 10, open })]));
      expect((await faultsOf(copy.dir)).map(({ code }) => code).sort()).toEqual(['bound-broken', 'not-open']);
    }));

  it('a narrower rule wins at equal priority, and a stronger wider one wins over it', () =>
    withPackCopy(async (copy) => {
      const facts = {
        enterpriseCommittee: true,
        newEmploymentForm: false,
        workers: 1,
        claimKinds: ['pay'],
        referredBy: 'none',
      };
      const file = '310116-jinshan/decisions/mediation.organisation.json';
      const asShipped = await loadRuleBook(copy.dir);
      const before = await asShipped.decide('310116', 'mediation.organisation', facts);
      expect(before.matched.map(({ id }) => id)).toEqual([
        'enterprise-committee',
        '310116-street-town-or-park',
        'township-or-street',
      ]);

      await copy.replace(file, '"priority": 10,', '"priority": 70,');
      const raised = await loadRuleBook(copy.dir);
      const after = await raised.decide('310116', 'mediation.organisation', facts);
      expect(after.matched.map(({ id }) => id)).toEqual([
        '310116-street-town-or-park',
        'enterprise-committee',
        'township-or-street',
      ]);
      expect(after.outcome).toMatchObject({ kind: 'townshipStreet' });
    }));

  it('L4: a district may ask for more in a mediation agreement, and not less', () =>
    withPackCopy(async (copy) => {
      const row = {
        document: 'mediationAgreement',
        field: 'focus',
        title: { zh: '双方争议焦点', en: 'Points in dispute' },
        source: '某市劳动争议调解条例 第二十五条',
        legalRef: 'L4',
        basis: 'local',
      };
      await copy.write('310116-jinshan/contents.json', JSON.stringify([row]));
      const book = await loadRuleBook(copy.dir);
      expect(book.contents('310116', 'mediationAgreement').map(({ field }) => field)).toEqual([
        'parties',
        'requests',
        'result',
        'performancePeriod',
        'performanceManner',
        'focus',
      ]);
      expect(book.contents('440307', 'mediationAgreement')).toHaveLength(5);
    }));
});

describe('a release is its packs’ content', () => {
  it('keeps its hash whatever the order of keys, rows and spaces', () =>
    withPackCopy(async (copy) => {
      const reversed = (value: unknown): unknown => {
        if (Array.isArray(value)) return value.map(reversed);
        if (typeof value !== 'object' || value === null) return value;
        return Object.fromEntries(
          Object.entries(value)
            .reverse()
            .map(([key, inner]) => [key, reversed(inner)]),
        );
      };
      const shipped = await loadRuleBook(copy.dir);
      for (const file of ['000000-national/deadlines.json', '000000-national/decisions/procedure.next.json']) {
        await copy.write(file, JSON.stringify((reversed(JSON.parse(await copy.read(file))) as unknown[]).reverse()));
      }
      const shuffled = await loadRuleBook(copy.dir);
      expect(shuffled.sha256).toBe(shipped.sha256);
      expect(shuffled.release).toBe(shipped.release);
    }));

  it('changes its hash with a single day, and not with a scenario', () =>
    withPackCopy(async (copy) => {
      const shipped = await loadRuleBook(copy.dir);
      await copy.write('310116-jinshan/scenarios/jinshan.json', '[]');
      expect((await loadRuleBook(copy.dir)).sha256).toBe(shipped.sha256);
      await copy.write('310116-jinshan/deadlines.json', JSON.stringify([local('金山', { amount: 14 })]));
      expect((await loadRuleBook(copy.dir)).sha256).not.toBe(shipped.sha256);
    }));

  it('bears the newest pack’s version', () =>
    withPackCopy(async (copy) => {
      await copy.replace('310116-jinshan/pack.json', '"2026.11.24"', '"2026.11.24.2"');
      expect((await loadRuleBook(copy.dir)).release).toMatch(/^2026\.11\.24\.2\+/);
    }));

  it('is built again from its stored content', async () => {
    const book = await loadRuleBook();
    const again = ruleBookFrom(JSON.parse(JSON.stringify(book.content)));
    expect([again.release, again.sha256]).toEqual([book.release, book.sha256]);
    expect(again.catalogue('310116')).toEqual(book.catalogue('310116'));
    expect(again.packsFor('510100')).toEqual(book.packsFor('510100'));
    const facts = {
      procedure: 'settlementPerformance',
      outcome: 'overdue',
      enforceable: 'none',
      paymentOrder: 'none',
      referral: 'none',
      scope: 'labour',
    };
    expect(await again.decide('510100', 'procedure.next', facts)).toEqual(
      await book.decide('510100', 'procedure.next', facts),
    );
  });

  it.each([
    null,
    {},
    { format: 2, packs: [] },
    { format: 1, packs: [{}] },
    { format: 1, packs: [{ head: { id: 'x' } }] },
  ])('is not built from anything else: %j', (content) => {
    expect(() => ruleBookFrom(content)).toThrow(PackErrors);
  });
});

describe('regions', () => {
  it('knows the codes of GB/T 2260 down to the district, and the demonstration', async () => {
    const book = await loadRuleBook();
    for (const code of [
      '000000',
      '110101',
      '130203',
      '310116',
      '320804',
      '370783',
      '440307',
      '510000',
      '510100',
      '520000',
      '990000',
    ])
      expect(book.regionExists(code), code).toBe(true);
    for (const code of ['310199', '99', '', '310116 ', '710000', '__proto__'])
      expect(book.regionExists(code), code).toBe(false);
    expect(book.regionName('310116')).toEqual({ zh: '上海市金山区', en: 'Shanghai 310116' });
    expect(book.regionName('320804')?.zh).toBe('江苏省淮安市淮阴区');
    expect(book.regionName('419001')?.zh).toBe('河南省济源市');
    expect(book.regionName('520000')).toEqual({ zh: '贵州省', en: 'Guizhou' });
    expect(book.regionName('310199')).toBeUndefined();
  });

  it('refuses to answer for a region that does not exist', async () => {
    const book = await loadRuleBook();
    for (const ask of [
      () => book.packsFor('310199'),
      () => book.catalogue('310199'),
      () => book.deadline('310199', 'mediation.conclusion'),
      () => book.contents('310199', 'mediationAgreement'),
    ])
      expect(ask).toThrow(expect.objectContaining({ code: 'unknown-region' }));
  });
});
