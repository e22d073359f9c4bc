import { expect, it } from 'vitest';
import { caseWorkflowId } from '../../contracts/ids.ts';
import { MONDAY, tell } from '../support/story.ts';
import { owed, type Part, settlement } from '../support/terms.ts';

const served = { servedOn: MONDAY, method: 'hand' };
const onPaper = { form: 'hand', paper: 1, scan: 1 };
const drafted = (creditor: string, instalments: Part[]) => ({
  coveredWorkers: [creditor],
  obligations: [owed(creditor, instalments)],
  content: { matter: '拖欠工资', terms: '一次付清' },
});
const willing = { willing: true, form: 'oral', party: 'r1' };

it('NEG-01 a request not served within five working days brings the offer of mediation, and the operator hears of it', () =>
  tell({}, async (story) => {
    await story.register();
    expect(story.path()).toEqual(['negotiation']);
    const silence = await story.runsOut('negotiation.service', '2030-03-11');
    expect(silence).toMatchObject({ legalRef: 'NEG-01', detail: { outcome: 'unserved' } });
    expect(story.path()).toEqual(['negotiation', 'mediation']);
    expect(story.told('result')).toEqual(['applicant 2030-03-04', 'applicant 2030-03-12', 'operator 2030-03-12']);
    expect(story.told('mediationOffered')).toEqual(['applicant 2030-03-12']);
  }));

it('NEG-03 five days of silence after service count as unwillingness, and mediation is offered', () =>
  tell({}, async (story) => {
    await story.register();
    await story.act('negotiation.serveRequest', served);
    expect(story.told('requestServed')).toEqual(['respondent 2030-03-04']);
    // The fifth day, 2030-03-09, is a Saturday: the time ends on Monday.
    const silence = await story.runsOut('negotiation.response', '2030-03-11');
    expect(silence).toMatchObject({ legalRef: 'NEG-03', detail: { outcome: 'noResponse' } });
    expect(story.told('reminder')).toEqual(['respondent 2030-03-11']);
    expect(story.path()).toEqual(['negotiation', 'mediation']);
    expect(story.last('negotiation.ended')).toMatchObject({ outcome: 'noResponse', legalRef: 'NEG-09' });
    expect(story.told('mediationOffered')).toEqual(['applicant 2030-03-12']);
    expect(await story.refused('negotiation.respond', willing)).toMatchObject({ code: 'elsewhere' });
  }));

it('ARB-06 NEG-03 a request that was refused and left counts as served after three working days, and the five days run from there', () =>
  tell({}, async (story) => {
    await story.register();
    // Thursday: the third working day after it is Tuesday.
    await story.sleepUntil('2030-03-07T10:00');
    await story.act('negotiation.serveRequest', { servedOn: '2030-03-07', method: 'left', ground: 'refused' });
    expect(story.state()).toMatchObject({ stage: 'serving' });
    expect(story.clock('negotiation.service').open).toBe(false);
    expect(story.clock('service.deemed', 'r1')).toMatchObject({ open: true, dueOn: '2030-03-12' });
    expect(await story.refused('negotiation.respond', willing)).toMatchObject({ code: 'act-not-open' });
    const silence = await story.runsOut('service.deemed', '2030-03-12', 'r1');
    expect(silence).toMatchObject({ legalRef: 'ARB-06', detail: { outcome: 'deemedServed', servedOn: '2030-03-12' } });
    expect(story.state()).toMatchObject({ stage: 'awaitingAnswer', servedOn: '2030-03-12' });
    expect(story.told('requestServed')).toEqual(['respondent 2030-03-13']);
    // The fifth day, 2030-03-17, is a Sunday.
    await story.runsOut('negotiation.response', '2030-03-18');
    expect(story.last('negotiation.ended').outcome).toBe('noResponse');
  }));

it('NEG-03 an answer a minute before the end of the fifth day is in time, and belongs to the side that was asked', () =>
  tell({}, async (story) => {
    await story.register();
    expect(await story.refused('negotiation.respond', willing)).toMatchObject({ code: 'act-not-open' });
    await story.act('negotiation.serveRequest', served);
    expect(await story.refused('negotiation.serveRequest', served)).toMatchObject({ code: 'act-not-open' });
    await story.sleepUntil('2030-03-11T23:59');
    expect(await story.refused('negotiation.respond', { ...willing, party: 'w1' })).toMatchObject({
      code: 'wrong-side',
      field: '/party',
    });
    await story.act('negotiation.respond', willing);
    expect(story.state().stage).toBe('negotiating');
    expect(story.clock('negotiation.response').open).toBe(false);
    await story.sleepUntil('2030-03-13');
    expect(story.path()).toEqual(['negotiation']);
  }));

