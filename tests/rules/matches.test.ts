import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { claimKinds } from '../../domain/case/case.ts';
import { type DecisionPoint, decisionPoints, type FactValue } from '../../domain/rules.ts';
import { meets } from '../../rules/checks/boxes.ts';
import { FactSpace } from '../../rules/checks/fact-space.ts';
import type { Condition } from '../../rules/conditions.ts';
import { specOf } from '../../rules/facts.ts';
import { bareEngine, loadRuleBook } from '../../rules/index.ts';
import { ruleBookOf } from '../../rules/rule-book.ts';
import { rulesInForce } from '../../rules/stored-packs.ts';
import { factsOf, lineOf, SpoiltPacks } from './support.ts';

const nation = '000000-national';
const organisation = `${nation}/decisions/mediation.organisation.json`;
const ladder = `${nation}/decisions/notice.ladder.json`;
const jinshan = '310116-jinshan/decisions/mediation.organisation.json';

type Rule = Record<string, unknown> & { id: string };
const all = (...conditions: [fact: string, operator: string, value: unknown][]) => ({
  all: conditions.map(([fact, operator, value]) => ({ fact, operator, value })),
});
const answering = (then: unknown) => ({ then });
/** Writes a rule of the file otherwise. */
const rewrite = (copy: SpoiltPacks, file: string, id: string, change: Record<string, unknown>) =>
  copy.edit(file, (rules: Rule[]) => rules.map((rule) => (rule.id === id ? { ...rule, ...change } : rule)));
/** Adds a rule made after another one. */
const add = (copy: SpoiltPacks, file: string, like: string, change: Record<string, unknown>) =>
  copy.edit(file, (rules: Rule[]) => [...rules, { ...rules.find(({ id }) => id === like), ...change }]);

describe('the repository’s own packs', () => {
  it('are alive: no rule in vain, no contradiction, and an answer to everything that can be asked', async () => {
    const copy = new SpoiltPacks();
    expect(await copy.findings()).toEqual([]);
  });
});

describe('a rule that can never match is an error', () => {
  it.each<[string, unknown]>([
    ['two values of one fact', all(['referredBy', 'equal', 'court'], ['referredBy', 'equal', 'arbitration'])],
    ['two lists with nothing in common', all(['referredBy', 'in', ['court']], ['referredBy', 'notIn', ['court']])],
    ['numbers that exclude each other', all(['workers', 'greaterThanInclusive', 30], ['workers', 'lessThan', 10])],
    ['no whole number of workers between', all(['workers', 'greaterThan', 9], ['workers', 'lessThan', 10])],
    [
      'a claim that is there and is not',
      all(['claimKinds', 'contains', 'pay'], ['claimKinds', 'doesNotContain', 'pay']),
    ],
    ['everything denied', { not: { all: [] } }],
    [
      'a contradiction behind an alternative',
      {
        all: [
          { any: [all(['workers', 'lessThan', 0])] },
          { fact: 'newEmploymentForm', operator: 'equal', value: true },
        ],
      },
    ],
  ])('%s', async (_title, when) => {
    const copy = new SpoiltPacks();
    rewrite(copy, organisation, 'joint-centre-for-groups', { when });
    const found = (await copy.findings()).filter(({ code }) => code === 'never-matches');
    expect(found).toMatchObject([{ file: organisation, pointer: '/2/when', severity: 'error' }]);
    expect(found[0]?.line).toBe(lineOf(copy.text(organisation), '"when"', '"joint-centre-for-groups"'));
    expect(found[0]?.reason.zh).toContain('永远不会适用');
  });

  it('days that exclude each other', async () => {
    const copy = new SpoiltPacks();
    const file = `${nation}/decisions/intake.admissible.json`;
    const when = all(['registeredOn', 'before', '2026-07-01'], ['registeredOn', 'onOrAfter', '2026-07-01']);
    rewrite(copy, file, 'new-employment-form', { when });
    expect(await copy.findings()).toContainEqual(expect.objectContaining({ file, code: 'never-matches' }));
  });
});

