import { expect, it } from 'vitest';
import type { Claim } from '../../domain/case/case.ts';
import { hearing, settled } from '../support/openings.ts';
import { MONDAY, type Story, tell } from '../support/story.ts';
import { owed } from '../support/terms.ts';

const reason = '按职责分工办理';

/** Claims under the limitation of one year, one for each worker. */
const dismissal = (...workers: string[]): Claim[] =>
  workers.map((worker, index) => ({ id: `c${index + 1}`, worker, kind: 'dismissal', subject: 'economicCompensation' }));

/** The linked case that an act has made. */
async function splitOffBy(story: Story, actId: string): Promise<string> {
  const linked = story.record.splits.get(`${story.caseNo} split:${actId}`) ?? '';
  await story.record.seen('the linked case', ({ type, caseNo }) => type === 'case.split' && caseNo === linked);
  return linked;
}

it('POL-01 LIM-01 inspection takes the case: it ends here, with the link and the last day of the limitation told', () =>
  tell({}, async (story) => {
    await hearing(story, { claims: dismissal('w1'), facts: { knownOn: '2029-09-03' } });
    await story.act('case.transfer', { to: 'inspection', handedOverOn: MONDAY, reason }, 'mediator');
    expect(story.told('handedOver')).toEqual([`labourInspection ${MONDAY}`]);
    expect(story.clock('case.transferAnswer')).toMatchObject({ dueOn: '2030-03-11', purpose: 'enforcing' });
    expect(await story.refused('case.transfer', { to: 'court', handedOverOn: MONDAY, reason })).toMatchObject({
      code: 'transfer-waiting',
    });
    // Until the answer it goes on here, and is not divided.
    await story.act('mediation.holdSession', { heldOn: MONDAY, channel: 'room' }, 'mediator');
    expect(await story.refused('case.split', { workers: ['w1'], reason })).toMatchObject({ code: 'transfer-waiting' });
    const answer = { accepted: true, answeredOn: MONDAY, ref: 'JC-2030-17' };
    expect(await story.refused('case.answerTransfer', answer, 'court')).toMatchObject({ code: 'wrong-body' });
    await story.act('case.answerTransfer', answer);
    const ended = story.last('mediation.ended');
    expect(ended).toMatchObject({ outcome: 'transferred', next: 'closed', legalRef: 'POL-01' });
    expect(story.last('case.handOverAnswered').detail).toMatchObject({
      ...{ to: 'inspection', ref: 'JC-2030-17' },
      limitationDueOn: story.clock('limitation.arbitration').dueOn,
    });
    expect(story.told('handOverAccepted')).toEqual([`applicant ${MONDAY}`]);
    expect(story.clock('case.transferAnswer').open).toBe(false);
  }));

it('POL-01 refused, the case goes on here; not answered in five working days, the window is told and it goes on here, whatever procedure it is in by then', () =>
  tell({}, async (story) => {
    await story.register();
    await story.act('case.transfer', { to: 'arbitration', handedOverOn: MONDAY, reason });
    await story.act('case.answerTransfer', { accepted: false, answeredOn: MONDAY }, 'arbitrator');
    const again = { accepted: true, answeredOn: MONDAY };
    expect(await story.refused('case.answerTransfer', again)).toMatchObject({ code: 'transfer-answered' });
    expect(story.told('handOverRefused')).toEqual([`operator ${MONDAY}`, `applicant ${MONDAY}`]);

    const elsewhere = { to: 'otherRegion', region: '330304', handedOverOn: MONDAY, reason };
    expect(await story.refused('case.transfer', { ...elsewhere, region: '110101' })).toMatchObject({
      code: 'own-region',
    });
    await story.act('case.transfer', elsewhere);
    expect(story.told('handedOver').at(-1)).toBe(`operator@330304 ${MONDAY}`);
    await story.act('negotiation.serveRequest', { servedOn: MONDAY, method: 'hand' });
    await story.act('negotiation.respond', { willing: false, form: 'oral', party: 'r1' }, 'r1');
    expect(story.path()).toEqual(['negotiation', 'mediation']);
    const silent = await story.runsOut('case.transferAnswer', '2030-03-11');
    expect(silent).toMatchObject({ procedure: 'mediation', detail: { outcome: 'goesOnHere' } });
    expect(story.told('handOverUnanswered')).toEqual(['operator 2030-03-12', 'applicant 2030-03-12']);
    expect(story.state()).toMatchObject({ stage: 'offered', case: { transfer: { stage: 'unanswered' } } });
    expect(await story.refused('case.answerTransfer', again)).toMatchObject({ code: 'transfer-answered' });
    await story.act('mediation.apply', { receivedOn: '2030-03-12', form: 'oral' });
  }));

