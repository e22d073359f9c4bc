import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DecisionPoint, decisionPoints } from '../../domain/rules.ts';
import { type FactSpec, specOf } from '../../rules/facts.ts';
import { packsFolder, readSources } from '../../rules/load.ts';
import { outcomeFields, type RuleRow } from '../../rules/pack-schema.ts';
import { decisionFile, type PackSource } from '../../rules/packs.ts';
import type { Cell } from '../../rules/tables/cell.ts';
import { decisionSheets, importDecision, withDecision } from '../../rules/tables/decision.ts';
import { rulesOf } from '../../rules/tables/read-table.ts';
import { factTitle, outcomeTitle } from '../../rules/tables/titles.ts';
import { tableOf } from '../../rules/tables/write-table.ts';

const sources = await readSources(packsFolder);
const packOf = (folder: string): PackSource => {
  const pack = sources.find((source) => source.folder === folder);
  if (pack === undefined) throw new Error(folder);
  return pack;
};
const rulesIn = (pack: PackSource, point: DecisionPoint) =>
  pack.files.get(decisionFile(point))?.value as RuleRow[] | undefined;
const byId = (rules: readonly { id?: unknown }[]) => [...rules].sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1));
const ids = { all: ['mediation.reply'], enforcing: ['mediation.reply'] };

describe('a decision as a table', () => {
  it('comes back the same, whichever decision of whichever pack', () => {
    let decisions = 0;
    for (const pack of sources) {
      for (const point of decisionPoints) {
        const rules = rulesIn(pack, point);
        if (rules === undefined) continue;
        const { sheets } = decisionSheets({ point, rules, ids });
        const others = sources.filter((source) => source !== pack);
        expect(importDecision(sheets, pack, others), `${pack.folder} ${point}`).toEqual({
          point,
          rules,
          faults: [],
          elsewhere: [],
        });
        decisions += 1;
      }
    }
    expect(decisions).toBeGreaterThan(35);
  });

  it('has a heading in Chinese for every fact and every outcome, and a sheet that Excel can name', () => {
    for (const point of decisionPoints) {
      for (const fact of Object.keys(specOf(point).facts))
        expect(factTitle(point, fact), fact).toMatch(/\p{Script=Han}/u);
      for (const { field } of outcomeFields(point))
        expect(outcomeTitle(point, field), field).toMatch(/\p{Script=Han}/u);
      expect(point.length).toBeLessThanOrEqual(31);
    }
  });

  it('lists the rules in the order in which they win', () => {
    const rules = rulesIn(packOf('310116-jinshan'), 'mediation.organisation') ?? [];
    const { rows } = tableOf('mediation.organisation', [...rules].reverse());
    expect(rows.slice(2).map((row) => row[3])).toEqual([100, 90, 10]);
  });

  it('says of a rule with “any”, “not” or conditions within conditions that it cannot be a row, and keeps it as JSON', () => {
    const rules = rulesIn(packOf('000000-national'), 'case.remedies') ?? [];
    const { rows, notTabular } = tableOf('case.remedies', rules);
    expect(notTabular.map(({ id }) => id)).toContain('mediation-without-agreement');
    expect(notTabular[0]?.reason.zh).toMatch(/不能写成表格：第4个条件是 any/);
    const names = rows[1] ?? [];
    const row = rows.find(([id]) => id === 'mediation-without-agreement') ?? [];
    expect(row[names.indexOf('notATable')]).toMatch(/不能写成表格.*cannot be a table/);
    expect(JSON.parse(String(row[names.indexOf('when')]))).toEqual(rules.find(({ id }) => id === row[0])?.when);
  });
});

const words = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom(
    'in',
    'not',
    ' ',
    '',
    'true',
    '12',
    '[a]',
    '{',
    '"',
    '=1+1',
    'a | b',
    '_x000D_',
    '\r\n',
    '\u0085',
    '\ud800',
    '中文，句。',
    '2026-01-01',
  ),
);
const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
const json = fc
  .oneof(
    words,
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.array(words, { maxLength: 4 }),
    fc.jsonValue({ maxDepth: 3 }),
  )
  .filter((value) => value !== null && !JSON.stringify(value).includes('__proto__'))
  .map(plain);

