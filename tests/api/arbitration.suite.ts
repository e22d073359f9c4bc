import { describe, expect, it } from 'vitest';
import { eventually } from '../support/app.ts';
import {
  act,
  administrator,
  arbitrator,
  atStage,
  besideOpen,
  court,
  done,
  employer,
  expectProblem,
  find,
  hejie,
  inDays,
  items,
  mediator,
  nothingChanges,
  operator,
  register,
  registration,
  settled,
  stranger,
  today,
  union,
  worker,
} from './stage.ts';

describe('the arbitrator who looks after a mediation organisation', () => {
  const put = (by: Parameters<ReturnType<typeof hejie>['call']>[0], path: string, body: object) =>
    hejie().call(by, 'PUT', `/v1/liaisons/${path}`, { body: { reason: '名册调整', ...body } });

  it('POL-01 is named by region and organisation, shown on the case, and told when a mediation begins', async () => {
    const liaison = { arbitratorId: 'A-12', email: 'liaison@example.test' };
    const guiyang = { ...operator, subject: 'window-guiyang', region: '520102' };
    expect((await put(administrator, '520000/townshipStreet', { arbitratorId: 'A-1' })).status).toBe(200);
    expect((await put(administrator, '520100/townshipStreet', liaison)).status).toBe(200);
    const caseNo = await register({ region: '520102', requestedRoute: 'mediation' }, guiyang);
    await done(guiyang, caseNo, 'mediation.apply', { receivedOn: today(), form: 'oral' });
    const { body } = await hejie().get(guiyang, `/v1/cases/${caseNo}`);
    expect(body.liaison).toEqual({ region: '520100', arbitratorId: 'A-12' });
    const { items } = (await hejie().get(guiyang, `/v1/cases/${caseNo}/notices`)).body;
    expect(items.filter(({ recipient }: { recipient: string }) => recipient === 'liaison')).toMatchObject([
      { template: 'liaisonTold' },
    ]);
    // Where nobody is named nobody is told.
    const elsewhere = await register({ requestedRoute: 'mediation' });
    await done(operator, elsewhere, 'mediation.apply', { receivedOn: today(), form: 'oral' });
    expect((await hejie().get(operator, `/v1/cases/${elsewhere}`)).body.liaison).toBeNull();
    expect((await hejie().get(arbitrator, '/v1/liaisons')).body.items).toContainEqual({
      ...liaison,
      ...{ region: '520100', organisation: 'townshipStreet' },
    });
  });

  it('is set by an administrator of the region, by a number and never by a name', async () => {
    const liaison = { arbitratorId: 'A-12' };
    expectProblem(await put(arbitrator, '310116/jointCentre', liaison), 403, 'not-allowed');
    const elsewhere = { ...administrator, subject: 'administrator-guiyang', region: '520100' };
    expectProblem(await put(elsewhere, '310116/jointCentre', liaison), 403, 'not-allowed');
    expectProblem(await put(administrator, '310199/jointCentre', liaison), 422, 'unknown-region', '/region');
    expectProblem(await put(administrator, '310116/teaHouse', liaison), 422, 'bad-input', '/organisation');
    expectProblem(
      await put(administrator, '310116/jointCentre', { arbitratorId: '王某' }),
      422,
      'bad-input',
      '/arbitratorId',
    );
    expectProblem(
      await put(administrator, '310116/jointCentre', { ...liaison, reason: ' ' }),
      422,
      'bad-input',
      '/reason',
    );
    for (const by of [worker, union]) expectProblem(await hejie().get(by, '/v1/liaisons'), 403, 'not-allowed');
  });
});

