import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Clock, ClockStart } from '../../domain/case/case.ts';
import { clockInput } from '../../domain/case/clock-input.ts';
import type { ProcedureState } from '../../domain/procedures/definition.ts';
import type { RuleBook } from '../../domain/rules.ts';
import { buildCalendar } from '../../domain/time/calendar.ts';
import { computeDeadline } from '../../domain/time/deadline.ts';
import { readCalendarFiles } from '../../rules/calendar-source.ts';
import { loadRuleBook, loadScenarios } from '../../rules/index.ts';
import { bookWith, readPackDocument } from '../../rules/pack-document.ts';
import { sourcesIn } from '../../rules/rule-book.ts';
import type { OpenDeadlines } from '../../rules/simulation/compare-clocks.ts';
import { decisionComparison } from '../../rules/simulation/compare-decision.ts';
import type { RecordedDecision } from '../../rules/simulation/decision-tally.ts';
import { clockUnder } from '../../rules/simulation/moved-deadline.ts';
import { simulate } from '../../rules/simulation/simulate.ts';

const book = await loadRuleBook();
const calendar = buildCalendar(await readCalendarFiles());
const scenarios = (await loadScenarios()).decisions;
const NOW = '2026-09-20T04:00:00.000Z';
const JINSHAN = '310116';

type Row = Record<string, unknown>;

/** The book with files of a pack written otherwise. */
function bookWithFiles(folder: string, change: (rows: (file: string) => Row[]) => Record<string, unknown>): RuleBook {
  const source = sourcesIn(book.content).find((pack) => pack.folder === folder);
  const files = Object.fromEntries([...(source?.files ?? [])].map(([file, { value }]) => [file, value]));
  return bookWith(
    book,
    readPackDocument(
      JSON.stringify({
        format: 1,
        files: { ...files, ...change((file) => structuredClone((files[file] ?? []) as Row[])) },
      }),
    ),
  );
}

/** A rule that says something else. */
const withOutcome = (rule: Row, outcome: Row): Row => Object.fromEntries([...Object.entries(rule), ['then', outcome]]);

/** Jinshan ends a mediation in ten days in place of fifteen. */
const tenDays = bookWithFiles('310116-jinshan', () => ({
  'deadlines.json': [{ id: 'mediation.conclusion', amount: 10, source: '金山区调解期限试行办法（测试）' }],
}));

/** A clock as the record would have started it under a book. */
function clockOf(start: Partial<ClockStart> & { anchorOn: string }, region = JINSHAN, by = book): Clock {
  const whole = {
    ...{
      key: '3:mediation.conclusion',
      deadlineId: 'mediation.conclusion',
      anchorAt: `${start.anchorOn}T02:00:00.000Z`,
    },
    ...start,
  };
  const definition = by.deadline(region, whole.deadlineId);
  const computed = computeDeadline(definition, clockInput(whole, by.secondsPerDay(region)), calendar);
  return {
    ...whole,
    ...{ legalRef: definition.legalRef, source: definition.source, purpose: definition.purpose },
    ...{
      onExpiry: definition.onExpiry,
      amount: whole.amount ?? definition.amount,
      unit: whole.unit ?? definition.unit,
    },
    ...{ agreed: whole.amount !== undefined, dueOn: computed.dueOn, dueAt: computed.dueAt, provisional: false },
    ...{ calendarVersion: computed.calendarVersion, extensions: whole.extensions ?? [], fired: [], rungs: [] },
    ...{ expired: whole.expired ?? false, revision: 0 },
  };
}

const stateOf = (clocks: Clock[]): ProcedureState =>
  ({
    ...{ procedure: 'mediation', run: '3', stage: 'mediating', clocks, consents: {} },
    case: { origin: 'direct', scope: 'labour', routes: [], past: [], claims: [], parties: [], facts: {} },
  }) as unknown as ProcedureState;

const openCase = (clock: Clock, caseNo = `${JINSHAN}-2026-000001`): OpenDeadlines => ({
  ...{ caseNo, region: caseNo.slice(0, 6), state: stateOf([clock]) },
  deadlines: [
    {
      ...{ key: clock.key, deadlineId: clock.deadlineId, dueOn: clock.dueOn },
      anchor: book.deadline(JINSHAN, clock.deadlineId).anchor,
    },
  ],
});

