import { expect, it } from 'vitest';
import type { Claim } from '../../domain/case/case.ts';
import { shanghaiDay } from '../../domain/time/day.ts';
import { appliedFor, settled } from '../support/openings.ts';
import { type Story, tell } from '../support/story.ts';
import { draft, owed, settlement } from '../support/terms.ts';

const dismissal: Claim[] = [{ id: 'c1', worker: 'w1', kind: 'dismissal', subject: 'damages' }];
const lastDay = (story: Story, id = 'arbitration') => story.clock(`limitation.${id}`).dueOn;

it('LIM-01 a year from the day the worker knew; LIM-03 for wages from the end of the employment, none while it goes on', () =>
  tell({}, async (story) => {
    await story.register({ claims: dismissal, facts: { knownOn: '2029-08-10' } });
    // 2030-08-10 is a Saturday.
    expect(story.clock('limitation.arbitration')).toMatchObject({ dueOn: '2030-08-12', legalRef: 'LIM-01' });
    await story.register({ facts: { knownOn: '2029-03-05', employmentEndedOn: '2029-12-14' } });
    expect(story.clock('limitation.wagesAfterTermination')).toMatchObject({ dueOn: '2030-12-16', legalRef: 'LIM-03' });
    await story.register({ facts: { employed: true, knownOn: '2029-03-05' } });
    expect(story.record.clocks.filter((clock) => clock.caseNo === story.caseNo && clock.key === 'limitation')).toEqual(
      [],
    );
    await story.register({ claims: dismissal });
    expect(lastDay(story)).toBe('2031-03-04');
  }));

it('LIM-05 an appointed civil servant has sixty days', () =>
  tell({}, async (story) => {
    await story.register({
      claims: dismissal,
      facts: { relation: 'personnel', personnelKind: 'appointedCivilServant', knownOn: '2030-02-18' },
    });
    expect(story.clock('limitation.appointedCivilServant')).toMatchObject({ dueOn: '2030-04-19', legalRef: 'LIM-05' });
  }));

it('LIM-02 the request served interrupts it from that day, never to the applicant’s harm, and so does each end of NEG-10', () =>
  tell({}, async (story) => {
    await story.register({ claims: dismissal, facts: { knownOn: '2029-08-10' } });
    await story.act('negotiation.serveRequest', { servedOn: '2030-03-04', method: 'hand' });
    expect(lastDay(story)).toBe('2031-03-04');
    await story.runsOut('negotiation.response', '2030-03-11');
    expect(lastDay(story)).toBe('2031-03-12');
    await story.sleepUntil('2030-03-20');
    await story.act('mediation.apply', { receivedOn: '2030-03-19', form: 'oral' });
    expect(lastDay(story)).toBe('2031-03-19');
    await story.runsOut('mediation.consent', '2030-03-22');
    // 2031-03-23 is a Sunday.
    expect(lastDay(story)).toBe('2031-03-24');
    expect(story.noticesOf('rightToArbitrate')).toMatchObject([{ clockKey: 'limitation' }]);
    // The same time goes on through the return visit.
    await story.runsOut('followUp.visit', '2030-04-22');
    expect(lastDay(story)).toBe('2031-03-24');

    await story.register({ claims: dismissal });
    const before = lastDay(story);
    await story.act('negotiation.serveRequest', { servedOn: '2029-12-03', method: 'hand' });
    await story.record.seen('its end', ({ type, caseNo }) => type === 'mediation.opened' && caseNo === story.caseNo);
    expect(
      story.record.clocks
        .filter((clock) => clock.caseNo === story.caseNo && clock.key === 'limitation')
        .map(({ dueOn }) => dueOn),
    ).not.toContain('2030-12-03');
    expect(lastDay(story) >= before).toBe(true);
  }));

it('LIM-02 a withdrawn request changes nothing, and a settlement not performed interrupts it anew (NEG-10)', () =>
  tell({}, async (story) => {
    await story.register({ claims: dismissal, facts: { knownOn: '2029-08-10' } });
    await story.act('negotiation.withdraw', { reason: '…' });
    expect(lastDay(story)).toBe('2030-08-12');

    await settled(story, [owed('w1', [{ amount: 5, dueOn: '2030-03-12' }])], { claims: dismissal });
    expect(lastDay(story)).toBe('2031-03-04');
    await story.runsOut('settlementPerformance.instalment', '2030-03-12', 'o1.1');
    expect(lastDay(story)).toBe('2031-03-13');
  }));

