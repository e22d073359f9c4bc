import { describe, expect, it } from 'vitest';
import type { CaseSnapshot, Clock, Moment } from '../../../domain/case/case.ts';
import { refusalOf } from '../../../domain/procedures/definition.ts';
import { type FollowUpState, followUpProcedure } from '../../../domain/procedures/follow-up.ts';

const at: Moment = {
  now: '2030-03-04T02:00:00.000Z',
  today: '2030-03-04',
  actor: { actorId: 'a', role: 'operator' },
};
const visitedAfter = (outcome: string): FollowUpState => {
  const snapshot = {
    ...{ caseNo: '1', runNo: 3, clocks: [], routes: [] },
    parties: [{ id: 'w1', side: 'applicant', kind: 'worker' }],
    past: [{ procedure: 'settlementPerformance', outcome, on: '2030-03-01' }],
  } as unknown as CaseSnapshot;
  return followUpProcedure.begin(snapshot, at).state;
};
const clock = { key: '3:followUp.archive', deadlineId: 'followUp.archive', dueOn: '2030-04-03' } as Clock;
const { 'followUp.recordVisit': visit, 'followUp.archive': archive } = followUpProcedure.acts;
if (!visit || !archive) throw new Error('the return visit has no acts');
const denial = { visitedOn: '2030-03-04', asked: 'w1', how: 'phone', paidInFull: false };

describe('the return visit', () => {
  it('POL-01: tells the operator where it denies the performance that is recorded, and says what was recorded', () => {
    const effects = visit.apply(visitedAfter('performed'), denial, at);
    expect(effects.tell).toEqual([{ template: 'performanceDenied', to: 'operator' }]);
    expect(effects.detail).toMatchObject({ ...denial, deniesPerformance: { outcome: 'performed', on: '2030-03-01' } });
    const expected = visit.apply(visitedAfter('breached'), denial, at);
    expect([expected.tell, expected.detail?.deniesPerformance]).toEqual([undefined, undefined]);
  });

  it('POL-01: such a case is not archived by the clock, until a visit says otherwise', () => {
    const state = visitedAfter('performed');
    visit.apply(state, denial, at);
    const held = followUpProcedure.silence?.(state, clock, 'archived', at);
    expect(held).toMatchObject({ tell: [{ template: 'performanceDenied' }], start: [{ anchorOn: '2030-04-03' }] });
    expect(state.outcome).toBeUndefined();
    visit.apply(state, { ...denial, paidInFull: true }, at);
    expect(followUpProcedure.silence?.(state, clock, 'archived', at)?.tell).toMatchObject([
      { template: 'archivedBySilence', to: 'operator' },
    ]);
    expect(state.outcome).toBe('archived');
  });

  it('POL-01: asks a party of the case, on a day that has come', () => {
    const state = visitedAfter('performed');
    expect(refusalOf(visit, state, { ...denial, asked: 'w9' }, at)).toMatchObject({ code: 'unknown-party' });
    expect(refusalOf(visit, state, { ...denial, visitedOn: '2030-03-05' }, at)).toMatchObject({
      code: 'day-in-the-future',
    });
  });
});

describe('the archive', () => {
  it('POL-01: a file that lacks something is closed with a reason only, and the event names what was missing', () => {
    const state = visitedAfter('performed');
    visit.apply(state, { ...denial, paidInFull: true }, at);
    const missing = [
      { item: 'paper', paper: 'settlementAgreement', zh: '和解协议书', en: 'Settlement agreement' },
      { item: 'performance', zh: '履行的证据', en: 'Evidence of the performance' },
    ];
    const refusal = refusalOf(archive, state, { missing }, at);
    expect(refusal).toMatchObject({ code: 'archive-incomplete', field: '/incompleteBecause' });
    expect(refusal?.zh).toContain('和解协议书；履行的证据');
    expect(refusal?.en).toContain('Settlement agreement; Evidence of the performance');
    expect(refusalOf(archive, state, { missing, incomplete: true }, at)).toBeUndefined();
    expect(archive.apply(state, { missing, incomplete: true }, at).detail).toEqual({ missing });
    expect(refusalOf(archive, visitedAfter('performed'), {}, at)).toMatchObject({ code: 'act-not-open' });
  });
});
