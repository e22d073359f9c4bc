import { describe, expect, it } from 'vitest';
import type { EmergencyState } from '../../domain/procedures/emergency-state.ts';
import type { Registration } from '../../rehearsal/staged-case.ts';
import { type Story, tell } from '../support/story.ts';
import { owed, settlement } from '../support/terms.ts';

const members = [
  'court',
  'employersOrganisation',
  'operator',
  'justice',
  'politicsAndLaw',
  'union',
  'labourInspection',
];
const byPetition: Registration = { workers: 10, channel: 'petition' };
const reason = '人数多，事态可能扩大';
const responding = (story: Story) => story.state<EmergencyState>('emergencyResponse');

/** A response that has come together and has a plan. */
async function planned(story: Story, given: Registration = byPetition): Promise<void> {
  await story.register(given);
  await story.act('emergencyResponse.assemble', { members: [...members, 'petitionOffice'] });
  await story.act('emergencyResponse.plan', { summary: '专人接待，分批谈话' });
}

describe('71号 第十四条: a joint response beside the case', () => {
  it('71号 第五条、第十四条: ten by petition are a major dispute; members come, plan, report and stand down, and the case goes on meanwhile', () =>
    tell({}, async (story) => {
      await story.register(byPetition);
      expect(responding(story)).toMatchObject({ stage: 'declared', ground: 'petition', declaredBy: 'rule' });
      expect(story.told('emergencyDeclared')).toEqual(
        ['court', 'employersOrganisation', 'operator', 'justice', 'labourInspection', 'petitionOffice']
          .concat('politicsAndLaw', 'union')
          .map((office) => `${office} 2030-03-04`),
      );
      expect(story.told('emergencyForParties')).toEqual(['applicant 2030-03-04', 'respondent 2030-03-04']);
      expect(story.path()).toEqual(['negotiation']);

      expect(await story.refused('emergencyResponse.assemble', { members: ['union'] })).toMatchObject({
        code: 'member-missing',
        field: '/members',
      });
      expect(await story.refused('emergencyResponse.plan', { summary: '先做' })).toMatchObject({
        code: 'act-not-open',
      });
      expect(await story.refused('emergencyResponse.declare', { ground: 'other', reason })).toMatchObject({
        code: 'act-not-open',
      });
      await story.act('emergencyResponse.assemble', { members: [...members, 'petitionOffice'] });
      await story.act('emergencyResponse.plan', { summary: '专人接待' }, 'union');
      expect(await story.refused('emergencyResponse.standDown', { reason })).toMatchObject({ code: 'report-missing' });

      // The case does not wait for it.
      await story.act('negotiation.serveRequest', { servedOn: '2030-03-04', method: 'hand' });
      await story.act('emergencyResponse.report', { situation: 'worsening', summary: '又来了三十人' });
      expect(story.told('emergencyWorsens')).toEqual(['superior 2030-03-04']);
      await story.sleepUntil('2030-03-05T09:00');
      await story.act('emergencyResponse.report', { situation: 'easing', summary: '已散去' });
      expect(story.clock('emergencyResponse.report')).toMatchObject({ amount: 24, unit: 'hours' });
      expect(story.clock('emergencyResponse.report').dueAt.slice(0, 16)).toBe('2030-03-06T01:00');
      const done = await story.act('emergencyResponse.standDown', { reason });
      expect(done).toMatchObject({ outcome: 'resolved' });
      expect(story.last('emergencyResponse.ended').detail).toMatchObject({ reports: 2, endedByCase: false });
      await story.act('negotiation.respond', { willing: false, form: 'oral', party: 'r1' }, 'r1');
      expect(story.path()).toEqual(['negotiation', 'mediation']);
    }));

  it('71号 第十四条: nobody comes in a day: the higher level is told, and two days later it takes over; another may be declared', () =>
    tell({}, async (story) => {
      await story.register();
      expect(story.events('emergencyResponse.opened')).toEqual([]);
      await story.act('emergencyResponse.declare', { ground: 'other', reason }, 'union');
      await story.record.seen('the response', ({ type }) => type === 'emergencyResponse.opened');
      await story.untilRunOut('emergencyResponse.assembly');
      expect(story.told('deadlinePassed')).toEqual(['superior 2030-03-05', 'operator 2030-03-05']);
      // Still open: who comes late comes.
      expect(await story.refused('emergencyResponse.assemble', { members: ['union'] })).toMatchObject({
        code: 'member-missing',
      });
      const ranOut = await story.until(
        'deadline.ranOut',
        ({ detail }) => detail.deadlineId === 'emergencyResponse.superior',
      );
      expect(ranOut.at.slice(0, 10)).toBe('2030-03-07');
      await story.record.seen('the news of it', ({ type }) => type === 'negotiation.emergencyOver');
      expect(story.told('emergencyEscalated')).toEqual(['superior 2030-03-07']);
      expect(story.path()).toEqual(['negotiation']);

      await story.act('emergencyResponse.declare', { ground: 'numbers', reason });
      await story.record.seen(
        'the next',
        ({ type, detail }) => type === 'emergencyResponse.opened' && detail.ground === 'numbers',
      );
      const handedUp = await story.act('emergencyResponse.escalate', { reason });
      expect(handedUp).toMatchObject({ outcome: 'escalated' });
    }));

  it('71号 第十四条: a missed report is followed by the next one, and what is performed ends the response by itself', () =>
    tell({}, async (story) => {
      await planned(story);
      await story.untilRunOut('emergencyResponse.report');
      expect(story.told('deadlinePassed').slice(0, 2)).toEqual(['superior 2030-03-05', 'operator 2030-03-05']);
      await story.act('emergencyResponse.report', { situation: 'unchanged', summary: '补报' });
      expect(story.clock('emergencyResponse.superior').open).toBe(false);
      const today = '2030-03-05';
      await story.act('negotiation.serveRequest', { servedOn: today, method: 'hand' });
      const all = Array.from({ length: 10 }, (_, index) => `w${index + 1}`);
      const terms = settlement(today, [owed('w1', [{ amount: 10, dueOn: '2030-03-20' }])], { covered: all });
      await story.act('negotiation.settle', terms);
      await story.act('settlementPerformance.confirmPerformed', { instalment: 'o1.1' });
      await story.record.seen('its end', ({ type }) => type === 'emergencyResponse.ended');
      expect(story.last('emergencyResponse.ended')).toMatchObject({
        outcome: 'resolved',
        detail: { endedByCase: true, reports: 1 },
      });
    }));

  it('71号 第五条: public opinion makes a dispute of ten a major one by the rule; one worker in the news is none', () =>
    tell({}, async (story) => {
      await story.register();
      await story.act('case.reportPublicOpinion', { seenOn: '2030-03-04', note: '短视频' });
      expect(story.last('case.publicOpinionReported').decisions).toMatchObject([{ outcome: { major: false } }]);
      expect(await story.refused('case.reportPublicOpinion', { seenOn: '2030-03-04' })).toMatchObject({
        code: 'act-not-open',
      });
      await story.register({ workers: 10, groups: ['migrantWorker'] });
      expect(await story.refused('case.reportPublicOpinion', { seenOn: '2030-03-05' })).toMatchObject({
        code: 'day-in-the-future',
      });
      await story.act('case.reportPublicOpinion', { seenOn: '2030-03-04' });
      await story.record.seen('the response', ({ type }) => type === 'emergencyResponse.opened');
      expect(responding(story)).toMatchObject({ ground: 'publicOpinion', declaredBy: 'rule' });
    }));
});
