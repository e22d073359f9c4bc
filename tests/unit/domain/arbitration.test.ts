import { describe, expect, it } from 'vitest';
import type { CaseSnapshot, Clock, ClockStart, Moment } from '../../../domain/case/case.ts';
import { watchedAfter } from '../../../domain/case/watch.ts';
import { arbitrationProcedure, watchAfterArbitration } from '../../../domain/procedures/arbitration.ts';
import { finalityQuestions, judgeFinality } from '../../../domain/procedures/arbitration-award.ts';
import type { ArbitrationState } from '../../../domain/procedures/arbitration-state.ts';
import {
  type AnyAct,
  clockOf,
  type Effects,
  type ProcedureState,
  refusalOf,
} from '../../../domain/procedures/definition.ts';
import type { Decision } from '../../../domain/rules.ts';
import { addDays } from '../../../domain/time/day.ts';
import { loadRuleBook } from '../../../rules/index.ts';

const book = await loadRuleBook();
const MONDAY = '2030-03-04';
const at = (today: string): Moment => ({
  now: `${today}T04:00:00.000Z`,
  today,
  actor: { actorId: 'a', role: 'operator' },
});

/** A clock as far as the acts look at it: its rule's days after the anchor. */
const clockFrom = (start: ClockStart): Clock =>
  ({
    ...start,
    dueOn: addDays(start.anchorOn, book.deadline('110101', start.deadlineId).amount),
    expired: false,
  }) as Clock;

function take(state: ArbitrationState, { start = [], stop = [] }: Effects): void {
  const gone = [...stop, ...start.map(({ key }) => key)];
  state.clocks = [...state.clocks.filter(({ key }) => !gone.includes(key)), ...start.map(clockFrom)];
}

const actOf = (name: string): AnyAct<ArbitrationState> => {
  const act = (arbitrationProcedure.acts as Record<string, AnyAct<ArbitrationState>>)[`arbitration.${name}`];
  if (!act) throw new Error(name);
  return act;
};

function perform(state: ArbitrationState, name: string, input: unknown, on = MONDAY): void {
  const refusal = refusalOf(actOf(name), state, input, at(on));
  if (refusal) throw new Error(`${name}: ${refusal.en}`);
  take(state, actOf(name).apply(state, input as never, at(on)));
}

const codeOf = (state: ArbitrationState, name: string, input: unknown, on = MONDAY) =>
  refusalOf(actOf(name), state, input, at(on))?.code;

/** Lets a clock run out, with the outcome its silence has. */
function runOut(state: ArbitrationState, id: string, outcome: string, subject?: string): void {
  const clock = clockOf(state, `arbitration.${id}`, subject);
  if (!clock) throw new Error(`no clock ${id}`);
  clock.expired = true;
  take(state, arbitrationProcedure.silence?.(state, clock, outcome, at(addDays(clock.dueOn, 1))) ?? {});
}

const snapshot = {
  ...{ caseNo: '110101-2030-000001', runNo: 2, scope: 'labour', clocks: [] },
  parties: [
    { id: 'w1', side: 'applicant', kind: 'worker' },
    { id: 'r1', side: 'respondent', kind: 'employer' },
  ],
  claims: [{ id: 'c1', worker: 'w1', kind: 'pay', subject: 'wages' }],
  facts: { personnelKind: 'none' },
} as unknown as CaseSnapshot;

function filed(): ArbitrationState {
  const opening = { attempt: 1, appliedOn: MONDAY, by: 'applicant' as const, limitationOver: false };
  const { state, effects } = arbitrationProcedure.beginWith(structuredClone(snapshot), opening, at(MONDAY));
  take(state, effects);
  return state;
}

const item = (more: object = {}) => ({
  claim: 'c1',
  subject: 'wages',
  standards: false,
  creditor: 'w1',
  amountFen: 100,
  ...more,
});