it('NEG-03 a refusal to negotiate ends the negotiation at once, and mediation is offered', () =>
  tell({}, async (story) => {
    await story.register();
    await story.act('negotiation.serveRequest', served);
    await story.act('negotiation.respond', { ...willing, willing: false });
    expect(story.path()).toEqual(['negotiation', 'mediation']);
    expect(story.last('negotiation.ended').outcome).toBe('refused');
    expect(story.told('mediationOffered')).toEqual(['applicant 2030-03-04']);
  }));

it('NEG-03 a request cannot be served tomorrow, and one served long ago leaves no time to answer', () =>
  tell({}, async (story) => {
    await story.register();
    expect(await story.refused('negotiation.serveRequest', { ...served, servedOn: '2030-03-05' })).toMatchObject({
      code: 'day-in-the-future',
      field: '/servedOn',
    });
    await story.act('negotiation.serveRequest', { ...served, servedOn: '2030-02-20' });
    await story.record.seen('the end', ({ type }) => type === 'mediation.opened');
    expect(story.clock('negotiation.response').dueOn).toBe('2030-02-25');
    expect(story.last('negotiation.ended').outcome).toBe('noResponse');
  }));

it('NEG-04 without an agreed period the talks end after thirty days, both sides reminded the day before, also with a draft that one has signed', () =>
  tell({}, async (story) => {
    await story.register();
    await story.act('negotiation.serveRequest', served);
    await story.act('negotiation.respond', willing);
    await story.act('negotiation.draftSettlement', drafted('w1', [{ amount: 6000, dueOn: '2030-04-20' }]));
    await story.act('negotiation.sign', { by: 'r1', signedOn: MONDAY, signing: onPaper });
    const silence = await story.runsOut('negotiation.agreedPeriod', '2030-04-03');
    expect(silence).toMatchObject({ legalRef: 'NEG-04', detail: { outcome: 'expired' } });
    expect(story.told('reminder')).toEqual(['applicant 2030-04-03', 'respondent 2030-04-03']);
    expect(story.path()).toEqual(['negotiation', 'mediation']);
    expect(story.state().case.agreement).toBeUndefined();
  }));

it('NEG-04 the period that both sides write down takes the place of the usual one', () =>
  tell({}, async (story) => {
    await story.register();
    await story.act('negotiation.serveRequest', served);
    await story.act('negotiation.respond', willing);
    const agreed = { until: '2030-03-15', agreedBy: ['w1', 'r1'] };
    expect(await story.refused('negotiation.agreePeriod', { ...agreed, agreedBy: ['w1'] })).toMatchObject({
      code: 'both-sides-needed',
    });
    expect(await story.refused('negotiation.agreePeriod', { ...agreed, agreedBy: ['w9', 'r1'] })).toMatchObject({
      code: 'unknown-party',
    });
    expect(await story.refused('negotiation.agreePeriod', { ...agreed, until: '2030-03-01' })).toMatchObject({
      code: 'due-before-today',
    });
    await story.act('negotiation.agreePeriod', agreed);
    await story.runsOut('negotiation.agreedPeriod', '2030-03-15');
    expect(story.last('negotiation.ended').outcome).toBe('expired');
  }));

it('NEG-05 both sides may extend as often as they like before the end, each new end is reminded of, and not after it', () =>
  tell({}, async (story) => {
    await story.register();
    await story.act('negotiation.serveRequest', served);
    await story.act('negotiation.respond', willing);
    const both = { agreedBy: ['w1', 'r1'] };
    await story.act('negotiation.agreePeriod', { until: '2030-03-12', ...both });
    await story.sleepUntil('2030-03-12T12:00');
    expect(await story.refused('negotiation.extend', { until: '2030-03-12', ...both })).toMatchObject({
      code: 'due-before-today',
    });
    expect(await story.refused('negotiation.extend', { amount: 3, agreedBy: ['r1'] })).toMatchObject({
      code: 'both-sides-needed',
    });
    await story.act('negotiation.extend', { amount: 3, ...both });
    expect(story.clock('negotiation.agreedPeriod').dueOn).toBe('2030-03-15');
    await story.sleepUntil('2030-03-15T23:59');
    await story.act('negotiation.extend', { amount: 5, unit: 'workingDays', ...both });
    expect(story.clock('negotiation.agreedPeriod').dueOn).toBe('2030-03-22');
    await story.act('negotiation.extend', { until: '2030-03-27', ...both });
    await story.runsOut('negotiation.agreedPeriod', '2030-03-27');
    expect(story.told('reminder').filter((line) => line.startsWith('applicant'))).toEqual([
      'applicant 2030-03-12',
      'applicant 2030-03-15',
      'applicant 2030-03-27',
    ]);
    expect(story.events('negotiation.extended')).toHaveLength(3);
    expect(await story.refused('negotiation.extend', { amount: 3, ...both })).toMatchObject({ code: 'elsewhere' });
  }));

