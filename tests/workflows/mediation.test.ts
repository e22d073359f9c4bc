import { expect, it } from 'vitest';
import { besideWorkflowId } from '../../contracts/ids.ts';
import { agreed, appliedFor, hearing, settled } from '../support/openings.ts';
import { MONDAY, tell } from '../support/story.ts';
import { draft, owed } from '../support/terms.ts';

const parts = [{ amount: 3000, dueOn: '2030-05-06' }];
const yes = { party: 'r1', willing: true };

it('NEG-09 an offer of mediation stands for fifteen days; nobody applies, and the right to arbitrate is told with its last day', () =>
  tell({}, async (story) => {
    await story.register({ requestedRoute: 'mediation', facts: { knownOn: '2029-11-05', employed: false } });
    expect(story.path()).toEqual(['mediation']);
    expect(story.told('mediationOffered')).toEqual(['applicant 2030-03-04']);
    const silence = await story.runsOut('mediation.offer', '2030-03-19');
    expect(silence).toMatchObject({ legalRef: 'NEG-09', detail: { outcome: 'notApplied' } });
    expect(story.path()).toEqual(['mediation', 'followUp']);
    expect(story.last('mediation.ended')).toMatchObject({ legalRef: 'NEG-09', detail: { rightToArbitrate: true } });
    expect(story.noticesOf('rightToArbitrate')).toMatchObject([{ to: 'applicant', clockKey: 'limitation' }]);
    // Nothing interrupted it: a year from the day the worker knew.
    expect(story.clock('limitation.wagesAfterTermination').dueOn).toBe('2030-11-05');
    expect(await story.refused('mediation.apply', { receivedOn: MONDAY, form: 'oral' })).toMatchObject({
      code: 'elsewhere',
    });
  }));

it('NEG-09 the applicant may decline the offer, and is told of arbitration', () =>
  tell({}, async (story) => {
    await story.register({ requestedRoute: 'mediation' });
    await story.act('mediation.declineOffer', {}, 'w1');
    expect(story.last('mediation.ended').outcome).toBe('notApplied');
    expect(story.told('rightToArbitrate')).toEqual(['applicant 2030-03-04']);
  }));

it('MED-01 an application on the last evening of the offer is in time; whoever applies has agreed, and the other is asked', () =>
  tell({}, async (story) => {
    await story.register({ requestedRoute: 'mediation' });
    expect(await story.refused('mediation.consent', yes)).toMatchObject({ code: 'act-not-open' });
    expect(await story.refused('mediation.apply', { receivedOn: '2030-03-05', form: 'oral' })).toMatchObject({
      code: 'day-in-the-future',
    });
    await story.sleepUntil('2030-03-19T23:59');
    await story.act('mediation.apply', { receivedOn: '2030-03-19', form: 'written' }, 'r1');
    expect(story.state()).toMatchObject({ stage: 'consenting', consents: { respondent: true } });
    await story.act('mediation.consent', { party: 'w1', willing: true }, 'w1');
    expect(story.state().stage).toBe('accepting');
  }));

it('MED-03 the other side says nothing for three working days: that is no consent, and arbitration is told of', () =>
  tell({}, async (story) => {
    await appliedFor(story);
    expect(story.told('mediationOpened')).toEqual(['applicant 2030-03-04', 'respondent 2030-03-04']);
    const silence = await story.runsOut('mediation.consent', '2030-03-07');
    expect(silence).toMatchObject({ legalRef: 'MED-03', detail: { outcome: 'refused' } });
    expect(silence.decisions[0]?.facts).toMatchObject({ side: 'respondent' });
    expect(story.told('reminder').filter((line) => !line.startsWith('operator'))).toEqual(['respondent 2030-03-07']);
    expect(story.path()).toEqual(['mediation', 'followUp']);
    expect(story.last('mediation.ended')).toMatchObject({ outcome: 'refused', legalRef: 'MED-13' });
    expect(story.told('rightToArbitrate')).toEqual(['applicant 2030-03-08']);
  }));

