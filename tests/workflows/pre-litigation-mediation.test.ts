import { expect, it } from 'vitest';
import { agreedForCourt, heardForCourt, sentByCourt } from '../support/court-openings.ts';
import { MONDAY, tell } from '../support/story.ts';
import { owed } from '../support/terms.ts';

const service = { facts: { relation: 'service' as const } };
const act = (name: string) => `preLitigationMediation.${name}`;

it('CRT-06 CRT-10: nobody takes the case in three working days, nor the next who is asked: it goes back to the court for filing', () =>
  tell({}, async (story) => {
    await sentByCourt(story);
    expect(story.path()).toEqual(['preLitigationMediation']);
    expect(story.state()).toMatchObject({
      stage: 'taking',
      case: { organisation: { kind: 'arbitrationCourtCentre' } },
    });
    const silence = await story.runsOut(act('taking'), '2030-03-07', 'a1');
    expect(silence).toMatchObject({ legalRef: 'CRT-06', detail: { outcome: 'reassigned', assignment: 2 } });
    expect(story.state()).toMatchObject({ stage: 'taking', case: { organisation: { kind: 'peopleMediation' } } });
    expect(story.clock(act('taking'), 'a2')).toMatchObject({ anchorOn: '2030-03-07', dueOn: '2030-03-12' });

    await story.act(act('declineTaking'), { ground: 'noCapacity', reason: '人手不足' }, 'mediator');
    expect(story.path()).toEqual(['preLitigationMediation', 'followUp']);
    expect(story.last(act('ended'))).toMatchObject({ outcome: 'returned', legalRef: 'CRT-10' });
    expect(story.told('backToCourt')).toEqual(['court 2030-03-08', 'applicant 2030-03-08']);
    const filing = await story.runsOut('followUp.filing', '2030-03-15');
    expect(filing).toMatchObject({ legalRef: 'CRT-10', detail: { outcome: 'filingOpen' } });
    expect(story.state().stage).toBe('visiting');
    await story.act('followUp.recordFiling', { filedOn: '2030-03-16' }, 'court');
    expect(await story.refused('followUp.recordFiling', { filedOn: '2030-03-16' }, 'court')).toMatchObject({
      code: 'act-not-open',
    });
  }));

it('CRT-01 CRT-03 CRT-04 CRT-07 JC-02: delegated before filing; out of a contract of services only the court confirms', () =>
  tell({}, async (story) => {
    await sentByCourt(story, { online: true }, service);
    expect(story.state()).toMatchObject({ case: { scope: 'civil', organisation: { kind: 'jointCentre' } } });
    expect(await story.refused(act('consent'), { party: 'r1', willing: true })).toMatchObject({ code: 'act-not-open' });
    expect(await story.refused(act('take'), { takenOn: '2030-03-01' })).toMatchObject({ code: 'day-too-early' });
    await story.sleepUntil('2030-03-05');
    await story.act(act('take'), { takenOn: '2030-03-05' }, 'mediator');
    // Thirty days from the taking, not from the day the court sent it.
    expect(story.clock(act('delegated'))).toMatchObject({
      anchorOn: '2030-03-05',
      dueOn: '2030-04-04',
      legalRef: 'CRT-01',
    });
    expect(story.clock(act('invitation')).dueOn).toBe('2030-03-08');
    await story.act(act('invite'), { invitedOn: '2030-03-05' }, 'mediator');
    expect(story.told('courtMediationInvited')).toEqual(['respondent 2030-03-05']);
    expect(await story.refused(act('consent'), { party: 'w1', willing: true })).toMatchObject({ code: 'already-done' });
    await story.act(act('consent'), { party: 'r1', willing: true }, 'r1');
    expect(story.clock(act('mediatorChoice'))).toMatchObject({ dueOn: '2030-03-07', legalRef: 'CRT-05' });
    const one = { mediatorId: 'T-3', agreedBy: ['w1'] };
    expect(await story.refused(act('chooseMediator'), one)).toMatchObject({ code: 'both-sides-needed' });
    await story.act(act('chooseMediator'), { ...one, agreedBy: ['w1', 'r1'] });
    await story.act(act('arrangeSession'), { on: '2030-03-06', channel: 'video', link: 'room 7' });
    expect(story.told('sessionArranged')).toEqual(['applicant 2030-03-05', 'respondent 2030-03-05']);
    expect(await story.refused(act('arrangeSession'), { on: '2030-03-04', channel: 'room' })).toMatchObject({
      code: 'day-too-early',
    });
    const conceded = [{ by: 'r1', text: '承认欠付' }];
    await story.act(
      act('holdSession'),
      { heldOn: '2030-03-05', channel: 'video', concededFacts: conceded },
      'mediator',
    );
    expect(JSON.stringify(story.last(act('sessionHeld')).detail)).not.toContain('承认');

    await agreedForCourt(story, '2030-03-05', [owed('w1', [{ amount: 3090, dueOn: '2030-05-06' }])]);
    expect(story.path()).toEqual(['preLitigationMediation', 'agreementPerformance']);
    expect(story.state().case.routes).toEqual([{ route: 'judicialConfirmation', stage: 'available', attempt: 0 }]);
    const ended = story.last(act('ended'));
    expect(ended).toMatchObject({ outcome: 'agreement', legalRef: 'CRT-04' });
    const routes = ended.decisions.find(({ point }) => point === 'agreement.routes');
    expect(routes?.matched).toMatchObject([{ id: 'confirmation-by-the-inviting-court', legalRef: 'JC-02' }]);
    expect(story.clock('judicialConfirmation.application').dueOn).toBe('2030-04-04');
    const jointly = { appliedOn: '2030-03-05', agreedBy: ['w1', 'r1'] };
    await story.act('judicialConfirmation.applyJointly', jointly);
    expect(await story.refused('arbitrationReview.applyJointly', jointly)).toMatchObject({
      code: 'route-not-available',
    });
  }));

