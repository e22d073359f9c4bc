import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CaseRules, RuleBook } from '../../domain/rules.ts';
import { addDays } from '../../domain/time/day.ts';
import type { LegalDay } from '../../domain/time/types.ts';
import { deadlineInCase, decideInCase } from '../../rules/deciding-book.ts';
import { loadRuleBook } from '../../rules/index.ts';
import { packsFolder, readSources } from '../../rules/load.ts';
import { bookWith, documentOf, type PackDocument, sourceOfDocument } from '../../rules/pack-document.ts';
import { createReleaseSource, type ReleaseStore } from '../../rules/release-source.ts';
import { ruleBookOf } from '../../rules/rule-book.ts';

const shipped = await loadRuleBook();
const packs = await readSources(packsFolder);
const textOf = (folder: string): PackDocument =>
  documentOf(packs.find((pack) => pack.folder === folder) as (typeof packs)[number]);
const jinshan = textOf('310116-jinshan');
const nation = textOf('000000-national');
const REGISTERED: LegalDay = '2026-11-25';
const CHANGED: LegalDay = '2026-12-01';
const ACCEPTED: LegalDay = '2026-12-03';

type Row = Record<string, unknown>;
/** The word of the pack format; named here, so that no object is taken for a promise. */
const THEN = 'then';

const whichRule = (about: string, what: string, then: Row): Row => ({
  ...{ point: 'release.decides', id: `jinshan-${about}`, priority: 20, legalRef: 'POL-01', source: '区里的通知' },
  title: { zh: '在办案件', en: 'Open cases' },
  when: {
    all: [
      { fact: 'what', operator: 'equal', value: what },
      { fact: 'about', operator: 'equal', value: about },
    ],
  },
  [THEN]: then,
});

/** Jinshan with another time for mediation, and what it says of cases that are open. */
const withDays = (amount: number, ...rules: Row[]): PackDocument => ({
  format: 1,
  files: {
    ...jinshan.files,
    'deadlines.json': [{ id: 'mediation.conclusion', source: '区里的通知', amount }],
    ...(rules.length === 0 ? {} : { 'decisions/release.decides.json': rules }),
  },
});

/** The books of a story: the first, and the one that takes its place on a day. */
const over = (first: RuleBook, second: RuleBook) => ({
  shipped,
  ruleBook: async (sha256: string) => [first, second, shipped].find((book) => book.sha256 === sha256) as RuleBook,
  on: async (day: LegalDay) => (day < CHANGED ? first : second),
});
const pinnedTo = ({ sha256 }: RuleBook, pinnedOn = REGISTERED): CaseRules => ({ region: '310116', sha256, pinnedOn });

/** Days that mediation has, by the book that decides; a longer time ends later. */
const daysIn = (first: RuleBook, second: RuleBook, on = ACCEPTED, of = pinnedTo(first)) =>
  deadlineInCase(
    over(first, second),
    of,
    { deadlineId: 'mediation.conclusion', on },
    async (book) => book.deadline('310116', 'mediation.conclusion').amount,
    (days) => addDays(on, days),
  );
const book = (text: PackDocument) => bookWith(shipped, sourceOfDocument(text));

/** The nation without the rules of a point, as before they were made. */
const without = (point: string, ...more: string[]): RuleBook => {
  const lacks = [point, ...more].map((name) => `decisions/${name}.json`);
  return ruleBookOf(
    packs.map((pack) => ({
      ...pack,
      files: new Map([...pack.files].filter(([file]) => !lacks.includes(file))),
    })),
  );
};