/** An award with a final document, or as given; received by both on the day. */
async function awarded(documents: object[] = [{ stated: 'final', items: [item()] }]): Promise<ArbitrationState> {
  const state = filed();
  perform(state, 'recordDocketed', { on: MONDAY });
  perform(state, 'recordAward', { awardedOn: MONDAY, monthlyMinimumFen: 200_000, documents });
  const answers: Decision[] = [];
  for (const { point, facts } of finalityQuestions(state)) answers.push(await book.decide('110101', point, facts));
  take(state, judgeFinality(state, answers, at(MONDAY)));
  for (const { id } of state.documents)
    for (const party of ['w1', 'r1']) perform(state, 'recordReceipt', { document: id, party, receivedOn: MONDAY });
  return state;
}

const a1 = { document: 'a1', filedOn: MONDAY };
const ruling = { document: 'a1', applicantReceivedOn: MONDAY, respondentReceivedOn: MONDAY };
const toSetAside = { ...a1, party: 'r1', ground: 'wrongLaw' };

describe('an award', () => {
  it('L9: an item is final up to twelve months of the minimum wage that the clerk states, to the fen', async () => {
    const of = async (amountFen: number) =>
      (await awarded([{ stated: 'unstated', items: [item({ amountFen })] }])).documents[0]?.final;
    expect(await of(2_400_000)).toBe(true);
    expect(await of(2_400_001)).toBe(false);
  });

  it('FIN-04: against one that is not final either side may sue, and it is in force when neither has', async () => {
    const state = await awarded([{ stated: 'nonFinal', items: [item()] }]);
    runOut(state, 'suit', 'notUsed', 'a1:applicant');
    expect(state.outcome).toBeUndefined();
    runOut(state, 'suit', 'notUsed', 'a1:respondent');
    expect(state.outcome).toBe('inForce');
    const sued = await awarded([{ stated: 'nonFinal', items: [item()] }]);
    perform(sued, 'recordSuit', { ...a1, party: 'r1' });
    expect(sued).toMatchObject({ outcome: 'sued', clocks: [] });
  });

  it('FIN-02: what the court does not set aside stays in force; the worker’s own time goes on', async () => {
    const state = await awarded();
    perform(state, 'applyToSetAside', toSetAside);
    perform(state, 'recordSetAsideRuling', { ...ruling, setAside: false });
    expect(state.outcome).toBeUndefined();
    runOut(state, 'workerSuit', 'notUsed', 'a1:applicant');
    expect(state.outcome).toBe('inForce');
    expect(watchAfterArbitration(state, [], at(MONDAY))?.clocks).toMatchObject([
      { deadlineId: 'enforcement.application' },
    ]);
  });

  it('FIN-03: set aside, and nobody sues in fifteen days: neither award nor suit is left', async () => {
    const state = await awarded();
    perform(state, 'applyToSetAside', toSetAside);
    perform(state, 'recordSetAsideRuling', { ...ruling, setAside: true });
    for (const side of ['applicant', 'respondent']) runOut(state, 'suitAfterSetAside', 'notUsed', `a1:${side}`);
    expect(state.outcome).toBe('setAside');
  });

  it('FIN-05: after the worker’s suit came to nothing and the employer stays silent, the final award is in force', async () => {
    const state = await awarded();
    perform(state, 'recordSuit', { ...a1, party: 'w1' });
    expect(codeOf(state, 'applyToSetAside', toSetAside)).toBe('right-not-open');
    perform(state, 'recordSuitEnded', { document: 'a1', how: 'dismissed', receivedOn: MONDAY });
    runOut(state, 'setAsideAfterSuit', 'notUsed', 'a1:respondent');
    expect(state.outcome).toBe('inForce');
  });

  it('FIN-01 to FIN-04: two documents go their own ways, and the suit about one is what is left of both', async () => {
    const state = await awarded([
      { stated: 'final', items: [item()] },
      { stated: 'nonFinal', items: [item()] },
    ]);
    perform(state, 'recordSuit', { document: 'a2', party: 'r1', filedOn: MONDAY });
    expect(state.documents.map(({ fate }) => fate)).toEqual([undefined, 'sued']);
    runOut(state, 'workerSuit', 'notUsed', 'a1:applicant');
    runOut(state, 'setAside', 'notUsed', 'a1:respondent');
    expect(state.documents.map(({ fate }) => fate)).toEqual(['inForce', 'sued']);
    expect(state.outcome).toBe('sued');
  });

  it('FIN-01: a suit filed in time may be written down later, one filed too late not', async () => {
    const state = await awarded();
    const later = addDays(MONDAY, 17);
    expect(codeOf(state, 'recordSuit', { ...a1, party: 'w1', filedOn: addDays(MONDAY, 16) }, later)).toBe(
      'deadline-passed',
    );
    perform(state, 'recordSuit', { ...a1, party: 'w1', filedOn: addDays(MONDAY, 15) }, later);
    expect(state.documents[0]?.court?.kind).toBe('suit');
    // Nothing is heard of the court in a year: what is known is that there was a suit.
    runOut(state, 'court', 'noWord', 'a1');
    expect(state.outcome).toBe('sued');
  });
});