it('MED-03 out of an overdue settlement both sides are asked, and the silence of the applicant is no consent either', () =>
  tell({}, async (story) => {
    await settled(story, [owed('w1', [{ amount: 10, dueOn: '2030-03-05' }])]);
    await story.runsOut('settlementPerformance.instalment', '2030-03-05', 'o1.1');
    await story.act('mediation.consent', yes, 'r1');
    const silence = await story.runsOut('mediation.consent', '2030-03-11');
    expect(silence.decisions[0]?.facts).toMatchObject({ side: 'applicant', origin: 'escalation' });
    expect(story.last('mediation.ended').outcome).toBe('refused');
  }));

it('MED-02 each side answers once and for itself; one that is unwilling ends the mediation', () =>
  tell({}, async (story) => {
    await appliedFor(story);
    expect(await story.refused('mediation.consent', { party: 'w1', willing: true })).toMatchObject({
      code: 'already-done',
    });
    expect(await story.refused('mediation.consent', { party: 'r5', willing: true })).toMatchObject({
      code: 'unknown-party',
    });
    expect(await story.refused('mediation.accept', { acceptedOn: MONDAY })).toMatchObject({ code: 'consent-missing' });
    await story.sleepUntil('2030-03-07T23:59');
    await story.act('mediation.consent', { ...yes, willing: false }, 'r1');
    expect(story.last('mediation.ended')).toMatchObject({ outcome: 'refused', detail: { rightToArbitrate: true } });
  }));

it('MED-02 accepted on the third working day is in time, and MED-07 and MED-09 are two clocks of fifteen days', () =>
  tell({}, async (story) => {
    await appliedFor(story);
    await story.act('mediation.consent', yes, 'r1');
    expect(story.clock('mediation.consent').open).toBe(false);
    await story.sleepUntil('2030-03-07T23:59');
    expect(await story.refused('mediation.accept', { acceptedOn: '2030-03-08' })).toMatchObject({
      code: 'day-in-the-future',
    });
    expect(await story.refused('mediation.accept', { acceptedOn: '2030-03-01' })).toMatchObject({
      code: 'day-too-early',
    });
    await story.act('mediation.accept', { acceptedOn: '2030-03-07' }, 'mediator');
    expect(story.told('authorityLate')).toEqual([]);
    expect(story.clock('mediation.acceptance').open).toBe(false);
    expect(story.clock('mediation.arbitrationGate')).toMatchObject({ dueOn: '2030-03-19', anchorOn: MONDAY });
    expect(story.clock('mediation.conclusion')).toMatchObject({ dueOn: '2030-03-22', anchorOn: '2030-03-07' });

    // The way to arbitration opens first; the mediation goes on to its own end.
    await story.runsOut('mediation.arbitrationGate', '2030-03-19');
    expect(story.told('deadlinePassed')).toEqual(['applicant 2030-03-20']);
    expect(story.path()).toEqual(['mediation']);
    const silence = await story.runsOut('mediation.conclusion', '2030-03-22');
    expect(silence).toMatchObject({ legalRef: 'MED-07', detail: { outcome: 'expired' } });
    expect(story.last('mediation.ended')).toMatchObject({ outcome: 'expired', legalRef: 'MED-13' });
  }));

it('MED-02 acceptance that comes late is still acceptance: the operator is told the day after, and once more', () =>
  tell({}, async (story) => {
    await appliedFor(story);
    await story.act('mediation.consent', yes, 'r1');
    const silence = await story.runsOut('mediation.acceptance', '2030-03-07');
    expect(silence).toMatchObject({ legalRef: 'MED-02', detail: { outcome: 'remind' } });
    expect(story.told('authorityLate')).toEqual(['operator 2030-03-08']);
    await story.sleepUntil('2030-03-11');
    expect(story.told('overdueReminder')).toEqual(['operator 2030-03-09']);
    expect(story.path()).toEqual(['mediation']);
    await story.act('mediation.accept', { acceptedOn: '2030-03-11' }, 'mediator');
    expect(story.clock('mediation.conclusion').dueOn).toBe('2030-03-26');
  }));

