import { describe, expect, it } from 'vitest';
import type { DecisionScenario, ScenarioResult } from '../../domain/scenarios.ts';
import { loadRuleBook, loadScenarios } from '../../rules/index.ts';
import { readPackDocument } from '../../rules/pack-document.ts';
import { runAtOnce } from '../../rules/scenarios/at-once.ts';
import { runContentsScenarios } from '../../rules/scenarios/contents.ts';
import { runDecisionScenarios } from '../../rules/scenarios/decisions.ts';
import { scenariosIn } from '../../rules/scenarios/read.ts';
import { untouchedChanges } from '../../rules/scenarios/untouched.ts';
import { watchBook } from '../../rules/scenarios/watch-book.ts';
import { withPackCopy } from './support.ts';

const book = await loadRuleBook();
const { decisions } = await loadScenarios();
const named = (id: string): DecisionScenario => {
  const found = decisions.find((scenario) => scenario.id === id);
  if (!found) throw new Error(`no scenario ${id}`);
  return found;
};
const run = async (...scenarios: DecisionScenario[]) => runDecisionScenarios(book, scenarios);
const overdue = named('guizhou-overdue');

describe('a scenario of a decision', () => {
  it('passes where the rules decide as it says, and names the rule that decided', async () => {
    const [result] = await run(overdue);
    expect(result).toMatchObject({ passed: true, differences: [], kind: 'decision', region: '520100' });
    expect(result?.touched).toEqual({
      rules: ['procedure.next/520000-overdue-settlement-union-guides'],
      deadlines: [],
    });
  });

  it('of which something else comes says at which place, what was expected and what was found', async () => {
    const expected = { ...overdue.expect, next: 'paymentOrder', tell: ['union', 'debtor'] };
    const [result] = await run({ ...overdue, expect: expected, rule: 'overdue-settlement-to-mediation' });
    expect(result?.passed).toBe(false);
    expect(result?.differences).toMatchObject([
      { at: '/expect/next', expected: 'paymentOrder', actual: 'mediation' },
      { at: '/expect/tell', actual: ['union', 'debtor', 'creditor'] },
      {
        at: '/rule',
        expected: 'overdue-settlement-to-mediation',
        actual: ['520000-overdue-settlement-union-guides'],
      },
    ]);
    expect(result?.differences[0]?.reason.zh).toBe('应为 "paymentOrder"，实为 "mediation"');
  });

  it('that the rules cannot answer fails with their reason', async () => {
    const { outcome: _, ...less } = overdue.facts;
    const results = await run({ ...overdue, facts: less }, { ...overdue, region: '999999' });
    expect(results.map(({ differences: [first] }) => first?.at)).toEqual(['/facts', '/region']);
    expect(results[0]?.differences[0]?.reason.zh).toContain('缺少事实“outcome”');
  });

  it('of a list touches every rule that matched, and each item counts', async () => {
    const town = named('jinshan-brings-the-town');
    const [result, less] = await run(town, { ...town, expect: { items: [] } });
    expect(result?.touched.rules).toHaveLength(7);
    expect(less?.differences).toMatchObject([{ at: '/expect/items', expected: [] }]);
  });
});

describe('the scenarios of a pack', () => {
  const read = (files: Record<string, unknown>) =>
    scenariosIn([
      readPackDocument(JSON.stringify({ format: 1, files: { 'pack.json': { id: '310116-jinshan' }, ...files } })),
    ]);
  const story = { id: 's', title: { zh: '无人回应', en: 'silence' }, region: '310116', path: ['negotiation'] };

  it('that do not keep their form are refused with file and place', () => {
    const broken: Array<[unknown, string]> = [
      [{ ...story, story: [{ act: 'negotiation.sing' }] }, '/story/0/act'],
      [{ ...story, story: [{ silent: 0 }] }, '/story/0/silent'],
      [{ ...story, story: [{ expect: { clock: 'negotiation.response', hours: 3 } }] }, '/story/0/expect/hours'],
      [{ ...story, story: [] }, '/story'],
      [{ ...story, story: [{ silent: 8 }], case: { workers: 5000 } }, '/case/workers'],
      [{ ...story, story: [{ silent: 8 }], registeredOn: '2030-02-30' }, '/registeredOn'],
      [[{ ...overdue, title: { zh: '', en: 'x' } }], '/0/title/zh'],
      [[{ ...overdue, point: 'verdict' }], '/0/point'],
      [[{ ...bankAccount, document: 'letter' }], '/0/document'],
      [[{ ...bankAccount, expect: [{ title: '账户' }] }], '/0/expect/0/field'],
    ];
    for (const [file, pointer] of broken)
      expect(() => read({ 'scenarios/mine.json': file })).toThrow(
        expect.objectContaining({
          errors: [expect.objectContaining({ file: '310116-jinshan/scenarios/mine.json', pointer })],
        }),
      );
  });

  it('are read in the old form and in the new one', () => {
    const steps = [{ act: 'negotiation.serveRequest', input: {} }, { wait: 'negotiation.response' }];
    const { stories, decisions: read1 } = read({
      'scenarios/old.json': { ...story, story: steps },
      'scenarios/new.json': { ...story, story: [{ silent: 8 }, { expect: { told: 'applicant' } }] },
      'scenarios/list.json': [overdue],
    });
    expect(stories.map((one) => one.story.length)).toEqual([2, 2]);
    expect(read1).toHaveLength(1);
  });
});

