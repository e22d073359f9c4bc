import { describe, expect, it } from 'vitest';
import type { Actor, CaseSnapshot, Clock, Moment, Party } from '../../../domain/case/case.ts';
import { agreementPerformanceProcedure } from '../../../domain/procedures/agreement-performance.ts';
import { arbitrationProcedure } from '../../../domain/procedures/arbitration.ts';
import type { ArbitrationState } from '../../../domain/procedures/arbitration-state.ts';
import { type AnyAct, type ProcedureState, refusalOf } from '../../../domain/procedures/definition.ts';
import { negotiationProcedure } from '../../../domain/procedures/negotiation.ts';
import type { PerformanceState } from '../../../domain/procedures/performance-state.ts';

const moment = (role: Actor['role'] = 'operator'): Moment => ({
  ...{ now: '2030-03-15T04:00:00.000Z', today: '2030-03-15' },
  actor: { actorId: 'a', role },
});
const parties: Party[] = [
  { id: 'w1', side: 'applicant', kind: 'worker' },
  { id: 'r1', side: 'respondent', kind: 'employer' },
  { id: 'r2', side: 'respondent', kind: 'dispatchFirm' },
];
const snapshot = { runNo: 1, parties, clocks: [], claims: [], routes: [] } as unknown as CaseSnapshot;
const deemed = (subject: string, dueOn = '2030-03-14'): Clock =>
  ({ key: `1:service.deemed#${subject}`, deadlineId: 'service.deemed', subject, dueOn }) as unknown as Clock;

/** Does an act that must be open, and says what follows. */
function doing<S extends ProcedureState>(act: AnyAct<S> | undefined, state: S, input: unknown, role?: Actor['role']) {
  if (!act) throw new Error('there is no such act');
  expect(refusalOf(act, state, input, moment(role))).toBeUndefined();
  return act.apply(state, input as never, moment(role));
}

describe('a request to negotiate that was left', () => {
  const serve = negotiationProcedure.acts['negotiation.serveRequest'];
  const left = { servedOn: '2030-03-11', method: 'left', ground: 'refused' };
  const begun = () => negotiationProcedure.begin(structuredClone(snapshot), moment()).state;

  it('ARB-06 waits for its days, the rules being asked whether it may count as served', () => {
    const state = begun();
    const { start, stop, ask } = doing(serve, state, left);
    expect(start).toMatchObject([{ key: '1:service.deemed#r1', subject: 'r1', anchorOn: '2030-03-11' }]);
    expect(stop).toEqual(['1:negotiation.service']);
    expect(ask).toMatchObject([
      { point: 'service.servedDay', facts: { server: 'organisation', result: 'left', refused: true, workers: 1 } },
    ]);
    expect(state).toMatchObject({ stage: 'serving', leftAt: ['r1'] });
  });

  it('NEG-03 LIM-02 when they are over is served on the last of them: the answer and the limitation are counted from there', () => {
    const state = begun();
    doing(serve, state, left);
    const after = negotiationProcedure.silence?.(state, deemed('r1'), 'deemedServed', moment());
    expect(after?.start).toMatchObject([{ deadlineId: 'negotiation.response', anchorOn: '2030-03-14' }]);
    expect(after?.detail).toEqual({ servedOn: '2030-03-14' });
    expect(state).toMatchObject({ stage: 'awaitingAnswer', servedOn: '2030-03-14' });
  });

  it('NEG-03 received after all is served on the day of receipt, and nothing is waited for any more', () => {
    const state = begun();
    doing(serve, state, { ...left, to: 'r2' });
    const { start, stop } = doing(serve, state, { servedOn: '2030-03-12', method: 'hand' });
    expect(start).toMatchObject([{ deadlineId: 'negotiation.response', anchorOn: '2030-03-12' }]);
    expect(stop).toContain('1:service.deemed#r2');
  });

  it('ARB-06 is not left tomorrow, for a stranger, or for the side that asks', () => {
    const refusal = (more: Record<string, unknown>) =>
      serve && refusalOf(serve, begun(), { ...left, ...more }, moment())?.code;
    expect(refusal({ servedOn: '2030-03-16' })).toBe('day-in-the-future');
    expect(refusal({ to: 'w9' })).toBe('unknown-party');
    expect(refusal({ to: 'w1' })).toBe('wrong-side');
  });
});

it('ARB-06 POL-01 a notice of performance that was left counts as served when its days are over, and is not sent by the system', () => {
  const state = {
    ...{ procedure: 'agreementPerformance', run: '1', stage: 'performing', case: snapshot, clocks: [] },
    ...{ agreement: { effectiveOn: '2030-03-01' }, items: [], payments: [] },
  } as unknown as PerformanceState;
  const serve = agreementPerformanceProcedure.acts['agreementPerformance.serveNotice'];
  const left = doing(serve, state, { servedOn: '2030-03-11', method: 'posted', ground: 'closedDown', to: 'r2' });
  expect(left.start).toMatchObject([{ key: '1:service.deemed#r2', anchorOn: '2030-03-11' }]);
  expect(left.stop).toEqual(['1:agreementPerformance.notice']);
  expect(state.noticeServedOn).toBeUndefined();
  const after = agreementPerformanceProcedure.silence?.(state, deemed('r2'), 'deemedServed', moment());
  expect(after?.detail).toEqual({ servedOn: '2030-03-14' });
  expect(state.noticeServedOn).toBe('2030-03-14');
});

describe('an award that was left', () => {
  const receive = arbitrationProcedure.acts['arbitration.recordReceipt'];
  const awarded = () =>
    ({
      ...{ procedure: 'arbitration', run: '1', stage: 'awarded', case: structuredClone(snapshot), clocks: [] },
      awardedOn: '2030-03-04',
      documents: [{ id: 'a1', final: false, items: [], received: {}, rights: [], shares: [{ worker: 'w1' }] }],
    }) as unknown as ArbitrationState;
  const left = { document: 'a1', party: 'r1', receivedOn: '2030-03-11', method: 'left', ground: 'refused' };

  it('ARB-06 FIN-04 begins the time to sue when its days are over, from the last of them', () => {
    const state = awarded();
    const { start, detail } = doing(receive, state, left, 'arbitrator');
    expect(start).toMatchObject([{ key: '1:service.deemed#a1:r1', anchorOn: '2030-03-11' }]);
    expect(detail).toMatchObject({ document: 'a1', party: 'r1', leftOn: '2030-03-11', method: 'left' });
    const after = arbitrationProcedure.silence?.(state, deemed('a1:r1'), 'deemedServed', moment());
    expect(after?.start).toMatchObject([{ deadlineId: 'arbitration.suit', anchorOn: '2030-03-14' }]);
    expect(state.documents[0]).toMatchObject({ received: { r1: '2030-03-14' }, left: {} });
  });

  it('ARB-06 FIN-04 is not received earlier because nobody recorded a receipt, and earlier where somebody did', () => {
    const state = awarded();
    doing(receive, state, left, 'arbitrator');
    const wait = { deadlineId: 'arbitration.receipt', dueOn: '2030-03-12' } as unknown as Clock;
    arbitrationProcedure.silence?.(state, wait, 'deemedReceived', moment());
    expect(Object.keys(state.documents[0]?.received ?? {})).toEqual(['w1', 'r2']);
    const { stop } = doing(receive, state, { document: 'a1', party: 'r1', receivedOn: '2030-03-13' }, 'arbitrator');
    expect(stop).toContain('1:service.deemed#a1:r1');
    expect(state.documents[0]?.received.r1).toBe('2030-03-13');
  });
});