it('POL-01 L7-1 of twelve the ten who are over age go another way: split off where the case stands, they are handed over to another region', () =>
  tell({}, async (story) => {
    await hearing(story, { workers: 12 });
    const { caseNo } = story;
    const overAge = Array.from({ length: 10 }, (_, index) => `w${index + 3}`);
    const all = ['w1', 'w2', ...overAge];
    const refused = (workers: string[]) => story.refused('case.split', { workers, reason });
    expect(await refused(all)).toMatchObject({ code: 'nobody-left', field: '/workers' });
    expect(await refused(['w3', 'w13'])).toMatchObject({ code: 'unknown-worker' });
    const { actId } = await story.act('case.split', { workers: overAge, reason });
    const workersHere = () => story.state().case.parties.flatMap(({ id, kind }) => (kind === 'worker' ? [id] : []));
    expect(workersHere()).toEqual(['w1', 'w2']);
    expect(story.state().stage).toBe('hearing');

    story.follow(await splitOffBy(story, actId));
    expect(workersHere()).toEqual(overAge);
    expect(story.state()).toMatchObject({ stage: 'hearing', mediatorId: 'M-7', case: { splitFrom: caseNo } });
    expect(story.clock('mediation.conclusion').dueOn).toBe('2030-03-19');
    await story.act('case.transfer', { to: 'otherRegion', region: '330106', handedOverOn: MONDAY, reason });
    await story.act('case.answerTransfer', { accepted: true, answeredOn: MONDAY });
    expect(story.last('mediation.ended')).toMatchObject({ outcome: 'transferred', next: 'closed' });
    story.follow(caseNo);
    await story.act('mediation.extend', { amount: 5, agreedBy: ['w1', 'w2', 'r1'] });
  }));

it('POL-01 LIM-01 MED-14 two cases of one employer become one: the second ends with the link, the first goes on with all, the earlier last day and what so many may do', () =>
  tell({}, async (story) => {
    await story.register({ workers: 2, claims: dismissal('w1', 'w2'), facts: { knownOn: '2029-04-09' } });
    const second = story.caseNo;
    await story.register({ claims: dismissal('w1'), facts: { knownOn: '2029-09-03' } });
    const first = story.caseNo;
    await story.act('negotiation.serveRequest', { servedOn: MONDAY, method: 'hand' });
    const before = story.clock('limitation.arbitration').dueOn;
    story.follow(second);
    const earlier = story.clock('limitation.arbitration').dueOn;
    expect(earlier < before).toBe(true);
    expect(await story.refused('case.consolidate', { into: second, reason })).toMatchObject({ code: 'same-case' });
    await story.act('case.consolidate', { into: first, reason });
    expect(story.last('negotiation.ended')).toMatchObject({
      ...{ outcome: 'merged', next: 'closed', legalRef: 'POL-01' },
      detail: { into: first },
    });
    story.follow(first);
    expect(story.last('case.tookIn').detail).toMatchObject({ from: second, as: { w1: 'w2', w2: 'w3', r1: 'r1' } });
    expect(story.state().case.parties.map(({ id }) => id)).toEqual(['w1', 'r1', 'w2', 'w3']);
    expect(story.state().case.claims.map(({ id, worker }) => `${id} ${worker}`)).toEqual(['c1 w1', 'c2 w2', 'c3 w3']);
    expect(story.clock('limitation.arbitration').dueOn).toBe(earlier);
    expect(story.state().case.collective).toBeUndefined();
    // With seven more there are ten, whose claims together are a million: the rules are asked again (MED-14, 71号 第五条).
    const seven = dismissal(...Array.from({ length: 7 }, (_, index) => `w${index + 1}`));
    await story.register({ workers: 7, claims: seven.map((claim) => ({ ...claim, amountFen: 15_000_000 })) });
    await story.act('case.consolidate', { into: first, reason });
    story.follow(first);
    expect(story.last('case.tookIn')).toMatchObject({
      detail: { collective: { least: 3, most: 5 } },
      decisions: [{ point: 'intake.majorDispute' }, { point: 'case.representatives', facts: { withCommonClaim: 10 } }],
    });
    expect(story.told('representativesPossible')).toEqual([`applicant ${MONDAY}`]);
    await story.opened('emergencyResponse');
    expect(story.state('emergencyResponse')).toMatchObject({ ground: 'amount', declaredBy: 'rule' });
    // What is agreed now binds whom it names; who came in signs like everybody else.
    await story.act('negotiation.respond', { willing: true, form: 'oral', party: 'r1' }, 'r1');
    const late = await story.refused('negotiation.extend', { amount: 5, agreedBy: ['w99', 'r1'] });
    expect(late).toMatchObject({ code: 'unknown-party' });
  }));

it('POL-01 a case that has an agreement, or is elsewhere, takes nobody in: the other one says so and both go on', () =>
  tell({}, async (story) => {
    await settled(story, [owed('w1', [{ amount: 10, dueOn: '2030-05-06' }])]);
    const performing = story.caseNo;
    await hearing(story);
    const mediating = story.caseNo;
    await story.register({ facts: { exclusion: 'household' } });
    const closed = story.caseNo;
    await story.register();
    for (const [into, why] of [
      [performing, 'has an agreement'],
      [mediating, 'must be alike'],
      [closed, 'is closed'],
    ])
      await expect(story.act('case.consolidate', { into, reason })).rejects.toThrow(why);
    expect(story.events().map(({ type }) => type)).not.toContain('case.consolidated');
    await story.act('negotiation.serveRequest', { servedOn: MONDAY, method: 'hand' });
    story.follow(performing);
    expect(await story.refused('case.consolidate', { into: mediating, reason })).toMatchObject({
      code: 'agreement-stands',
    });
    expect(await story.refused('case.split', { workers: ['w1'], reason })).toMatchObject({ code: 'act-not-open' });
  }));
