import { expect, it } from 'vitest';
import type { Registration } from '../../rehearsal/staged-case.ts';
import { agreed } from '../support/openings.ts';
import { MONDAY, tell } from '../support/story.ts';
import { owed, reviewPapers } from '../support/terms.ts';

const both = { agreedBy: ['w1', 'r1'] };
const joint = { appliedOn: MONDAY, ...both };
/** Money for which the law gives no payment order. */
const penalty: Registration = { claims: [{ id: 'c1', worker: 'w1', kind: 'contract', subject: 'contractPenalty' }] };
const due = (dueOn: string) => [owed('w1', [{ amount: 3000, dueOn }])];

it('JR-01 JC-01 both ways of confirmation are offered with their last days, and the notice of performance has its own', () =>
  tell({}, async (story) => {
    await agreed(story, due('2030-05-06'));
    expect(story.told('agreementMade')).toEqual(['applicant 2030-03-04', 'respondent 2030-03-04']);
    expect(story.state().case.routes.map(({ route, stage }) => `${route} ${stage}`)).toEqual([
      'arbitrationReview available',
      'judicialConfirmation available',
    ]);
    expect(story.clock('agreementPerformance.notice').dueOn).toBe('2030-03-07');
    expect(story.clock('arbitrationReview.application')).toMatchObject({ dueOn: '2030-03-19', legalRef: 'JR-01' });
    expect(story.clock('judicialConfirmation.application')).toMatchObject({ dueOn: '2030-04-03', legalRef: 'JC-01' });

    // Nobody applies: first the one way closes, then the other; the performance goes on.
    await story.runsOut('agreementPerformance.notice', '2030-03-07');
    expect(story.told('deadlinePassed')).toEqual(['operator 2030-03-08']);
    // Nobody served it: it went out by itself, and may not be served again.
    expect(story.told('performanceNotice')).toEqual(['applicant 2030-03-08', 'respondent 2030-03-08']);
    expect(story.state()).toMatchObject({ noticeServedOn: '2030-03-08' });
    const review = await story.runsOut('arbitrationReview.application', '2030-03-19');
    expect(review).toMatchObject({ legalRef: 'JR-01', detail: { outcome: 'lapsed' } });
    expect(story.told('reminder').slice(-4)).toEqual([
      ...['applicant 2030-03-17', 'respondent 2030-03-17', 'applicant 2030-03-19', 'respondent 2030-03-19'],
    ]);
    expect(await story.refused('arbitrationReview.applyJointly', { ...both, appliedOn: '2030-03-19' })).toMatchObject({
      code: 'deadline-passed',
    });
    expect(story.told('deadlinePassed').slice(1)).toEqual(['applicant 2030-03-20', 'respondent 2030-03-20']);
    await story.runsOut('judicialConfirmation.application', '2030-04-03');
    expect(story.state().case.routes.map(({ stage }) => stage)).toEqual(['lapsed', 'lapsed']);
    expect(story.path()).toEqual(['mediation', 'agreementPerformance']);
  }));

it('JR-01 JR-02 the application is made by both sides, with its papers, on a day since the agreement took effect, and not for tomorrow', () =>
  tell({}, async (story) => {
    await agreed(story, due('2030-05-06'));
    const why = (more: Record<string, unknown>) =>
      story.refused('arbitrationReview.applyJointly', { ...joint, ...more });
    expect(await why({ agreedBy: ['w1'] })).toMatchObject({ code: 'both-sides-needed', field: '/agreedBy' });
    expect(await why({ agreedBy: ['r1'] })).toMatchObject({ code: 'both-sides-needed' });
    expect(await why({ appliedOn: '2030-03-03' })).toMatchObject({ code: 'day-too-early' });
    expect(await why({ appliedOn: '2030-03-05' })).toMatchObject({ code: 'day-in-the-future' });
    // JR-02: each paper of article 74, and the way to reach everybody who applies.
    const { papers, serviceAddresses } = reviewPapers;
    for (const paper of papers)
      expect(
        await why({ serviceAddresses, papers: [...papers.filter((one) => one !== paper), 'related'] }),
      ).toMatchObject({ code: 'paper-missing', field: '/papers', source: expect.stringContaining('第七十四条第二款') });
    expect(await why({ papers, serviceAddresses: serviceAddresses.slice(0, 1) })).toMatchObject({
      ...{ code: 'paper-missing', field: '/serviceAddresses' },
    });
    expect(story.state().case.routes.map(({ stage }) => stage)).toEqual(['available', 'available']);
  }));

