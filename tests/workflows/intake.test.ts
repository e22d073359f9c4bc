import { expect, it } from 'vitest';
import { tell } from '../support/story.ts';

it('L7 a dispute the law does not take is closed at once, and the applicant is told where to go', () =>
  tell({}, async (story) => {
    await story.register({ facts: { exclusion: 'socialInsuranceAgency' } });
    const ended = story.last('intake.ended');
    expect(ended).toMatchObject({ outcome: 'notAdmissible', next: 'closed', legalRef: 'L7' });
    expect(ended.detail.goTo).toMatchObject({ zh: expect.stringContaining('社会保险'), en: expect.any(String) });
    expect(story.path()).toEqual([]);
    expect(story.state()).toMatchObject({ stage: 'ended', outcome: 'notAdmissible' });
    expect(story.told('result')).toEqual(['applicant 2030-03-04']);
    await story.workflow().result();
    expect(story.record.clocks).toEqual([]);
    expect(await story.refused('negotiation.serveRequest', { servedOn: '2030-03-04', method: 'hand' })).toMatchObject({
      code: 'elsewhere',
    });
  }));

it('L7 the path begins where the applicant wants, with negotiation where nothing was tried, else with mediation', () =>
  tell({}, async (story) => {
    await story.register();
    expect(story.path()).toEqual(['negotiation']);
    expect(story.last('intake.opened')).toMatchObject({ legalRef: 'L7', actor: { role: 'operator' } });
    expect(story.last('intake.ended').legalRef).toBe('NEG-01');
    await story.register({ facts: { negotiatedBefore: true } });
    expect(story.path()).toEqual(['mediation']);
    await story.register({ requestedRoute: 'negotiation', facts: { negotiatedBefore: true } });
    expect(story.path()).toEqual(['negotiation']);
    await story.register({ requestedRoute: 'mediation' });
    expect(story.path()).toEqual(['mediation']);
    await story.register({ facts: { relation: 'newEmploymentForm' } });
    expect(story.path()).toEqual(['mediation']);
  }));

it('L7 work past the retirement age is taken for its four matters only, since 2026-07-01', () =>
  tell({}, async (story) => {
    await story.register({ facts: { overAge: true, overAgeMatter: true } });
    expect(story.path()).toEqual(['negotiation']);
    await story.register({ facts: { overAge: true, overAgeMatter: false } });
    expect(story.last('intake.ended').outcome).toBe('notAdmissible');
  }));

it('L10 a group of ten goes to the joint centre, a case from the court to the arbitration court, others to the street', () =>
  tell({}, async (story) => {
    const organisation = async (given: Parameters<typeof story.register>[0]) => {
      await story.register({ requestedRoute: 'mediation', ...given });
      return story.state().case.organisation?.kind;
    };
    expect(await organisation({ workers: 10 })).toBe('jointCentre');
    expect(await organisation({ workers: 9 })).toBe('townshipStreet');
    expect(await organisation({ channel: 'court' })).toBe('arbitrationCourtCentre');
    expect(await organisation({ facts: { enterpriseCommittee: true } })).toBe('enterpriseCommittee');
  }));
