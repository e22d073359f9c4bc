import { expect, it } from 'vitest';
import { reviewAcceptanceGrounds, reviewRefusalGrounds } from '../../domain/procedures/grounds.ts';
import { agreed } from '../support/openings.ts';
import { MONDAY, type Story, tell } from '../support/story.ts';
import { owed, reviewPapers } from '../support/terms.ts';

/** A review applied for on the first day. */
async function reviewed(story: Story): Promise<void> {
  await agreed(story, [owed('w1', [{ amount: 3000, dueOn: '2030-12-02' }])]);
  await story.act('arbitrationReview.applyJointly', { appliedOn: MONDAY, agreedBy: ['w1', 'r1'], ...reviewPapers });
}

const accept = (story: Story) => story.act('arbitrationReview.accept', { acceptedOn: MONDAY }, 'arbitrator');
const stage = (story: Story) => story.state().case.routes[0]?.stage;

it('JR-08 accepted, reviewed, issued and signed for by both: the paper can be enforced from then on', () =>
  tell({}, async (story) => {
    await reviewed(story);
    expect(story.clock('arbitrationReview.acceptance').dueOn).toBe('2030-03-11');
    expect(await story.refused('arbitrationReview.issue', {}, 'arbitrator')).toMatchObject({ code: 'act-not-open' });
    expect(await story.refused('arbitrationReview.accept', { acceptedOn: '2030-03-03' }, 'arbitrator')).toMatchObject({
      code: 'day-too-early',
    });
    await accept(story);
    expect(story.told('reviewAccepted')).toEqual(['applicant 2030-03-04', 'respondent 2030-03-04']);
    expect(story.clock('arbitrationReview.review')).toMatchObject({ dueOn: '2030-03-11', legalRef: 'JR-05' });
    await story.sleepUntil('2030-03-11T23:59');
    await story.act('arbitrationReview.issue', {}, 'arbitrator');
    expect(story.clock('arbitrationReview.receipt').dueOn).toBe('2030-03-26');
    const receipt = (party: string) => ({ party, receivedOn: '2030-03-11' });
    expect(await story.refused('arbitrationReview.recordReceipt', receipt('w4'))).toMatchObject({
      code: 'unknown-party',
    });
    await story.act('arbitrationReview.recordReceipt', receipt('r1'));
    expect(story.state('arbitrationReview').outcome).toBeUndefined();
    await story.act('arbitrationReview.recordReceipt', receipt('w1'));
    expect(story.last('arbitrationReview.ended')).toMatchObject({
      ...{ outcome: 'issued', next: 'beside' },
      detail: { enforceable: true },
    });
    expect(story.state('arbitrationReview')).toMatchObject({ received: { w1: '2030-03-11' } });
    expect(story.told('result').slice(-2)).toEqual(['applicant 2030-03-11', 'respondent 2030-03-11']);
  }));

it('L2 not accepted on each of the five grounds of article 75, kept with the decision; the route is then closed', () =>
  tell({}, async (story) => {
    await reviewed(story);
    for (const ground of ['unclear', 'becauseWeSaySo'])
      await expect(story.act('arbitrationReview.refuseAcceptance', { ground, reason: '…' })).rejects.toThrow();
    for (const [index, ground] of reviewAcceptanceGrounds.entries()) {
      if (index > 0) {
        const today = await agreed(story, [owed('w1', [{ amount: 3000, dueOn: '2030-12-02' }])]);
        await story.act('arbitrationReview.applyJointly', {
          appliedOn: today,
          agreedBy: ['w1', 'r1'],
          ...reviewPapers,
        });
      }
      await story.act('arbitrationReview.refuseAcceptance', { ground, reason: '…' }, 'arbitrator');
      expect(story.last('arbitrationReview.notAccepted')).toMatchObject({
        ...{ outcome: 'notAccepted', legalRef: 'JR-04' },
        decisions: [
          {
            point: 'arbitrationReview.refusal',
            outcome: { valid: true },
            matched: [{ legalRef: `L2-${index + 1}` }, {}],
          },
        ],
      });
      expect(story.last('arbitrationReview.ended').detail).toMatchObject({ ground, enforceable: false });
    }
  }));

it('L1 refused on each of the six grounds of article 78: the review ends, the agreement stays as it is', () =>
  tell({}, async (story) => {
    for (const [index, ground] of reviewRefusalGrounds.entries()) {
      const today = await agreed(story, [owed('w1', [{ amount: 3000, dueOn: '2030-12-02' }])]);
      await story.act('arbitrationReview.applyJointly', { appliedOn: today, agreedBy: ['w1', 'r1'], ...reviewPapers });
      await story.act('arbitrationReview.accept', { acceptedOn: today }, 'arbitrator');
      await story.act('arbitrationReview.refuse', { ground, reason: '…' }, 'arbitrator');
      expect(story.last('arbitrationReview.refused')).toMatchObject({
        ...{ outcome: 'refused', legalRef: 'JR-09' },
        decisions: [{ outcome: { valid: true }, matched: [{ legalRef: `L1-${index + 1}` }, {}] }],
      });
    }
    expect(stage(story)).toBe('refused');
    expect(story.state()).toMatchObject({ procedure: 'agreementPerformance', stage: 'performing' });
  }));