it('L2-5 the two ways exclude each other; withdrawn in time, the same one or the other may be asked for again', () =>
  tell({}, async (story) => {
    await agreed(story, due('2030-05-06'));
    await story.act('arbitrationReview.applyJointly', { ...joint, ...reviewPapers });
    expect(await story.refused('arbitrationReview.applyJointly', joint)).toMatchObject({ code: 'route-taken' });
    expect(await story.refused('judicialConfirmation.applyJointly', joint)).toMatchObject({ code: 'route-taken' });
    await story.act('arbitrationReview.withdraw', { reason: '补充材料' }, 'w1');
    await story.sleepUntil('2030-03-05');
    await story.act('arbitrationReview.applyJointly', { ...joint, ...reviewPapers, appliedOn: '2030-03-05' });
    await story.act('arbitrationReview.withdraw', { reason: '改走司法确认' }, 'r1');
    await story.sleepUntil('2030-03-19T23:59');
    await story.act('judicialConfirmation.applyJointly', { ...joint, appliedOn: '2030-03-19' });
    expect(story.events('arbitrationReview.opened')).toHaveLength(2);
    expect(story.state('judicialConfirmation')).toMatchObject({ stage: 'deciding', attempt: 1 });
    // Nobody is pressed to apply for what has been applied for.
    await story.runsOut('judicialConfirmation.application', '2030-04-03');
    for (const template of ['reminder', 'deadlinePassed'])
      expect(
        story.noticesOf(template).filter(({ clockKey }) => clockKey?.endsWith('judicialConfirmation.application')),
      ).toEqual([]);
    expect(story.state().case.routes.map(({ route, stage }) => `${route} ${stage}`)).toEqual([
      'arbitrationReview lapsed',
      'judicialConfirmation pending',
    ]);
  }));

it('MED-11 JR-01 JC-01 a bare agreement that is not performed leads to arbitration, and while the times to apply run to a review or a confirmation', () =>
  tell({}, async (story) => {
    await agreed(story, due('2030-03-12'), { ...penalty, facts: { knownOn: '2030-01-07' } });
    await story.act('agreementPerformance.serveNotice', { servedOn: MONDAY }, 'mediator');
    expect(story.told('performanceNotice')).toEqual(['applicant 2030-03-04', 'respondent 2030-03-04']);
    expect(await story.refused('agreementPerformance.serveNotice', { servedOn: MONDAY })).toMatchObject({
      code: 'act-not-open',
    });
    const silence = await story.runsOut('agreementPerformance.instalment', '2030-03-12', 'o1.1');
    expect(silence.legalRef).toBe('MED-11');
    expect(story.told('deadlinePassed').filter((line) => line.startsWith('operator'))).toEqual([]);
    expect(story.last('agreementPerformance.ended')).toMatchObject({
      ...{ outcome: 'breached', legalRef: 'MED-11' },
      // The breach itself interrupts the limitation: a year from its day.
      detail: {
        ...{ rightToArbitrate: true, next: 'followUp' },
        // Both may still make it enforceable: fifteen and thirty days from the day it took effect.
        remedies: [
          { remedy: 'arbitration', lastDay: '2031-03-13', article: '劳动争议调解仲裁法 第十五条' },
          { remedy: 'judicialConfirmation', legalRef: 'JC-01', lastDay: '2030-04-03', fee: { legalRef: 'JC-11' } },
          { remedy: 'arbitrationReview', legalRef: 'JR-01', lastDay: '2030-03-19', papers: expect.any(Array) },
        ],
      },
    });
    expect(story.told('rightToArbitrate')).toEqual(['applicant 2030-03-13']);
    expect(story.told('overdue').sort()).toEqual(['r1 2030-03-13', 'w1 2030-03-13']);

    // On the last day both apply for a review after all; the court is not asked beside it (L2-5), and no file is closed meanwhile.
    await story.sleepUntil('2030-03-19T20:00');
    const late = { ...both, appliedOn: '2030-03-19' };
    await story.act('arbitrationReview.applyJointly', { ...late, ...reviewPapers });
    expect(await story.refused('judicialConfirmation.applyJointly', late)).toMatchObject({ code: 'route-taken' });
    await story.act('followUp.recordVisit', { visitedOn: '2030-03-19' }, 'mediator');
    expect(await story.refused('followUp.archive', {}, 'mediator')).toMatchObject({ code: 'act-not-open' });
    await story.act('arbitrationReview.accept', { acceptedOn: '2030-03-19' }, 'arbitrator');
    await story.act('arbitrationReview.issue', {}, 'arbitrator');
    const receipt = { receivedOn: '2030-03-19' };
    for (const party of ['w1', 'r1'])
      await story.act('arbitrationReview.recordReceipt', { party, ...receipt }, 'arbitrator');
    const taken = await story.record.seen('the paper', ({ type }) => type === 'followUp.paperTaken');
    expect(taken.detail).toMatchObject({ route: 'arbitrationReview', enforceable: true });
    // ENF-01: two years from the last instalment's day; what is enforced is not arbitrated (JR-13).
    expect(story.clock('enforcement.application')).toMatchObject({ anchorOn: '2030-03-12', legalRef: 'ENF-01' });
    expect(story.state().case).toMatchObject({ rightToArbitrate: false });
    expect(story.told('enforceableAfterBreach').sort()).toEqual([
      ...['applicant 2030-03-19', 'operator 2030-03-19', 'respondent 2030-03-19'],
    ]);
    await story.act('followUp.archive', {}, 'mediator');
  }));

