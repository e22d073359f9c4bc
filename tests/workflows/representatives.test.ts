import { expect, it } from 'vitest';
import type { Claim } from '../../domain/case/case.ts';
import { hearing } from '../support/openings.ts';
import { type Story, tell } from '../support/story.ts';
import { draft, owed, settlement } from '../support/terms.ts';

const ids = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => `w${from + index}`);
const chosen = { representatives: ['w1', 'w2', 'w3'], signedBy: ids(1, 10) };
const today = '2030-03-04';
const part = [{ amount: 10, dueOn: '2030-05-06' }];

const codeOf = async (story: Story, body: Record<string, unknown>) =>
  (await story.refused('case.chooseRepresentatives', { ...chosen, ...body })).code;

it('MED-14 ten with a common claim choose three to five of themselves; fewer, or strangers, do not', () =>
  tell({}, async (story) => {
    await story.register({ workers: 9 });
    expect(await codeOf(story, { signedBy: ids(1, 9) })).toBe('not-collective');
    // Ten workers, but no ten with one claim.
    const claims = ids(1, 10).map(
      (worker, index): Claim => ({ id: `c${index}`, worker, kind: 'pay', subject: index < 5 ? 'wages' : 'overtime' }),
    );
    await story.register({ workers: 10, claims });
    expect(await codeOf(story, {})).toBe('not-collective');

    const own = { id: 'c12', worker: 'w12', kind: 'relationship', subject: 'other' } as const;
    const wages = ids(1, 11).map((worker): Claim => ({ id: `c-${worker}`, worker, kind: 'pay', subject: 'wages' }));
    await story.register({ workers: 12, claims: [...wages, own] });
    expect(await codeOf(story, { representatives: ['w1', 'w2'] })).toBe('number-of-representatives');
    expect(await codeOf(story, { representatives: ['w1', 'w2', 'w2'] })).toBe('number-of-representatives');
    expect(await codeOf(story, { representatives: ids(1, 6) })).toBe('number-of-representatives');
    for (const stranger of ['w12', 'w99', 'r1'])
      expect(await codeOf(story, { representatives: ['w1', 'w2', stranger] })).toBe('not-of-the-group');
    expect(await codeOf(story, { signedBy: ['w1', 'w12'] })).toBe('not-of-the-group');

    await story.act('case.chooseRepresentatives', chosen);
    expect(story.last('case.representativesChosen')).toMatchObject({ legalRef: 'MED-14' });
    // One notice to each side; every worker of the side is sent it.
    expect(story.told('representativesChosen')).toEqual([`applicant ${today}`, `respondent ${today}`]);
  }));

it('MED-14 a representative settles for those represented with their consent by name, and for nobody else', () =>
  tell({}, async (story) => {
    await story.register({ workers: 12 });
    await story.act('negotiation.serveRequest', { servedOn: today, method: 'hand' });
    const covered = ids(1, 11);
    const terms = settlement(today, [owed('w1', part)], { covered, agreedBy: ['w1', 'w2', 'w3', 'r1'] });
    // Nobody is represented yet: everyone bound signs (decision 0007).
    const before = await story.refused('negotiation.settle', { ...terms, consentedBy: covered });
    expect(before).toMatchObject({ code: 'signature-missing', en: expect.stringContaining('w4') });
    await story.act('case.chooseRepresentatives', chosen);
    const consentedBy = ids(4, 10);
    const settle = (more: Record<string, unknown>) => story.refused('negotiation.settle', { ...terms, ...more });
    // w11 chose nobody.
    expect(await settle({ consentedBy })).toMatchObject({
      code: 'signature-missing',
      en: expect.stringContaining('w11'),
    });
    const agreedBy = [...terms.agreedBy, 'w11'];
    const missing = await settle({ agreedBy, consentedBy: ids(4, 9) });
    expect(missing).toMatchObject({ code: 'represented-consent-missing', field: '/consentedBy' });
    expect(missing).toMatchObject({ en: expect.stringContaining('w10') });
    expect(await settle({ agreedBy })).toMatchObject({ code: 'represented-consent-missing' });
    // A consent stands beside the signature of a representative, not instead of it.
    expect(await settle({ agreedBy: ['w11', 'r1'], consentedBy: ids(1, 10) })).toMatchObject({
      code: 'signature-missing',
    });

    expect(await story.refused('negotiation.withdraw', { reason: '算了', consentedBy: ids(1, 9) })).toMatchObject({
      code: 'represented-consent-missing',
    });
    // What a party says of the others proves nothing.
    expect(
      await story.refused('negotiation.withdraw', { reason: '算了', consentedBy: ids(1, 10) }, 'w1'),
    ).toMatchObject({ code: 'represented-consent-missing' });
    const done = await story.act('negotiation.settle', { ...terms, agreedBy, consentedBy });
    expect(done).toMatchObject({ outcome: 'settled' });
    expect(story.last('negotiation.settled').detail).toMatchObject({ coveredWorkers: covered, consentedBy });
    // w12 goes on in a linked case, where those who stayed represent nobody.
    const { actId } = done;
    story.follow(story.record.splits.get(`${story.caseNo} split:${actId}`) ?? '');
    await story.record.seen('the linked case', ({ type }) => type === 'case.split');
    expect(story.state().case.representation).toBeUndefined();
  }));

