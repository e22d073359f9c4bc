import { expect, it } from 'vitest';
import { tell } from '../support/story.ts';

it('NEG-03 five days of silence after service count as unwillingness, and mediation is offered', () =>
  tell({}, async (story) => {
    await story.register();
    await story.act('negotiation.serveRequest', { servedOn: '2030-03-04', method: 'hand' });
    // The fifth day, 2030-03-09, is a Saturday: the time ends on Monday.
    const silence = await story.runsOut('negotiation.response', '2030-03-11');
    expect(silence.detail.outcome).toBe('noResponse');
    expect(story.path()).toEqual(['negotiation', 'mediation']);
    expect(story.last('negotiation.ended')).toMatchObject({ outcome: 'noResponse', legalRef: 'NEG-09' });
    expect(story.told('mediationOffered')).toEqual(['applicant 2030-03-12']);
    expect(await story.refused('negotiation.respond', { willing: true, form: 'oral', party: 'r1' })).toMatchObject({
      code: 'elsewhere',
    });
  }));
