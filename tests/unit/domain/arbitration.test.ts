import { describe, expect, it } from 'vitest';
import { watchedAfter } from '../../../domain/case/watch.ts';
import { watchAfterArbitration } from '../../../domain/procedures/arbitration.ts';
import type { ProcedureState } from '../../../domain/procedures/definition.ts';
import type { Decision } from '../../../domain/rules.ts';
import { addDays } from '../../../domain/time/day.ts';
import { at, awarded, codeOf, fatesOf, filed, item, MONDAY, perform, runOut } from '../../support/award.ts';

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
    runOut(state, 'suit', 'notUsed', 'a1:w1');
    expect(state.outcome).toBeUndefined();
    runOut(state, 'suit', 'notUsed', 'a1:r1');
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
    runOut(state, 'workerSuit', 'notUsed', 'a1:w1');
    expect(state.outcome).toBe('inForce');
    // FIN-01: a final award is in force since it was made, whenever that is settled; ENF-01 counts from there.
    expect(watchAfterArbitration(state, [], at('2030-05-02'))?.clocks).toMatchObject([
      { deadlineId: 'enforcement.application', anchorOn: state.awardedOn },
    ]);
    expect(state.awardedOn).toBe(MONDAY);
  });

  it('FIN-03: set aside, and nobody sues in fifteen days: neither award nor suit is left', async () => {
    const state = await awarded();
    perform(state, 'applyToSetAside', toSetAside);
    perform(state, 'recordSetAsideRuling', { ...ruling, setAside: true });
    for (const party of ['w1', 'r1']) runOut(state, 'suitAfterSetAside', 'notUsed', `a1:${party}`);
    expect(state.outcome).toBe('setAside');
  });

  it('FIN-05: after the worker’s suit came to nothing and the employer stays silent, the final award is in force', async () => {
    const state = await awarded();
    perform(state, 'recordSuit', { ...a1, party: 'w1' });
    expect(codeOf(state, 'applyToSetAside', toSetAside)).toBe('right-not-open');
    perform(state, 'recordSuitEnded', { document: 'a1', how: 'dismissed', receivedOn: MONDAY });
    runOut(state, 'setAsideAfterSuit', 'notUsed', 'a1:r1');
    expect(state.outcome).toBe('inForce');
  });

  it('FIN-01 to FIN-04: two documents go their own ways, and the suit about one is what is left of both', async () => {
    const state = await awarded([
      { stated: 'final', items: [item()] },
      { stated: 'nonFinal', items: [item()] },
    ]);
    perform(state, 'recordSuit', { document: 'a2', party: 'r1', filedOn: MONDAY });
    expect(fatesOf(state)).toEqual([undefined, 'sued']);
    runOut(state, 'workerSuit', 'notUsed', 'a1:w1');
    runOut(state, 'setAside', 'notUsed', 'a1:r1');
    expect(fatesOf(state)).toEqual(['inForce', 'sued']);
    expect(state.outcome).toBe('sued');
  });

  it('FIN-01: a suit filed in time may be written down later, one filed too late not', async () => {
    const state = await awarded();
    const later = addDays(MONDAY, 17);
    expect(codeOf(state, 'recordSuit', { ...a1, party: 'w1', filedOn: addDays(MONDAY, 16) }, later)).toBe(
      'deadline-passed',
    );
    perform(state, 'recordSuit', { ...a1, party: 'w1', filedOn: addDays(MONDAY, 15) }, later);
    expect(state.documents[0]?.shares[0]?.court?.kind).toBe('suit');
    // Nothing is heard of the court in a year: what is known is that there was a suit.
    runOut(state, 'court', 'noWord', 'a1:w1');
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