it('MED-09 an organisation that has not accepted fifteen days after receipt never will: arbitration is open', () =>
  tell({}, async (story) => {
    await appliedFor(story);
    await story.act('mediation.consent', yes, 'r1');
    await story.runsOut('mediation.acceptance', '2030-03-07');
    await story.runsOut('mediation.arbitrationGate', '2030-03-19');
    expect(story.last('mediation.ended')).toMatchObject({ outcome: 'expired', detail: { rightToArbitrate: true } });
    expect(story.told('rightToArbitrate')).toEqual(['applicant 2030-03-20']);
  }));

it('MED-03 the organisation may decline with a reason, and both sides hear of it in writing', () =>
  tell({}, async (story) => {
    await appliedFor(story);
    await story.act('mediation.decline', { ground: 'noJurisdiction', reason: '用人单位在外区' }, 'mediator');
    expect(story.told('mediationDeclined')).toEqual(['applicant 2030-03-04', 'respondent 2030-03-04']);
    expect(story.last('mediation.ended')).toMatchObject({
      ...{ outcome: 'declined', legalRef: 'MED-03' },
      detail: { rightToArbitrate: true },
    });
  }));

it('MED-08 both may extend before the fifteen days end, in length or to a day, and each new end is reminded of', () =>
  tell({}, async (story) => {
    await hearing(story);
    const both = { agreedBy: ['w1', 'r1'] };
    await story.sleepUntil('2030-03-19T12:00');
    expect(await story.refused('mediation.extend', { amount: 5, agreedBy: ['w1'] })).toMatchObject({
      code: 'both-sides-needed',
    });
    expect(await story.refused('mediation.extend', { until: '2030-03-19', ...both })).toMatchObject({
      code: 'due-before-today',
    });
    await story.act('mediation.extend', { amount: 15, ...both }, 'mediator');
    expect(story.clock('mediation.conclusion').dueOn).toBe('2030-04-03');
    await story.sleepUntil('2030-04-03T23:59');
    // 2030-04-05 is the Tomb-sweeping Festival: the named day moves over the weekend.
    await story.act('mediation.extend', { until: '2030-04-05', ...both }, 'mediator');
    await story.runsOut('mediation.conclusion', '2030-04-08');
    expect(story.told('reminder').filter((line) => line.startsWith('respondent'))).toEqual([
      ...['respondent 2030-03-19', 'respondent 2030-04-03', 'respondent 2030-04-08'],
    ]);
    expect(await story.refused('mediation.extend', { amount: 1, ...both })).toMatchObject({ code: 'elsewhere' });
  }));

it('MED-05 sessions need a mediator (MED-06), and are held between acceptance and today', () =>
  tell({}, async (story) => {
    await appliedFor(story);
    expect(await story.refused('mediation.assignMediator', { mediatorId: 'M-7' })).toMatchObject({
      code: 'act-not-open',
    });
    await story.act('mediation.consent', yes, 'r1');
    await story.act('mediation.accept', { acceptedOn: MONDAY });
    const session = { heldOn: MONDAY, channel: 'room' };
    expect(await story.refused('mediation.holdSession', session)).toMatchObject({ code: 'mediator-missing' });
    expect(await story.refused('mediation.draftAgreement', draft([owed('w1', parts)]))).toMatchObject({
      code: 'mediator-missing',
    });
    await story.act('mediation.assignMediator', { mediatorId: 'M-7' });
    expect(await story.refused('mediation.holdSession', { ...session, heldOn: '2030-03-03' })).toMatchObject({
      code: 'day-too-early',
    });
    await story.act('mediation.holdSession', session, 'mediator');
    await story.act('mediation.holdSession', { ...session, channel: 'video' }, 'mediator');
    expect(story.state()).toMatchObject({ sessions: 2, mediatorId: 'M-7' });
  }));

it('MED-10 an agreement that lacks a content is refused naming it, and signatures wait for a draft', () =>
  tell({}, async (story) => {
    await hearing(story);
    expect(await story.refused('mediation.sign', { by: 'w1', signedOn: MONDAY })).toMatchObject({
      code: 'act-not-open',
    });
    const good = draft([owed('w1', parts)]);
    for (const field of ['requests', 'result', 'performanceManner'] as const) {
      const { [field]: _, ...content } = good.content;
      expect(await story.refused('mediation.draftAgreement', { ...good, content }, 'mediator')).toMatchObject({
        code: 'agreement-incomplete',
        field: `/content/${field}`,
      });
    }
    await story.act('mediation.draftAgreement', good, 'mediator');
    expect(story.state().stage).toBe('signing');
  }));