describe('a case that the arbitration commission sends to mediation', () => {
  const entrusted = { by: 'arbitration', kind: 'entrusted', ref: 'Z-7', receivedOn: today(), consentedOn: today() };
  const suggested = { by: 'arbitration', kind: 'suggested', ref: 'T-7', receivedOn: today() };
  const send = (referral: unknown, by = arbitrator) => hejie().post(by, '/v1/cases', registration({ referral }));

  it('MED-15 MED-16 is registered by the commission, with the day of the consent where it is entrusted, and only there', async () => {
    const { consentedOn: _, ...withoutConsent } = entrusted;
    for (const [referral, field] of [
      [withoutConsent, '/referral/consentedOn'],
      [{ ...suggested, consentedOn: today() }, '/referral/consentedOn'],
      [{ ...entrusted, receivedOn: inDays(-1) }, '/referral/consentedOn'],
      [{ ...suggested, kind: 'delegated' }, '/referral/kind'],
    ] as const)
      expectProblem(await send(referral), 422, 'bad-input', field);
    expectProblem(
      await send({ ...suggested, receivedOn: inDays(1) }),
      422,
      'day-in-the-future',
      '/referral/receivedOn',
    );
    const longAgo = { ...entrusted, receivedOn: '1900-01-02', consentedOn: '1900-01-02' };
    expectProblem(await send(longAgo), 422, 'calendar-missing', '/referral/consentedOn');
    for (const by of [operator, union]) expectProblem(await send(suggested, by), 403, 'not-allowed');
  });

  it('MED-16 shows who sent it, and after a mediation without agreement that the arbitration goes on', async () => {
    const { body } = await send(entrusted);
    await atStage(body.id, 'mediation');
    const found = (await hejie().get(operator, `/v1/cases/${body.id}`)).body;
    expect(found).toMatchObject({ referral: entrusted, organisation: { kind: 'jointCentre' } });
    await done(operator, body.id, 'mediation.accept', { acceptedOn: today() });
    expect((await act(operator, body.id, 'mediation.fail', { reason: '分歧太大' })).status).toBe(200);
    await atStage(body.id, 'followUp');
    const { items } = (await hejie().get(worker, `/v1/cases/${body.id}/remedies`)).body;
    const arbitration = items.filter(({ remedy }: { remedy: string }) => remedy === 'arbitration');
    expect(arbitration).toMatchObject([{ legalRef: 'MED-16', title: { zh: '仲裁继续进行' } }]);
  });
});

describe('a case that is here already when the commission turns to mediation', () => {
  const filed = async () => {
    const caseNo = await register({ facts: { relation: 'labour', knownOn: inDays(-30) } });
    await done(operator, caseNo, 'negotiation.withdraw', { reason: '撤回' });
    await atStage(caseNo, 'followUp');
    await done(operator, caseNo, 'case.recordArbitration', { party: 'w1', filedOn: today() });
    await besideOpen(caseNo);
    return caseNo;
  };
  const suggestion = { ref: 'T-9', receivedOn: today() };
  const entrusted = { agreedBy: ['w1', 'r1'], consentedOn: today(), receivedOn: today() };
  const heard = (caseNo: string, type: string) =>
    eventually(`${type} of ${caseNo}`, async () =>
      (await items(`/v1/cases/${caseNo}/timeline`)).some((event: { type: string }) => event.type === type),
    );

  it('MED-15 MED-16 is sent by act, once at a time, each kind at its stage, and by the commission only', async () => {
    const caseNo = await filed();
    await nothingChanges(caseNo, async () => {
      expectProblem(await act(worker, caseNo, 'arbitration.suggestMediation', suggestion), 403, 'not-allowed');
      expectProblem(await act(arbitrator, caseNo, 'arbitration.entrustMediation', entrusted), 409, 'act-not-open');
      const tomorrow = { receivedOn: inDays(1) };
      expectProblem(
        await act(arbitrator, caseNo, 'arbitration.suggestMediation', tomorrow),
        ...([422, 'day-in-the-future', '/receivedOn'] as const),
      );
    });
    await done(arbitrator, caseNo, 'arbitration.suggestMediation', suggestion);
    await atStage(caseNo, 'mediation');
    expect((await find(caseNo)).referral).toMatchObject({ by: 'arbitration', kind: 'suggested', ref: 'T-9' });
    expectProblem(await act(arbitrator, caseNo, 'arbitration.suggestMediation', suggestion), 409, 'act-not-open');
    for (const party of ['w1', 'r1']) await done(operator, caseNo, 'mediation.consent', { party, willing: true });
    await heard(caseNo, 'arbitration.acceptanceSuspended');
    await done(mediator, caseNo, 'mediation.accept', { acceptedOn: today() });
    await done(mediator, caseNo, 'mediation.fail', { reason: '分歧太大' });
    await heard(caseNo, 'arbitration.backFromMediation');
    // What has been mediated is not suggested again; before the hearing both may still want it.
    expectProblem(await act(arbitrator, caseNo, 'arbitration.suggestMediation', suggestion), 409, 'mediated-before');
    await done(arbitrator, caseNo, 'arbitration.recordDocketed', { on: today() });
    for (const [change, code, field] of [
      [{ agreedBy: ['w1'] }, 'both-sides-needed', '/agreedBy'],
      [{ consentedOn: inDays(-1) }, 'day-too-early', '/consentedOn'],
    ] as const)
      expectProblem(
        await act(arbitrator, caseNo, 'arbitration.entrustMediation', { ...entrusted, ...change }),
        ...([code === 'both-sides-needed' ? 409 : 422, code, field] as const),
      );
    await done(arbitrator, caseNo, 'arbitration.entrustMediation', entrusted);
    await atStage(caseNo, 'mediation');
  });

  it('ARB-01 what the commission does not accept is sued on by the one who applied, and what comes of the suit ends the record', async () => {
    const caseNo = await filed();
    await done(arbitrator, caseNo, 'arbitration.recordRefusal', { on: today(), reason: '不属于受案范围' });
    const { items: open } = (await hejie().get(worker, `/v1/cases/${caseNo}/remedies`)).body;
    expect(open.filter(({ remedy }: { remedy: string }) => remedy === 'suit')).toMatchObject([
      { legalRef: 'ARB-01', deadlineId: 'arbitration.suitAfterRefusal', lastDay: expect.any(String) },
    ]);
    const suit = { party: 'w1', filedOn: today() };
    expectProblem(await act(court, caseNo, 'arbitration.recordSuit', { ...suit, party: 'r1' }), 409, 'wrong-side');
    const judged = { how: 'judged', receivedOn: today() };
    expectProblem(await act(court, caseNo, 'arbitration.recordSuitEnded', judged), 409, 'act-not-open');
    await done(court, caseNo, 'arbitration.recordSuit', suit);
    expectProblem(await act(court, caseNo, 'arbitration.recordSuit', suit), 409, 'act-not-open');
    await done(court, caseNo, 'arbitration.recordSuitEnded', judged);
    await heard(caseNo, 'arbitration.ended');
  });
});

