import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PackErrorCode } from '../../domain/rules.ts';
import { loadRuleBook, loadScenarios } from '../../rules/index.ts';
import { parseLocatedJson } from '../../rules/located-json.ts';
import { faultsOf, lineOf, type PackCopy, withPackCopy } from './support.ts';

const nation = '000000-national';
const sichuan = '510000-sichuan';
const jinshan = '310116-jinshan';
const override = (row: Record<string, unknown>) =>
  JSON.stringify([{ id: 'mediation.conclusion', source: '某条例 第一条', ...row }], null, 2);
const major = `${nation}/decisions/intake.majorDispute.json`;
const organisation = `${jinshan}/decisions/mediation.organisation.json`;

interface Refusal {
  title: string;
  spoil(copy: PackCopy): Promise<void>;
  file: string;
  code: PackErrorCode;
  /** A part of the Chinese reason. */
  says: string;
  pointer?: string;
}

const refusals: Refusal[] = [
  {
    title: 'a comma too many',
    spoil: (copy) => copy.replace(`${nation}/deadlines.json`, '"amount": 5,', '"amount": 5,,'),
    file: `${nation}/deadlines.json`,
    code: 'syntax',
    says: '不是合法的 JSON',
  },
  {
    title: 'a key written twice',
    spoil: (copy) => copy.replace(`${nation}/deadlines.json`, '"amount": 5,', '"amount": 5, "amount": 50,'),
    file: `${nation}/deadlines.json`,
    code: 'duplicate-key',
    says: '重复出现“amount”',
    pointer: '/0/amount',
  },
  {
    title: 'a field nobody knows',
    spoil: (copy) => copy.replace(`${nation}/deadlines.json`, '"amount": 5,', '"amount": 5, "days": 5,'),
    file: `${nation}/deadlines.json`,
    code: 'unknown-field',
    says: '不认识的字段“days”',
    pointer: '/0/days',
  },
  {
    title: 'a number written as text',
    spoil: (copy) => copy.replace(`${nation}/deadlines.json`, '"amount": 5,', '"amount": "5",'),
    file: `${nation}/deadlines.json`,
    code: 'wrong-type',
    says: '类型应为 number',
    pointer: '/0/amount',
  },
  {
    title: 'a unit that does not exist',
    spoil: (copy) => copy.replace(`${nation}/deadlines.json`, '"workingDays"', '"workDays"'),
    file: `${nation}/deadlines.json`,
    code: 'wrong-value',
    says: '只能是 calendarDays | workingDays',
    pointer: '/0/unit',
  },
  {
    title: 'a deadline without its article',
    spoil: (copy) => copy.replace(`${nation}/deadlines.json`, '"source": "企业劳动争议协商调解规定 第八条",', ''),
    file: `${nation}/deadlines.json`,
    code: 'missing-field',
    says: '缺少“source”',
    pointer: '/0/source',
  },
  {
    title: 'a rule with an empty article',
    spoil: (copy) => copy.edit(organisation, (rules: Record<string, unknown>[]) => [{ ...rules[0], source: ' ' }]),
    file: organisation,
    code: 'missing-field',
    says: '“source”不得为空',
    pointer: '/0/source',
  },
  {
    title: 'an inferred rule that does not say why',
    spoil: (copy) =>
      copy.edit(organisation, (rules: Record<string, unknown>[]) => [
        { ...rules[0], basis: 'inferred', note: undefined },
      ]),
    file: organisation,
    code: 'missing-field',
    says: '推断的规则须以 note 说明理由',
  },
  {
    title: 'a region that is not in GB/T 2260',
    spoil: (copy) => copy.replace(`${jinshan}/pack.json`, '"regionCode": "310116"', '"regionCode": "310199"'),
    file: `${jinshan}/pack.json`,
    code: 'unknown-region',
    says: '不存在的地区代码 310199',
    pointer: '/regionCode',
  },
  {
    title: 'a folder that is not named as its pack',
    spoil: (copy) => rename(join(copy.dir, jinshan), join(copy.dir, '310116-jin')),
    file: '310116-jin/pack.json',
    code: 'wrong-value',
    says: 'id 应与文件夹同名',
  },
  {
    title: 'a second pack for one region',
    spoil: async (copy) => {
      await mkdir(join(copy.dir, '310116-other'));
      const head = await copy.read(`${jinshan}/pack.json`);
      await copy.write('310116-other/pack.json', head.replace(`"${jinshan}"`, '"310116-other"'));
    },
    file: '310116-other/pack.json',
    code: 'duplicate-id',
    says: '已有规则包',
  },
  {
    title: 'seconds outside the demonstration',
    spoil: (copy) =>
      copy.replace(`${jinshan}/pack.json`, '"version"', '"timeScale": { "secondsPerDay": 1 }, "version"'),
    file: `${jinshan}/pack.json`,
    code: 'seconds-outside-demo',
    says: '只有演示地区',
    pointer: '/timeScale',
  },
  {
    title: 'a national deadline in seconds',
    spoil: (copy) => copy.replace(`${nation}/deadlines.json`, '"workingDays"', '"seconds"'),
    file: `${nation}/deadlines.json`,
    code: 'seconds-outside-demo',
    says: '不得以秒计',
    pointer: '/0/unit',
  },
  {
    title: 'a file no pack has',
    spoil: (copy) => copy.write(`${jinshan}/decisions/procedure.after.json`, '[]'),
    file: `${jinshan}/decisions/procedure.after.json`,
    code: 'unknown-file',
    says: '不认识的文件',
  },
  {
    title: 'a rule in the file of another point',
    spoil: (copy) =>
      copy.edit(organisation, (rules: Record<string, unknown>[]) => [{ ...rules[0], point: 'notice.ladder' }]),
    file: organisation,
    code: 'wrong-point',
    says: '规则却写“notice.ladder”',
  },
  {
    title: 'a fact the point does not have',
    spoil: (copy) => copy.replace(organisation, '"fact": "newEmploymentForm"', '"fact": "courier"'),
    file: organisation,
    code: 'unknown-fact',
    says: '没有事实“courier”',
    pointer: '/0/when/all/0/fact',
  },
  {
    title: 'an operator nobody knows',
    spoil: (copy) => copy.replace(organisation, '"operator": "equal"', '"operator": "equals"'),
    file: organisation,
    code: 'unknown-operator',
    says: '不认识的运算符“equals”',
    pointer: '/0/when/all/0/operator',
  },
  {
    title: 'an operator that does not go with the fact',
    spoil: (copy) => copy.replace(organisation, '"operator": "equal"', '"operator": "contains"'),
    file: organisation,
    code: 'operator-type',
    says: '不适用于事实“newEmploymentForm”',
  },
  {
    title: 'a number of people written as text',
    spoil: (copy) => copy.replace(major, '"value": 50', '"value": "50"'),
    file: major,
    code: 'wrong-type',
    says: '值应为数字',
    pointer: '/0/when/all/0/value',
  },
  {
    title: 'fewer people than none',
    spoil: (copy) => copy.replace(major, '"value": 50', '"value": -1'),
    file: major,
    code: 'wrong-value',
    says: '不得小于零',
  },
  {
    title: 'a number compared as if it were text',
    spoil: (copy) => copy.replace(major, '"operator": "greaterThanInclusive"', '"operator": "equal"'),
    file: major,
    code: 'operator-type',
    says: '不适用于事实“withCommonClaim”（number）',
  },
  {
    title: 'a district that calls fifty workers with one claim no major dispute (71号 第十四条)',
    spoil: async (copy) => {
      const then = { major: false, ground: 'none' };
      const rule = { point: 'intake.majorDispute', id: '310116-never', priority: 200, legalRef: 'POL-01' };
      const text = { source: '某通知 第一条', title: { zh: '一律不算', en: 'Never' } };
      const rules = [
        Object.assign(
          rule,
          text,
          Object.fromEntries([
            ['when', { all: [] }],
            ['then', then],
          ]),
        ),
      ];
      await copy.write(`${jinshan}/decisions/intake.majorDispute.json`, JSON.stringify(rules));
    },
    file: `${jinshan}/decisions/intake.majorDispute.json`,
    code: 'bound-broken',
    says: '人社部发〔2022〕71号 第十四条',
    pointer: '/0/then/major',
  },
  {
    title: 'a value the fact never has',
    spoil: (copy) => copy.replace(organisation, '"arbitration", "court"', '"arbitration", "police"'),
    file: organisation,
    code: 'value-outside-domain',
    says: '“police”不在取值范围内',
  },
  {
    title: 'a text where the fact is yes or no',
    spoil: (copy) => copy.replace(organisation, '"value": true', '"value": "true"'),
    file: organisation,
    code: 'wrong-type',
    says: '值应为 true 或 false',
  },
  {
    title: 'an empty "any", which the engine takes for true',
    spoil: (copy) =>
      copy.edit(organisation, (rules: Record<string, unknown>[]) => [{ ...rules[0], when: { any: [] } }]),
    file: organisation,
    code: 'wrong-value',
    says: 'any 不得为空',
  },
  {
    title: 'an answer the point does not give',
    spoil: (copy) => copy.replace(organisation, '"kind": "jointCentre"', '"kind": "temple"'),
    file: organisation,
    code: 'wrong-value',
    says: '“kind”只能是',
    pointer: '/0/then/kind',
  },
  {
    title: 'a rule that names a deadline which is not there',
    spoil: (copy) =>
      copy.replace(
        `${nation}/decisions/limitation.clock.json`,
        '"deadlineId": "limitation.arbitration"',
        '"deadlineId": "limitation.forever"',
      ),
    file: `${nation}/decisions/limitation.clock.json`,
    code: 'unknown-deadline',
    says: '没有期限“limitation.forever”',
  },
  {
    title: 'a rule id used twice',
    spoil: (copy) => copy.replace(organisation, '"310116-street-town-or-park"', '"township-or-street"'),
    file: organisation,
    code: 'duplicate-id',
    says: '已在 000000-national 中',
  },
  {
    title: 'MED-07: a district that takes twenty days for mediation',
    spoil: (copy) => copy.write(`${jinshan}/deadlines.json`, override({ amount: 20 })),
    file: `${jinshan}/deadlines.json`,
    code: 'bound-broken',
    says: '超出企业劳动争议协商调解规定 第二十九条许可的范围 {"min":1,"max":15}：20',
    pointer: '/0/amount',
  },
  {
    title: 'MED-07: a district that counts mediation in working days',
    spoil: (copy) => copy.write(`${jinshan}/deadlines.json`, override({ unit: 'workingDays' })),
    file: `${jinshan}/deadlines.json`,
    code: 'not-open',
    says: '企业劳动争议协商调解规定 第二十九条未许可地方改动“unit”',
    pointer: '/0/unit',
  },
  {
    title: 'JR-01: a province that gives more time for arbitration review',
    spoil: (copy) =>
      copy.write(`${sichuan}/deadlines.json`, override({ id: 'arbitrationReview.application', amount: 30 })),
    file: `${sichuan}/deadlines.json`,
    code: 'not-open',
    says: '劳动人事争议仲裁办案规则 第七十四条第一款未许可地方改动“amount”',
  },
  {
    title: 'a local deadline of its own',
    spoil: (copy) => copy.write(`${sichuan}/deadlines.json`, override({ id: 'mediation.teaBreak', amount: 1 })),
    file: `${sichuan}/deadlines.json`,
    code: 'unknown-deadline',
    says: '地方不得新设',
  },
  {
    title: 'a local rule at a point the nation keeps closed',
    spoil: async (copy) => {
      const rules = JSON.parse(await copy.read(`${nation}/decisions/limitation.clock.json`)) as { id: string }[];
      await copy.write(
        `${sichuan}/decisions/limitation.clock.json`,
        JSON.stringify([{ ...rules[0], id: '510000-limitation' }]),
      );
    },
    file: `${sichuan}/decisions/limitation.clock.json`,
    code: 'not-open',
    says: '决策点“limitation.clock”未向地方开放（劳动争议调解仲裁法',
  },
  {
    title: 'NEG-09: a province that sends an overdue settlement away from mediation',
    spoil: (copy) =>
      copy.replace(`${sichuan}/decisions/procedure.next.json`, '"next": "mediation"', '"next": "followUp"'),
    file: `${sichuan}/decisions/procedure.next.json`,
    code: 'bound-broken',
    says: '“next”超出人社部发〔2022〕71号 第九条许可的范围',
    pointer: '/0/then/next',
  },
  {
    title: 'NEG-09: a province that forgets to tell the union',
    spoil: (copy) => copy.replace(`${sichuan}/decisions/procedure.next.json`, '"union",', ''),
    file: `${sichuan}/decisions/procedure.next.json`,
    code: 'bound-broken',
    says: '人社部发〔2022〕71号 第九条',
    pointer: '/0/then/tell',
  },
  {
    title: 'a province that changes another transition than the one left open',
    spoil: (copy) =>
      copy.replace(`${sichuan}/decisions/procedure.next.json`, '"value": "overdue"', '"value": "performed"'),
    file: `${sichuan}/decisions/procedure.next.json`,
    code: 'not-open',
    says: '地方规则只能在“outcome”为 overdue | disputed 时适用',
  },
  {
    title: 'a local rule stronger than the nation allows',
    spoil: (copy) => copy.replace(`${sichuan}/decisions/procedure.next.json`, '"priority": 100', '"priority": 101'),
    file: `${sichuan}/decisions/procedure.next.json`,
    code: 'bound-broken',
    says: '“priority”超出',
  },
  {
    title: 'L5: a district that asks for more in a settlement, where no article lists its contents',
    spoil: (copy) =>
      copy.write(
        `${jinshan}/contents.json`,
        JSON.stringify([
          {
            document: 'settlementAgreement',
            field: 'stamp',
            title: { zh: '印花', en: 'Stamp' },
            source: '某条例',
            legalRef: 'L5',
            basis: 'local',
          },
        ]),
      ),
    file: `${jinshan}/contents.json`,
    code: 'not-open',
    says: '未许可地方增加',
  },
  {
    title: 'a local pack that opens points itself',
    spoil: (copy) => copy.replace(`${jinshan}/pack.json`, '"version"', '"openPoints": {}, "version"'),
    file: `${jinshan}/pack.json`,
    code: 'not-open',
    says: '只有全国规则包可以写 openPoints',
  },
  {
    title: 'a pack that ends before it begins',
    spoil: (copy) => copy.replace(`${jinshan}/pack.json`, '"version"', '"effectiveUntil": "2020-01-01", "version"'),
    file: `${jinshan}/pack.json`,
    code: 'wrong-value',
    says: '次序不对',
  },
  {
    title: 'a pack without its head',
    spoil: async (copy) => {
      await mkdir(join(copy.dir, '440300-shenzhen'));
      await copy.write('440300-shenzhen/deadlines.json', '[]');
    },
    file: '440300-shenzhen/pack.json',
    code: 'missing-file',
    says: '缺少 pack.json',
  },
];

