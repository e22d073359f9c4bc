import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { takeInCase } from '../../db/take-in-case.ts';
import { eventually, type Person } from '../support/app.ts';
import { formOf, smallPdf } from '../support/files.ts';
import { act, done, expectProblem, find, hejie, items, nothingChanges, terms, today } from './stage.ts';

const operator: Person = { subject: 'window-310112', role: 'operator', region: '310112' };
const nextDoor: Person = { subject: 'window-330421', role: 'operator', region: '330421' };
const tongzhou: Person = { subject: 'window-110112', role: 'operator', region: '110112' };
const wuqing: Person = { subject: 'window-120114', role: 'operator', region: '120114' };
const jinshan: Person = { subject: 'window-310116', role: 'operator', region: '310116' };

const wages = { kind: 'pay', subject: 'wages', amount: 8000 };

/** A dispute that no other test has: its worker and employer are its own. */
function dispute(more: { worker?: object; employer?: object; case?: object } = {}) {
  const mark = randomUUID().slice(0, 8);
  return {
    region: '310112',
    workers: [
      {
        ...{ name: `测试丙某${mark}`, idNumber: undefined, phone: undefined, email: undefined, account: undefined },
        ...{ claims: [wages], ...more.worker },
      },
    ],
    respondents: [{ name: `测试丁${mark}有限公司`, ...more.employer }],
    ...more.case,
  };
}

const registered = async (body: object, by: Person = operator) => {
  const answer = await hejie().post(by, '/v1/cases', body);
  expect(answer.status, answer.text.slice(0, 400)).toBe(201);
  return answer.body;
};

const duplicatesOf = ({ possibleDuplicates }: { possibleDuplicates: Array<{ caseNo: string; certainty: string }> }) =>
  possibleDuplicates.map(({ caseNo, certainty }) => [caseNo, certainty]);

describe('POL-01 one window: the same dispute comes a second time,', () => {
  it('by another way and written otherwise: it is found by the number of the identity card', async () => {
    const id = { idNumber: '310000190002020000' };
    const first = await registered(
      dispute({ worker: { ...id, name: '测试戊' }, employer: { name: '测试戊厂（上海）有限责任公司' } }),
    );
    expect(first.possibleDuplicates).toEqual([]);
    const second = await registered(
      dispute({
        worker: { name: '测试 戊', idNumber: '３１００００ 19000202 0000' },
        employer: { name: '测试戊厂(上海) 有限公司' },
        case: { channel: 'petition' },
      }),
    );
    expect(duplicatesOf(second)).toEqual([[first.id, 'high']]);
    expect(second.possibleDuplicates[0]).toMatchObject({ subjects: ['wages'], region: '310112', stage: 'negotiation' });
    // Each shows the other, and the words of neither are in the link.
    expect((await find(first.id, operator)).linked).toMatchObject([{ caseNo: second.id, kind: 'possibleDuplicate' }]);
    expect(JSON.stringify(second.linked)).not.toContain('测试');
  });

  it('without a number: by name and telephone with certainty, by name alone with less, and another claim is another dispute', async () => {
    const employer = { name: '测试己（集团）公司' };
    const known = { name: '测试己', phone: '+86 199-0000-0003' };
    const first = await registered(dispute({ employer, worker: known }));
    const byPhone = await registered(dispute({ employer, worker: { ...known, phone: '19900000003' } }));
    expect(duplicatesOf(byPhone)).toEqual([[first.id, 'high']]);
    const byName = await registered(
      dispute({ employer, worker: { name: '测 试己' }, case: { channel: 'hotline12345' } }),
    );
    expect(duplicatesOf(byName)).toEqual([
      [byPhone.id, 'low'],
      [first.id, 'low'],
    ]);
    for (const other of [
      { employer, worker: { ...known, claims: [{ kind: 'conditions', subject: 'socialInsurance' }] } },
      { employer: { name: '测试庚公司' }, worker: known },
      { employer, worker: { ...known, name: '测试辛' } },
    ])
      expect(duplicatesOf(await registered(dispute(other)))).toEqual([]);
  });

  it('in another region: the window learns where, a case that it may not see keeps its number to itself', async () => {
    const employer = { name: '测试壬公司' };
    const worker = { name: '测试壬', phone: '19900000004', account: 'account-of-one-window' };
    const inspected = { region: '120114', channel: 'inspection' };
    const there = await registered(dispute({ employer, worker, case: inspected }), wuqing);
    const filed = { region: '110112', channel: 'arbitration' };
    const here = await registered(dispute({ employer, worker, case: filed }), tongzhou);
    expect(here).toMatchObject({ possibleDuplicates: [], duplicatesElsewhere: ['120114'], linked: [] });
    expect(JSON.stringify(here)).not.toContain(there.id);
    const party: Person = { subject: worker.account, role: 'party' };
    const own = await registered(dispute({ employer, worker, case: { channel: 'internet' } }), party);
    expect(
      duplicatesOf(own)
        .map(([caseNo]) => caseNo)
        .sort(),
    ).toEqual([here.id, there.id].sort());
    expect(own).not.toHaveProperty('duplicatesElsewhere');
  });
});