async function* inBatches<T>(rows: readonly T[]): AsyncGenerator<T[]> {
  for (let at = 0; at < rows.length; at += 7) yield rows.slice(at, at + 7);
}

const run = (
  after: RuleBook,
  { decisions = [], deadlines = [] }: { decisions?: RecordedDecision[]; deadlines?: OpenDeadlines[] },
  options: Parameters<typeof simulate>[2] = {},
) =>
  simulate(
    { before: book, after, calendar, now: NOW },
    { decisions: inBatches(decisions), deadlines: inBatches(deadlines) },
    options,
  );

/** The questions of the packs' own scenarios, as if cases had been decided by them. */
const recorded: RecordedDecision[] = scenarios.map(({ point, region, facts }, index) => ({
  ...{ caseNo: `${region}-2026-${String(index).padStart(6, '0')}`, region, isOpen: index % 2 === 0, seq: 1, number: 0 },
  ...{ point, facts: JSON.stringify(facts), release: book.release },
}));

describe('an open deadline under another book', () => {
  const under = (clock: Clock, by: RuleBook = tenDays, now = NOW) =>
    clockUnder({ clock, anchor: 'mediation.accepted' }, by, { region: JINSHAN, calendar, now });

  it('MED-07: moves with the number of its rule, counted again from its own anchor over the days off', () => {
    // 2026-09-24 + 15 = 10-09 a working day; + 10 = 10-04, in the holiday of National Day, moves to 10-08.
    expect(under(clockOf({ anchorOn: '2026-09-24' }))).toMatchObject({
      ...{ kind: 'moves', days: -1, earlier: true, overAtOnce: false },
      computed: { dueOn: '2026-10-08' },
    });
    // 2026-09-15 + 15 = 09-30; + 10 = 09-25, Mid-Autumn, moves to 09-28.
    expect(under(clockOf({ anchorOn: '2026-09-15' }))).toMatchObject({ days: -2, computed: { dueOn: '2026-09-28' } });
  });

  it('MED-07: an extension goes on from the new length, what was agreed stays, what has fired stays', () => {
    const extensions = [{ amount: 5, reason: '', agreedBy: ['w1', 'r1'] }];
    // 2026-11-02 + 15 + 5 = 11-22, a Sunday, had moved to 11-23.
    const extended = under(clockOf({ anchorOn: '2026-11-02', extensions }));
    expect(extended).toMatchObject({ kind: 'moves', days: -6, computed: { dueOn: '2026-11-17' } });
    expect(under(clockOf({ anchorOn: '2026-11-02', amount: 12, unit: 'calendarDays' })).kind).toBe('stays');
    expect(under(clockOf({ anchorOn: '2026-11-02', until: '2026-11-20' })).kind).toBe('stays');
    expect(under(clockOf({ anchorOn: '2026-11-02', expired: true })).kind).toBe('fired');
  });

  it('MED-07: is said to be over at once where the new last day has passed', () => {
    const clock = clockOf({ anchorOn: '2026-09-07' });
    expect(under(clock)).toMatchObject({ kind: 'moves', overAtOnce: true });
    expect(under(clock, tenDays, '2026-09-08T00:00:00.000Z')).toMatchObject({ kind: 'moves', overAtOnce: false });
  });

  it('is nobody’s to say where the book counts from another event or has no such clock', () => {
    const clock = clockOf({ anchorOn: '2026-09-07' });
    const from = (anchor: string) => clockUnder({ clock, anchor }, tenDays, { region: JINSHAN, calendar, now: NOW });
    expect(from('mediation.applied')).toMatchObject({ kind: 'unknown', code: 'anchor-changed' });
    expect(under({ ...clock, deadlineId: 'mediation.gone' })).toMatchObject({
      kind: 'unknown',
      code: 'unknown-deadline',
    });
    const far = clockOf({ anchorOn: '2026-11-02' });
    expect(under({ ...far, anchorOn: '9990-01-01' })).toMatchObject({ kind: 'unknown', code: 'calendar-missing' });
  });

  it('counts hours from the moment of the event, and seconds where a day lasts so many', () => {
    const hourly = book.catalogue('000000').find(({ unit, purpose }) => unit === 'hours' && purpose === 'enforcing');
    const id = hourly?.id ?? book.catalogue('000000').find(({ unit }) => unit === 'hours')?.id ?? '';
    const clock = clockOf({ anchorOn: '2026-09-19', deadlineId: id, key: `1:${id}` });
    const { amount, anchor } = book.deadline(JINSHAN, id);
    const shorter: Pick<RuleBook, 'deadline' | 'secondsPerDay'> = {
      deadline: (region, name) => ({ ...book.deadline(region, name), amount: amount - 1 }),
      secondsPerDay: () => undefined,
    };
    const time = { calendar, now: NOW };
    expect(clockUnder({ clock, anchor }, shorter, { region: JINSHAN, ...time })).toMatchObject({
      ...{ kind: 'moves', earlier: true },
      computed: { dueAt: new Date(Date.parse(clock.dueAt) - 3_600_000).toISOString() },
    });
    const demo = clockOf({ anchorOn: '2026-09-19' }, '990000');
    expect(clockUnder({ clock: demo, anchor: 'mediation.accepted' }, book, { region: '990000', ...time }).kind).toBe(
      'stays',
    );
  });
});