function comparison(fact: string, spec: FactSpec): fc.Arbitrary<unknown> {
  const leaf = (operators: string[], value: fc.Arbitrary<unknown>) =>
    fc.record({ fact: fc.constant(fact), operator: fc.constantFrom(...operators), value });
  const domain = 'domain' in spec && Array.isArray(spec.domain) ? fc.constantFrom(...(spec.domain as string[])) : words;
  switch (spec.type) {
    case 'boolean':
      return leaf(['equal', 'notEqual'], fc.boolean());
    case 'number':
      return leaf(
        ['lessThan', 'lessThanInclusive', 'greaterThan', 'greaterThanInclusive'],
        fc.double({ noNaN: true, min: 0, noDefaultInfinity: true }).map(plain),
      );
    case 'day':
      return leaf(['equal', 'before', 'onOrAfter'], fc.constantFrom('2026-01-01', '2024-02-29'));
    case 'strings':
      return leaf(['contains', 'doesNotContain'], fc.oneof(domain, words).map(plain));
    case 'string':
      return fc.oneof(
        leaf(['equal', 'notEqual'], fc.oneof(domain, words).map(plain)),
        leaf(['in', 'notIn'], fc.array(fc.oneof(domain, words), { minLength: 1, maxLength: 4 }).map(plain)),
      );
  }
}

/** Rules of a point, with conditions as deep as they come and texts as odd as they come. */
function rulesFor(point: DecisionPoint): fc.Arbitrary<RuleRow[]> {
  const leaf = fc.oneof(...Object.entries(specOf(point).facts).map(([fact, spec]) => comparison(fact, spec)));
  const { when } = fc.letrec((tie) => ({
    when: fc.oneof(
      { weight: 3, arbitrary: fc.record({ all: fc.array(leaf, { maxLength: 6 }) }) },
      {
        weight: 1,
        arbitrary: fc.record({ all: fc.array(fc.oneof({ maxDepth: 2 }, leaf, tie('when')), { maxLength: 4 }) }),
      },
      { weight: 1, arbitrary: fc.record({ any: fc.array(leaf, { minLength: 1, maxLength: 4 }) }) },
      { weight: 1, arbitrary: fc.record({ not: fc.oneof({ maxDepth: 2 }, leaf, tie('when')) }) },
    ),
  }));
  const bilingual = fc.record({ zh: words, en: words }).map(plain);
  const outcome = fc.record(
    Object.fromEntries(outcomeFields(point).map((one) => [one.field, one.bilingual ? bilingual : json])),
    { requiredKeys: [] },
  );
  const rule = fc.record(
    {
      point: fc.constant(point),
      id: fc.stringMatching(/^[A-Za-z0-9.-]{1,12}$/),
      title: bilingual,
      source: words.map(plain),
      legalRef: fc.constantFrom('MED-01', 'L2-1'),
      priority: fc.integer({ min: 1, max: 1000 }),
      when,
      // biome-ignore lint/suspicious/noThenProperty: the word of the pack format; never a function
      then: outcome,
      basis: fc.constantFrom('statute' as const, 'local' as const, 'inferred' as const),
      note: bilingual,
    },
    { requiredKeys: ['point', 'id', 'title', 'source', 'legalRef', 'priority', 'when', 'then'] },
  );
  return fc.uniqueArray(rule, { selector: ({ id }) => id, maxLength: 8 }) as fc.Arbitrary<RuleRow[]>;
}

const somePoints: DecisionPoint[] = [
  'intake.admissible',
  'intake.majorDispute',
  'procedure.next',
  'case.remedies',
  'notice.ladder',
];

describe('whatever rules there are, import(export(rules)) is the rules', () => {
  it.each(somePoints)('%s', (point) => {
    fc.assert(
      fc.property(rulesFor(point), (rules) => {
        const read = rulesOf(point, tableOf(point, rules).rows);
        expect(read.faults).toEqual([]);
        expect(byId(read.rules)).toEqual(byId(rules));
      }),
      { numRuns: 80 },
    );
  });
});