describe('POL-01 a dispute that concerns two regions', () => {
  it('whose rules agree is led by the first; both offices see it and act in it, a third does not', async () => {
    await hejie().call(
      { subject: 'administrator-1', role: 'administrator', region: '000000' },
      'PUT',
      '/v1/offices/120114/operator',
      {
        body: { name: '测试窗口', reason: '登记', email: 'window-120114@example.test' },
      },
    );
    const { id } = await registered(dispute({ case: { region: '110112', secondRegion: '120114' } }), tongzhou);
    expect(id.startsWith('110112')).toBe(true);
    expect(await find(id, wuqing)).toMatchObject({ region: '110112', secondRegion: '120114' });
    await done(wuqing, id, 'negotiation.serveRequest', { servedOn: today(), method: 'hand' });
    expect(
      (await items(`/v1/cases/${id}/notices`, wuqing)).map(({ recipient }: { recipient: string }) => recipient),
    ).toContain('operator@120114');
    const listed = await hejie().get(wuqing, '/v1/cases?region=120114&q=110112');
    expect(listed.body.items.map((one: { id: string }) => one.id)).toContain(id);
    expectProblem(await hejie().get(jinshan, `/v1/cases/${id}`), 404, 'not-found');
    expectProblem(await act(jinshan, id, 'negotiation.withdraw', { reason: '无' }), 404, 'not-found');
  });

  it('whose rules contradict each other is refused with the points, until somebody says which leads and why', async () => {
    const two = { region: '310116', secondRegion: '330421', facts: { relation: 'newEmploymentForm' } };
    const refused = await hejie().post(jinshan, '/v1/cases', dispute({ case: two }));
    expectProblem(refused, 409, 'region-rules-contradict', '/leadBy');
    expect(refused.body.errors).toMatchObject([{ code: 'mediation.organisation' }]);
    const led = await registered(
      dispute({ case: { ...two, leadBy: '330421', leadReason: '用人单位所在地' } }),
      jinshan,
    );
    expect(led).toMatchObject({ region: '330421', secondRegion: '310116' });
    expect(led.id.startsWith('330421')).toBe(true);
    expect((await items(`/v1/cases/${led.id}/timeline`, jinshan))[0].words).toMatchObject({
      leadReason: '用人单位所在地',
    });
  });

  it('is refused where the other region does not exist, is the same, or the one that leads is neither', async () => {
    const post = (more: object) => hejie().post(operator, '/v1/cases', dispute({ case: more }));
    expectProblem(await post({ secondRegion: '999999' }), 422, 'unknown-region', '/secondRegion');
    expectProblem(await post({ secondRegion: '310000' }), 422, 'bad-input', '/secondRegion');
    expectProblem(
      await post({ secondRegion: '330421', leadBy: '310116', leadReason: '无' }),
      422,
      'bad-input',
      '/leadBy',
    );
    expectProblem(await post({ secondRegion: '330421', leadBy: '330421' }), 422, 'bad-input', '/leadReason');
  });
});

/** Two cases of one employer, both to be negotiated: the second came in on its own. */
async function twoOfOneEmployer(first: object = {}, second: object = {}) {
  const employer = { name: `测试并案${randomUUID().slice(0, 8)}有限公司` };
  const into = await registered(dispute({ employer, ...first }));
  const from = await registered(dispute({ employer, ...second }));
  return { into: into.id as string, from: from.id as string };
}

const reason = '同一用人单位，一并处理';
const consolidate = (from: string, into: string, by: Person = operator) =>
  act(by, from, 'case.consolidate', { into, reason });