describe('which release decides', () => {
  it('MED-07: a case goes by the release of its intake, also where mediation is accepted under a later one', async () => {
    expect(await daysIn(shipped, book(withDays(10)))).toBe(15);
  });

  it('MED-07: where the later release says so, the day of the acceptance decides, and not for what happened before', async () => {
    const second = book(withDays(10, whichRule('mediation.conclusion', 'deadline', { by: 'event' })));
    expect(await daysIn(shipped, second)).toBe(10);
    expect(await daysIn(shipped, second, '2026-11-30')).toBe(15);
  });

  it('MED-07: or the one whose last day is better for the worker; where both are alike, that of the intake', async () => {
    const favourable = (amount: number, lastDay: string) =>
      book(withDays(amount, whichRule('mediation.conclusion', 'deadline', { by: 'favourable', lastDay })));
    expect(await daysIn(shipped, favourable(10, 'earlier'))).toBe(10);
    expect(await daysIn(shipped, favourable(10, 'later'))).toBe(15);
    expect(await daysIn(book(withDays(5)), favourable(10, 'later'))).toBe(10);
    expect(await daysIn(book(withDays(5)), favourable(10, 'earlier'))).toBe(5);
  });

  it('a decision names the book that decided it, and of two answers the better one is taken', async () => {
    const rows = nation.files['decisions/award.finality.json'] as Row[];
    const rule = {
      ...whichRule('award.finality', 'decision', { by: 'favourable', outcomes: [{ final: true }] }),
      id: 'x',
    };
    const turned = (final: boolean) =>
      book({
        format: 1,
        files: {
          ...nation.files,
          'decisions/award.finality.json': rows.map((row) =>
            Object.assign({}, row, { [THEN]: { ...(row[THEN] as Row), final } }),
          ),
          'decisions/release.decides.json': [...(nation.files['decisions/release.decides.json'] as Row[]), rule],
        },
      });
    const facts = {
      ...{ stated: 'unstated', subject: 'wages', standards: false, creditorIsWorker: true },
      ...{ withinTwelveMonths: true, personnelKind: 'none' },
    };
    const decided = async (first: RuleBook, second: RuleBook) => {
      const { outcome, sha256 } = await decideInCase(over(first, second), pinnedTo(first), ACCEPTED, {
        ...{ point: 'award.finality', facts },
      });
      return [outcome.final, sha256];
    };
    const [yes, no] = [turned(true), turned(false)];
    expect(await decided(no, yes)).toEqual([true, yes.sha256]);
    expect(await decided(yes, no)).toEqual([true, yes.sha256]);
  });

  it('a case that was moved goes by the book it was moved to; of an earlier day that book is asked', async () => {
    const second = book(withDays(10));
    expect(await daysIn(shipped, second, '2026-11-30', pinnedTo(second, ACCEPTED))).toBe(10);
  });

  it('a district says which release decides of what it may set itself, and of nothing else', () => {
    expect(() => book(withDays(10, whichRule('arbitration.award', 'deadline', { by: 'event' })))).toThrow(/not-open/);
    const { openPoints } = nation.files['pack.json'] as { openPoints: Record<string, { facts?: { about: string[] } }> };
    const deadlines = nation.files['deadlines.json'] as Array<{ id: string; open?: object }>;
    const open = deadlines.filter((row) => row.open !== undefined).map(({ id }) => id);
    const { about = [] } = openPoints['release.decides']?.facts ?? {};
    expect(about.filter((id) => !Object.hasOwn(openPoints, id)).sort()).toEqual(open.sort());
  });

  it('a favour that names nothing, and a name without favour, are refused with the place', () => {
    for (const then of [{ by: 'favourable' }, { by: 'event', lastDay: 'later' }])
      expect(() => book(withDays(10, whichRule('mediation.conclusion', 'deadline', then)))).toThrow(/wrong-value/);
  });
});

describe('a case pinned to a release from before there were rules of something', () => {
  const facts = {
    ...{ server: 'commission', method: 'post', result: 'received', consent: false, signedFor: false },
    ...{ refused: false, closedDown: false, workers: 1 },
  };
  const asked = (first: RuleBook, second: RuleBook) =>
    decideInCase(over(first, second), pinnedTo(first), ACCEPTED, { point: 'service.servedDay', facts });

  it('ARB-06: is answered by the release of the day, which the decision names', async () => {
    const later = book(withDays(10));
    const decision = await asked(without('service.servedDay', 'release.decides'), later);
    expect(decision).toMatchObject({ outcome: { served: expect.any(String) }, sha256: later.sha256 });
  });

  it('ARB-06: or by what the program brings, where the release of the day has none either', async () => {
    const old = without('service.servedDay');
    expect((await asked(old, old)).sha256).toBe(shipped.sha256);
  });

  it('stays with its own release where only the question which one decides is new', async () => {
    const old = without('release.decides');
    expect((await asked(old, old)).sha256).toBe(old.sha256);
    expect((await asked(old, without('release.decides', 'statistics.target'))).sha256).toBe(old.sha256);
  });
});