it('NEG-02 the union or a representative may join for a party of the case, and the union is asked for help', () =>
  tell({}, async (story) => {
    await story.register();
    await story.act('negotiation.inviteHelper', { kind: 'union', for: 'w1' }, 'w1');
    await story.act('negotiation.serveRequest', served);
    await story.act('negotiation.inviteHelper', { kind: 'representative', for: 'r1' }, 'r1');
    expect(await story.refused('negotiation.inviteHelper', { kind: 'union', for: 'w7' })).toMatchObject({
      code: 'unknown-party',
    });
    expect(story.told('helpAsked')).toEqual(['union 2030-03-04']);
    expect(story.state()).toMatchObject({
      helpers: [
        { kind: 'union', for: 'w1' },
        { kind: 'representative', for: 'r1' },
      ],
    });
  }));

it('NEG-01 talks are written down by day and channel once the request is served, never for a day to come', () =>
  tell({}, async (story) => {
    await story.register();
    const session = { heldOn: MONDAY, channel: 'receptionDay', summary: '双方到场，谈加班费' };
    expect(await story.refused('negotiation.recordSession', session)).toMatchObject({ code: 'act-not-open' });
    await story.act('negotiation.serveRequest', served);
    await story.act('negotiation.recordSession', session);
    await story.act('negotiation.respond', willing);
    await story.act('negotiation.recordSession', { ...session, channel: 'groupChat' }, 'union');
    expect(await story.refused('negotiation.recordSession', { ...session, heldOn: '2030-03-06' })).toMatchObject({
      code: 'day-in-the-future',
    });
    expect(story.events('negotiation.sessionHeld').map(({ detail }) => detail)).toEqual([
      { heldOn: MONDAY, channel: 'receptionDay' },
      { heldOn: MONDAY, channel: 'groupChat' },
    ]);
  }));

it('NEG-10 breaking off during the talks leads to the offer of mediation; withdrawing the request does not', () =>
  tell({}, async (story) => {
    await story.register();
    expect(await story.refused('negotiation.breakOff', { party: 'r1', reason: '不谈了' })).toMatchObject({
      code: 'act-not-open',
    });
    await story.act('negotiation.serveRequest', served);
    await story.act('negotiation.respond', willing);
    await story.act('negotiation.breakOff', { party: 'r1', reason: '不谈了' }, 'r1');
    expect(story.last('negotiation.ended').outcome).toBe('brokenOff');
    expect(story.path()).toEqual(['negotiation', 'mediation']);

    await story.register();
    await story.act('negotiation.serveRequest', served);
    await story.act('negotiation.withdraw', { reason: '已私下解决' }, 'w1');
    expect(story.path()).toEqual(['negotiation', 'followUp']);
    expect(story.told('mediationOffered')).toEqual([]);
  }));

it('NEG-06 a settlement is refused for what it lacks, by name, and binds only those who signed', () =>
  tell({}, async (story) => {
    await story.register({ workers: 2 });
    await story.act('negotiation.serveRequest', served);
    await story.act('negotiation.respond', willing);
    const parts = [{ amount: 6000, dueOn: '2030-04-01' }];
    const good = settlement(MONDAY, [owed('w1', parts)]);
    const why = (body: Record<string, unknown>) => story.refused('negotiation.settle', body);

    expect(await why({ ...good, content: { terms: '分期付清' } })).toMatchObject({
      code: 'agreement-incomplete',
      field: '/content/matter',
    });
    expect(await why({ ...good, coveredWorkers: [] })).toMatchObject({ code: 'nobody-covered' });
    expect(await why({ ...good, coveredWorkers: ['r1'] })).toMatchObject({ code: 'unknown-worker' });
    expect(await why({ ...good, signedOn: '2030-03-01' })).toMatchObject({ code: 'day-too-early' });
    expect(await why({ ...good, agreedBy: ['w1', 'w2'] })).toMatchObject({ code: 'both-sides-needed' });
    expect(await why({ ...good, coveredWorkers: ['w1', 'w2'] })).toMatchObject({ code: 'signature-missing' });
    expect(await why({ ...good, obligations: [{ ...owed('w1', parts), amount: 7000 }] })).toMatchObject({
      code: 'instalments-do-not-add-up',
    });
    expect(await why({ ...good, obligations: [owed('w1', [{ amount: 6000 }])] })).toMatchObject({
      code: 'term-missing',
    });
    expect(await why({ ...good, obligations: [owed('w1', [{ amount: 6000, dueOn: '2030-03-01' }])] })).toMatchObject({
      code: 'due-before-today',
    });
    expect(await why({ ...good, obligations: [owed('w1', parts, 'w1')] })).toMatchObject({
      code: 'same-debtor-and-creditor',
    });
    expect(story.path()).toEqual(['negotiation']);
  }));

