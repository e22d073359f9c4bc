import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DecisionPoint, decisionPoints, type FactValue } from '../../domain/rules.ts';
import { bareEngine, loadRuleBook, pointSpecs } from '../../rules/index.ts';
import { unindexedEvaluator } from '../../rules/rule-book.ts';

const book = await loadRuleBook();
const regions = ['000000', '510100', '520100', '310116', '990000'];
const overdue = {
  procedure: 'settlementPerformance',
  outcome: 'overdue',
  enforceable: 'none',
  paymentOrder: 'none',
  scope: 'labour',
  referral: 'none',
};

/** Facts of a point, each from its domain. */
function factsOf(point: DecisionPoint): fc.Arbitrary<Record<string, FactValue>> {
  const catalogue = book.catalogue('000000');
  return fc.record(
    Object.fromEntries(
      Object.entries(pointSpecs[point].facts).map(([name, spec]): [string, fc.Arbitrary<FactValue>] => {
        if (spec.type === 'boolean') return [name, fc.boolean()];
        if (spec.type === 'day') return [name, fc.constantFrom('2025-12-31', '2026-06-30', '2026-07-01', '2028-02-29')];
        if (spec.type === 'number') return [name, fc.nat(2_000_000)];
        if (spec.type === 'strings') return [name, fc.subarray([...spec.domain])];
        if (spec.domain === 'deadlineId') return [name, fc.constantFrom(...catalogue.map(({ id }) => id))];
        if (spec.domain === 'decided')
          return [name, fc.constantFrom(...decisionPoints, ...catalogue.map(({ id }) => id))];
        if (spec.domain === 'enforcingDeadlineId') {
          const enforcing = catalogue.filter(({ purpose }) => purpose === 'enforcing');
          return [name, fc.constantFrom(...enforcing.map(({ id }) => id))];
        }
        return [name, fc.constantFrom(...(spec.domain as readonly string[]))];
      }),
    ),
  );
}

const asked = fc
  .constantFrom(...decisionPoints)
  .chain((point) =>
    fc.record({ point: fc.constant(point), region: fc.constantFrom(...regions), facts: factsOf(point) }),
  );

describe('a decision', () => {
  it('NEG-09: carries its facts, its article, the release and every rule that matched', async () => {
    const decision = await book.decide('510100', 'procedure.next', overdue);
    expect(decision).toMatchObject({
      point: 'procedure.next',
      facts: overdue,
      release: book.release,
      sha256: book.sha256,
      outcome: { next: 'mediation', origin: 'escalation', prefill: 'settlement' },
    });
    expect(decision.matched.map(({ id }) => id)).toEqual([
      '510000-overdue-settlement-with-help',
      'overdue-settlement-to-mediation',
    ]);
    expect(decision.matched[1]).toMatchObject({
      legalRef: 'NEG-09',
      source: '人社部发〔2022〕71号 第九条；企业劳动争议协商调解规定 第十二条',
    });
    expect(JSON.parse(JSON.stringify(decision))).toEqual(decision);
  });

  it('NEG-09: is explained by every rule that was asked, each condition with the value compared', async () => {
    const explained = await book.explain('510100', 'procedure.next', overdue);
    const { rules, ...decision } = explained;
    expect(decision).toEqual(await book.decide('510100', 'procedure.next', overdue));
    expect(rules.length).toBeGreaterThan(decision.matched.length);
    const wins = rules.find(({ id }) => id === 'overdue-settlement-to-mediation');
    expect(wins).toMatchObject({ matched: true, legalRef: 'NEG-09', when: { met: true } });
    expect(wins?.when).toMatchObject({
      all: [
        {
          fact: 'procedure',
          operator: 'equal',
          value: 'settlementPerformance',
          actual: 'settlementPerformance',
          met: true,
        },
        { fact: 'outcome', operator: 'equal', value: 'overdue', actual: 'overdue', met: true },
      ],
    });
  });

  it('is explained as it was decided, whatever is asked', async () => {
    await fc.assert(
      fc.asyncProperty(asked, async ({ point, region, facts }) => {
        const decided = await book.decide(region, point, facts).catch(() => undefined);
        if (decided === undefined) return;
        const { rules } = await book.explain(region, point, facts);
        const matched = rules.filter((rule) => rule.matched);
        expect(matched.map(({ id }) => id)).toEqual(decided.matched.map(({ id }) => id));
        for (const { matched: does, when } of rules) expect(when.met).toBe(does);
      }),
      { numRuns: 60 },
    );
  });

  it('cannot be changed by who reads it', async () => {
    const { outcome } = await book.decide('000000', 'procedure.next', overdue);
    expect(() => Object.assign(outcome, { next: 'closed' })).toThrow(TypeError);
  });
});