describe('a broken pack stops the start with file, line and reason', () => {
  for (const { title, spoil, file, code, says, pointer } of refusals) {
    it(`refuses ${title}`, () =>
      withPackCopy(async (copy) => {
        await spoil(copy);
        const faults = await faultsOf(copy.dir);
        const fault = faults.find((one) => one.code === code && one.file === file);
        expect(fault, JSON.stringify(faults)).toBeDefined();
        expect(fault?.reason.zh).toContain(says);
        expect(fault?.reason.en).not.toBe('');
        expect(fault?.line).toBeGreaterThan(0);
        if (pointer !== undefined) expect(fault?.pointer).toBe(pointer);
      }));
  }

  it('names the very line', () =>
    withPackCopy(async (copy) => {
      const file = `${nation}/deadlines.json`;
      await copy.replace(file, '"id": "mediation.conclusion",', '"id": "mediation.conclusion", "whole": true,');
      const [fault, ...others] = await faultsOf(copy.dir);
      expect(others).toEqual([]);
      expect(fault).toMatchObject({ file, code: 'unknown-field', line: lineOf(await copy.read(file), '"whole"') });
    }));

  it('reports every fault at once, in the order of files and lines', () =>
    withPackCopy(async (copy) => {
      await copy.replace(organisation, '"operator": "equal"', '"operator": "equals"');
      await copy.write(`${jinshan}/deadlines.json`, override({ amount: 20, unit: 'workingDays' }));
      const faults = await faultsOf(copy.dir);
      expect(faults.map(({ code }) => code)).toEqual(['bound-broken', 'not-open', 'unknown-operator']);
    }));

  it('refuses a folder without the national pack', () =>
    withPackCopy(async (copy) => {
      await rm(join(copy.dir, nation), { recursive: true });
      expect((await faultsOf(copy.dir)).map(({ code }) => code)).toContain('missing-pack');
    }));

  it('refuses a scenario that does not keep its form, with its line', () =>
    withPackCopy(async (copy) => {
      const file = `${nation}/scenarios/story-silence.json`;
      await copy.replace(file, '"path":', '"way":');
      const faults = await faultsOf(copy.dir, loadScenarios);
      expect(faults).toContainEqual(
        expect.objectContaining({ file, code: 'unknown-field', line: lineOf(await copy.read(file), '"way"') }),
      );
    }));
});