it('MED-14 in mediation a representative signs for those who consented; the last signature makes the agreement', () =>
  tell({}, async (story) => {
    await hearing(story, { workers: 10 });
    await story.act('case.chooseRepresentatives', chosen, 'mediator');
    await story.act('mediation.draftAgreement', draft([owed('w5', part)], ids(1, 10)), 'mediator');
    const sign = { by: 'w1', signedOn: today, signsFor: ids(4, 10), consentedBy: ids(4, 10) };
    const code = async (more: Record<string, unknown>, by: 'operator' | 'w1' = 'operator') =>
      (await story.refused('mediation.sign', { ...sign, ...more }, by)).code;
    expect(await code({ consentedBy: ids(4, 9) })).toBe('represented-consent-missing');
    expect(await code({ by: 'w4' })).toBe('not-of-the-group');
    expect(await code({ signsFor: ['r1'] })).toBe('not-of-the-group');
    expect(await code({}, 'w1')).toBe('represented-consent-missing');
    expect((await story.refused('mediation.withdraw', { reason: '算了' })).code).toBe('represented-consent-missing');

    await story.act('mediation.sign', { by: 'w4', signedOn: today }, 'w4');
    await story.act('mediation.sign', sign);
    for (const by of ['w2', 'w3', 'r1', 'mediator']) await story.act('mediation.sign', { by, signedOn: today });
    const done = await story.act('mediation.seal', { sealedOn: today });
    expect(done).toMatchObject({ outcome: 'agreement' });
    expect(story.path()).toEqual(['mediation', 'agreementPerformance']);
  }));

const newcomers = (number: number, amount?: number, subject = 'wages') =>
  Array.from({ length: number }, (_, index) => ({
    name: `测试新${index + 1}`,
    groups: ['migrantWorker'],
    claims: [{ kind: 'pay', subject, ...(amount === undefined ? {} : { amount }) }],
  }));
const workersOf = (story: Story) => story.state().case.parties.filter(({ kind }) => kind === 'worker');

it('MED-14 71号 第五条: five join fifteen and make the dispute a major one; two join nine, who may then choose representatives', () =>
  tell({}, async (story) => {
    const claims = ids(1, 15).map(
      (worker, index): Claim => ({ id: `c${index + 1}`, worker, kind: 'pay', subject: 'wages', amountFen: 5_000_000 }),
    );
    await story.register({ workers: 15, claims });
    expect(story.state().case.emergency).toBeUndefined();
    const stranger = { joining: [...newcomers(1), ...newcomers(1, 10, 'doubleWage')] };
    expect(await story.refused('case.joinWorkers', stranger)).toMatchObject({
      ...{ code: 'no-common-claim', field: '/joining/1/claims' },
    });
    await story.act('case.joinWorkers', { joining: newcomers(5, 60_000) }, 'union');
    expect(workersOf(story).map(({ id }) => id)).toEqual(ids(1, 20));
    expect(story.state().case.claims.slice(14)).toMatchObject([
      { id: 'c15', worker: 'w15' },
      ...ids(16, 20).map((worker, index) => ({ id: `c${16 + index}`, worker, amountFen: 6_000_000 })),
    ]);
    const joined = story.last('case.workersJoined');
    expect(joined).toMatchObject({ legalRef: 'MED-14', detail: { workers: ids(16, 20) } });
    expect(joined.decisions.map(({ point, facts }) => [point, facts.workers ?? facts.withCommonClaim])).toEqual([
      ['intake.majorDispute', 20],
      ['case.representatives', 20],
    ]);
    expect(story.told('joinedCase').length).toBe(5);
    expect(story.told('workersJoined')).toEqual([`respondent ${today}`]);
    await story.opened('emergencyResponse');
    expect(story.state('emergencyResponse')).toMatchObject({ ground: 'amount', declaredBy: 'rule' });
    // They could choose before: nobody is told again, and no second response opens.
    expect(story.told('representativesPossible')).toEqual([]);
    await story.act('case.joinWorkers', { joining: newcomers(1, 10) });
    expect(story.state().case.emergency).toEqual({ stage: 'open', attempt: 1 });

    // In mediation the other side has agreed to talk with those who were there.
    await hearing(story, { workers: 9 });
    const two = { joining: newcomers(2) };
    expect(await story.refused('case.joinWorkers', two)).toMatchObject({ code: 'consent-missing' });
    expect(await story.refused('case.joinWorkers', { ...two, agreedBy: ['w1'] })).toMatchObject({
      code: 'consent-missing',
    });
    expect(await codeOf(story, { signedBy: ids(1, 9) })).toBe('not-collective');
    await story.act('case.joinWorkers', { ...two, agreedBy: ['r1'] }, 'mediator');
    expect(story.told('representativesPossible')).toEqual([`applicant ${today}`]);
    await story.act('case.chooseRepresentatives', { ...chosen, signedBy: ids(1, 11) });
    expect(story.state().case.groups).toEqual(['migrantWorker']);
    await story.act('mediation.draftAgreement', draft([owed('w10', part)], ids(1, 11)), 'mediator');
    expect(await story.refused('case.joinWorkers', { ...two, agreedBy: ['r1'] })).toMatchObject({
      code: 'act-not-open',
    });
  }));