it('LIM-01 the applicant is reminded 60, 30 and 7 days before, each time once across procedures, and told when it has run out', () =>
  tell({}, async (story) => {
    await story.register({ claims: dismissal, facts: { knownOn: '2029-05-06' }, requestedRoute: 'mediation' });
    await story.runsOut('limitation.arbitration', '2030-05-06');
    const told = (template: string) =>
      story
        .noticesOf(template)
        .filter(({ clockKey }) => clockKey === 'limitation')
        .map(({ to, at }) => `${to} ${shanghaiDay(at)}`);
    expect(told('reminder')).toEqual(['applicant 2030-03-08', 'applicant 2030-04-07', 'applicant 2030-04-30']);
    expect(told('deadlinePassed')).toEqual(['applicant 2030-05-07']);
    expect(story.path()).toEqual(['mediation', 'followUp']);
  }));

it('LIM-02 LIM-04 after it has run out no application starts it again, and the applicant is told so', () =>
  tell({}, async (story) => {
    await story.register({ claims: dismissal, facts: { knownOn: '2029-03-06' }, requestedRoute: 'mediation' });
    await story.runsOut('limitation.arbitration', '2030-03-06');
    expect(story.told('deadlinePassed')).toEqual(['applicant 2030-03-07']);
    expect(story.path()).toEqual(['mediation']);
    await story.sleepUntil('2030-03-08');
    await story.act('mediation.apply', { receivedOn: '2030-03-08', form: 'oral' });
    expect(lastDay(story)).toBe('2030-03-06');
    await story.runsOut('mediation.consent', '2030-03-13');
    expect(lastDay(story)).toBe('2030-03-06');
    expect(story.last('mediation.ended').decisions.some(({ outcome }) => outcome.interrupts === true)).toBe(true);
    // LIM-04: who is told of the right is told that the other side may plead it.
    expect(story.told('rightToArbitrateLate')).toEqual(['applicant 2030-03-14']);
    expect(story.told('rightToArbitrate')).toEqual([]);
  }));

it('LIM-02 an application received in time and written down the day after it ran out has interrupted it', () =>
  tell({}, async (story) => {
    await story.register({ claims: dismissal, facts: { knownOn: '2029-03-06' }, requestedRoute: 'mediation' });
    await story.runsOut('limitation.arbitration', '2030-03-06');
    await story.act('mediation.apply', { receivedOn: '2030-03-06', form: 'written' });
    expect(story.clock('limitation.arbitration')).toMatchObject({ dueOn: '2031-03-06', expired: false });
  }));

it('MED-17 platform work without employment has no limitation of arbitration', () =>
  tell({}, async (story) => {
    await appliedFor(story, { facts: { relation: 'newEmploymentForm' } });
    expect(story.record.clocks.filter(({ key }) => key === 'limitation')).toEqual([]);
  }));

it('LIM-01 one that ran out long before anybody came has no clock, and nothing starts it again', () =>
  tell({}, async (story) => {
    await story.register({ claims: dismissal, facts: { knownOn: '2020-01-06' } });
    await story.act('negotiation.serveRequest', { servedOn: '2030-03-04', method: 'hand' });
    expect(story.state().case.limitationRanOut).toBe(true);
    expect(story.record.clocks.filter((clock) => clock.key === 'limitation')).toEqual([]);
  }));

it('LIM-02 the worker claimed from the employer meanwhile: the year starts again from that day, in whatever procedure the case is', () =>
  tell({}, async (story) => {
    await story.register({ claims: dismissal, facts: { knownOn: '2029-08-10' } });
    const claimed = { on: '2029-12-03', kind: 'claimedFromOtherSide' };
    await story.act('case.recordInterruption', claimed);
    expect(lastDay(story)).toBe('2030-12-03');
    expect(story.last('limitation.interrupted')).toMatchObject({ legalRef: 'LIM-02', detail: claimed });
    const before = await story.refused('case.recordInterruption', { ...claimed, on: '2029-11-30' });
    expect(before).toMatchObject({ code: 'nothing-to-interrupt', field: '/on' });
    expect(lastDay(story)).toBe('2030-12-03');
  }));