it('MED-11 paid in part with the payee silent on a receipt, and the rest confirmed: performed, then the return visit', () =>
  tell({}, async (story) => {
    await agreed(story, due('2030-03-12'));
    const pay = { instalment: 'o1.1', paidOn: MONDAY, evidence: true };
    await story.act('agreementPerformance.recordPayment', { ...pay, amount: 1000, ref: 'T1' }, 'r1');
    await story.runsOut('agreementPerformance.confirmation', '2030-03-11', 'p1');
    await story.act('agreementPerformance.recordPayment', { ...pay, amount: 2000, ref: 'T2' }, 'w1');
    expect(story.path()).toEqual(['mediation', 'agreementPerformance', 'followUp']);
    expect(story.last('agreementPerformance.ended')).toMatchObject({ outcome: 'performed', legalRef: 'MED-11' });
    expect(story.told('rightToArbitrate')).toEqual([]);
  }));

it('MED-11 a breach waits for the paper that was asked for, and is enforced by the court when it comes (JR-13)', () =>
  tell({}, async (story) => {
    await agreed(story, due('2030-03-06'));
    await story.act('arbitrationReview.applyJointly', { ...joint, ...reviewPapers });
    await story.act('arbitrationReview.accept', { acceptedOn: MONDAY }, 'arbitrator');
    await story.runsOut('agreementPerformance.instalment', '2030-03-06', 'o1.1');
    expect(story.state()).toMatchObject({ stage: 'awaitingPaper', breached: true });
    expect(story.path()).toEqual(['mediation', 'agreementPerformance']);
    expect(
      await story.refused('agreementPerformance.reschedule', { instalment: 'o1.1', dueOn: '2030-03-20', ...both }),
    ).toMatchObject({ code: 'act-not-open' });
    await story.sleepUntil('2030-03-08');
    await story.act('arbitrationReview.issue', {}, 'arbitrator');
    await story.act('arbitrationReview.recordReceipt', { party: 'w1', receivedOn: '2030-03-08' }, 'arbitrator');
    expect(story.path()).toEqual(['mediation', 'agreementPerformance']);
    await story.act('arbitrationReview.recordReceipt', { party: 'r1', receivedOn: '2030-03-08' }, 'arbitrator');
    const ended = await story.record.seen('the end', ({ type }) => type === 'agreementPerformance.ended');
    expect(ended).toMatchObject({ outcome: 'breached', legalRef: 'JR-13', detail: { rightToArbitrate: false } });
  }));

it('MED-11 a breach whose paper is refused falls back to arbitration; a breach that is made good in time is none', () =>
  tell({}, async (story) => {
    await agreed(story, due('2030-03-06'), penalty);
    await story.act('arbitrationReview.applyJointly', { ...joint, ...reviewPapers });
    await story.runsOut('agreementPerformance.instalment', '2030-03-06', 'o1.1');
    await story.act('arbitrationReview.refuseAcceptance', { ground: 'noJurisdiction', reason: '外区' }, 'arbitrator');
    const ended = await story.record.seen('the end', ({ type }) => type === 'agreementPerformance.ended');
    expect(ended).toMatchObject({ outcome: 'breached', legalRef: 'MED-11', detail: { rightToArbitrate: true } });

    const today = await agreed(story, due('2030-03-13'));
    await story.act('judicialConfirmation.applyJointly', { appliedOn: today, ...both });
    await story.runsOut('agreementPerformance.instalment', '2030-03-13', 'o1.1');
    expect(story.state().stage).toBe('awaitingPaper');
    await story.act('agreementPerformance.confirmPerformed', { instalment: 'o1.1' }, 'w1');
    expect(story.last('agreementPerformance.ended').outcome).toBe('performed');
  }));

