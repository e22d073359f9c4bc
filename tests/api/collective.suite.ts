import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { eventually, type Person } from '../support/app.ts';
import {
  act,
  administrator,
  atStage,
  besideOpen,
  done,
  employer,
  expectProblem,
  find,
  hejie,
  items,
  mediator,
  nothingChanges,
  operator,
  register,
  scanned,
  terms,
  theWorker,
  today,
  union,
  worker,
} from './stage.ts';

const ids = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => `w${from + index}`);
const chosen = { representatives: ['w1', 'w2', 'w3'], signedBy: ids(1, 9) };
const why = { reason: '事态可能扩大' };

/** Ten workers with one claim; the first has an account, the last no address. */
const ten = (more: Record<string, unknown> = {}) =>
  register({
    workers: ids(1, 10).map((id) => ({
      ...{ name: `测试工人${id}`, claims: theWorker.claims },
      ...(id === 'w1' ? { account: worker.subject } : {}),
      ...(id === 'w10' ? {} : { email: `${id}@example.test` }),
    })),
    ...more,
  });

const refusedIn =
  (caseNo: string) => (by: Person, name: string, body: unknown, code: Parameters<typeof expectProblem>[2]) =>
    nothingChanges(caseNo, async () => {
      const answer = await act(by, caseNo, name, body);
      expectProblem(answer, answer.status, code);
    });

const told = async (caseNo: string, template: string): Promise<Array<{ recipient: string; status: string }>> =>
  (await items(`/v1/cases/${caseNo}/notices`)).filter((notice: { template: string }) => notice.template === template);

