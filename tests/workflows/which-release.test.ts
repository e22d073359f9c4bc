import { describe, expect, it } from 'vitest';
import type { Clock } from '../../domain/case/case.ts';
import type { RuleBook } from '../../domain/rules.ts';
import { messageOf } from '../../rehearsal/act-message.ts';
import { loadRuleBook } from '../../rules/index.ts';
import { agreed, appliedFor } from '../support/openings.ts';
import { MONDAY, type Story, tell } from '../support/story.ts';
import { fromTuesday, tenDays } from '../support/ten-days.ts';
import { owed, reviewPapers } from '../support/terms.ts';

/** The word of the pack format; named here, so that no object is taken for a promise. */
const THEN = 'then';

const book = await loadRuleBook();
/** Applied for on Monday under the rules of before, accepted on Wednesday. */
async function acceptedLater(story: Story): Promise<void> {
  await appliedFor(story, { region: '310116' });
  await story.sleepUntil('2030-03-06');
  await story.act('mediation.consent', { party: 'r1', willing: true }, 'r1');
  await story.act('mediation.accept', { acceptedOn: '2030-03-06' }, 'mediator');
}

it('MED-07 a case registered before a release keeps the fifteen days of its intake; one registered under it has ten', async () => {
  const later = await tenDays();
  return tell(fromTuesday(later), async (story) => {
    await acceptedLater(story);
    expect(story.clock('mediation.conclusion')).toMatchObject({ dueOn: '2030-03-21', sha256: book.sha256 });
    expect(story.last('mediation.accepted').decisions.every(({ sha256 }) => sha256 === book.sha256)).toBe(true);
    await story.register({ region: '310116', requestedRoute: 'mediation' });
    expect(story.clock('mediation.offer').sha256).toBe(later.sha256);
  });
});

it('MED-07 where the release says that the day of the acceptance decides, the open case has ten days too', async () => {
  const later = await tenDays({
    ...{ point: 'release.decides', id: 'by-acceptance', priority: 20, legalRef: 'POL-01', source: '区里的通知' },
    title: { zh: '依受理调解之日', en: 'By the day of acceptance' },
    when: { all: [{ fact: 'about', operator: 'equal', value: 'mediation.conclusion' }] },
    [THEN]: { by: 'event' },
  });
  return tell(fromTuesday(later), async (story) => {
    await acceptedLater(story);
    expect(story.clock('mediation.conclusion')).toMatchObject({ dueOn: '2030-03-18', sha256: later.sha256 });
    // The rest of the case goes by the release of its intake.
    expect(story.state().case.sha256).toBe(book.sha256);
  });
});

describe('a case is moved to another release', () => {
  const reason = '新规定已施行';
  const moved = (story: Story, { sha256 }: RuleBook) =>
    story.act('case.moveToRelease', { sha256, reason }, 'administrator');

  it('MED-07 its time is counted anew from the day of acceptance, the parties are told, and it runs out on the new last day', async () => {
    const later = await tenDays();
    return tell(fromTuesday(later), async (story) => {
      await acceptedLater(story);
      await story.sleepUntil('2030-03-07');
      await moved(story, later);
      const clock = story.clock('mediation.conclusion');
      expect(clock).toMatchObject({ dueOn: '2030-03-18', anchorOn: '2030-03-06', sha256: later.sha256 });
      expect(story.state().case).toMatchObject({
        sha256: later.sha256,
        release: later.release,
        pinnedOn: '2030-03-07',
      });
      expect(story.last('case.movedToRelease').detail).toMatchObject({
        ...{ from: book.release, to: later.release, before: { [clock.key]: '2030-03-21' } },
        after: { [clock.key]: '2030-03-18' },
      });
      for (const party of ['applicant', 'respondent', 'operator'])
        expect(story.told('rulesChanged')).toContain(`${party} 2030-03-07`);
      await story.runsOut('mediation.conclusion', '2030-03-18');
    });
  });

  it('MED-07 where it gets more time, a reminder that was sent is not sent again; one whose clock would be over at once stays', async () => {
    const later = await tenDays();
    return tell(fromTuesday(later), async (story) => {
      await acceptedLater(story);
      await story.sleepUntil('2030-03-07');
      await moved(story, later);
      await story.sleepUntil('2030-03-18T12:00');
      const conclusion = () =>
        story.state().clocks.find(({ deadlineId }) => deadlineId === 'mediation.conclusion') as Clock;
      const { fired, dueOn } = conclusion();
      const reminders = () =>
        story.noticesOf('reminder').filter(({ clockKey }) => clockKey === conclusion().key).length;
      const sent = reminders();
      expect(fired.length).toBeGreaterThan(0);
      expect(dueOn).toBe('2030-03-18');
      await moved(story, book);
      expect(conclusion()).toMatchObject({ dueOn: '2030-03-21', sha256: book.sha256, fired });
      expect(
        conclusion()
          .rungs.map(({ id }) => id)
          .filter((id) => fired.includes(id)),
      ).toEqual([]);

      expect(await story.refused('case.moveToRelease', { sha256: book.sha256, reason }, 'administrator')).toMatchObject(
        {
          code: 'same-release',
        },
      );
      // By ten days it would have been over since the 18th.
      await story.sleepUntil('2030-03-19T12:00');
      const answer = await story.send(
        'case.moveToRelease',
        messageOf('case.moveToRelease', { sha256: later.sha256, reason }, 'administrator'),
      );
      expect(answer).toMatchObject({ kind: 'refused', refusal: { code: 'clock-over-at-once', field: '/sha256' } });
      expect(story.clock('mediation.conclusion').dueOn).toBe('2030-03-21');
      await story.sleepUntil('2030-03-21T23:00');
      expect(reminders()).toBe(sent);
      await story.runsOut('mediation.conclusion', '2030-03-21');
    });
  });

  it('JR-05 an application for review that runs beside it follows, and so does what is opened later', async () => {
    const later = await tenDays();
    return tell(fromTuesday(later), async (story) => {
      await agreed(story, [owed('w1', [{ amount: 10, dueOn: '2030-03-20' }])], { region: '310116' });
      const applied = { appliedOn: MONDAY, agreedBy: ['w1', 'r1'], ...reviewPapers };
      await story.act('arbitrationReview.applyJointly', applied);
      const { dueOn } = story.clock('arbitrationReview.acceptance');
      await story.sleepUntil('2030-03-05');
      await moved(story, later);
      await story.record.seen('the review following', ({ type }) => type === 'arbitrationReview.movedToRelease');
      expect(story.clock('arbitrationReview.acceptance')).toMatchObject({ dueOn, sha256: later.sha256 });
      expect(story.state('arbitrationReview').case.sha256).toBe(later.sha256);
      await story.act('arbitrationReview.accept', { acceptedOn: '2030-03-05' }, 'arbitrator');
      expect(story.clock('arbitrationReview.review').sha256).toBe(later.sha256);
    });
  });
});