describe('what the rules cannot answer is an error, never "no"', () => {
  const refused: [string, () => Promise<unknown>, string][] = [
    [
      'a fact nobody declared',
      () => book.decide('000000', 'procedure.next', { ...overdue, mood: 'good' }),
      'unknown-fact',
    ],
    [
      'a fact too few',
      () => book.decide('000000', 'procedure.next', { procedure: 'intake', outcome: 'withdrawn', scope: 'labour' }),
      'missing-fact',
    ],
    [
      'a fact whose name every object has',
      () => book.decide('000000', 'procedure.next', { ...overdue, toString: 'x' } as Record<string, FactValue>),
      'unknown-fact',
    ],
    [
      'a yes written as text',
      () =>
        book.decide('000000', 'intake.firstProcedure', {
          requestedRoute: 'any',
          negotiatedBefore: 'true',
          scope: 'labour',
        }),
      'fact-type',
    ],
    [
      'one kind of claim instead of a list',
      () =>
        book.decide('000000', 'agreement.routes', {
          claimKinds: 'pay',
          scope: 'labour',
          organisationKind: 'townshipStreet',
          paymentOnly: true,
        }),
      'fact-type',
    ],
    [
      'a kind of claim that does not exist',
      () =>
        book.decide('000000', 'agreement.routes', {
          claimKinds: ['pay', 'luck'],
          scope: 'labour',
          organisationKind: 'townshipStreet',
          paymentOnly: true,
        }),
      'fact-domain',
    ],
    [
      'a number of people as text',
      () => book.decide('000000', 'case.representatives', { withCommonClaim: '10' }),
      'fact-type',
    ],
    [
      'fewer people than none',
      () => book.decide('000000', 'case.representatives', { withCommonClaim: -1 }),
      'fact-domain',
    ],
    [
      'a number that is none',
      () => book.decide('000000', 'case.representatives', { withCommonClaim: Number.NaN }),
      'fact-domain',
    ],
    [
      'an outcome that does not exist',
      () => book.decide('000000', 'procedure.next', { ...overdue, outcome: 'won' }),
      'fact-domain',
    ],
    [
      'a day that the calendar does not have',
      () =>
        book.decide('000000', 'intake.admissible', {
          relation: 'labour',
          exclusion: 'none',
          claimKinds: ['pay'],
          overAge: false,
          overAgeMatter: false,
          personnelKind: 'none',
          registeredOn: '2026-02-30',
        }),
      'fact-domain',
    ],
    [
      'a wait that no clock enforces',
      () =>
        book.decide('000000', 'silence.default', {
          wait: 'mediation.arbitrationGate',
          side: 'none',
          origin: 'direct',
          evidence: false,
        }),
      'fact-domain',
    ],
    [
      'a procedure that does not end so',
      () => book.decide('000000', 'procedure.next', { ...overdue, procedure: 'negotiation' }),
      'no-rule-matched',
    ],
    [
      'a point that does not exist',
      () => book.decide('000000', 'procedure.before' as DecisionPoint, {}),
      'unknown-point',
    ],
    ['a region that does not exist', () => book.decide('310199', 'procedure.next', overdue), 'unknown-region'],
  ];
  for (const [title, ask, code] of refused) {
    it(`refuses ${title}`, () => expect(ask()).rejects.toMatchObject({ name: 'RuleError', code }));
  }
});