it('CRT-02 CRT-05: entrusted in the simple procedure, seven days; the court names the mediator, both extend, time runs out', () =>
  tell({}, async (story) => {
    await sentByCourt(story, { kind: 'entrusted', trial: 'simple', online: true });
    await story.act(act('take'), { takenOn: MONDAY }, 'mediator');
    expect(story.clock(act('entrustedSimple'))).toMatchObject({ dueOn: '2030-03-11', legalRef: 'CRT-02' });
    expect(story.state().stage).toBe('choosing');
    expect(await story.refused(act('nameMediator'), { mediatorId: 'T-9' }, 'court')).toMatchObject({
      code: 'act-not-open',
    });
    await story.runsOut(act('mediatorChoice'), '2030-03-06');
    expect(story.told('mediatorToBeNamed')).toEqual(['court 2030-03-07']);
    expect(story.clock(act('mediatorNaming'))).toMatchObject({ anchorOn: '2030-03-06', dueOn: '2030-03-11' });
    expect(await story.refused(act('nameMediator'), { mediatorId: 'T-9' }, 'operator')).toMatchObject({
      code: 'wrong-side',
    });
    await story.act(act('nameMediator'), { mediatorId: 'T-9' }, 'court');
    await story.act(act('extend'), { amount: 5, agreedBy: ['w1', 'r1'] }, 'mediator');
    expect(story.last(act('extended')).detail).toMatchObject({ amount: 5, notInTrialTime: true });
    expect(await story.refused(act('withdraw'), { reason: '不告了' }, 'w1')).toMatchObject({ code: 'wrong-side' });
    const end = await story.untilRunOut(act('entrustedSimple'));
    expect(end.detail).toMatchObject({ dueOn: '2030-03-18', outcome: 'expired' });
    expect(story.last(act('ended'))).toMatchObject({ outcome: 'expired', legalRef: 'CRT-02', next: 'followUp' });
    // The suit is filed already: no clock of the filing.
    expect(story.told('backToCourt')).toEqual([]);
  }));

it('CRT-02 ENF-01: entrusted in the ordinary procedure, fifteen days; the court makes its document, and a breach is enforced', () =>
  tell({}, async (story) => {
    const today = await heardForCourt(story, { kind: 'entrusted', trial: 'ordinary' });
    expect(story.clock(act('entrustedOrdinary')).dueOn).toBe('2030-03-19');
    await agreedForCourt(story, today, [owed('w1', [{ amount: 800, dueOn: '2030-03-08' }])]);
    expect(story.state().case.routes).toMatchObject([{ route: 'courtDocument', stage: 'available' }]);
    expect(
      await story.refused('agreementPerformance.recordCourtDocument', { receivedOn: '2030-03-05' }, 'court'),
    ).toMatchObject({
      code: 'day-in-the-future',
    });
    await story.act('agreementPerformance.recordCourtDocument', { receivedOn: today }, 'court');
    expect(story.clock('courtDocument.application').open).toBe(false);
    expect(
      await story.refused('agreementPerformance.recordSuitWithdrawn', { withdrawnOn: today }, 'court'),
    ).toMatchObject({
      code: 'act-not-open',
    });
    await story.untilRunOut('agreementPerformance.instalment');
    const ended = story.last('agreementPerformance.ended');
    expect(ended).toMatchObject({ outcome: 'breached', legalRef: 'ENF-01', detail: { rightToArbitrate: false } });
    expect(story.clock('enforcement.application').dueOn).toBe('2032-03-08');
  }));

it('CRT-07 CRT-10: the other side is not notified, then says nothing, and that is no consent; the thirty days never come', () =>
  tell({}, async (story) => {
    await sentByCourt(story);
    await story.act(act('take'), { takenOn: MONDAY }, 'mediator');
    const late = await story.runsOut(act('invitation'), '2030-03-07');
    expect(late.detail.outcome).toBe('remind');
    expect(story.told('authorityLate')).toEqual(['operator 2030-03-08']);
    await story.act(act('invite'), { invitedOn: '2030-03-08' }, 'mediator');
    const silence = await story.runsOut(act('consent'), '2030-03-13');
    expect(silence).toMatchObject({ legalRef: 'CRT-07', detail: { outcome: 'refused' } });
    expect(story.last(act('ended'))).toMatchObject({ outcome: 'refused', legalRef: 'CRT-10' });
    expect(story.clock('followUp.filing').dueOn).toBe('2030-03-21');
  }));

it('CRT-01 CRT-10: the thirty days end at midnight without an agreement; a party may refuse and the suit may be withdrawn before', () =>
  tell({}, async (story) => {
    await heardForCourt(story);
    await story.runsOut(act('delegated'), '2030-04-03');
    expect(story.last(act('ended'))).toMatchObject({ outcome: 'expired', legalRef: 'CRT-10' });
    await sentByCourt(story);
    await story.act(act('withdraw'), { reason: '已付清' }, 'w1');
    expect(story.last(act('ended')).outcome).toBe('withdrawn');
    await heardForCourt(story);
    await story.act(act('refuse'), { party: 'r1', reason: '不愿再谈' }, 'r1');
    expect(story.last(act('ended')).outcome).toBe('refused');
    await heardForCourt(story);
    await story.act(act('returnToCourt'), { ground: 'factsUnclear', reason: '须鉴定' }, 'mediator');
    expect(story.last(act('ended'))).toMatchObject({ outcome: 'returned' });
  }));