it('MED-10 signed and sealed in any order, the last one makes it effective on the latest of their days', () =>
  tell({}, async (story) => {
    await hearing(story);
    await story.act('mediation.draftAgreement', draft([owed('w1', parts)]), 'mediator');
    await story.act('mediation.seal', { sealedOn: MONDAY }, 'mediator');
    await story.sleepUntil('2030-03-06');
    await story.act('mediation.sign', { by: 'mediator', signedOn: '2030-03-06' }, 'mediator');
    expect(await story.refused('mediation.seal', { sealedOn: '2030-03-06' })).toMatchObject({ code: 'already-signed' });
    expect(await story.refused('mediation.sign', { by: 'r1', signedOn: '2030-03-06' }, 'w1')).toMatchObject({
      code: 'wrong-side',
    });
    expect(await story.refused('mediation.sign', { by: 'w2', signedOn: '2030-03-06' })).toMatchObject({
      code: 'unknown-party',
    });
    expect(await story.refused('mediation.sign', { by: 'w1', signedOn: '2030-03-07' })).toMatchObject({
      code: 'day-in-the-future',
    });
    expect(await story.refused('mediation.draftAgreement', draft([owed('w1', parts)]))).toMatchObject({
      code: 'act-not-open',
    });
    await story.act('mediation.sign', { by: 'r1', signedOn: '2030-03-05' }, 'r1');
    expect(story.path()).toEqual(['mediation']);
    expect(story.last('mediation.signed').detail.missing).toEqual(['w1']);
    await story.act('mediation.sign', { by: 'w1', signedOn: '2030-03-05' }, 'w1');
    expect(story.path()).toEqual(['mediation', 'agreementPerformance']);
    expect(story.last('mediation.signed').detail).toMatchObject({ effectiveOn: '2030-03-06', enforceable: false });
    expect(story.state().case.agreement).toMatchObject({ kind: 'mediation', effectiveOn: '2030-03-06' });
    expect(story.clock('arbitrationReview.application').anchorOn).toBe('2030-03-06');
  }));

it('MED-10 a draft left unsigned by one side when the fifteen days end is no agreement', () =>
  tell({}, async (story) => {
    await hearing(story);
    await story.act('mediation.draftAgreement', draft([owed('w1', parts)]), 'mediator');
    await story.act('mediation.sign', { by: 'w1', signedOn: MONDAY }, 'w1');
    await story.runsOut('mediation.conclusion', '2030-03-19');
    expect(story.last('mediation.ended').outcome).toBe('expired');
    expect(story.state().case.agreement).toBeUndefined();
  }));

it('MED-13 mediation that fails or is withdrawn ends at once; only the failure brings the notice of arbitration', () =>
  tell({}, async (story) => {
    await hearing(story);
    await story.act('mediation.fail', { reason: '差距过大' }, 'mediator');
    expect(story.last('mediation.ended')).toMatchObject({ outcome: 'failed', legalRef: 'MED-13' });
    expect(story.told('rightToArbitrate')).toEqual(['applicant 2030-03-04']);

    await appliedFor(story);
    await story.act('mediation.withdraw', { reason: '另行解决' }, 'w1');
    expect(story.last('mediation.ended').outcome).toBe('withdrawn');
    expect(story.told('rightToArbitrate')).toEqual([]);
    expect(story.path()).toEqual(['mediation', 'followUp']);
  }));