describe('a table that people changed', () => {
  const point = 'procedure.next';
  const pack = packOf('310116-jinshan');
  const others = sources.filter((source) => source !== pack);
  const names = tableOf(point, rulesIn(pack, point) ?? []).rows[1] as string[];
  /** Jinshan's rule on an overdue settlement with some cells written over. */
  function changed(cells: Record<string, Cell>) {
    const { sheets } = decisionSheets({ point, rules: rulesIn(pack, point) ?? [], ids });
    const row = sheets[0]?.rows[2] ?? [];
    for (const [name, cell] of Object.entries(cells)) row[names.indexOf(name)] = cell;
    return importDecision(sheets, pack, others);
  }
  const conditionsOf = (imported: ReturnType<typeof changed>) =>
    'rules' in imported ? (((imported.rules[0]?.when ?? {}) as { all?: unknown[] }).all ?? []) : [];

  it('may say conditions in Chinese and in several ways', () => {
    const imported = changed({
      'when.scope': '属于 labour ｜ personnel',
      'when.referral': '不是 courtDelegated',
      'when.enforceable': '= none',
    });
    expect(imported.faults).toEqual([]);
    expect(conditionsOf(imported).slice(2)).toEqual([
      { fact: 'enforceable', operator: 'equal', value: 'none' },
      { fact: 'scope', operator: 'in', value: ['labour', 'personnel'] },
      { fact: 'referral', operator: 'notEqual', value: 'courtDelegated' },
    ]);
  });

  it('keeps the order that a rule says its conditions in, and adds what it does not name', () => {
    const imported = changed({ order: 'outcome，procedure', 'when.scope': 'labour' });
    expect(conditionsOf(imported).map((one) => (one as { fact: string }).fact)).toEqual([
      'outcome',
      'procedure',
      'scope',
    ]);
  });

  const wrong: [string, Record<string, Cell>, cell: string, code: string][] = [
    ['a value that the fact cannot have', { 'when.outcome': 'overdoo' }, 'F3', 'value-outside-domain'],
    ['an operator that does not go with the fact', { 'when.outcome': 'contains overdue' }, 'F3', 'operator-type'],
    ['something between the values that parts nothing', { 'when.outcome': 'overdue or paid' }, 'F3', 'syntax'],
    ['two values for a comparison with one', { 'when.outcome': 'not overdue | paid' }, 'F3', 'syntax'],
    ['a number where text belongs', { source: 15 }, 'V3', 'wrong-type'],
    ['no source', { source: null }, 'V3', 'missing-field'],
    ['no title in Chinese', { 'title.zh': '  ' }, 'B3', 'missing-field'],
    ['an outcome that there is not', { 'then.next': 'court' }, 'N3', 'wrong-value'],
    ['a priority that is text', { priority: 'high' }, 'D3', 'wrong-type'],
    ['a list that is not closed', { 'then.tell': '[union, debtor' }, 'Q3', 'syntax'],
    ['a list that misses whom the nation wants told', { 'then.tell': '[union]' }, 'Q3', 'bound-broken'],
    ['conditions in columns and as JSON', { when: '{"all":[]}' }, 'E3', 'two-forms'],
    ['an order of conditions that are not there', { order: 'scope' }, 'K3', 'wrong-value'],
    ['inferred, and no note', { basis: 'inferred' }, 'Y3', 'missing-field'],
  ];
  it.each(wrong)('is refused with its cell: %s', (_why, cells, cell, code) => {
    const { faults } = changed(cells);
    expect(faults).toContainEqual(expect.objectContaining({ sheet: point, cell, code }));
    expect(faults.every(({ reason }) => reason.zh !== '' && reason.en !== '')).toBe(true);
  });

  it('is refused where JSON says a key twice, or is broken', () => {
    const none = { 'when.procedure': null, 'when.outcome': null };
    expect(changed({ ...none, when: '{"all":[],"all":[]}' }).faults).toMatchObject([{ cell: 'L3', code: 'syntax' }]);
    expect(changed({ ...none, when: '{"all":[' }).faults).toMatchObject([{ cell: 'L3', code: 'syntax' }]);
    expect(changed({ 'then.next': '{"a":' }).faults).toMatchObject([{ cell: 'N3', code: 'syntax' }]);
  });

  it('is refused where columns are unknown, twice there, missing or without a name, and where no sheet is a decision', () => {
    const { sheets } = decisionSheets({ point, rules: rulesIn(pack, point) ?? [], ids });
    const [heading, line = [], row = []] = sheets[0]?.rows ?? [];
    const cells = (second: Cell[], third: Cell[]) =>
      importDecision([{ name: point, rows: [heading ?? [], second, third] }], pack, others).faults;
    expect(cells(['when.weather', ...line.slice(1)], row)).toMatchObject([
      { cell: 'A2', code: 'unknown-column' },
      { cell: 'A2', code: 'missing-column', reason: { en: 'the column "id" is missing' } },
      { cell: 'A3', code: 'unknown-column' },
    ]);
    expect(cells([...line, 'basis'], row)).toMatchObject([{ cell: 'AA2', code: 'duplicate-column' }]);
    expect(importDecision([{ name: 'Sheet1', rows: [] }], pack, others).faults).toMatchObject([
      { code: 'unknown-sheet' },
    ]);
    const two = importDecision(
      [{ name: point, rows: [[], [...line, 'when.procedure'], [...row, 'not mediation']] }],
      pack,
      others,
    );
    expect(conditionsOf(two)).toHaveLength(3);
  });

  it('reports what it breaks elsewhere, with the file', () => {
    const twice = decisionSheets({ point, rules: rulesIn(packOf('520000-guizhou'), point) ?? [], ids });
    const imported = importDecision(twice.sheets, pack, others);
    expect([...imported.faults, ...('elsewhere' in imported ? imported.elsewhere : [])]).toContainEqual(
      expect.objectContaining({ code: 'duplicate-id' }),
    );
  });

  it('lays the new rules in the pack, and nothing else', () => {
    const laid = withDecision(pack, point, []);
    expect(laid.files.get(decisionFile(point))?.value).toEqual([]);
    expect(laid.files.size).toBe(pack.files.size);
  });
});
