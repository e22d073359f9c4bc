import { expect, it } from 'vitest';
import { confirmationAcceptanceGrounds, confirmationDismissalGrounds } from '../../domain/procedures/grounds.ts';
import { agreed } from '../support/openings.ts';
import { MONDAY, type Story, tell } from '../support/story.ts';
import { owed } from '../support/terms.ts';

async function confirmation(story: Story): Promise<string> {
  const today = await agreed(story, [owed('w1', [{ amount: 3000, dueOn: '2030-12-02' }])]);
  await story.act('judicialConfirmation.applyJointly', { appliedOn: today, agreedBy: ['w1', 'r1'] });
  return today;
}

it('JC-05 docketed within three days, ruled on within thirty: the agreement is confirmed and can be enforced', () =>
  tell({}, async (story) => {
    await confirmation(story);
    expect(story.clock('judicialConfirmation.acceptance')).toMatchObject({ dueOn: '2030-03-07', legalRef: 'JC-04' });
    expect(await story.refused('judicialConfirmation.confirm', {}, 'court')).toMatchObject({ code: 'act-not-open' });
    await story.sleepUntil('2030-03-07T23:59');
    await story.act('judicialConfirmation.accept', { acceptedOn: '2030-03-07' }, 'court');
    expect(story.told('confirmationDocketed')).toEqual(['applicant 2030-03-07', 'respondent 2030-03-07']);
    // The thirtieth day, 2030-04-06, is a Saturday after the Tomb-sweeping Festival.
    expect(story.clock('judicialConfirmation.ruling')).toMatchObject({ dueOn: '2030-04-08', legalRef: 'JC-05' });
    await story.sleepUntil('2030-04-08T23:59');
    expect(story.told('authorityLate')).toEqual([]);
    await story.act('judicialConfirmation.confirm', {}, 'court');
    expect(story.last('judicialConfirmation.ended')).toMatchObject({
      ...{ outcome: 'confirmed', legalRef: 'JC-01' },
      detail: { enforceable: true },
    });
  }));

it('JC-04 a court that neither dockets nor rules is told so, waited for thirty days, and the application lapses', () =>
  tell({}, async (story) => {
    await confirmation(story);
    await story.runsOut('judicialConfirmation.acceptance', '2030-03-07');
    expect(story.told('authorityLate')).toEqual(['court 2030-03-08']);
    await story.runsOut('judicialConfirmation.longstop', '2030-04-08');
    expect(story.last('judicialConfirmation.ended')).toMatchObject({ outcome: 'lapsed' });
  }));

it('JC-05 a ruling that does not come in thirty days is waited for thirty more', () =>
  tell({}, async (story) => {
    await confirmation(story);
    await story.act('judicialConfirmation.accept', { acceptedOn: MONDAY }, 'court');
    await story.runsOut('judicialConfirmation.ruling', '2030-04-03');
    await story.sleepUntil('2030-04-10');
    expect(story.state('judicialConfirmation').stage).toBe('reviewing');
    await story.runsOut('judicialConfirmation.longstop', '2030-05-03');
    expect(story.last('judicialConfirmation.ended').outcome).toBe('lapsed');
  }));

it('L3 not docketed, dismissed and withdrawn: on each ground the agreement stays unenforceable and its decision is kept', () =>
  tell({}, async (story) => {
    for (const [index, ground] of confirmationAcceptanceGrounds.entries()) {
      await confirmation(story);
      await story.act('judicialConfirmation.refuseAcceptance', { ground, reason: '…' }, 'court');
      expect(story.last('judicialConfirmation.notAccepted')).toMatchObject({
        outcome: 'notAccepted',
        decisions: [{ outcome: { valid: true }, matched: [{ legalRef: `L3-${index + 1}` }, {}] }],
      });
    }
    for (const [index, ground] of confirmationDismissalGrounds.entries()) {
      const today = await confirmation(story);
      await story.act('judicialConfirmation.accept', { acceptedOn: today }, 'court');
      await story.act('judicialConfirmation.dismiss', { ground, reason: '…' }, 'court');
      expect(story.last('judicialConfirmation.dismissed')).toMatchObject({
        ...{ outcome: 'dismissed', legalRef: 'JC-07' },
        decisions: [{ outcome: { valid: true }, matched: [{ legalRef: `L3-${index + 1}` }, {}] }],
      });
      expect(story.last('judicialConfirmation.ended').detail).toMatchObject({ ground, enforceable: false });
    }
    await confirmation(story);
    await story.act('judicialConfirmation.withdraw', { reason: '改走仲裁审查' }, 'w1');
    expect(story.last('judicialConfirmation.ended').outcome).toBe('withdrawn');
  }));
