import { describe, expect, it } from 'vitest';
import { type DecisionPoint, decisionPoints, type FactValue } from '../../domain/rules.ts';
import { loadRuleBook, loadScenarios, pointSpecs } from '../../rules/index.ts';
import { runContentsScenarios } from '../../rules/scenarios/contents.ts';
import { runDecisionScenarios } from '../../rules/scenarios/decisions.ts';

const book = await loadRuleBook();
const { decisions, contents, stories } = await loadScenarios();
const national = book.catalogue('000000');

/** The row of the legal table that each rule rests on. */
const rows = new Map(
  (book.content as { packs: { decisions: Record<string, { id: string; legalRef: string }[]> }[] }).packs.flatMap(
    (pack) => Object.values(pack.decisions).flatMap((rules) => rules.map((rule) => [rule.id, rule.legalRef] as const)),
  ),
);

describe('the packs’ own scenarios', async () => {
  const results = await runDecisionScenarios(book, decisions);
  for (const [index, { id, title, point, rule }] of decisions.entries()) {
    it(`${rows.get(rule ?? '') ?? point} ${id}: ${title.en}`, () => {
      expect(results[index]?.differences).toEqual([]);
    });
  }

  it('have each their own id', () => {
    const ids = [...decisions, ...contents, ...stories].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('L4 L5: name everything that a document must contain', () => {
    const named = runContentsScenarios(book, contents);
    expect(named.flatMap(({ differences }) => differences)).toEqual([]);
    const packs = (book.content as { packs: { contents: { document: string; field: string }[] }[] }).packs;
    const all = packs.flatMap((pack) => pack.contents.map(({ document, field }) => `${document}/${field}`));
    expect(new Set(named.flatMap(({ touched }) => touched.contents))).toEqual(new Set(all));
  });

  it('use every rule of every pack at least once', async () => {
    const used = new Set(decisions.map(({ point, rule }) => `${point} ${rule}`));
    const content = book.content as { packs: { decisions: Record<string, { id: string }[]> }[] };
    const all = content.packs.flatMap((pack) =>
      Object.entries(pack.decisions).flatMap(([point, rules]) => rules.map(({ id }) => `${point} ${id}`)),
    );
    expect(all.filter((id) => !used.has(id))).toEqual([]);
  });
});

describe('stories', () => {
  it('there are seven, each with acts or silences and a path', () => {
    expect(stories.map(({ id }) => id).sort()).toEqual([
      'guizhou-union-guides',
      'jinshan-major-dispute',
      'jinshan-silent-employer',
      'story-mediation-expires',
      'story-overdue-settlement',
      'story-refused-then-agreed',
      'story-silence',
    ]);
  });

  it('wait only for clocks that exist, and pass only from procedure to procedure as the rules say', async () => {
    for (const story of stories) {
      for (const step of story.story) {
        if ('wait' in step) expect(book.deadline(story.region, step.wait).purpose).toBe('enforcing');
      }
      for (const [index, procedure] of story.path.slice(0, -1).entries()) {
        const ways = procedure === 'paymentOrder' ? ['A', 'B'] : ['none', 'A', 'B'];
        const nexts = await Promise.all(
          outcomesOf(procedure).flatMap((outcome) =>
            ways.map(async (paymentOrder) => {
              const asked = { procedure, outcome, enforceable: 'none', paymentOrder, scope: 'labour' };
              const facts = { ...asked, referral: 'none' };
              return (await book.decide(story.region, 'procedure.next', facts)).outcome.next;
            }),
          ),
        );
        expect(nexts, `${story.id} ${procedure}`).toContain(story.path[index + 1]);
      }
    }
  });
});

/** The ends of each procedure of the chain. */
const ends: Record<string, string[]> = {
  intake: ['notAdmissible'],
  negotiation: [
    'settled',
    'refused',
    'noResponse',
    'expired',
    'brokenOff',
    'unserved',
    'withdrawn',
    'transferred',
    'merged',
  ],
  settlementPerformance: ['performed', 'overdue', 'disputed'],
  mediation: [
    'agreement',
    'refused',
    'declined',
    'failed',
    'expired',
    'notApplied',
    'withdrawn',
    'transferred',
    'merged',
  ],
  preLitigationMediation: ['agreement', 'refused', 'expired', 'returned', 'withdrawn'],
  agreementPerformance: ['performed', 'breached'],
  paymentOrder: [
    ...['paid', 'enforceable', 'objected', 'turnedToSuit', 'suitDeclined'],
    ...['terminated', 'rejected', 'notAccepted', 'lapsed', 'notApplied'],
  ],
  followUp: ['archived', 'reopened', 'orderChosen', 'referred', 'transferred'],
};
const outcomesOf = (procedure: string): string[] => ends[procedure] ?? [];

/** Lists by example, by the name of the fact. */
const listsOf: Record<string, string[][]> = {
  subjects: [[], ['wages'], ['overtime', 'wages'], ['damages'], ['other', 'wages']],
  /** The rights against an award that run together. */
  running: [
    [],
    ['arbitration.workerSuit', 'arbitration.setAside'],
    ['arbitration.suit'],
    ['arbitration.setAsideAfterSuit'],
  ],
  arrears: [[], ['wages'], ['judgments', 'tax']],
  groups: [[], ['overAge'], ['migrantWorker', 'labourDispatch']],
};

/** Every combination of a point's facts, days and lists by example. */
function* everyFact(point: DecisionPoint): Generator<Record<string, FactValue>> {
  const ids = national.map(({ id }) => id);
  const enforcing = national.filter(({ purpose }) => purpose === 'enforcing').map(({ id }) => id);
  const choices = Object.entries(pointSpecs[point].facts).map(([name, spec]): [string, readonly FactValue[]] => {
    if (spec.type === 'boolean') return [name, [true, false]];
    if (spec.type === 'day') return [name, ['2026-06-30', '2026-07-01']];
    if (spec.type === 'number') return [name, [0, 10, 30, 50, 1_000_000]];
    if (spec.type === 'strings')
      return [name, listsOf[name] ?? [[], ['pay'], ['relationship', 'pay'], ['contract', 'dismissal']]];
    if (spec.domain === 'deadlineId') return [name, ids];
    if (spec.domain === 'decided') return [name, [...decisionPoints, ...ids]];
    return [name, spec.domain === 'enforcingDeadlineId' ? enforcing : (spec.domain as readonly string[])];
  });
  const total = choices.reduce((product, [, values]) => product * values.length, 1);
  for (let number = 0; number < total; number += 1) {
    let rest = number;
    const facts: Record<string, FactValue> = {};
    for (const [name, values] of choices) {
      facts[name] = values[rest % values.length] ?? '';
      rest = Math.floor(rest / values.length);
    }
    yield facts;
  }
}

describe('every question has one answer', () => {
  const meaningful: Partial<Record<DecisionPoint, (facts: Record<string, FactValue>) => boolean>> = {
    'intake.firstProcedure': ({ scope }) => scope !== 'none',
    'case.remedies': ({ wageIou, wagesOnly, reviewOpen, confirmationOpen, paper }) =>
      (!wageIou || wagesOnly === true) && (paper === 'agreement' || (!reviewOpen && !confirmationOpen)),
    'procedure.next': ({ procedure, outcome, scope, paymentOrder }) =>
      outcomesOf(String(procedure)).includes(String(outcome)) &&
      (scope !== 'none' || procedure === 'intake') &&
      (paymentOrder !== 'none' || procedure !== 'paymentOrder'),
  };
  const asked = (Object.keys(pointSpecs) as DecisionPoint[]).filter((point) => pointSpecs[point].mode === 'first');
  for (const point of asked) {
    it(`${point}: whatever the facts, and no two rules of one strength that disagree`, async () => {
      for (const facts of everyFact(point)) {
        if (meaningful[point]?.(facts) === false) continue;
        const { matched, outcome } = await book.decide('000000', point, facts);
        const rivals = matched.filter(({ priority }) => priority === matched[0]?.priority);
        for (const rival of rivals) expect(rival.outcome, JSON.stringify(facts)).toEqual(outcome);
      }
    }, 60_000);
  }
});

describe('deadlines', () => {
  it.each([
    ['NEG-03', 'negotiation.response', 5, 'calendarDays', 'noResponse'],
    ['MED-02', 'mediation.acceptance', 3, 'workingDays', 'unaccepted'],
    ['MED-07', 'mediation.conclusion', 15, 'calendarDays', 'expired'],
    ['MED-17', 'mediation.oneStop', 15, 'calendarDays', 'expired'],
    ['MED-16', 'mediation.entrusted', 10, 'workingDays', 'expired'],
    ['CRT-01', 'preLitigationMediation.delegated', 30, 'calendarDays', 'expired'],
    ['CRT-02', 'preLitigationMediation.entrustedOrdinary', 15, 'calendarDays', 'expired'],
    ['CRT-02', 'preLitigationMediation.entrustedSimple', 7, 'calendarDays', 'expired'],
    ['CRT-05', 'preLitigationMediation.mediatorChoice', 2, 'workingDays', 'courtNames'],
    ['CRT-05', 'preLitigationMediation.mediatorNaming', 3, 'workingDays', 'unnamed'],
    ['CRT-06', 'preLitigationMediation.taking', 3, 'workingDays', 'reassigned'],
    ['CRT-07', 'preLitigationMediation.invitation', 3, 'workingDays', 'unnotified'],
    ['CRT-10', 'followUp.filing', 7, 'calendarDays', 'filingOpen'],
    ['MED-09', 'mediation.arbitrationGate', 15, 'calendarDays', 'arbitrationOpen'],
    ['JR-01', 'arbitrationReview.application', 15, 'calendarDays', 'lapsed'],
    ['JR-05', 'arbitrationReview.review', 5, 'workingDays', 'undecided'],
    ['JR-06', 'arbitrationReview.extendedReview', 5, 'workingDays', 'undecided'],
    ['JC-01', 'judicialConfirmation.application', 30, 'calendarDays', 'lapsed'],
    ['JC-04', 'judicialConfirmation.acceptance', 3, 'calendarDays', 'undecided'],
    ['JC-05', 'judicialConfirmation.ruling', 30, 'calendarDays', 'undecided'],
    ['JC-08', 'judicialConfirmation.partyObjection', 15, 'calendarDays', 'noObjection'],
    ['PO-04', 'paymentOrder.acceptance', 5, 'calendarDays', 'undecided'],
    ['PO-05', 'paymentOrder.issue', 15, 'calendarDays', 'undecided'],
    ['PO-06', 'paymentOrder.objection', 15, 'calendarDays', 'enforceable'],
    ['PO-10', 'paymentOrder.suitDeclined', 7, 'calendarDays', 'turnedToSuit'],
    ['PO-13', 'paymentOrder.service', 30, 'calendarDays', 'terminated'],
    ['ENF-01', 'enforcement.application', 2, 'years', 'enforcementBarred'],
    ['ARB-01', 'arbitration.acceptance', 5, 'workingDays', 'suitOpen'],
    ['ARB-05', 'arbitration.award', 45, 'calendarDays', 'suitOpen'],
    ['FIN-01', 'arbitration.workerSuit', 15, 'calendarDays', 'notUsed'],
    ['FIN-02', 'arbitration.setAside', 30, 'calendarDays', 'notUsed'],
    ['FIN-03', 'arbitration.suitAfterSetAside', 15, 'calendarDays', 'notUsed'],
    ['FIN-04', 'arbitration.suit', 15, 'calendarDays', 'notUsed'],
    ['FIN-05', 'arbitration.setAsideAfterSuit', 30, 'calendarDays', 'notUsed'],
    ['LIM-01', 'limitation.arbitration', 1, 'years', 'limitationExpired'],
    ['LIM-03', 'limitation.wagesAfterTermination', 1, 'years', 'limitationExpired'],
    ['LIM-05', 'limitation.appointedCivilServant', 60, 'calendarDays', 'limitationExpired'],
  ])('%s: %s is %i %s', (legalRef, id, amount, unit, onExpiry) => {
    expect(book.deadline('000000', id)).toMatchObject({ legalRef, amount, unit, onExpiry, basis: 'statute' });
  });

  it('MED-07 and MED-09 are two clocks: from acceptance and from receipt', () => {
    expect(book.deadline('000000', 'mediation.conclusion').anchor).toBe('mediation.accepted');
    expect(book.deadline('000000', 'mediation.arbitrationGate').anchor).toBe('mediation.applicationReceived');
  });

  it('whatever no article gives says so in a note', () => {
    for (const { id, basis, note } of national) if (basis === 'inferred') expect(note, id).toBeDefined();
  });

  it('a deadline nobody has is refused by name', () => {
    expect(() => book.deadline('000000', 'mediation.teaBreak')).toThrow(
      expect.objectContaining({ code: 'unknown-deadline' }),
    );
  });

  it('no reminder comes before its clock has begun', async () => {
    const days = { calendarDays: 1, workingDays: 1, hours: 1 / 24, months: 28, years: 365, seconds: 0 };
    for (const { id, purpose, basis, amount, unit } of national) {
      const { outcome } = await book.decide('000000', 'notice.ladder', {
        ...{ deadlineId: id, purpose, ability: 'notAssessed' },
      });
      const before = outcome.before as number[];
      expect([...before].sort((a, b) => b - a)).toEqual(before);
      if (basis !== 'agreed') expect(Math.max(0, ...before), id).toBeLessThan(Math.max(1, amount * days[unit]));
    }
  });

  it('silence has a default for every clock that enforces', async () => {
    const silent = new Set(
      decisions.filter(({ point }) => point === 'silence.default').map(({ facts }) => String(facts.wait)),
    );
    expect(national.filter(({ id, purpose }) => purpose === 'enforcing' && !silent.has(id))).toEqual([]);
  });
});

describe('what agreements must contain', () => {
  it('L4: the five items of article 26 for a mediation agreement, by statute', () => {
    const contents = book.contents('000000', 'mediationAgreement');
    expect(contents.map(({ field }) => field)).toEqual([
      'parties',
      'requests',
      'result',
      'performancePeriod',
      'performanceManner',
    ]);
    for (const { source, basis } of contents) {
      expect([source, basis]).toEqual(['企业劳动争议协商调解规定 第二十六条', 'statute']);
    }
  });

  it('L5: no article lists the contents of a settlement, so each is marked as inferred', () => {
    const contents = book.contents('000000', 'settlementAgreement');
    expect(contents.map(({ field }) => field)).toEqual(['matter', 'terms', 'performancePeriod']);
    expect(contents.every(({ basis }) => basis === 'inferred')).toBe(true);
  });
});