it('MED-17 MED-08 platform work without employment goes to the one-stop centre, fifteen days and fifteen more at most, and after a failure to the court, not to arbitration', () =>
  tell({}, async (story) => {
    await hearing(story, { requestedRoute: 'any', facts: { relation: 'newEmploymentForm' } });
    expect(story.state().case.organisation).toMatchObject({ kind: 'oneStop' });
    const { dueOn, key } = story.clock('mediation.oneStop');
    expect([dueOn, key]).toEqual(['2030-03-19', expect.stringContaining('mediation.conclusion')]);
    // MED-08: both may extend it, by fifteen days and no more, at once or bit by bit.
    const both = { agreedBy: ['w1', 'r1'] };
    const tooLong = { code: 'extension-used-up', source: '人社厅发〔2024〕4号' };
    expect(await story.refused('mediation.extend', { amount: 16, ...both })).toMatchObject(tooLong);
    expect(await story.refused('mediation.extend', { until: '2030-04-04', ...both })).toMatchObject(tooLong);
    await story.act('mediation.extend', { amount: 5, unit: 'workingDays', ...both });
    expect(await story.refused('mediation.extend', { amount: 9, ...both })).toMatchObject(tooLong);
    await story.act('mediation.extend', { until: '2030-04-03', ...both });
    expect(story.clock('mediation.oneStop').dueOn).toBe('2030-04-03');
    await story.act('mediation.fail', { reason: '不成' }, 'mediator');
    expect(story.last('mediation.ended').detail).toMatchObject({ rightToArbitrate: false });
    expect(story.told('rightToArbitrate')).toEqual([]);
    expect(story.record.clocks.some(({ key }) => key === 'limitation')).toBe(false);
  }));

it('MED-10 two of three workers sign the mediation agreement: the third goes on in a linked case with the same last day', () =>
  tell({}, async (story) => {
    await hearing(story, { workers: 3 });
    const { caseNo } = story;
    await story.act('mediation.extend', { until: '2030-03-28', agreedBy: ['w1', 'w2', 'w3', 'r1'] });
    // The time of MED-09 passes in the case before it is divided; the linked case does not live through it again.
    await story.runsOut('mediation.arbitrationGate', '2030-03-19');
    await story.act(
      'mediation.draftAgreement',
      draft([owed('w1', parts), owed('w2', parts)], ['w1', 'w2']),
      'mediator',
    );
    const on = { signedOn: '2030-03-20' };
    for (const by of ['w1', 'w2', 'mediator'] as const) await story.act('mediation.sign', { by, ...on });
    await story.act('mediation.seal', { sealedOn: '2030-03-20' });
    const last = await story.act('mediation.sign', { by: 'r1', ...on });
    expect(story.path()).toEqual(['mediation', 'agreementPerformance']);
    expect(story.state().case.parties.map(({ id }) => id)).toEqual(['w1', 'w2', 'r1']);

    story.follow(story.record.splits.get(`${caseNo} split:${last.actId}`) ?? '');
    await story.record.seen('the linked case', ({ type }) => type === 'case.split');
    expect(story.state()).toMatchObject({ stage: 'hearing', signatures: [], mediatorId: 'M-7' });
    expect(story.state().case.parties.map(({ id }) => id)).toEqual(['w3', 'r1']);
    await story.runsOut('mediation.conclusion', '2030-03-28');
    expect(story.last('mediation.ended').outcome).toBe('expired');
    expect(story.events('deadline.ranOut').map(({ detail }) => detail.deadlineId)).toEqual(['mediation.conclusion']);
  }));

it('L7-1 an agreement about whether there is an employment at all has no way of confirmation', () =>
  tell({}, async (story) => {
    await agreed(story, [owed('w1', parts)], {
      claims: [
        { id: 'c1', worker: 'w1', kind: 'relationship', subject: 'other' },
        { id: 'c2', worker: 'w1', kind: 'pay', subject: 'wages' },
      ],
    });
    expect(story.state().case.routes).toEqual([]);
    const joint = { appliedOn: MONDAY, agreedBy: ['w1', 'r1'] };
    expect(await story.refused('arbitrationReview.applyJointly', joint)).toMatchObject({ code: 'route-not-available' });
    expect(await story.refused('judicialConfirmation.applyJointly', joint)).toMatchObject({
      code: 'route-not-available',
    });
    expect(story.record.states.has(besideWorkflowId(story.caseNo, 'arbitrationReview'))).toBe(false);
  }));
