import { expect, it } from 'vitest';
import { besideWorkflowId } from '../../contracts/ids.ts';
import type { Claim } from '../../domain/case/case.ts';
import type { Registration } from '../../rehearsal/staged-case.ts';
import type { Story } from '../support/story.ts';
import { tell } from '../support/story.ts';

const dismissal: Claim[] = [{ id: 'c1', worker: 'w1', kind: 'dismissal', subject: 'damages' }];
const known = (knownOn: string): Registration => ({ claims: dismissal, facts: { knownOn } });

/** A case that is closed on the first day; whether the worker has the money is what the visit found. */
async function closed(story: Story, given: Registration, paidInFull = false): Promise<void> {
  await story.register(given);
  await story.act('negotiation.withdraw', { reason: '…' });
  await archived(story, paidInFull);
}

async function archived(story: Story, paidInFull = false): Promise<void> {
  await story.act('followUp.recordVisit', { visitedOn: await story.today(), paidInFull });
  await story.act('followUp.archive');
}

const clocks = (story: Story) =>
  story.record.clocks
    .filter(({ caseNo, open }) => caseNo === story.caseNo && open)
    .map(({ key, dueOn }) => [key, dueOn]);

it('LIM-01 LIM-02 a case closed unsettled is watched on: warned of, interrupted, moved by the calendar, told when it has run out', () =>
  tell({}, async (story) => {
    await closed(story, known('2029-05-06'));
    await story.opened('limitationWatch');
    const watch = besideWorkflowId(story.caseNo, 'limitationWatch');
    expect(story.clock('limitation.arbitration')).toMatchObject({
      dueOn: '2030-05-06',
      workflowId: watch,
      legalRef: 'LIM-01',
    });
    expect(story.told('timeWatched')).toEqual(['applicant 2030-03-04']);
    // 60 days before is the eighth of March, 30 the seventh of April: then relief is sought.
    await story.sleepUntil('2030-04-10');
    const relief = { on: '2030-04-09', kind: 'soughtRelief', body: 'labourInspection' };
    await story.act('limitationWatch.recordInterruption', relief);
    expect(clocks(story)).toEqual([['limitation', '2031-04-09']]);
    expect(await story.refused('limitationWatch.recordInterruption', { ...relief, on: '2030-04-08' })).toMatchObject({
      code: 'nothing-to-interrupt',
    });
    // Made up: no real arrangement has these days.
    const name = { zh: '测试假日', en: 'Test holiday' };
    await story.loadCalendar({
      ...{ year: 2031, notice: '测试通知〔2030〕1号', source: 'made up', workdays: [] },
      daysOff: ['2031-04-09', '2031-04-10'].map((on) => ({ on, name })),
    });
    expect(story.last('calendar.loaded')).toMatchObject({ workflowId: watch });
    await story.runsOut('limitation.arbitration', '2031-04-11');
    const told = story.told('reminder');
    expect(told.slice(0, 2)).toEqual(['applicant 2030-03-08', 'applicant 2030-04-07']);
    expect(told).toHaveLength(5);
    expect(story.told('deadlinePassed')).toHaveLength(1);
    await story.opened('limitationWatch');
    expect(story.last('limitationWatch.ended')).toMatchObject({ outcome: 'ranOut', next: 'beside' });
    expect(clocks(story)).toEqual([]);
  }));

