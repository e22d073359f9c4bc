import { expect, it } from 'vitest';
import type { CaseSnapshot, Moment, Party } from '../../../domain/case/case.ts';
import { arbitrationReviewProcedure } from '../../../domain/procedures/arbitration-review.ts';
import type { BesideState } from '../../../domain/procedures/beside.ts';
import { type AnyAct, refusalOf } from '../../../domain/procedures/definition.ts';

const at: Moment = {
  ...{ now: '2030-03-15T04:00:00.000Z', today: '2030-03-15' },
  actor: { actorId: 'a', role: 'arbitrator' },
};
const receive = arbitrationReviewProcedure.acts['arbitrationReview.recordReceipt'] as AnyAct<BesideState>;

/** Four workers and their employer; the document has been made. */
const issued = (more: Partial<CaseSnapshot> = {}): BesideState =>
  ({
    ...{ procedure: 'arbitrationReview', stage: 'issued', clocks: [], received: {}, docketedOn: '2030-03-05' },
    case: {
      parties: [
        ...['w1', 'w2', 'w3', 'w4'].map((id): Party => ({ id, side: 'applicant', kind: 'worker' })),
        { id: 'r1', side: 'respondent', kind: 'employer' },
      ],
      agreement: { id: 'a1', coveredWorkers: ['w1', 'w2', 'w3', 'w4'] },
      ...more,
    },
  }) as unknown as BesideState;

const signedFor = (state: BesideState, party: string, receivedOn: string): void => {
  expect(refusalOf(receive, state, { party, receivedOn }, at)).toBeUndefined();
  receive.apply(state, { party, receivedOn } as never, at);
};

it('JR-08 it takes effect when each of the workers has signed for it, on the day of the last of them', () => {
  const state = issued();
  for (const party of ['r1', 'w4', 'w2', 'w1']) signedFor(state, party, party === 'w4' ? '2030-03-12' : '2030-03-11');
  expect(state.outcome).toBeUndefined();
  signedFor(state, 'w3', '2030-03-10');
  expect(state).toMatchObject({ outcome: 'issued', paper: { enforceable: true, on: '2030-03-12' } });
});

it('JR-08 MED-14 a representative signs for those who chose it, and for nobody else', () => {
  const state = issued({ representation: { representatives: ['w1'], of: ['w1', 'w2', 'w3'] } });
  signedFor(state, 'r1', '2030-03-11');
  signedFor(state, 'w1', '2030-03-11');
  expect(state).toMatchObject({ stage: 'issued', received: { w2: '2030-03-11', w3: '2030-03-11' } });
  signedFor(state, 'w4', '2030-03-13');
  expect(state).toMatchObject({ outcome: 'issued', paper: { on: '2030-03-13' } });
});

it('JR-08 nobody signs twice, before the case was accepted, or without being bound', () => {
  const state = issued();
  signedFor(state, 'w1', '2030-03-11');
  const code = (party: string, receivedOn: string) => refusalOf(receive, state, { party, receivedOn }, at)?.code;
  expect(code('w1', '2030-03-12')).toBe('act-not-open');
  expect(code('w2', '2030-03-04')).toBe('day-too-early');
  expect(code('w2', '2030-03-16')).toBe('day-in-the-future');
  expect(code('w9', '2030-03-11')).toBe('unknown-party');
});