it('NEG-06 a payment made to wait for something that may never come is warned of when the settlement is signed', () =>
  tell({}, async (story) => {
    await story.register();
    await story.act('negotiation.serveRequest', served);
    const waits = { ...owed('w1', [{ amount: 6000, dueOn: '2030-04-01' }]), conditional: true };
    await story.act('negotiation.settle', settlement(MONDAY, [waits]));
    expect(story.path()).toEqual(['negotiation', 'settlementPerformance']);
    expect(story.last('negotiation.settled').detail.warnings).toHaveLength(1);
    expect(story.told('settlementMade')).toEqual(['applicant 2030-03-04', 'respondent 2030-03-04']);
  }));

it('NEG-06, NEG-07 one worker of three signs, and the employer: performed from the day of the last signature; the others go on in a linked case, in the same talks, with the same last day', () =>
  tell({}, async (story) => {
    await story.register({ workers: 3, facts: { knownOn: '2029-12-03' } });
    const settled = story.caseNo;
    await story.act('negotiation.serveRequest', served);
    await story.act('negotiation.respond', willing);
    await story.act('negotiation.agreePeriod', { until: '2030-03-20', agreedBy: ['w1', 'w2', 'w3', 'r1'] });
    await story.act('negotiation.draftSettlement', drafted('w2', [{ amount: 3000, daysAfterEffect: 59 }]));
    await story.act('negotiation.sign', { by: 'r1', signedOn: MONDAY, signing: onPaper });
    expect(story.path()).toEqual(['negotiation']);
    await story.sleepUntil('2030-03-08');
    const last = { by: 'w2', signedOn: '2030-03-08', signing: onPaper };
    const act = await story.act('negotiation.sign', last);

    const linked = story.record.splits.get(`${settled} split:${act.actId}`) ?? '';
    await story.record.seen('the linked case', ({ type, caseNo }) => type === 'case.split' && caseNo === linked);
    expect(story.path()).toEqual(['negotiation', 'settlementPerformance']);
    expect(story.state().case.parties.map(({ id }) => id)).toEqual(['w2', 'r1']);
    expect(story.state().case.claims.map(({ worker }) => worker)).toEqual(['w2']);

    story.follow(linked);
    const state = story.state();
    expect(state).toMatchObject({ procedure: 'negotiation', stage: 'negotiating', willing: true, signatures: [] });
    expect(await story.refused('negotiation.sign', last)).toMatchObject({ code: 'act-not-open' });
    expect(state.outcome).toBeUndefined();
    expect(state.case).toMatchObject({ caseNo: linked, splitFrom: settled });
    expect(state.case.agreement).toBeUndefined();
    expect(state.case.parties.map(({ id }) => id)).toEqual(['w1', 'w3', 'r1']);
    expect(story.clock('limitation.wagesAfterTermination').dueOn).toBe('2031-03-04');
    await story.act('negotiation.recordSession', { heldOn: '2030-03-08', channel: 'room' });
    await story.runsOut('negotiation.agreedPeriod', '2030-03-20');
    expect(story.path()).toEqual(['negotiation', 'mediation']);

    story.follow(settled);
    expect(story.state()).toMatchObject({ procedure: 'settlementPerformance', stage: 'performing' });
    expect(story.clock('settlementPerformance.instalment', 'o1.1')).toMatchObject({
      ...{ anchorOn: '2030-03-08', dueOn: '2030-05-06', open: true },
    });
    expect(story.events('case.split')).toHaveLength(0);
  }));

it('NEG-03 those who did not settle keep waiting for the answer that was asked for', () =>
  tell({}, async (story) => {
    await story.register({ workers: 2 });
    const { caseNo } = story;
    await story.act('negotiation.serveRequest', served);
    const act = await story.act(
      'negotiation.settle',
      settlement(MONDAY, [owed('w1', [{ amount: 9, dueOn: '2030-05-06' }])]),
    );
    story.follow(story.record.splits.get(`${caseNo} split:${act.actId}`) ?? '');
    await story.record.seen('the linked case', ({ type }) => type === 'case.split');
    expect(story.state().stage).toBe('awaitingAnswer');
    await story.runsOut('negotiation.response', '2030-03-11');
    expect(story.path()).toEqual(['negotiation', 'mediation']);
    expect(story.last('case.split').workflowId).toBe(caseWorkflowId(story.caseNo));
  }));
