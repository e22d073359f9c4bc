import { expect, it } from 'vitest';
import type { FollowUpState } from '../../domain/procedures/follow-up.ts';
import { tell } from '../support/story.ts';

/** A case whose request was withdrawn on the first day: it comes to the return visit at once. */
const concluded: Parameters<typeof tell>[1] = async (story) => {
  await story.register();
  await story.act('negotiation.withdraw', { reason: '已解决' }, 'w1');
};

it('POL-01 the return visit within thirty days, then the archive, and the case is closed', () =>
  tell({}, async (story) => {
    await concluded(story);
    expect(story.clock('followUp.visit').dueOn).toBe('2030-04-03');
    expect(await story.refused('followUp.archive')).toMatchObject({ code: 'act-not-open' });
    const visit = { visitedOn: '2030-04-03', satisfaction: 4, paidInFull: true };
    expect(await story.refused('followUp.recordVisit', visit)).toMatchObject({ code: 'day-in-the-future' });
    await story.sleepUntil('2030-04-03T23:59');
    await story.act('followUp.recordVisit', visit, 'mediator');
    expect(story.state<FollowUpState>()).toMatchObject({ stage: 'archiving', visit });
    const { dueOn } = story.clock('followUp.archive');
    // Looked at once more, before the file is closed.
    const again = { ...visit, asked: 'w1', how: 'phone', satisfaction: 5 };
    await story.act('followUp.recordVisit', { ...again, remarks: '已全部解决' }, 'union');
    expect(story.state<FollowUpState>()).toMatchObject({ stage: 'archiving', visit: again });
    expect(story.clock('followUp.archive').dueOn).toBe(dueOn);
    await story.act('followUp.archive');
    expect(story.last('followUp.ended')).toMatchObject({ outcome: 'archived', next: 'closed' });
    await story.workflow().result();
  }));

it('POL-01 a visit nobody made is told to the operator, and the case archives itself thirty days later', () =>
  tell({}, async (story) => {
    await concluded(story);
    const silence = await story.runsOut('followUp.visit', '2030-04-03');
    expect(silence.detail.outcome).toBe('notVisited');
    expect(story.told('visitMissed')).toEqual(['operator 2030-04-04']);
    await story.runsOut('followUp.archive', '2030-05-03');
    expect(story.last('followUp.ended')).toMatchObject({ outcome: 'archived', next: 'closed' });
    expect(story.told('archivedBySilence')).toEqual(['operator 2030-05-04']);
    expect(story.record.clocks.filter(({ open, key }) => open && key !== 'limitation')).toEqual([]);
  }));

it('NEG-09 a visit that finds the matter unresolved opens it again, and mediation is offered', () =>
  tell({}, async (story) => {
    await concluded(story);
    await story.act('followUp.recordVisit', { visitedOn: '2030-03-04', paidInFull: false });
    await story.act('followUp.reopen', { reason: '仍未支付' }, 'union');
    expect(story.path()).toEqual(['negotiation', 'followUp', 'mediation']);
    expect(story.state()).toMatchObject({ stage: 'offered', run: '3' });
    expect(story.told('mediationOffered')).toEqual(['applicant 2030-03-04']);
  }));