describe('POL-01 two cases of one employer', () => {
  it('become one: who is in both is one party, what is claimed in both is claimed once, and each keeps its history', async () => {
    const same = { name: '测试子', phone: '19900000005' };
    const claims = [wages, { kind: 'pay', subject: 'overtime', amount: 300 }];
    const { into, from } = await twoOfOneEmployer(
      { worker: same },
      { worker: { ...same, claims, account: 'account-joined' }, case: { channel: 'petition' } },
    );
    const key = randomUUID();
    const body = { into, reason };
    const answer = await act(operator, from, 'case.consolidate', body, { key });
    expect(answer.status, answer.text.slice(0, 400)).toBe(200);
    const ended = await eventually('the end of the case', async () => {
      const found = await find(from, operator);
      return found.stage === 'closed' && found;
    });
    expect(ended).toMatchObject({
      outcome: 'merged',
      mergedInto: into,
      linked: [{ caseNo: into, kind: 'mergedInto' }],
    });
    const whole = await find(into, operator);
    expect(whole.linked).toMatchObject([{ caseNo: from, kind: 'mergedFrom', stage: 'closed' }]);
    expect(whole.parties.map(({ id }: { id: string }) => id)).toEqual(['w1', 'r1']);
    expect(whole.claims.map(({ subject }: { subject: string }) => subject)).toEqual(['wages', 'overtime']);
    const took = (await items(`/v1/cases/${into}/timeline`, operator)).find(
      ({ type }: { type: string }) => type === 'case.tookIn',
    );
    expect(took).toMatchObject({ legalRef: 'POL-01', detail: { from, as: { w1: 'w1', r1: 'r1' }, claims: ['c2'] } });
    // The same request again finds the same answer; any other act is told where the case goes on.
    expect((await act(operator, from, 'case.consolidate', body, { key })).body.result).toEqual(answer.body.result);
    const late = await act(operator, from, 'negotiation.serveRequest', { servedOn: today(), method: 'hand' });
    expectProblem(late, 409, 'case-merged');
    expect(late.body.detail.zh).toContain(into);
    const raw = formOf({ bytes: smallPdf(), name: '工资条.pdf' }, { kind: 'evidence', title: '工资条' });
    const evidence = await hejie().call(operator, 'POST', `/v1/cases/${from}/evidence`, { raw });
    expectProblem(evidence, 409, 'case-merged');
    const third = await registered(dispute());
    expectProblem(await consolidate(third.id, from), 409, 'case-merged', '/into');
    // Who came in acts in the case that goes on, under the number that they have there.
    const another = await registered(
      dispute({ employer: { name: whole.parties[1].name }, worker: { account: 'account-w2' } }),
    );
    await done(operator, another.id, 'case.consolidate', { into, reason });
    await done(operator, into, 'negotiation.serveRequest', { servedOn: today(), method: 'hand' });
    const w2: Person = { subject: 'account-w2', role: 'party' };
    expect((await find(into, w2)).parties.find(({ you }: { you?: boolean }) => you)).toMatchObject({ id: 'w2' });
    await done(w2, into, 'negotiation.inviteHelper', { kind: 'union', for: 'w2' });
  });

  it('stay two where the employer is another, the other case is closed, is elsewhere or has an agreement', async () => {
    const { into, from } = await twoOfOneEmployer();
    const refused = (other: string, status: number, code: Parameters<typeof expectProblem>[2]) =>
      nothingChanges(from, async () => expectProblem(await consolidate(from, other), status, code, '/into'));
    await refused(from, 422, 'same-case');
    await refused('310112-2026-999999', 422, 'unknown-case');
    const stranger = await registered(dispute());
    await refused(stranger.id, 409, 'other-employer');
    const mediated = await registered(
      dispute({
        employer: { name: (await find(into, operator)).parties[1].name },
        case: { requestedRoute: 'mediation' },
      }),
    );
    await refused(mediated.id, 409, 'cases-not-alike');
    await done(operator, into, 'negotiation.serveRequest', { servedOn: today(), method: 'hand' });
    await done(operator, into, 'negotiation.settle', {
      ...terms(),
      signedOn: today(),
      agreedBy: ['w1', 'r1'],
    });
    await refused(into, 409, 'agreement-stands');
    const turnedAway = await registered(
      dispute({
        employer: { name: (await find(into, operator)).parties[1].name },
        case: { facts: { exclusion: 'household' } },
      }),
    );
    expect((await find(turnedAway.id, operator)).stage).toBe('closed');
    await refused(turnedAway.id, 409, 'other-case-closed');
  });

  it('whose worker process died when the parties were there already: joined again, nobody is there twice', async () => {
    const { into, from } = await twoOfOneEmployer();
    const first = await takeInCase(hejie().db, { caseNo: into, from });
    await done(operator, from, 'case.consolidate', { into, reason });
    expect(await takeInCase(hejie().db, { caseNo: into, from })).toEqual(first);
    const { parties, claims } = await find(into, operator);
    expect(parties.map(({ id }: { id: string }) => id)).toEqual(['w1', 'w2', 'r1']);
    expect(claims.map(({ id, worker }: { id: string; worker: string }) => [id, worker])).toEqual([
      ['c1', 'w1'],
      ['c2', 'w2'],
    ]);
  });

  it('asked of each other at the same time, become one or stay two, and nobody is lost', async () => {
    const { into, from } = await twoOfOneEmployer();
    const answers = await Promise.all([consolidate(from, into), consolidate(into, from)]);
    const joined = answers.filter(({ status }) => status === 200).length;
    expect(answers.map(({ status }) => status).every((status) => [200, 409].includes(status))).toBe(true);
    expect(joined).toBeLessThan(2);
    const cases = await Promise.all([into, from].map((caseNo) => find(caseNo, operator)));
    const open = cases.filter(({ mergedInto }) => mergedInto === null);
    expect(
      open.flatMap(({ parties }) => parties).filter(({ kind }: { kind: string }) => kind === 'worker'),
    ).toHaveLength(2);
  });
});

