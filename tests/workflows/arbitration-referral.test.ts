import { expect, it } from 'vitest';
import type { Referral } from '../../domain/case/referral.ts';
import type { ArbitrationState } from '../../domain/procedures/arbitration-state.ts';
import { MONDAY, type Story, tell } from '../support/story.ts';
import { draft, owed } from '../support/terms.ts';

const suggested: Referral = { by: 'arbitration', kind: 'suggested', ref: 'T-2030-17', receivedOn: MONDAY };
/** Entrusted on Monday; both had agreed on the Friday before. */
const entrusted: Referral = {
  ...{ by: 'arbitration', kind: 'entrusted', ref: 'Z-2030-4' },
  ...{ receivedOn: MONDAY, consentedOn: '2030-03-01' },
};
const both = (day: string) => [`applicant ${day}`, `respondent ${day}`];

/** Arbitration is applied for in a case whose mediation nobody wanted; it waits for the return visit. */
async function filed(story: Story): Promise<void> {
  await story.register({ requestedRoute: 'mediation', facts: { knownOn: '2029-08-10' } });
  await story.act('mediation.declineOffer', {}, 'w1');
  await story.act('case.recordArbitration', { party: 'w1', filedOn: MONDAY });
}

const record = (story: Story) => story.state<ArbitrationState>('arbitration');

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

it('MED-15 MED-16 a case already here: suggested, suspended and back; entrusted, agreed and over, each time under its own clocks', () =>
  tell({}, async (story) => {
    await filed(story);
    expect(story.clock('arbitration.acceptance').dueOn).toBe('2030-03-11');
    const sent = await story.act(
      'arbitration.suggestMediation',
      { ref: 'T-2030-17', receivedOn: MONDAY },
      'arbitrator',
    );
    await story.written('mediation.opened', sent.seq);
    expect(story.last('followUp.ended')).toMatchObject({ outcome: 'referred', next: 'mediation', legalRef: 'MED-15' });
    expect(story.state()).toMatchObject({ stage: 'consenting' });
    expect(story.clock('mediation.suggested').dueOn).toBe('2030-03-07');
    const again = { receivedOn: MONDAY };
    expect(await story.refused('arbitration.suggestMediation', again)).toMatchObject({ code: 'act-not-open' });
    // Nobody has agreed yet, and the commission's time runs.
    expect(story.clock('arbitration.acceptance').open).toBe(true);
    await story.act('mediation.consent', { party: 'w1', willing: true }, 'w1');
    await story.act('mediation.consent', { party: 'r1', willing: true }, 'r1');
    await story.written('arbitration.acceptanceSuspended');
    expect(story.clock('arbitration.acceptance').open).toBe(false);
    await taken(story);
    await story.sleepUntil('2030-03-12');
    await story.act('mediation.fail', { reason: '分歧太大' }, 'mediator');
    await story.written('arbitration.backFromMediation');
    expect(story.last('arbitration.backFromMediation').detail).toEqual({ kind: 'suggested', outcome: 'failed' });
    expect(story.last('mediation.ended')).toMatchObject({ legalRef: 'MED-15', detail: { rightToArbitrate: false } });
    expect(story.clock('arbitration.acceptanceResumed')).toMatchObject({ dueOn: '2030-03-19', legalRef: 'MED-15' });

    await story.act('arbitration.recordDocketed', { on: '2030-03-12' }, 'arbitrator');
    expect(story.clock('arbitration.acceptanceResumed').open).toBe(false);
    const handed = { receivedOn: '2030-03-12', consentedOn: '2030-03-12', agreedBy: ['w1', 'r1'] };
    const entrusting = await story.act('arbitration.entrustMediation', handed, 'arbitrator');
    await story.written('mediation.opened', entrusting.seq);
    expect(story.state()).toMatchObject({ stage: 'accepting' });
    expect(story.clock('mediation.entrusted')).toMatchObject({ dueOn: '2030-03-26', anchorOn: '2030-03-12' });
    await taken(story);
    await signed(story);
    await story.written('arbitration.backFromMediation', entrusting.seq);
    // No article takes the mediation out of the time of the award.
    expect(story.clock('arbitration.award')).toMatchObject({ open: true, dueOn: '2030-04-26' });
    await story.runsOut('arbitration.afterAgreement', '2030-03-27');
    expect(story.last('arbitration.ended').outcome).toBe('mediated');
    expect(story.path().slice(-3)).toEqual(['followUp', 'mediation', 'agreementPerformance']);
    await story.opened('limitationWatch');
    expect(story.clock('limitation.wagesAfterTermination')).toMatchObject({
      anchorOn: '2030-03-12',
      dueOn: '2031-03-12',
    });
  }));

it('MED-15 ARB-01 a closed case is taken up again for the suggestion; one side refuses, the commission does not accept, and the suit is watched and recorded', () =>
  tell({}, async (story) => {
    await filed(story);
    await story.act('followUp.recordVisit', { visitedOn: MONDAY }, 'mediator');
    await story.act('followUp.archive', {}, 'mediator');
    const { seq } = await story.act('arbitration.suggestMediation', { receivedOn: MONDAY }, 'arbitrator');
    await story.written('mediation.opened', seq);
    expect(story.path()).toEqual(['mediation', 'followUp', 'mediation']);
    await story.act('mediation.consent', { party: 'r1', willing: false }, 'r1');
    await story.written('arbitration.backFromMediation');
    expect(story.clock('arbitration.acceptance')).toMatchObject({ open: true, dueOn: '2030-03-11' });

    await story.act('arbitration.recordRefusal', { on: MONDAY, reason: '不属于受案范围' }, 'arbitrator');
    expect(record(story).stage).toBe('notAccepted');
    expect(story.clock('arbitration.suitAfterRefusal')).toMatchObject({ dueOn: '2031-03-04', legalRef: 'ARB-01' });
    const suit = { party: 'w1', filedOn: MONDAY };
    expect(await story.refused('arbitration.recordSuit', { ...suit, party: 'r1' })).toMatchObject({
      ...{ code: 'wrong-side', field: '/party' },
    });
    await story.act('arbitration.recordSuit', suit, 'court');
    expect(story.clock('arbitration.suitAfterRefusal').open).toBe(false);
    expect(await story.refused('arbitration.recordSuit', suit)).toMatchObject({ code: 'act-not-open' });
    await story.act('arbitration.recordSuitEnded', { how: 'judged', receivedOn: MONDAY }, 'court');
    await story.written('arbitration.ended');
    expect(story.last('arbitration.suitEnded').detail).toEqual({ how: 'judged', receivedOn: MONDAY });
    expect(story.last('arbitration.ended').outcome).toBe('sued');
  }));