describe('ten workers with one claim', () => {
  it('MED-14 choose representatives, who act for those who chose them, and settle with their consent', async () => {
    const few = await register({ workers: [theWorker, { ...theWorker, account: undefined }] });
    await refusedIn(few)(operator, 'case.chooseRepresentatives', { ...chosen, signedBy: ['w1'] }, 'not-collective');

    const caseNo = await ten();
    const refused = refusedIn(caseNo);
    const choose = 'case.chooseRepresentatives';
    await refused(operator, choose, { ...chosen, representatives: ['w1', 'w2'] }, 'number-of-representatives');
    await refused(operator, choose, { ...chosen, representatives: ids(1, 6) }, 'number-of-representatives');
    await refused(operator, choose, { ...chosen, representatives: ['w1', 'w2', 'r1'] }, 'not-of-the-group');
    await refused(operator, choose, { ...chosen, signedBy: [] }, 'bad-input');
    await refused(worker, choose, chosen, 'not-allowed');
    const invite = { kind: 'union' };
    await refused(worker, 'negotiation.inviteHelper', { ...invite, for: 'w4' }, 'not-your-party');
    const { body } = await done(mediator, caseNo, choose, chosen);
    expect(body.case).toMatchObject({ collective: { least: 3, most: 5 }, representation: { of: chosen.signedBy } });
    await done(worker, caseNo, 'negotiation.inviteHelper', { ...invite, for: 'w4' });
    await refused(worker, 'negotiation.inviteHelper', { ...invite, for: 'w10' }, 'not-your-party');

    // Every worker is told, each at the own address; who left none is seen.
    const notices = await told(caseNo, 'representativesChosen');
    expect(notices.map(({ recipient }) => recipient).sort()).toEqual(['r1', ...ids(1, 10)].sort());
    expect(notices.filter(({ status }) => status === 'noAddress').map(({ recipient }) => recipient)).toEqual(['w10']);

    await done(operator, caseNo, 'negotiation.serveRequest', { servedOn: today(), method: 'hand' });
    const settle = {
      ...terms({ coveredWorkers: ids(1, 10) }),
      ...{ signedOn: today(), agreedBy: ['w1', 'w2', 'w3', 'w10', 'r1'], consentedBy: ids(4, 9) },
    };
    const missing = { ...settle, consentedBy: ids(4, 8) };
    await refused(operator, 'negotiation.settle', missing, 'represented-consent-missing');
    await refused(worker, 'negotiation.withdraw', { ...why, consentedBy: ids(1, 9) }, 'represented-consent-missing');
    await refused(operator, 'negotiation.settle', { ...settle, agreedBy: ['w1', 'r1'] }, 'signature-missing');
    // A representative signs the request alone for those who chose him; an agreement with the consent of each, by name.
    const { body: request } = await hejie().post(operator, `/v1/cases/${caseNo}/papers`, {
      kind: 'negotiationRequest',
    });
    const own = { form: 'typed', by: 'w1', sha256: request.pdf.sha256, typed: '同意' };
    const signed = await hejie().post(worker, `/v1/cases/${caseNo}/papers/${request.number}/signatures`, own);
    expect(signed.body).toMatchObject({ mustSign: ids(1, 10), missing: ['w2', 'w3', 'w10'] });
    await done(operator, caseNo, 'negotiation.respond', { willing: true, form: 'oral', party: 'r1' });
    await done(operator, caseNo, 'negotiation.draftSettlement', terms({ coveredWorkers: ids(1, 10) }));
    const { body: draft } = await hejie().post(operator, `/v1/cases/${caseNo}/papers`, { kind: 'settlementAgreement' });
    const onPaper = { form: 'typed', paper: draft.number, sha256: draft.pdf.sha256, typed: '同意' };
    const others = { signsFor: ids(4, 9), consentedBy: ids(4, 9) };
    const signs = { by: 'w1', signing: onPaper };
    await refused(worker, 'negotiation.sign', { ...signs, ...others }, 'represented-consent-missing');
    await done(worker, caseNo, 'negotiation.sign', signs);
    const scan = await scanned(caseNo);
    await done(operator, caseNo, 'negotiation.sign', {
      ...{ by: 'w2', signedOn: today(), signing: { form: 'hand', paper: draft.number, scan } },
      ...others,
    });
    const of = await hejie().get(worker, `/v1/cases/${caseNo}/papers/${draft.number}/signatures`);
    expect(of.body.missing).toEqual(['r1', 'w10', 'w3']);
    // Signed elsewhere in the end.
    await done(operator, caseNo, 'negotiation.settle', settle);
    await atStage(caseNo, 'settlementPerformance');
    const after = await hejie().get(worker, `/v1/cases/${caseNo}/papers/${draft.number}/signatures`);
    expect(after.body).toMatchObject({ missing: [], superseded: true });
  });

  it('MED-14 are joined by others, who are parties from then on with what is their own; and who cannot join is told why', async () => {
    const alone = { name: '测试卯', phone: '19900000031', email: 'mao@example.test', claims: theWorker.claims };
    const own = await register({ workers: [alone] });
    const caseNo = await register({
      workers: ids(1, 9).map((id) => ({
        ...(id === 'w1' ? { account: worker.subject } : {}),
        name: `测试酉${id}`,
        phone: `1990000100${id.slice(1)}`,
        claims: theWorker.claims,
      })),
    });
    const refused = refusedIn(caseNo);
    const join = 'case.joinWorkers';
    const joining = [
      { ...alone, claims: [{ ...theWorker.claims[0], text: '三月工资' }], groups: ['migrantWorker'] },
      { name: '测试辰', account: 'account-chen', claims: [...theWorker.claims, { kind: 'pay', subject: 'overtime' }] },
    ];
    await refused(worker, join, { joining }, 'not-allowed');
    await refused(operator, join, { joining: [] }, 'bad-input');
    for (const known of [
      { name: '测试 酉w1', phone: '+86 19900001001' },
      { name: '测试巳', account: employer.subject },
    ])
      await refused(
        operator,
        join,
        { joining: [{ ...known, claims: theWorker.claims }, ...joining] },
        'already-a-party',
      );
    const other = { name: '测试午', claims: [{ kind: 'conditions', subject: 'socialInsurance' }] };
    await refused(operator, join, { joining: [other] }, 'no-common-claim');
    const many = Array.from({ length: 2000 }, () => ({ name: '测试未', claims: theWorker.claims }));
    await refused(operator, join, { joining: many }, 'case-too-large');

    const key = randomUUID();
    const first = await act(union, caseNo, join, { joining }, { key });
    expect(first.status, first.text.slice(0, 500)).toBe(200);
    expect((await act(union, caseNo, join, { joining }, { key })).body.result).toEqual(first.body.result);
    const found = await find(caseNo);
    expect(found.parties.slice(9, 11)).toMatchObject([
      { id: 'w10', side: 'applicant', name: alone.name, email: alone.email, groups: ['migrantWorker'] },
      { id: 'w11', name: '测试辰' },
    ]);
    expect(found.parties).toHaveLength(12);
    expect(found.claims.slice(9)).toMatchObject([
      { id: 'c10', worker: 'w10', amount: 12_000.5, text: '三月工资' },
      { id: 'c11', worker: 'w11', subject: 'wages' },
      { id: 'c12', worker: 'w11', subject: 'overtime' },
    ]);
    expect(found.collective).toEqual({ least: 3, most: 5 });
    // One of them has a case of the same dispute already.
    expect(found.linked).toMatchObject([{ caseNo: own, kind: 'possibleDuplicate', certainty: 'high' }]);
    expect((await told(caseNo, 'joinedCase')).map(({ recipient, status }) => [recipient, status])).toEqual(
      expect.arrayContaining([['w11', 'noAddress']]),
    );
    expect((await told(caseNo, 'workersJoined')).map(({ recipient }) => recipient)).toEqual(['r1']);
    const timeline = await hejie().get(operator, `/v1/cases/${caseNo}/timeline?limit=200`);
    expect(timeline.text).toContain('case.workersJoined');
    expect(timeline.text).not.toContain(alone.name);
    // A party from then on: it sees the case, and is not taken in twice.
    const w11: Person = { subject: 'account-chen', role: 'party' };
    await done(w11, caseNo, 'negotiation.inviteHelper', { kind: 'union', for: 'w11' });
    await refused(operator, join, { joining: [joining[0]] }, 'already-a-party');

    await done(operator, caseNo, 'case.recordArbitration', { party: 'w1', filedOn: today() });
    await besideOpen(caseNo);
    await refused(operator, join, { joining: [{ ...alone, name: '测试申', phone: '19900000032' }] }, 'parties-fixed');
  });

  it('71号 第十四条: by petition they are a major dispute; offices are told, act in time and stand down, beside the case', async () => {
    for (const [kind, email] of [
      ['politicsAndLaw', 'zhengfawei@example.test'],
      ['superior', 'shangji@example.test'],
    ])
      expect(
        (
          await hejie().call(administrator, 'PUT', `/v1/offices/310116/${kind}`, {
            body: { name: '测试机关', email, reason: '登记' },
          })
        ).status,
      ).toBe(200);
    const caseNo = await ten({ channel: 'petition' });
    const found = await find(caseNo);
    expect(found).toMatchObject({ stage: 'negotiation', emergency: { stage: 'open', attempt: 1 } });
    const declared = await told(caseNo, 'emergencyDeclared');
    // In Jinshan the town belongs to it.
    expect(declared.map(({ recipient }) => recipient).sort()).toEqual([
      ...['court', 'employersOrganisation', 'justice', 'labourInspection', 'operator', 'petitionOffice'],
      ...['politicsAndLaw', 'townshipStreet', 'union'],
    ]);
    expect(declared.filter(({ status }) => status !== 'noAddress').map(({ recipient }) => recipient)).toContain(
      'politicsAndLaw',
    );
    expect((await told(caseNo, 'emergencyForParties')).length).toBe(11);
    const decisions = await items(`/v1/cases/${caseNo}/decisions`);
    expect(decisions.find(({ point }: { point: string }) => point === 'intake.majorDispute')).toMatchObject({
      outcome: { major: true, ground: 'petition' },
    });

    const refused = refusedIn(caseNo);
    const all = { members: declared.map(({ recipient }) => recipient) };
    await refused(worker, 'emergencyResponse.assemble', all, 'not-allowed');
    await refused(worker, 'emergencyResponse.declare', { ...why, ground: 'other' }, 'not-allowed');
    await refused(operator, 'emergencyResponse.declare', { ...why, ground: 'other' }, 'act-not-open');
    await refused(operator, 'emergencyResponse.assemble', { members: ['union'] }, 'member-missing');
    await refused(operator, 'emergencyResponse.report', { situation: 'easing', summary: '先报' }, 'act-not-open');
    await refused(operator, 'emergencyResponse.assemble', { members: ['police'] }, 'bad-input');
    await done(operator, caseNo, 'emergencyResponse.assemble', all);
    await done(union, caseNo, 'emergencyResponse.plan', { summary: '专人接待，分批谈话' });
    await refused(operator, 'emergencyResponse.standDown', why, 'report-missing');
    await done(union, caseNo, 'emergencyResponse.report', { situation: 'worsening', summary: '又来了三十人' });
    expect(await told(caseNo, 'emergencyWorsens')).toMatchObject([{ recipient: 'superior' }]);
    const [reported] = (await items(`/v1/cases/${caseNo}/timeline?limit=200`)).filter(
      ({ type }: { type: string }) => type === 'emergencyResponse.reported',
    );
    expect(reported.words).toEqual({ summary: '又来了三十人' });
    await done(operator, caseNo, 'emergencyResponse.standDown', why);
    const after = await eventually('that the case knows it is over', async () => {
      const now = await find(caseNo);
      return now.emergency.stage === 'over' && now;
    });
    expect(after.stage).toBe('negotiation');
    expect(after.beside).toMatchObject([{ procedure: 'emergencyResponse', outcome: 'resolved' }]);
  });
});