describe('any releases and any events', () => {
  const amounts = { 'mediation.conclusion': [1, 15], 'agreementPerformance.grace': [0, 15] } as const;
  type Id = keyof typeof amounts;
  const row = fc
    .constantFrom(...(Object.keys(amounts) as Id[]))
    .chain((id) =>
      fc.record({ id: fc.constant(id), amount: fc.integer({ min: amounts[id][0], max: amounts[id][1] }) }),
    );
  const by = fc.constantFrom<Row>(
    { by: 'intake' },
    { by: 'event' },
    { by: 'favourable', lastDay: 'earlier' },
    { by: 'favourable', lastDay: 'later' },
  );
  const facts = {
    ...{ enterpriseCommittee: false, newEmploymentForm: false, workers: 3, claimKinds: ['pay'], referredBy: 'none' },
  };
  const organisations = (kind: string): Row[] => [
    ...(jinshan.files['decisions/mediation.organisation.json'] as Row[]),
    {
      ...{ point: 'mediation.organisation', id: 'another', priority: 900, legalRef: 'POL-01', source: '区里的通知' },
      ...{ title: { zh: '另一组织', en: 'Another' }, when: { all: [] } },
      [THEN]: { kind, name: { zh: '另一组织', en: 'Another' } },
    },
  ];
  const kind = fc.constantFrom('regional', 'industry', 'oneStop');
  const releases = fc.array(fc.record({ row, by, kind, on: fc.integer({ min: 1, max: 40 }) }), { maxLength: 5 });
  const events = fc.array(fc.record({ id: fc.constantFrom(...(Object.keys(amounts) as Id[])), on: fc.nat(45) }), {
    minLength: 1,
    maxLength: 6,
  });

  it('leave every answer as it was under its own sha256, and no number outside what the nation opens', async () => {
    await fc.assert(
      fc.asyncProperty(releases, events, fc.nat(20), async (approved, happened, intake) => {
        const kept = new Map<string, unknown>();
        const texts = approved.map(({ row, by, on, kind }) => ({
          from: addDays(REGISTERED, on),
          document: {
            format: 1,
            files: {
              ...jinshan.files,
              'deadlines.json': [{ ...row, source: '区里的通知' }],
              'decisions/mediation.organisation.json': organisations(kind),
              'decisions/release.decides.json': [
                whichRule(row.id, 'deadline', by),
                whichRule('mediation.organisation', 'decision', { by: by.by === 'intake' ? 'intake' : 'event' }),
              ],
            },
          },
        }));
        const store: ReleaseStore = {
          save: async ({ sha256, content }) => void kept.set(sha256, content),
          content: async (sha256) => kept.get(sha256),
          approvedPacksOn: async (day) =>
            texts
              .filter(({ from }) => from <= day)
              .sort((a, b) => (a.from < b.from ? -1 : 1))
              .slice(-1)
              .map(({ document }) => document),
          noteInForce: async () => undefined,
          inForceOn: async () => undefined,
        };
        const books = await createReleaseSource(shipped, store, () => new Date(`${REGISTERED}T04:00:00Z`));
        const pinnedOn = addDays(REGISTERED, intake);
        const of: CaseRules = { region: '310116', sha256: (await books.on(pinnedOn)).sha256, pinnedOn };
        const answers = [];
        for (const { id, on } of happened)
          answers.push(
            await deadlineInCase(
              books,
              of,
              { deadlineId: id, on: addDays(REGISTERED, on) },
              async (book) => ({ id, sha256: book.sha256, amount: book.deadline('310116', id).amount }),
              ({ amount }) => addDays(REGISTERED, amount),
            ),
          );
        const decisions = [];
        for (const { on } of happened)
          decisions.push(
            await decideInCase(books, of, addDays(REGISTERED, on), { point: 'mediation.organisation', facts }),
          );
        const later = await createReleaseSource(shipped, store, () => new Date('2027-06-01T04:00:00Z'));
        for (const { id, sha256, amount } of answers) {
          expect((await later.ruleBook(sha256)).deadline('310116', id).amount).toBe(amount);
          expect(amount).toBeGreaterThanOrEqual(amounts[id][0]);
          expect(amount).toBeLessThanOrEqual(amounts[id][1]);
        }
        for (const decision of decisions) {
          const again = await later.ruleBook(decision.sha256);
          expect(await again.decide('310116', decision.point, decision.facts)).toEqual(decision);
        }
      }),
      { numRuns: 8 },
    );
  }, 60_000);
});