it('JR-06 five more working days once, from the last day of the first, and not a second time', () =>
  tell({}, async (story) => {
    await reviewed(story);
    const more = { approvedBy: 'director', reason: '案情复杂' };
    expect(await story.refused('arbitrationReview.extend', more)).toMatchObject({ code: 'act-not-open' });
    await accept(story);
    await story.act('arbitrationReview.extend', more, 'arbitrator');
    expect(story.clock('arbitrationReview.review').open).toBe(false);
    expect(story.clock('arbitrationReview.extendedReview')).toMatchObject({ dueOn: '2030-03-18', legalRef: 'JR-06' });
    expect(await story.refused('arbitrationReview.extend', more)).toMatchObject({ code: 'extension-used-up' });
    await story.sleepUntil('2030-03-18T12:00');
    expect(story.told('authorityLate')).toEqual([]);
    await story.runsOut('arbitrationReview.extendedReview', '2030-03-18');
    expect(story.told('authorityLate')).toEqual(['commission 2030-03-19']);
    expect(await story.refused('arbitrationReview.extend', more)).toMatchObject({ code: 'extension-used-up' });
    await story.act('arbitrationReview.issue', {}, 'arbitrator');
    expect(story.clock('arbitrationReview.longstop').open).toBe(false);
  }));

it('JR-03 a commission that never decides is told so, waited for thirty days, and the application lapses', () =>
  tell({}, async (story) => {
    await reviewed(story);
    const late = await story.runsOut('arbitrationReview.acceptance', '2030-03-11');
    expect(late.detail.outcome).toBe('waitLongstop');
    expect(story.told('authorityLate')).toEqual(['commission 2030-03-12']);
    const lapsed = await story.runsOut('arbitrationReview.longstop', '2030-04-10');
    expect(lapsed.detail.outcome).toBe('lapsed');
    expect(story.last('arbitrationReview.ended')).toMatchObject({ outcome: 'lapsed', detail: { enforceable: false } });
  }));

it('JR-05 a commission that accepts late and then does not review in time has another thirty days, no more', () =>
  tell({}, async (story) => {
    await reviewed(story);
    await story.runsOut('arbitrationReview.acceptance', '2030-03-11');
    await story.sleepUntil('2030-03-14');
    await story.act('arbitrationReview.accept', { acceptedOn: '2030-03-14' }, 'arbitrator');
    expect(story.clock('arbitrationReview.longstop').open).toBe(false);
    await story.runsOut('arbitrationReview.review', '2030-03-21');
    // Thirty days after 2030-03-21 is Saturday 2030-04-20: Monday.
    await story.runsOut('arbitrationReview.longstop', '2030-04-22');
    expect(story.last('arbitrationReview.ended').outcome).toBe('lapsed');
    expect(story.told('authorityLate')).toEqual(['commission 2030-03-12', 'commission 2030-03-22']);
  }));

it('JR-07 the application may be withdrawn until the paper is served, not after', () =>
  tell({}, async (story) => {
    await reviewed(story);
    await accept(story);
    await story.act('arbitrationReview.issue', {}, 'arbitrator');
    await story.act('arbitrationReview.withdraw', { reason: '双方另有安排' }, 'w1');
    expect(story.last('arbitrationReview.ended')).toMatchObject({ outcome: 'withdrawn' });
    expect(stage(story)).toBe('available');
    await story.sleepUntil('2030-03-05');
    await story.act('arbitrationReview.applyJointly', {
      appliedOn: '2030-03-05',
      agreedBy: ['w1', 'r1'],
      ...reviewPapers,
    });
    await story.act('arbitrationReview.accept', { acceptedOn: '2030-03-05' }, 'arbitrator');
    await story.act('arbitrationReview.issue', {}, 'arbitrator');
    await story.act('arbitrationReview.recordReceipt', { party: 'r1', receivedOn: '2030-03-05' });
    expect(await story.refused('arbitrationReview.withdraw', { reason: '后悔' }, 'r1')).toMatchObject({
      code: 'act-not-open',
    });
  }));

it('JR-08 a paper that one side never signs for takes no effect', () =>
  tell({}, async (story) => {
    await reviewed(story);
    await accept(story);
    await story.act('arbitrationReview.issue', {}, 'arbitrator');
    await story.act('arbitrationReview.recordReceipt', { party: 'w1', receivedOn: MONDAY });
    const silence = await story.runsOut('arbitrationReview.receipt', '2030-03-19');
    expect(silence.detail.outcome).toBe('notReceived');
    expect(story.last('arbitrationReview.ended').detail).toMatchObject({ enforceable: false });
  }));
