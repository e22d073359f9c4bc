import { expect, it } from 'vitest';
import type { Referral } from '../../domain/case/referral.ts';
import { MONDAY, type Story, tell } from '../support/story.ts';
import { draft, owed } from '../support/terms.ts';

const suggested: Referral = { by: 'arbitration', kind: 'suggested', ref: 'T-2030-17', receivedOn: MONDAY };
/** Entrusted on Monday; both had agreed on the Friday before. */
const entrusted: Referral = {
  ...{ by: 'arbitration', kind: 'entrusted', ref: 'Z-2030-4' },
  ...{ receivedOn: MONDAY, consentedOn: '2030-03-01' },
};
const both = (day: string) => [`applicant ${day}`, `respondent ${day}`];

/** The organisation takes the case and a mediator. */
async function taken(story: Story): Promise<void> {
  await story.act('mediation.accept', { acceptedOn: await story.today() }, 'mediator');
  await story.act('mediation.assignMediator', { mediatorId: 'M-7' });
}

async function signed(story: Story): Promise<void> {
  const today = await story.today();
  await story.act('mediation.draftAgreement', draft([owed('w1', [{ amount: 3000, dueOn: '2030-12-02' }])]), 'mediator');
  for (const by of ['w1', 'r1', 'mediator']) await story.act('mediation.sign', { by, signedOn: today });
  await story.act('mediation.seal', { sealedOn: today });
}

it('MED-15 a suggestion that both agree to suspends acceptance; agreed in mediation, the commission is told of it', () =>
  tell({}, async (story) => {
    await story.register({ requestedRoute: 'negotiation', referral: suggested });
    expect(story.state()).toMatchObject({ procedure: 'mediation', stage: 'consenting' });
    expect(story.told('mediationSuggested')).toEqual(both(MONDAY));
    expect(story.told('liaisonTold')).toEqual([`liaison ${MONDAY}`]);
    expect(story.clock('mediation.suggested')).toMatchObject({ dueOn: '2030-03-07', legalRef: 'MED-15' });
    // Nobody has applied for mediation yet: its own clocks wait for the consent of both.
    expect(() => story.clock('mediation.acceptance')).toThrow();
    await story.act('mediation.consent', { party: 'w1', willing: true }, 'w1');
    expect(story.told('arbitrationSuspended')).toEqual([]);
    await story.sleepUntil('2030-03-06');
    await story.act('mediation.consent', { party: 'r1', willing: true }, 'arbitrator');
    expect(story.told('arbitrationSuspended')).toEqual(['commission 2030-03-06']);
    expect(story.clock('mediation.suggested').open).toBe(false);
    expect(story.clock('mediation.acceptance').dueOn).toBe('2030-03-11');
    expect(story.clock('mediation.arbitrationGate').dueOn).toBe('2030-03-21');
    await taken(story);
    expect(story.clock('mediation.conclusion')).toMatchObject({ dueOn: '2030-03-21', legalRef: 'MED-07' });
    await signed(story);
    expect(story.path()).toEqual(['mediation', 'agreementPerformance']);
    expect(story.last('mediation.ended')).toMatchObject({ legalRef: 'MED-15', detail: { outcome: 'agreement' } });
    expect(story.told('result').slice(-3)).toEqual(['commission 2030-03-06', ...both('2030-03-06')]);
    expect(story.state().case.routes.map(({ route }) => route)).toContain('arbitrationReview');
  }));

it('MED-15 one side does not agree: the commission accepts by law, and nobody is told to apply again', () =>
  tell({}, async (story) => {
    await story.register({ referral: suggested });
    await story.act('mediation.consent', { party: 'r1', willing: false }, 'r1');
    expect(story.last('mediation.ended')).toMatchObject({
      ...{ legalRef: 'MED-15', outcome: 'refused', next: 'followUp' },
      detail: { rightToArbitrate: false, remedy: { zh: expect.stringContaining('依法受理仲裁申请') } },
    });
    expect(story.told('result')).toContain(`commission ${MONDAY}`);
    expect(story.told('rightToArbitrate')).toEqual([]);
    // A mediation that the case turns to later is its own.
    await story.act('followUp.reopen', { reason: '双方愿意再谈' });
    expect(story.state()).toMatchObject({ procedure: 'mediation', stage: 'offered' });
  }));

it('MED-15 silence for three working days is no consent', () =>
  tell({}, async (story) => {
    await story.register({ referral: suggested });
    await story.act('mediation.consent', { party: 'r1', willing: true }, 'r1');
    const silence = await story.runsOut('mediation.suggested', '2030-03-07');
    expect(silence.detail.outcome).toBe('refused');
    expect(silence.decisions).toMatchObject([{ facts: { side: 'applicant' } }]);
    expect(story.path()).toEqual(['mediation', 'followUp']);
  }));

it('MED-16 ten working days from the consent of both, whenever it is accepted, and no extension: back to the hearing', () =>
  tell({}, async (story) => {
    await story.register({ referral: entrusted });
    expect(story.state()).toMatchObject({ procedure: 'mediation', stage: 'accepting' });
    expect(story.told('mediationEntrusted')).toEqual(both(MONDAY));
    // Ten working days from Friday 2030-03-01; fifteen calendar days from acceptance would be Thursday 03-21.
    expect(story.clock('mediation.entrusted')).toMatchObject({
      ...{ dueOn: '2030-03-15', legalRef: 'MED-16', amount: 10, unit: 'workingDays', anchorOn: '2030-03-01' },
    });
    await story.sleepUntil('2030-03-06');
    await taken(story);
    expect(() => story.clock('mediation.conclusion')).toThrow();
    const more = { until: '2030-03-29', agreedBy: ['w1', 'r1'] };
    expect(await story.refused('mediation.extend', more)).toMatchObject({
      ...{ code: 'act-not-open', source: expect.stringContaining('第七十条第二款') },
    });
    const over = await story.runsOut('mediation.entrusted', '2030-03-15');
    expect(over.detail.outcome).toBe('expired');
    expect(story.last('mediation.ended')).toMatchObject({
      ...{ legalRef: 'MED-16', next: 'followUp' },
      detail: { remedy: { zh: expect.stringContaining('应当开庭审理') } },
    });
    expect(story.told('result').slice(-3)).toEqual(['commission 2030-03-16', ...both('2030-03-16')]);
  }));

it('MED-16 an agreement in entrusted mediation binds until it is reviewed; the commission is told how to end its case', () =>
  tell({}, async (story) => {
    await story.register({ referral: entrusted });
    await taken(story);
    await signed(story);
    expect(story.path()).toEqual(['mediation', 'agreementPerformance']);
    expect(story.last('mediation.ended').detail).toMatchObject({
      remedy: { zh: expect.stringMatching(/仲裁审查.*撤回仲裁申请/) },
    });
    expect(story.told('result')).toContain(`commission ${MONDAY}`);
    expect(story.clock('arbitrationReview.application').dueOn).toBe('2030-03-19');
  }));