describe('a decision under two books', () => {
  const [union] = recorded.filter(({ point, region }) => point === 'procedure.next' && region === JINSHAN);
  const asks = { region: JINSHAN, point: 'mediation.organisation' };
  const facts = JSON.stringify({
    ...{ enterpriseCommittee: false, newEmploymentForm: true, workers: 1, claimKinds: ['pay'], referredBy: 'none' },
  });
  const file = 'decisions/mediation.organisation.json';
  const edited = (change: (rules: Row[]) => unknown) =>
    bookWithFiles('310116-jinshan', (rows) => ({ [file]: change(rows(file)) }));
  const subCentre = (rules: Row[]) => rules.find(({ id }) => id === '310116-sub-centre-for-new-employment-forms');
  const compare = (after: RuleBook) => decisionComparison(book, after).compare(asks.region, asks.point, facts);

  it('POL-01: differs by a rule that was taken out, with the rules of before and after, their packs and articles', async () => {
    const without = edited((rules) => rules.filter(({ id }) => id !== '310116-sub-centre-for-new-employment-forms'));
    const difference = await compare(without);
    expect(difference).toMatchObject({
      kind: 'differs',
      before: {
        outcome: { kind: 'jointCentre' },
        rules: [{ id: '310116-sub-centre-for-new-employment-forms', pack: '310116-jinshan', file, change: 'removed' }],
      },
      after: { rules: [{ change: 'unchanged' }] },
    });
    expect(JSON.stringify(difference)).toContain('金山区《关于建立健全“5+X”机制');
  });

  it('POL-01: differs by a rule that says otherwise or was added, and not where only its article does', async () => {
    const renamed = edited((rules) =>
      rules.map((rule) => withOutcome(rule, { kind: 'regional', name: { zh: '测试调解中心', en: 'Test centre' } })),
    );
    expect(await compare(renamed)).toMatchObject({
      before: { rules: [{ change: 'changed' }] },
      after: { outcome: { kind: 'regional' }, rules: [{ change: 'changed' }] },
      organisation: { before: { kind: 'jointCentre' }, after: { kind: 'regional' } },
    });
    const added = edited((rules) => [
      ...rules,
      withOutcome(
        { ...subCentre(rules), id: '310116-test', priority: 900 },
        { kind: 'industry', name: { zh: '测试', en: 'Test' } },
      ),
    ]);
    expect(await compare(added)).toMatchObject({
      kind: 'differs',
      before: { rules: [{ change: 'unchanged' }] },
      after: { rules: [{ id: '310116-test', change: 'added' }] },
    });
    const otherwise = edited((rules) => rules.map((rule) => ({ ...rule, source: '另一文件（测试）' })));
    expect((await compare(otherwise)).kind).toBe('otherArticle');
  });

  it('of what is collected says which items go and which come', async () => {
    const offered = edited((rules) => rules);
    const services = 'decisions/case.services.json';
    const fewer = bookWithFiles('310116-jinshan', (rows) => ({
      [services]: rows(services).filter(({ id }) => id !== '310116-service-for-drivers'),
    }));
    const drivers = { drivers: 'lorry', employerSize: 'hundredOrMore', scope: 'labour' };
    const compared = await decisionComparison(book, fewer).compare(JINSHAN, 'case.services', JSON.stringify(drivers));
    expect(compared).toMatchObject({
      kind: 'differs',
      before: {
        outcome: { items: [{ service: { zh: expect.stringContaining('24H') } }] },
        rules: [{ change: 'removed' }],
      },
      after: { outcome: { items: [] }, rules: [] },
    });
    expect((await compare(offered)).kind).toBe('same');
  });

  it('is the same whether or not facts that no condition tells apart were asked before', async () => {
    const major = fc.record({
      ...{ workers: fc.nat(60), withCommonClaim: fc.nat(60), amountYuan: fc.nat(2_000_000), groups: fc.constant([]) },
      ...{ channel: fc.constantFrom('window', 'petition'), publicOpinion: fc.boolean() },
    });
    const none = bookWithFiles('000000-national', (rows) => ({
      'decisions/intake.majorDispute.json': rows('decisions/intake.majorDispute.json').filter(
        (rule) => !JSON.stringify(rule).includes('amountYuan'),
      ),
    }));
    const kept = decisionComparison(book, none);
    await fc.assert(
      fc.asyncProperty(major, async (facts) => {
        const asked = ['000000', 'intake.majorDispute', JSON.stringify(facts)] as const;
        expect(await kept.compare(...asked)).toEqual(await decisionComparison(book, none).compare(...asked));
      }),
      { numRuns: 40 },
    );
    const [invalid, valid] = [-1, 1].map((workers) => JSON.stringify({ ...JSON.parse(facts), workers }));
    expect((await kept.compare(JINSHAN, 'mediation.organisation', valid ?? '')).kind).toBe('same');
    expect((await kept.compare(JINSHAN, 'mediation.organisation', invalid ?? '')).kind).toBe('refused');
  });

  it('is counted as refused, with the reason, where the facts cannot be answered', async () => {
    const rows = [
      { ...union, isOpen: true, facts: '{"procedure":"mediation"}' },
      { ...union, isOpen: false, point: 'verdict' },
      { ...union, isOpen: true, region: '999999' },
    ] as RecordedDecision[];
    const { decisions } = await run(tenDays, { decisions: rows });
    expect(decisions.open).toMatchObject({ total: 2, refusedAlready: 2, refused: 0 });
    expect(decisions.closed).toMatchObject({ total: 1, refusedAlready: 1 });
    expect(decisions.refusals.items.map(({ code }) => code).sort()).toEqual([
      ...['missing-fact', 'unknown-point', 'unknown-region'],
    ]);
  });
});