describe('reading JSON with its lines', () => {
  it('reads what JSON.parse reads', async () => {
    const text = '{"a":[1,-2.5e3,"\\u4e2d\\n",true,null,{}],"b/~":{"":[]},"__proto__":{"x":1}}';
    expect(JSON.stringify(parseLocatedJson(text).value)).toBe(JSON.stringify(JSON.parse(text)));
    await withPackCopy(async (copy) => {
      const deadlines = await copy.read(`${nation}/deadlines.json`);
      expect(parseLocatedJson(deadlines).value).toEqual(JSON.parse(deadlines));
    });
  });

  it.each(['', '{', '[1,]', '{"a":1,}', '{a:1}', '[01]', '"\t"', '[1] 2', 'nul', '{"a" 1}', "['a']", '[NaN]'])(
    'refuses %j',
    (text) => {
      expect(parseLocatedJson(text)).toMatchObject({ value: undefined, faults: [{ code: 'syntax' }] });
    },
  );

  it('refuses a document that is nested without end instead of overflowing', () => {
    expect(parseLocatedJson('['.repeat(100_000)).faults[0]?.code).toBe('syntax');
  });
});

describe('the repository’s own packs', () => {
  it('load', async () => {
    const book = await loadRuleBook();
    expect(book.release).toMatch(/^2026\.11\.24\+[0-9a-f]{8}$/);
    expect(book.release.endsWith(book.sha256.slice(0, 8))).toBe(true);
  });
});