describe('POL-01 a case changes hands:', () => {
  it('the other region is asked, sees it and answers; it does nothing else with it before', async () => {
    const { id } = await registered(dispute());
    const to = (region: string) => ({ to: 'otherRegion', region, handedOverOn: today(), reason });
    expectProblem(await act(operator, id, 'case.transfer', to('310112')), 422, 'own-region', '/region');
    expectProblem(await act(operator, id, 'case.transfer', to('999999')), 422, 'unknown-region');
    expectProblem(
      await act(operator, id, 'case.transfer', { ...to('330421'), to: 'court' }),
      422,
      'bad-input',
      '/region',
    );
    expectProblem(await hejie().get(nextDoor, `/v1/cases/${id}`), 404, 'not-found');
    await done(operator, id, 'case.transfer', to('330421'));
    await nothingChanges(id, async () => {
      expectProblem(await act(operator, id, 'case.transfer', to('330421')), 409, 'transfer-waiting');
      expectProblem(await act(nextDoor, id, 'negotiation.withdraw', { reason }), 403, 'not-allowed');
      const commission: Person = { subject: 'commission-310112', role: 'arbitrator', region: '310112' };
      const answer = { accepted: true, answeredOn: today() };
      expectProblem(await act(commission, id, 'case.answerTransfer', answer), 409, 'wrong-body');
    });
    expect((await items(`/v1/cases/${id}/acts`, nextDoor)).map((one: { act: string }) => one.act)).toEqual([
      'case.answerTransfer',
    ]);
    await done(nextDoor, id, 'case.answerTransfer', { accepted: false, answeredOn: today() });
    expectProblem(await hejie().get(nextDoor, `/v1/cases/${id}`), 404, 'not-found');
    const twice = await act(operator, id, 'case.answerTransfer', { accepted: true, answeredOn: today() });
    expectProblem(twice, 409, 'transfer-answered');
    await done(operator, id, 'case.transfer', to('330421'));
    await done(nextDoor, id, 'case.answerTransfer', { accepted: true, answeredOn: today(), ref: 'JX-7' });
    const closed = await eventually('the end of the case', async () => {
      const found = await find(id, nextDoor);
      return found.stage === 'closed' && found;
    });
    expect(closed).toMatchObject({
      outcome: 'transferred',
      transfer: { region: '330421', ref: 'JX-7', stage: 'accepted' },
    });
  });

  it('some of its workers go on in a linked case; a split that leaves nobody is refused', async () => {
    const more = { name: '测试丑', claims: [wages] };
    const both = dispute();
    const { id } = await registered({ ...both, workers: [...both.workers, more] });
    await nothingChanges(id, async () => {
      for (const [workers, status, code] of [
        [['w1', 'w2'], 422, 'nobody-left'],
        [['w3'], 422, 'unknown-worker'],
        [[], 422, 'bad-input'],
      ] as const)
        expectProblem(await act(operator, id, 'case.split', { workers, reason }), status, code, '/workers');
    });
    await done(operator, id, 'case.split', { workers: ['w2'], reason: '超龄' });
    const { linked, parties } = await find(id, operator);
    expect(linked).toMatchObject([{ kind: 'splitOff' }]);
    expect(parties.find((party: { id: string }) => party.id === 'w2').movedTo).toBe(linked[0].caseNo);
    const apart = await eventually('the linked case', async () => {
      const found = await find(linked[0].caseNo, operator);
      return found.etag > 0 && found;
    });
    expect(apart).toMatchObject({ stage: 'negotiation', linked: [{ caseNo: id, kind: 'splitFrom' }] });
  });
});