describe('the same answer as the rule engine itself', () => {
  it('as json-rules-engine bare, over all rules of the point', async () => {
    await fc.assert(
      fc.asyncProperty(asked, async ({ point, region, facts }) => {
        const { results } = await bareEngine(book, region, point).run({ ...facts });
        const bare = results.map((result) => String(result.name)).sort();
        const decided = await book.decide(region, point, facts).then(
          ({ matched }) => matched.map(({ id }) => id).sort(),
          (error: { code: string }) => {
            expect(error.code).toBe('no-rule-matched');
            return [];
          },
        );
        expect(decided).toEqual(bare);
      }),
      { numRuns: 400 },
    );
  });

  it('as without the index, order included', async () => {
    await fc.assert(
      fc.asyncProperty(asked, async ({ point, region, facts }) => {
        const settle = (promise: Promise<{ outcome: unknown; matched: unknown }>) =>
          promise.then(
            ({ outcome, matched }) => ({ outcome, matched }),
            (error: { code: string }) => error.code,
          );
        expect(await settle(book.decide(region, point, facts))).toEqual(
          await settle(unindexedEvaluator(book, region, point).evaluate(facts)),
        );
      }),
      { numRuns: 300 },
    );
  });

  it('the strongest rule first, always in the same order', async () => {
    await fc.assert(
      fc.asyncProperty(asked, async ({ point, region, facts }) => {
        const ask = () => book.decide(region, point, facts).catch(({ code }: { code: string }) => code);
        const [first, second] = await Promise.all([ask(), ask()]);
        expect(second).toEqual(first);
        if (first === undefined || typeof first === 'string') return;
        const priorities = first.matched.map(({ priority }) => priority);
        expect(priorities).toEqual([...priorities].sort((a, b) => b - a));
      }),
      { numRuns: 200 },
    );
  });
});

describe('many cases at once', () => {
  it('each gets its own answer, though engines keep status', async () => {
    const routes = ['any', 'negotiation', 'mediation'] as const;
    const expected = { any: 'negotiation', negotiation: 'negotiation', mediation: 'mediation' };
    const many = Array.from({ length: 300 }, (_, index) => index);
    const answers = await Promise.all(
      many.map(async (index) => {
        const requestedRoute = routes[index % 3] ?? 'any';
        const facts = { requestedRoute, negotiatedBefore: false, scope: 'labour', referral: 'none' };
        const organisation = {
          enterpriseCommittee: index % 2 === 0,
          newEmploymentForm: false,
          workers: index % 5 === 0 ? 10 : 1,
          claimKinds: ['pay'],
          referredBy: 'none',
        };
        const [first, who] = await Promise.all([
          book.decide('310116', 'intake.firstProcedure', facts),
          book.decide('310116', 'mediation.organisation', organisation),
        ]);
        return [first.outcome.next, who.outcome.kind];
      }),
    );
    for (const index of many) {
      const route = routes[index % 3] ?? 'any';
      const kind = index % 5 === 0 ? 'jointCentre' : index % 2 === 0 ? 'enterpriseCommittee' : 'townshipStreet';
      expect(answers[index]).toEqual([expected[route], kind]);
    }
  });

  it('a failed question leaves the next one unharmed', async () => {
    const bad = book.decide('000000', 'procedure.next', { ...overdue, procedure: 'followUp' });
    const good = book.decide('000000', 'procedure.next', overdue);
    await expect(bad).rejects.toMatchObject({ code: 'no-rule-matched' });
    expect((await good).outcome.next).toBe('mediation');
  });
});
