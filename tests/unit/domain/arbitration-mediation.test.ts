import { expect, it } from 'vitest';
import type { CaseSnapshot, ChainProcedure, Clock, Moment } from '../../../domain/case/case.ts';
import { arbitrationProcedure } from '../../../domain/procedures/arbitration.ts';
import { type ChainMove, hearOfMove, mediationActs } from '../../../domain/procedures/arbitration-mediation.ts';
import type { ArbitrationState } from '../../../domain/procedures/arbitration-state.ts';
import { endBySilence, refusalOf } from '../../../domain/procedures/definition.ts';

const on = '2030-03-04';
const at: Moment = { now: '2030-03-04T02:00:00.000Z', today: on, actor: { actorId: 'a', role: 'arbitrator' } };

/** Arbitration applied for while the case was in that procedure, with what lies behind it. */
function filedDuring(during: ChainProcedure, past: CaseSnapshot['past'] = []): ArbitrationState {
  const snapshot = { caseNo: '1', runNo: 3, past, step: 7, seq: 9, recentActs: [], clocks: [], claims: [] };
  const opening = { attempt: 1, appliedOn: on, by: 'applicant' as const, limitationOver: false, during };
  return arbitrationProcedure.beginWith(snapshot as unknown as CaseSnapshot, opening, at).state;
}

const suggest = mediationActs['arbitration.suggestMediation'];
const suggestion = { receivedOn: on };
const refused = (state: ArbitrationState) => refusalOf(suggest, state, suggestion, at)?.code;
const move = (from: ChainProcedure, outcome: string, to: ChainMove['to'], closed?: CaseSnapshot): ChainMove => ({
  ...{ from, outcome, to, on, past: [{ procedure: from, outcome, on }] },
  ...(closed ? { closed } : {}),
});

it('MED-15 a suggestion waits until what is under way in the case has ended, and is for one that nobody has mediated', () => {
  for (const busy of ['negotiation', 'mediation', 'agreementPerformance', 'paymentOrder'] as const)
    expect(refused(filedDuring(busy)), busy).toBe('act-not-open');
  const ended = (outcome: string) => filedDuring('followUp', [{ procedure: 'mediation', outcome, on }]);
  expect(['notApplied', 'refused', 'declined'].map((outcome) => refused(ended(outcome)))).toEqual(
    Array(3).fill(undefined),
  );
  expect(['failed', 'expired', 'withdrawn'].map((outcome) => refused(ended(outcome)))).toEqual(
    Array(3).fill('mediated-before'),
  );
});

it('MED-15 a case that is handed to another body or merged away is not taken up again; one that is archived is', () => {
  const closed = { caseNo: '1', past: [], closedAtStep: 20, step: 20, seq: 40 } as unknown as CaseSnapshot;
  for (const outcome of ['merged', 'transferred']) {
    const state = filedDuring('followUp');
    hearOfMove(state, move('followUp', outcome, 'closed', closed), at);
    expect(refused(state), outcome).toBe('act-not-open');
  }
  const state = filedDuring('followUp');
  hearOfMove(state, move('followUp', 'archived', 'closed', closed), at);
  expect(refused(state)).toBeUndefined();
  // It goes on from where the chain stopped, and the arbitration counts its own steps.
  expect(state.case).toMatchObject({ closedAtStep: 20, step: 7, seq: 9 });
});

it('MED-15 a case that went elsewhere before it could be sent is back at once, and the time of the commission has not stood still', () => {
  const state = filedDuring('followUp');
  expect(suggest.apply(state, suggestion, at).refer).toMatchObject({ by: 'arbitration', kind: 'suggested', after: 1 });
  expect(refused(state)).toBe('act-not-open');
  const news = hearOfMove(state, move('followUp', 'reopened', 'mediation'), at);
  expect(news).toMatchObject({ type: 'arbitration.backFromMediation', effects: { detail: { outcome: 'notTaken' } } });
  expect(news?.effects.start).toEqual([]);
});

it('ARB-01 MED-16 silence: not accepted and no suit recorded, the record ends so; agreed and nothing more recorded, as settled', () => {
  for (const outcome of ['notAccepted', 'mediated']) {
    const state = filedDuring('followUp');
    const clock = { deadlineId: 'arbitration.suitAfterRefusal' } as Clock;
    expect(arbitrationProcedure.silence?.(state, clock, outcome, at)).toBeUndefined();
    endBySilence(arbitrationProcedure, state, clock, outcome);
    expect(state).toMatchObject({ stage: 'ended', outcome });
  }
});