it('JC-07 L2-5 an agreement that the court has confirmed is not reviewed any more, and its breach leads to enforcement', () =>
  tell({}, async (story) => {
    await agreed(story, due('2030-03-20'));
    await story.act('judicialConfirmation.applyJointly', joint, 'court');
    await story.act('judicialConfirmation.accept', { acceptedOn: MONDAY }, 'court');
    await story.act('judicialConfirmation.confirm', {}, 'court');
    expect(await story.refused('arbitrationReview.applyJointly', joint)).toMatchObject({ code: 'route-taken' });
    await story.act(
      'agreementPerformance.reportBreach',
      { instalment: 'o1.1', ground: 'refusesToPerform', reason: '拒绝' },
      'w1',
    );
    expect(story.last('agreementPerformance.ended')).toMatchObject({
      ...{ outcome: 'breached', legalRef: 'JC-07' },
      // Two years from the last instalment's day.
      detail: { rightToArbitrate: false, remedies: [{ remedy: 'enforcement', lastDay: '2032-03-22' }] },
    });
  }));

it('POL-01 performance in doubt: assessed by rule, everybody told, reminded earlier; assessed anew, the doubt is over', () =>
  tell({}, async (story) => {
    await agreed(story, due('2030-05-06'));
    const facts = { debtor: 'r1', assets: 'partOfOwed', arrears: ['tax'], operation: 'normal', industry: 'other' };
    const assess = (more: Record<string, unknown> = {}) =>
      story.act('agreementPerformance.assessAbility', { ...facts, ...more }, 'mediator');
    expect(
      await story.refused('agreementPerformance.assessAbility', { ...facts, debtor: 'w1' }, 'mediator'),
    ).toMatchObject({ code: 'unknown-party', field: '/debtor' });
    const rungs = () => story.clock('agreementPerformance.instalment', 'o1.1').rungs.map(({ id }) => id);
    const usual = ['before-3', 'before-1', 'after-1', 'after-3', 'after-7'];
    expect(rungs()).toEqual(usual);

    await assess();
    const [event] = story.events('agreementPerformance.abilityAssessed');
    expect(event).toMatchObject({
      legalRef: 'POL-01',
      detail: { debtor: 'r1', ability: 'doubtful', pastBreaches: 0, suggest: expect.any(Array) },
      decisions: [{ point: 'performance.ability', facts: { pastBreaches: 'none' } }],
    });
    expect(story.told('abilityAssessed').sort()).toEqual(
      ['union 2030-03-04', 'operator 2030-03-04', 'w1 2030-03-04'].sort(),
    );
    expect(story.told('supervised')).toEqual(['r1 2030-03-04']);
    expect(story.state().case.abilities).toEqual({ r1: 'doubtful' });
    expect(rungs()).toEqual(['before-15', 'before-7', ...usual]);
    await story.sleepUntil('2030-04-22');
    expect(story.told('reminder').filter((line) => line.startsWith('r1'))).toEqual(['r1 2030-04-22']);

    await assess({ assets: 'coverOwed', arrears: [] });
    expect(story.last('agreementPerformance.abilityAssessed').detail).toMatchObject({ ability: 'able', suggest: [] });
    expect(rungs()).toEqual(usual);
    expect(story.told('supervised')).toHaveLength(1);
  }));

it('MED-11 both may put an instalment off; a party alone may not', () =>
  tell({}, async (story) => {
    await agreed(story, due('2030-03-06'));
    const later = { instalment: 'o1.1', dueOn: '2030-03-15', ...both };
    expect(await story.refused('agreementPerformance.reschedule', { ...later, agreedBy: ['w1'] })).toMatchObject({
      code: 'both-sides-needed',
    });
    await story.act('agreementPerformance.reschedule', later);
    await story.runsOut('agreementPerformance.instalment', '2030-03-15', 'o1.1');
    expect(story.last('agreementPerformance.ended').outcome).toBe('breached');
  }));