describe('a rule that always loses is a warning', () => {
  it('to one that is stronger and asks for less', async () => {
    const copy = new SpoiltPacks();
    add(copy, organisation, 'township-or-street', { id: 'weakest', priority: 5 });
    const found = await copy.findings();
    expect(found).toMatchObject([{ file: organisation, code: 'always-loses', pointer: '/5', severity: 'warning' }]);
    expect(found[0]?.reason.zh).toContain('“township-or-street”');
  });

  it('to several that together leave it nothing', async () => {
    const copy = new SpoiltPacks();
    const when = all(['workers', 'lessThan', 10]);
    add(copy, organisation, 'enterprise-committee', { id: 'few', priority: 75, when });
    const found = await copy.findings();
    expect(found.filter(({ file }) => file === organisation).map(({ code, pointer }) => [code, pointer])).toEqual([
      ['always-loses', '/3'],
      ['always-loses', '/4'],
    ]);
    expect(found[1]?.reason.zh).toContain('“joint-centre-for-groups”、“few”');
  });

  it('only in the pack that it comes from: a district may put its own in its place', async () => {
    const copy = new SpoiltPacks();
    const rule = JSON.parse(copy.text(jinshan))[0] as Rule;
    expect(rule).toBeDefined();
    copy.edit(jinshan, (rules: Rule[]) => [...rules, { ...rule, id: '310116-again', priority: 1 }]);
    const found = await copy.findings();
    expect(found.map(({ file, code }) => [file, code])).toEqual([[jinshan, 'always-loses']]);
  });
});

describe('rules of equal strength that contradict each other', () => {
  it('are a warning at the one that loses by its id, with facts for which it does', async () => {
    const copy = new SpoiltPacks();
    add(copy, organisation, 'enterprise-committee', {
      id: 'zz',
      when: all(['workers', 'lessThan', 5]),
      ...answering({ kind: 'jointCentre', name: { zh: '甲', en: 'A' } }),
    });
    const found = await copy.findings();
    expect(found).toMatchObject([{ file: organisation, pointer: '/5', code: 'overlap', severity: 'warning' }]);
    expect(found[0]?.reason.zh).toContain('与同级规则“enterprise-committee”矛盾');
    expect(found[0]?.reason.zh).toContain('"enterpriseCommittee":true,"newEmploymentForm":false,"workers":0');
  });

  it('are none where they answer alike, or where a stronger rule decides', async () => {
    const copy = new SpoiltPacks();
    add(copy, organisation, 'enterprise-committee', { id: 'alike', when: all(['workers', 'lessThan', 5]) });
    add(copy, organisation, 'one-stop', {
      id: 'decided',
      priority: 90,
      when: all(['newEmploymentForm', 'equal', true], ['referredBy', 'equal', 'court']),
      ...answering({ kind: 'jointCentre', name: { zh: '甲', en: 'A' } }),
    });
    expect((await copy.findings()).map(({ code }) => code)).toEqual(['always-loses']);
  });
});

