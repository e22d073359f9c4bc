import { expect, it } from 'vitest';
import type { CalendarYear } from '../../domain/time/calendar.ts';
import { calendarLoaded } from '../../workflows/messages.ts';
import { agreed, appliedFor } from '../support/openings.ts';
import { MONDAY, tell } from '../support/story.ts';
import { owed, reviewPapers } from '../support/terms.ts';

const name = { zh: '测试假日', en: 'Test holiday' };

/** A notice made up for these stories: its days are no real arrangement. */
const notice = (daysOff: string[], workdays: string[] = []): CalendarYear => ({
  ...{ year: 2030, notice: '测试通知〔2029〕1号', source: 'made up' },
  daysOff: daysOff.map((on) => ({ on, name })),
  workdays: workdays.map((on) => ({ on, name })),
});

it('CAL-06 a date is provisional until the notice of its year is loaded; then the clock gets its new day, and what has fired stays fired', () =>
  tell({}, async (story) => {
    await story.register({ requestedRoute: 'mediation' });
    expect(story.clock('mediation.offer')).toMatchObject({ dueOn: '2030-03-19', provisional: true });
    await story.sleepUntil('2030-03-19T12:00');
    expect(story.told('reminder')).toEqual(['applicant 2030-03-19']);
    await story.loadCalendar(notice(['2030-03-19', '2030-03-20']));

    const { key } = story.clock('mediation.offer');
    expect(story.last('calendar.loaded').detail).toMatchObject({
      version: '2030@测试通知〔2029〕1号',
      before: { [key]: '2030-03-19' },
    });
    expect(story.clock('mediation.offer')).toMatchObject({
      ...{ dueOn: '2030-03-21', provisional: false, anchorOn: MONDAY, expired: false },
      ...{ fired: ['before-1'], rungs: [], calendarVersion: '2030@测试通知〔2029〕1号' },
    });
    expect(story.path()).toEqual(['mediation']);
    await story.runsOut('mediation.offer', '2030-03-21');
    expect(story.told('reminder')).toEqual(['applicant 2030-03-19']);
  }));

it('CAL-04 a Saturday made a working day counts among working days, and the last day that falls on it stays there', () =>
  tell({}, async (story) => {
    await story.register();
    expect(story.clock('negotiation.service').dueOn).toBe('2030-03-11');
    await story.loadCalendar(notice([], ['2030-03-09']));
    expect(story.clock('negotiation.service').dueOn).toBe('2030-03-09');
    await story.act('negotiation.serveRequest', { servedOn: MONDAY, method: 'hand' });
    expect(story.clock('negotiation.response').dueOn).toBe('2030-03-09');
    await story.runsOut('negotiation.response', '2030-03-09');
  }));

it('CAL-01 every open case and what runs beside it is told; an extended clock keeps its extension, an agreed day its day', () =>
  tell({}, async (story) => {
    await agreed(story, [
      owed('w1', [
        { amount: 10, dueOn: '2030-03-20' },
        { amount: 10, daysAfterEffect: 30 },
      ]),
    ]);
    const performed = story.caseNo;
    await story.act('arbitrationReview.applyJointly', { appliedOn: MONDAY, agreedBy: ['w1', 'r1'], ...reviewPapers });
    await appliedFor(story);
    await story.act('mediation.consent', { party: 'r1', willing: true });
    await story.act('mediation.accept', { acceptedOn: MONDAY });
    await story.act('mediation.extend', { amount: 10, agreedBy: ['w1', 'r1'] });
    expect(story.clock('mediation.conclusion').dueOn).toBe('2030-03-29');

    await story.loadCalendar(notice(['2030-03-08', '2030-03-11', '2030-03-20', '2030-03-29', '2030-04-03']));
    expect(story.clock('mediation.conclusion')).toMatchObject({ dueOn: '2030-04-01', extensions: [{ amount: 10 }] });
    story.follow(performed);
    expect(story.clock('arbitrationReview.acceptance').dueOn).toBe('2030-03-13');
    expect(story.clock('agreementPerformance.instalment', 'o1.1').dueOn).toBe('2030-03-21');
    expect(story.clock('agreementPerformance.instalment', 'o1.2').dueOn).toBe('2030-04-04');
    await story.runsOut('arbitrationReview.acceptance', '2030-03-13');
  }));

it('CAL-01 one notice told twice writes nothing a second time, and an extension made in between stands', () =>
  tell({}, async (story) => {
    await story.register();
    await story.act('negotiation.serveRequest', { servedOn: MONDAY, method: 'hand' });
    await story.act('negotiation.respond', { willing: true, form: 'oral', party: 'r1' });
    await story.loadCalendar(notice(['2030-04-03']));
    expect(story.clock('negotiation.agreedPeriod').dueOn).toBe('2030-04-04');
    await story.act('negotiation.extend', { until: '2030-04-10', agreedBy: ['w1', 'r1'] });
    await story.workflow().signal(calendarLoaded, { version: '2030@测试通知〔2029〕1号' });
    await story.runsOut('negotiation.agreedPeriod', '2030-04-10');
    expect(story.events('calendar.loaded')).toHaveLength(1);
  }));