describe('a simulation', () => {
  it('of a book against itself finds nothing', async () => {
    const day = fc
      .integer({ min: 0, max: 300 })
      .map((days) => new Date(Date.UTC(2026, 0, 5 + days)).toISOString().slice(0, 10));
    const ids = book.catalogue('000000').map(({ id }) => id);
    const clock = fc
      .record({
        region: fc.constantFrom(JINSHAN, '510100', '110101', '990000'),
        deadlineId: fc.constantFrom(...ids),
        anchorOn: day,
      })
      .map(({ region, deadlineId, anchorOn }) => {
        const open = openCase(
          clockOf({ deadlineId, anchorOn, key: `3:${deadlineId}` }, region),
          `${region}-2026-000001`,
        );
        return {
          ...open,
          deadlines: open.deadlines.map((one) => ({ ...one, anchor: book.deadline(region, deadlineId).anchor })),
        };
      });
    await fc.assert(
      fc.asyncProperty(fc.subarray(recorded), fc.array(clock, { maxLength: 20 }), async (decisions, deadlines) => {
        const report = await run(book, { decisions, deadlines });
        const { open, closed } = report.decisions;
        expect(open.same + closed.same).toBe(decisions.length);
        expect(
          report.decisions.cases.total + report.decisions.byRule.total + report.decisions.organisations.total,
        ).toBe(0);
        expect(report.deadlines).toMatchObject({
          total: deadlines.length,
          stay: deadlines.length,
          move: 0,
          moveAnyway: 0,
        });
        expect(report.escalations).toMatchObject({ earlier: 0, later: 0, otherwise: 0 });
        expect(report.weeks.weeks.total).toBe(0);
      }),
      { numRuns: 30 },
    );
  });

  it('MED-07: says which cases move on by themselves earlier, and in which weeks more is due', async () => {
    const moves = openCase(clockOf({ anchorOn: '2026-11-02' }));
    const elsewhere = openCase(clockOf({ anchorOn: '2026-11-02' }, '310115'), '310115-2026-000001');
    const agreed = openCase(
      clockOf({ anchorOn: '2026-11-02', amount: 12, unit: 'calendarDays' }),
      `${JINSHAN}-2026-000002`,
    );
    const older = openCase(clockOf({ anchorOn: '2026-11-02' }, '310115', tenDaysEverywhere), '310115-2026-000002');
    const report = await run(tenDays, { deadlines: [moves, elsewhere, agreed, older] });
    expect(report.deadlines).toMatchObject({ total: 4, move: 1, stay: 2, moveAnyway: 1, overAtOnce: 0 });
    expect(report.deadlines.cases).toMatchObject({
      ...{ total: 1, capped: false },
      items: [
        {
          ...{ caseNo: moves.caseNo, days: -5, before: { dueOn: '2026-11-17' }, after: { dueOn: '2026-11-12' } },
          rule: {
            before: { pack: '000000-national', change: 'unchanged', source: '企业劳动争议协商调解规定 第二十九条' },
            after: { pack: '310116-jinshan', change: 'added', source: '金山区调解期限试行办法（测试）' },
          },
        },
      ],
    });
    expect(report.escalations).toMatchObject({ earlier: 1, later: 0, otherwise: 0 });
    expect(report.escalations.cases.items[0]).toMatchObject({
      ...{ caseNo: moves.caseNo, change: 'earlier', days: -5 },
      follows: { after: { outcome: 'expired', next: 'followUp' } },
    });
    expect(report.weeks.weeks.items).toEqual([
      { region: JINSHAN, week: '2026-11-09', before: 0, after: 1 },
      { region: JINSHAN, week: '2026-11-16', before: 2, after: 1 },
    ]);
    expect(report.weeks.peaks.items).toEqual([
      { region: JINSHAN, before: { week: '2026-11-16', due: 2 }, after: { week: '2026-11-09', due: 1 } },
    ]);
  });

  it('says which cases go on otherwise when nobody acts, by which rule', async () => {
    const silence = 'decisions/silence.default.json';
    const reminds = bookWithFiles('000000-national', (rows) => ({
      [silence]: rows(silence).map((rule) =>
        rule.id === 'mediation-conclusion' ? withOutcome(rule, { outcome: 'remind' }) : rule,
      ),
    }));
    const { escalations, deadlines } = await run(reminds, {
      deadlines: [openCase(clockOf({ anchorOn: '2026-11-02' }))],
    });
    expect(deadlines.move).toBe(0);
    expect(escalations.cases.items).toMatchObject([
      {
        ...{ change: 'otherwise', days: 0 },
        follows: {
          before: {
            outcome: 'expired',
            next: 'followUp',
            rules: [{ id: 'mediation-conclusion', change: 'changed' }, {}],
          },
          after: { outcome: 'remind', rules: [{ id: 'mediation-conclusion', change: 'changed' }] },
        },
      },
    ]);
  });

  it('counts what its lists have no room for, says how far it is, and stops when it is told to', async () => {
    const [one] = recorded.filter(({ point }) => point === 'mediation.organisation');
    const many = Array.from({ length: 1500 }, (_, seq) => ({ ...one, region: JINSHAN, seq }) as RecordedDecision);
    const without = bookWithFiles('310116-jinshan', () => ({ 'decisions/mediation.organisation.json': [] }));
    const heard: number[] = [];
    const { decisions } = await run(without, { decisions: many }, { progress: (done) => heard.push(done) });
    expect(decisions.cases.total).toBe(1500);
    expect(decisions.cases.capped).toBe(true);
    expect(decisions.cases.items).toHaveLength(1000);
    expect(decisions.byRule.items[0]).toMatchObject({
      before: [{ change: 'removed' }],
      after: [{ change: 'unchanged' }],
    });
    expect(heard.at(-1)).toBe(1500);
    const stop = new AbortController();
    const stopped = run(without, { decisions: many }, { signal: stop.signal, progress: () => stop.abort() });
    await expect(stopped).rejects.toThrow(/abort/i);
  });
});

/** An older book, under which a case was begun elsewhere. */
const tenDaysEverywhere = bookWithFiles('000000-national', (rows) => ({
  'deadlines.json': rows('deadlines.json').map((row) =>
    row.id === 'mediation.conclusion' ? { ...row, amount: 10 } : row,
  ),
}));
