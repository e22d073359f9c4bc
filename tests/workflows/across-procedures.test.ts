import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { caseWorkflowId } from '../../contracts/ids.ts';
import { settled } from '../support/openings.ts';
import { MONDAY, tell } from '../support/story.ts';
import { owed } from '../support/terms.ts';

it('NEG-09 what a case knows goes with it from procedure to procedure, unchanged', () =>
  tell({}, async (story) => {
    await story.register({
      workers: 2,
      channel: 'petition',
      facts: { knownOn: '2029-10-08', enterpriseCommittee: true },
    });
    const { parties, claims, facts, contents, release, sha256, scope, channel, registeredOn } = story.state().case;
    const lasting = { parties, claims, facts, contents, release, sha256, scope, channel, registeredOn };
    expect(contents.mediationAgreement).toContain('performanceManner');
    await story.act('negotiation.serveRequest', { servedOn: MONDAY, method: 'hand' });
    await story.runsOut('negotiation.response', '2030-03-11');
    expect(story.state().case).toMatchObject({ ...lasting, origin: 'offer', runNo: 2 });
    await story.runsOut('mediation.offer', '2030-03-27');
    expect(story.state().case).toMatchObject({
      ...lasting,
      ...{ runNo: 3, rightToArbitrate: true, organisation: { kind: 'enterpriseCommittee' } },
      past: [
        { procedure: 'intake', outcome: 'routed', on: MONDAY },
        { procedure: 'negotiation', outcome: 'noResponse', on: '2030-03-12' },
        { procedure: 'mediation', outcome: 'notApplied', on: '2030-03-28' },
      ],
    });
    // Numbers of events and steps go on over the boundaries, without a gap and without a repeat.
    expect(story.events().map(({ seq }) => seq)).toEqual(story.events().map((_, index) => index + 1));
  }));

it('NEG-03 the same act sent again is done once, before the procedure ends and after', () =>
  tell({}, async (story) => {
    await story.register();
    const actId = randomUUID();
    const served = { servedOn: MONDAY, method: 'hand' };
    const first = await story.act('negotiation.serveRequest', served, 'operator', actId);
    expect(await story.act('negotiation.serveRequest', served, 'operator', actId)).toEqual(first);
    expect(story.events('negotiation.requestServed')).toHaveLength(1);

    const refusal = randomUUID();
    await story.act('negotiation.respond', { willing: false, form: 'oral', party: 'r1' }, 'r1', refusal);
    expect(story.path()).toEqual(['negotiation', 'mediation']);
    // The new run does not know the update any more, but it knows the act.
    expect(await story.refused('mediation.declineOffer', {}, 'w1', { actId: refusal })).toMatchObject({
      code: 'already-done',
    });
    expect(await story.refused('mediation.declineOffer', {}, 'w1', { actId })).toMatchObject({ code: 'already-done' });
    await story.act('mediation.declineOffer', {}, 'w1');
  }));

it('NEG-05 who has not seen the newest event is told to look again', () =>
  tell({}, async (story) => {
    await story.register();
    const seen = story.events().at(-1)?.seq ?? 0;
    const served = { servedOn: MONDAY, method: 'hand' };
    const { seq } = await story.act('negotiation.serveRequest', served);
    expect(seq).toBe(seen + 1);
    const help = { kind: 'union', for: 'w1' };
    expect(await story.refused('negotiation.inviteHelper', help, 'w1', { ifSeq: seen })).toMatchObject({
      code: 'stale',
    });
    await story.act('negotiation.inviteHelper', help, 'w1');
  }));

it('NEG-09 each procedure is a run of its own in one chain: the case keeps its one mailbox', () =>
  tell({}, async (story) => {
    await settled(story, [owed('w1', [{ amount: 10, dueOn: '2030-03-05' }])]);
    const before = await story.workflow().describe();
    await story.runsOut('settlementPerformance.instalment', '2030-03-05', 'o1.1');
    const after = await story.workflow().describe();
    expect([before.type, after.type]).toEqual(['settlementPerformance', 'mediation']);
    expect(before.workflowId).toBe(caseWorkflowId(story.caseNo));
    expect(after.workflowId).toBe(before.workflowId);
    expect(after.runId).not.toBe(before.runId);
    // Once closed, the whole chain has one answer.
    await story.act('mediation.decline', { ground: 'other', reason: '…' });
    await story.act('paymentOrder.declineOffer');
    await story.act('followUp.recordVisit', { visitedOn: await story.today() });
    await story.act('followUp.archive');
    await story.workflow().result();
  }));