describe('before an award', () => {
  it('ARB-01: while acceptance is undecided only the one who applied may sue; nobody before the five days are over', () => {
    const state = filed();
    expect(codeOf(state, 'recordSuit', { party: 'w1', filedOn: MONDAY })).toBe('act-not-open');
    runOut(state, 'acceptance', 'suitOpen');
    const on = addDays(MONDAY, 8);
    expect(codeOf(state, 'recordSuit', { party: 'r1', filedOn: on }, on)).toBe('wrong-side');
    perform(state, 'recordSuit', { party: 'w1', filedOn: on }, on);
    expect(state.outcome).toBe('sued');
  });

  it('LIM-02: withdrawn, the limitation counts from the filing; one that was over or that the law does not set is not watched', () => {
    const answer = (deadlineId: string) => [{ outcome: { deadlineId } }] as unknown as Decision[];
    const withdrawn = (limitationOver: boolean) => Object.assign(filed(), { outcome: 'withdrawn', limitationOver });
    expect(watchAfterArbitration(withdrawn(false), answer('limitation.arbitration'), at('2030-04-01'))).toMatchObject({
      ...{ procedure: 'limitationWatch', attempt: 2, clocks: [{ key: 'limitation', anchorOn: MONDAY }] },
    });
    expect(watchAfterArbitration(withdrawn(true), answer('limitation.arbitration'), at(MONDAY))).toBeUndefined();
    expect(watchAfterArbitration(withdrawn(false), answer('none'), at(MONDAY))).toBeUndefined();
  });
});

describe('what is watched when a case closes', () => {
  const closing = (more: { past?: string; paidInFull?: boolean; keys?: string[]; expired?: boolean }) =>
    watchedAfter({
      ...{ procedure: 'followUp', run: '3', stage: 'ended' },
      case: { past: [{ procedure: 'mediation', outcome: more.past ?? 'failed', on: MONDAY }] },
      clocks: (more.keys ?? ['limitation']).map((key) => ({
        key,
        deadlineId: key,
        expired: more.expired ?? false,
        extensions: [],
      })),
      visit: { visitedOn: MONDAY, paidInFull: more.paidInFull },
    } as unknown as ProcedureState).map(({ key }) => key);

  it('LIM-01 ENF-01: the limitation, or the time to enforce where there is a paper; nothing once it is settled or over', () => {
    expect(closing({})).toEqual(['limitation']);
    expect(closing({ keys: ['limitation', 'enforcement'] })).toEqual(['enforcement']);
    for (const past of ['performed', 'paid']) expect(closing({ past })).toEqual([]);
    expect(closing({ paidInFull: true })).toEqual([]);
    expect(closing({ expired: true })).toEqual([]);
  });
});