describe('facts conceded to settle', () => {
  const secret = (who: string) => `${who}：此事实仅为和解而承认`;
  const facts = ['r1', 'w1'].map((by) => ({ by, text: secret(by) }));
  const look = (
    caseNo: string,
    by: Parameters<ReturnType<typeof hejie>['call']>[0],
    more: Record<string, unknown> = {},
    key?: string,
  ) =>
    hejie().call(by, 'POST', `/v1/cases/${caseNo}/shielded-facts/looks`, {
      body: { reason: '核对和解经过', ...more },
      ...(key === undefined ? {} : { headers: { 'idempotency-key': key } }),
    });
  const shown = (answer: { status: number; body: { items?: Array<{ concededBy: string }> } }) =>
    answer.status === 200 ? answer.body.items?.map(({ concededBy }) => concededBy) : answer.status;
  const looks = async (caseNo: string) =>
    (await items(`/v1/cases/${caseNo}/timeline`, operator)).filter(({ type }: { type: string }) =>
      type.startsWith('shieldedFacts.'),
    );

  it('NEG-08 CRT-03 are shown to who may see them, and each look, also a refused one, says who, why and when', async () => {
    const caseNo = await settled({ concededFacts: facts });
    expect(shown(await look(caseNo, mediator, { basis: 'settling' }))).toEqual(['r1', 'w1']);
    expect(shown(await look(caseNo, worker))).toEqual(['w1']);
    expect(shown(await look(caseNo, employer))).toEqual(['r1']);
    for (const by of [arbitrator, court, administrator]) expectProblem(await look(caseNo, by), 403, 'facts-shielded');
    expectProblem(await look(caseNo, arbitrator, { basis: 'settling' }), 403, 'facts-shielded');
    expect(shown(await look(caseNo, court, { basis: 'law', article: '民事诉讼法 第六十七条' }))).toEqual(['r1', 'w1']);
    const events = await looks(caseNo);
    expect(events.map(({ type, by }: { type: string; by: { role: string } }) => [by.role, type.split('.')[1]])).toEqual(
      [
        ...[
          ['mediator', 'looked'],
          ['party', 'looked'],
          ['party', 'looked'],
          ['arbitrator', 'refused'],
          ['court', 'refused'],
        ],
        ...[
          ['administrator', 'refused'],
          ['arbitrator', 'refused'],
          ['court', 'looked'],
        ],
      ],
    );
    expect(events.at(-1)).toMatchObject({
      ...{ legalRef: 'NEG-08', words: { reason: '核对和解经过', article: '民事诉讼法 第六十七条' } },
      ...{ detail: { basis: 'law', concededBy: ['r1', 'w1'] }, at: expect.stringMatching(/Z$/) },
    });
    expect(JSON.stringify(await items(`/v1/cases/${caseNo}/timeline`, operator))).not.toContain('此事实仅为和解而承认');
    // The case goes on as if nobody had looked, under the newest ETag.
    const { headers } = await hejie().get(operator, `/v1/cases/${caseNo}`);
    const consent = { agreedBy: ['r1'], consentedOn: today() };
    const done = await hejie().call(operator, 'POST', `/v1/cases/${caseNo}/acts/case.consentToDisclosure`, {
      body: consent,
      headers: { 'if-match': headers.get('etag') ?? '' },
    });
    expect(done.status).toBe(200);
  });

  it('NEG-08 what a party conceded is open to the commission when it and the other side have agreed, not before', async () => {
    const caseNo = await settled({ concededFacts: [facts[0]] });
    const consent = (by: typeof worker, agreedBy: string[], consentedOn = today()) =>
      act(by, caseNo, 'case.consentToDisclosure', { agreedBy, consentedOn });
    expectProblem(await consent(worker, ['r1']), 409, 'wrong-side', '/agreedBy');
    expectProblem(await consent(operator, ['w9']), 422, 'unknown-party', '/agreedBy');
    expect((await consent(worker, ['w1'])).status).toBe(200);
    expectProblem(await consent(worker, ['w1']), 409, 'already-done', '/agreedBy');
    expectProblem(await look(caseNo, arbitrator, {}, 'look-1'), 403, 'facts-shielded');
    expect((await consent(employer, ['r1'])).status).toBe(200);
    expect(shown(await look(caseNo, worker))).toEqual(['r1']);
    expect(shown(await look(caseNo, arbitrator, {}, 'look-2'))).toEqual(['r1']);
    // Asked again under its key a look answers as it did, and is no second event.
    expectProblem(await look(caseNo, arbitrator, {}, 'look-1'), 403, 'facts-shielded');
    expect(shown(await look(caseNo, arbitrator, {}, 'look-2'))).toEqual(['r1']);
    expectProblem(await look(caseNo, arbitrator, { reason: '另一理由' }, 'look-2'), 422, 'idempotency-key-reused');
    const twice = await Promise.all([look(caseNo, court, {}, 'look-3'), look(caseNo, court, {}, 'look-3')]);
    expect(twice.map(shown)).toEqual([['r1'], ['r1']]);
    expect(await looks(caseNo)).toHaveLength(6);
  });

  it('are asked for with a reason, and with the article where the law is said to open them; strangers find no case', async () => {
    const caseNo = await settled({ concededFacts: facts });
    await nothingChanges(caseNo, async () => {
      expectProblem(await look(caseNo, court, { reason: ' ' }), 422, 'bad-input', '/reason');
      expectProblem(await look(caseNo, court, { basis: 'law' }), 422, 'bad-input', '/article');
      expectProblem(await look(caseNo, court, { article: '第一条' }), 422, 'bad-input', '/article');
      for (const by of [stranger, { ...court, subject: 'court-chengdu', region: '510100' }])
        expectProblem(await look(caseNo, by), 404, 'not-found');
    });
  });

  it('NEG-07 a settlement is looked at by the commission, once; usable or not with its flaw, as the case shows', async () => {
    const caseNo = await settled();
    const review = { askedBy: 'w1', reviewedOn: today(), reason: '程序和内容合法有效' };
    const name = 'case.reviewSettlement';
    expectProblem(await act(court, caseNo, name, review), 403, 'not-allowed');
    expectProblem(await act(arbitrator, caseNo, name, { ...review, flaw: 'bargain' }), 422, 'bad-input', '/flaw');
    expectProblem(await act(arbitrator, caseNo, name, { ...review, askedBy: 'w7' }), 422, 'unknown-party', '/askedBy');
    await done(arbitrator, caseNo, name, { ...review, flaw: 'seriousMisunderstanding' });
    expect((await hejie().get(worker, `/v1/cases/${caseNo}`)).body.settlementEvidence).toEqual({
      ...{ agreement: 's1', on: today(), usable: false, flaw: 'seriousMisunderstanding' },
    });
    expectProblem(await act(arbitrator, caseNo, name, review), 409, 'act-not-open');
  });
});