/** What Guizhou would ask for in a mediation agreement beside the law's own contents. */
const bankAccount = {
  ...{
    id: 'account',
    title: { zh: '收款账户', en: 'the account' },
    region: '520100',
    document: 'mediationAgreement' as const,
  },
  expect: [{ field: 'parties' }, { field: 'account', title: { zh: '收款账户' } }],
};

describe('a scenario of what a document must contain', () => {
  const row = {
    ...{ document: 'mediationAgreement', field: 'account', title: { zh: '收款账户', en: 'Account for payment' } },
    ...{ source: '试行', legalRef: 'L4', basis: 'inferred' },
  };
  const asking = () =>
    withPackCopy(async (copy) => {
      await copy.write('520000-guizhou/contents.json', JSON.stringify([row]));
      return loadRuleBook(copy.dir);
    });

  it('passes where each content is there as it is said, and says which is missing or otherwise', async () => {
    const after = await asking();
    const [now] = runContentsScenarios(book, [bankAccount]);
    expect(now).toMatchObject({ kind: 'contents', passed: false, differences: [{ at: '/expect/1/field' }] });
    const otherwise = { ...bankAccount, expect: [{ field: 'account', title: { zh: '账号' } }] };
    const results = await runAtOnce(after, {
      decisions: [],
      contents: [bankAccount, otherwise, { ...bankAccount, region: '999999' }],
    });
    expect(results.map(({ differences }) => differences.map(({ at }) => at))).toEqual([
      [],
      ['/expect/0/title/zh'],
      ['/region'],
    ]);
    expect(results[0]?.touched.contents).toEqual(['mediationAgreement/parties', 'mediationAgreement/account']);
  });

  it('touches a content that a draft adds, in the region that adds it', async () => {
    const after = await asking();
    const rows = (results: ScenarioResult[]) => untouchedChanges(book, after, results).map((one) => one.row);
    expect(rows([])).toEqual(['mediationAgreement/account']);
    expect(rows(runContentsScenarios(after, [bankAccount]))).toEqual([]);
    expect(rows(runContentsScenarios(after, [{ ...bankAccount, region: '510000' }]))).toEqual([
      'mediationAgreement/account',
    ]);
  });
});

describe('what a draft changes', () => {
  const guizhou = '520000-guizhou';
  const altered = () =>
    withPackCopy(async (copy) => {
      await copy.edit(`${guizhou}/decisions/procedure.next.json`, (rules: Array<Record<string, unknown>>) => [
        { ...rules[0], source: `${rules[0]?.source}，修订` },
      ]);
      await copy.write(
        `${guizhou}/deadlines.json`,
        JSON.stringify([{ id: 'mediation.conclusion', amount: 10, source: '试行' }]),
      );
      return loadRuleBook(copy.dir);
    });

  it('is untouched until a scenario that passes is decided by the rule, and a story there has the clock computed', async () => {
    const after = await altered();
    const rows = (results: ScenarioResult[]) => untouchedChanges(book, after, results).map(({ row }) => row);
    expect(rows([])).toEqual(['mediation.conclusion', '520000-overdue-settlement-union-guides']);
    const results = await runDecisionScenarios(after, decisions);
    expect(rows(results)).toEqual(['mediation.conclusion']);
    expect(rows(results.map((result) => ({ ...result, passed: false })))).toHaveLength(2);

    const told = (region: string): ScenarioResult => {
      const { book: watched, touched } = watchBook(after);
      watched.deadline(region, 'mediation.conclusion');
      return {
        ...{ id: 's', title: overdue.title, region, kind: 'story', passed: true, differences: [] },
        touched: touched(),
      };
    };
    // In Shanghai the clock is the nation's own: it shows nothing of Guizhou's.
    expect(rows([...results, told('310116')])).toEqual(['mediation.conclusion']);
    expect(rows([...results, told('520100')])).toEqual([]);
    // What is taken away needs no scenario.
    expect(untouchedChanges(after, book, [])).toMatchObject([{ row: '520000-overdue-settlement-union-guides' }]);
  });
});