it('NEG-10 each of the eight starts the year again: 1 no answer, 5 no consent, 6 not continued, 7 run out, 8 agreement not performed', () =>
  tell({}, async (story) => {
    const year = async () => lastDay(story).slice(0, 7);
    await story.register({ claims: dismissal, facts: { knownOn: '2029-08-10' } });
    await story.act('negotiation.serveRequest', { servedOn: '2030-03-04', method: 'hand' });
    await story.runsOut('negotiation.response', '2030-03-11');
    expect(lastDay(story)).toBe('2031-03-12');
    await story.act('mediation.apply', { receivedOn: '2030-03-12', form: 'oral' });
    await story.act('mediation.consent', { party: 'r1', willing: false }, 'r1');
    expect(await year()).toBe('2031-03');
    const again = async (on: string) => {
      await story.sleepUntil(on);
      await story.act('followUp.reopen', { reason: '…' });
      await story.act('mediation.apply', { receivedOn: on, form: 'oral' });
      await story.act('mediation.consent', { party: 'r1', willing: true }, 'r1');
      await story.act('mediation.accept', { acceptedOn: on }, 'mediator');
    };
    await again('2030-03-25');
    await story.sleepUntil('2030-04-02');
    await story.act('mediation.fail', { reason: '…' }, 'mediator');
    expect(lastDay(story)).toBe('2031-04-02');
    await again('2030-04-15');
    await story.runsOut('mediation.conclusion', '2030-04-30');
    // 2031-05-01 is a holiday.
    expect(await year()).toBe('2031-05');
    await again('2030-05-13');
    await story.act('mediation.assignMediator', { mediatorId: 'M-7' });
    await story.act('mediation.draftAgreement', draft([owed('w1', [{ amount: 5, dueOn: '2030-06-10' }])]));
    for (const by of ['w1', 'r1', 'mediator']) await story.act('mediation.sign', { by, signedOn: '2030-05-13' });
    await story.act('mediation.seal', { sealedOn: '2030-05-13' });
    await story.runsOut('agreementPerformance.instalment', '2030-06-10', 'o1.1');
    expect(lastDay(story)).toBe('2031-06-11');
    const items = story
      .events()
      .flatMap(({ decisions }) => decisions ?? [])
      .flatMap(({ point, outcome }) =>
        point === 'limitation.interruption' && outcome.interrupts === true ? [outcome.item] : [],
      );
    expect(items.filter((item) => item !== 0)).toEqual([1, 5, 6, 7, 8]);
  }));

it('NEG-10 and 2 broken off, 3 the agreed time over, 4 a settlement not performed', () =>
  tell({}, async (story) => {
    const atTheTable = async () => {
      const today = await story.today();
      await story.register({ claims: dismissal, facts: { knownOn: '2029-08-10' } });
      await story.act('negotiation.serveRequest', { servedOn: today, method: 'hand' });
      await story.act('negotiation.respond', { willing: true, form: 'oral', party: 'r1' });
    };
    await atTheTable();
    await story.sleepUntil('2030-03-06');
    await story.act('negotiation.breakOff', { party: 'r1', reason: '…' });
    expect(lastDay(story)).toBe('2031-03-06');
    await atTheTable();
    await story.act('negotiation.agreePeriod', { until: '2030-03-12', agreedBy: ['w1', 'r1'] });
    await story.runsOut('negotiation.agreedPeriod', '2030-03-12');
    expect(lastDay(story)).toBe('2031-03-13');
    await atTheTable();
    await story.act(
      'negotiation.settle',
      settlement(await story.today(), [owed('w1', [{ amount: 5, dueOn: '2030-03-20' }])]),
    );
    await story.runsOut('settlementPerformance.instalment', '2030-03-20', 'o1.1');
    expect(lastDay(story)).toBe('2031-03-21');
  }));