it('LIM-02 nothing is watched once the worker has the money; brought before the court or paid later, the watch ends', () =>
  tell({}, async (story) => {
    await closed(story, known('2029-08-10'), true);
    expect(clocks(story)).toEqual([]);
    expect(story.events('limitationWatch.opened')).toEqual([]);

    await closed(story, known('2029-08-10'));
    await story.opened('limitationWatch');
    expect(await story.refused('limitationWatch.recordPaid', { paidOn: '2030-03-05' })).toMatchObject({
      code: 'day-in-the-future',
    });
    await story.act('limitationWatch.recordPaid', { paidOn: '2030-03-04' });
    expect(story.last('limitationWatch.ended').outcome).toBe('paid');
    expect(clocks(story)).toEqual([]);

    await closed(story, known('2029-08-10'));
    await story.opened('limitationWatch');
    await story.act('limitationWatch.recordFiling', { kind: 'suit', filedOn: '2030-03-04' }, 'court');
    expect(story.last('limitationWatch.ended').outcome).toBe('filed');

    // LIM-03: wages while the employment goes on have no such time, so there is nothing to watch.
    await closed(story, { facts: { employed: true } });
    expect(story.events('limitationWatch.opened')).toEqual([]);
  }));

it('NEG-09 a closed case that is reopened takes its limitation back, and leaves it to a new watch when it closes again', () =>
  tell({}, async (story) => {
    await closed(story, known('2029-08-10'));
    await story.opened('limitationWatch');
    await story.sleepUntil('2030-06-03');
    await story.act('limitationWatch.reopen', { reason: '仍未支付' }, 'union');
    const { seq } = story.last('limitationWatch.ended');
    const opened = await story.record.seen(
      'the mediation',
      (event) => event.type === 'mediation.opened' && event.seq > seq,
    );
    expect(opened.workflowId).toBe(story.workflow().workflowId);
    expect(story.state()).toMatchObject({ stage: 'offered', run: '3' });
    expect(story.clock('limitation.arbitration')).toMatchObject({
      ...{ workflowId: story.workflow().workflowId, dueOn: '2030-08-12' },
    });
    await story.act('mediation.apply', { receivedOn: '2030-06-03', form: 'oral' });
    expect(story.clock('limitation.arbitration').dueOn).toBe('2031-06-03');
    await story.act('mediation.withdraw', { reason: '…' });
    await archived(story);
    await story.opened('limitationWatch', seq);
    expect(clocks(story)).toEqual([['limitation', '2031-06-03']]);
    expect(story.clock('limitation.arbitration').workflowId).toBe(besideWorkflowId(story.caseNo, 'limitationWatch'));
    expect(
      story
        .events()
        .filter(({ type }) => type.endsWith('.ended'))
        .map(({ outcome }) => outcome),
    ).toEqual([...['routed', 'withdrawn', 'archived', 'reopened', 'withdrawn', 'archived']]);
  }));

it('LIM-02 ARB-01 arbitration ends the watch; withdrawn, the time runs anew from its filing and is watched again; not accepted, the suit is waited for a year', () =>
  tell({}, async (story) => {
    await closed(story, known('2029-08-10'));
    const first = await story.opened('limitationWatch');
    await story.act('limitationWatch.recordArbitration', { party: 'w1', filedOn: '2030-03-01' });
    expect(story.last('limitationWatch.ended').outcome).toBe('arbitrationFiled');
    // 2030-03-01 is a Friday: five working days end on the next.
    expect(clocks(story)).toEqual([[expect.stringContaining('arbitration.acceptance'), '2030-03-08']]);
    await story.act('arbitration.recordDocketed', { on: '2030-03-04' }, 'arbitrator');
    await story.act('arbitration.recordWithdrawal', { reason: '双方自行协商' });
    await story.opened('limitationWatch', first.seq);
    // 2031-03-01 is a Saturday.
    expect(clocks(story)).toEqual([['limitation', '2031-03-03']]);
    await story.act('limitationWatch.recordArbitration', { party: 'w1', filedOn: '2030-03-04' });
    expect(story.state('arbitration')).toMatchObject({ attempt: 2, stage: 'deciding' });
    await story.act('arbitration.recordRefusal', { on: '2030-03-04', reason: '不属于受理范围' }, 'arbitrator');
    expect(story.told('suitOpen')).toEqual(['applicant 2030-03-04']);
    // A suit is open, and its last day is watched.
    expect(clocks(story)).toEqual([[expect.stringContaining('arbitration.suitAfterRefusal'), '2031-03-04']]);
  }));