describe('facts that no rule answers', () => {
  const gapsOf = async (copy: SpoiltPacks) => (await copy.findings()).filter(({ code }) => code === 'gap');

  it('are told in few words, with facts that are indeed not answered', async () => {
    const copy = new SpoiltPacks();
    rewrite(copy, organisation, 'township-or-street', {
      when: all(['workers', 'lessThan', 5], ['claimKinds', 'contains', 'pay']),
    });
    const [first, second, ...more] = await gapsOf(copy);
    expect(more).toEqual([]);
    expect(first).toMatchObject({ file: organisation, pointer: '', severity: 'warning' });
    const said = [first, second].map((gap) => gap?.reason.zh).join();
    expect(said).toContain('workers = 5 | > 5 < 10');
    expect(said).toContain('claimKinds ∌ pay');
    const book = ruleBookOf(copy.sources());
    for (const gap of [first, second]) {
      const facts = JSON.parse(/\{.*\}$/.exec(gap?.reason.zh ?? '')?.[0] ?? '') as Record<string, FactValue>;
      await expect(book.decide('000000', 'mediation.organisation', facts)).rejects.toMatchObject({
        code: 'no-rule-matched',
      });
    }
  });

  it('are found before, between and after days', async () => {
    const copy = new SpoiltPacks();
    const file = `${nation}/decisions/intake.admissible.json`;
    rewrite(copy, file, 'no-relation', {
      when: all(
        ['exclusion', 'equal', 'none'],
        ['relation', 'equal', 'none'],
        ['registeredOn', 'onOrAfter', '2027-01-01'],
      ),
    });
    expect((await gapsOf(copy))[0]?.reason.zh).toContain(
      'registeredOn = < 2026-07-01 | 2026-07-01 | ≥ 2026-07-02 < 2027-01-01',
    );
  });

  it('of a point with no rule at all are told too', async () => {
    const copy = new SpoiltPacks();
    copy.write(ladder, '[]');
    expect(await gapsOf(copy)).toMatchObject([{ file: ladder, pointer: '', line: 1 }]);
  });
});

describe('what is too large to be examined', () => {
  it('is said, not passed over', async () => {
    const copy = new SpoiltPacks();
    const any = claimKinds.map((value) => ({ fact: 'claimKinds', operator: 'contains', value }));
    rewrite(copy, organisation, 'joint-centre-for-groups', { when: { all: Array(20).fill({ any }) } });
    const found = await copy.findings();
    expect(found.map(({ code, pointer }) => [code, pointer])).toEqual([['too-large', '/2/when']]);
    expect(found[0]?.reason.en).toContain('too large to be examined');
  });
});

describe('what the checks take a condition for', () => {
  it('is what the engine finds, for the rules of every point and any facts', async () => {
    const book = await loadRuleBook();
    const rows = book.catalogue('000000');
    const ids = {
      all: rows.map(({ id }) => id),
      enforcing: rows.filter(({ purpose }) => purpose === 'enforcing').map(({ id }) => id),
    };
    for (const point of decisionPoints) {
      const rules = rulesInForce(book, '310116', point);
      const conditions = rules.map(({ when }) => when as Condition);
      const engine = bareEngine(book, '310116', point);
      await fc.assert(
        fc.asyncProperty(factsOf(point, rows), async (facts) => {
          const { results } = await engine.run(facts);
          const met = results.map(({ event }) => event?.type);
          const exact = exactly(point, facts);
          const space = new FactSpace(specOf(point), [...conditions, exact], ids);
          const [here] = space.boxesOf(exact);
          const found = rules.filter(({ when }) =>
            space.boxesOf(when as Condition).some((box) => here && meets(box, here)),
          );
          expect(found.map(({ id }) => id).sort()).toEqual(met.sort());
        }),
        { numRuns: 20 },
      );
    }
  });
});

/** A condition that is met by these facts alone, as far as operators can tell. */
function exactly(point: DecisionPoint, facts: Record<string, FactValue>): Condition {
  const leaf = (fact: string, operator: string, value: unknown) => ({ fact, operator, value });
  return {
    all: Object.entries(facts).flatMap(([fact, value]) => {
      if (typeof value === 'number')
        return [leaf(fact, 'lessThanInclusive', value), leaf(fact, 'greaterThanInclusive', value)];
      if (!Array.isArray(value)) return [leaf(fact, 'equal', value)];
      const spec = specOf(point).facts[fact];
      const domain = spec?.type === 'strings' ? spec.domain : [];
      return domain.map((item) => leaf(fact, value.includes(item) ? 'contains' : 'doesNotContain', item));
    }),
  };
}
