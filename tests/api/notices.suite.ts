import { describe, expect, it } from 'vitest';
import { readCaughtMail } from '../../temporal-config/mail-catcher.ts';
import { eventually } from '../support/app.ts';
import {
  act,
  administrator,
  done,
  employer,
  expectProblem,
  hejie,
  inDays,
  items,
  nothingChanges,
  operator,
  personal,
  register,
  theWorker,
  today,
  union,
} from './stage.ts';

const mails = () => readCaughtMail(hejie().servers.dataDir);
const mailOf = (noticeId: string) =>
  eventually(`the mail of notice ${noticeId}`, async () =>
    (await mails()).find(({ messageId }) => messageId === `<${noticeId}@hejie>`),
  );
const noticeOf = async (caseNo: string, template: string, recipient: string) =>
  (await items(`/v1/cases/${caseNo}/notices`)).find(
    (notice: Record<string, string>) => notice.template === template && notice.recipient === recipient,
  );
const sent = (caseNo: string, template: string, recipient: string) =>
  eventually(`${template} sent to ${recipient}`, async () => {
    const notice = await noticeOf(caseNo, template, recipient);
    return notice?.status === 'sent' && notice;
  });

describe('a notice', () => {
  it('has its row before it is sent, is written in Chinese first, names the last day and the article, and arrives', async () => {
    const caseNo = await register();
    const served = await done(operator, caseNo, 'negotiation.serveRequest', { servedOn: today(), method: 'hand' });
    const notice = await sent(caseNo, 'requestServed', 'r1');
    expect(notice).toMatchObject({
      attempts: 1,
      error: null,
      sentAt: expect.any(String),
      createdAt: expect.any(String),
    });
    const mail = await mailOf(notice.id);
    expect(mail.recipients).toEqual([personal.employerMail]);
    expect(mail.subject).toBe(`【和解】协商要求 Request to negotiate (${caseNo})`);
    const response = served.body.case.deadlines.find(({ id }: { id: string }) => id === 'negotiation.response');
    expect(mail.text).toContain(`${response.dueOn} 24:00`);
    expect(mail.text).toContain('企业劳动争议协商调解规定 第十条第一款');
    expect(mail.text.indexOf('请在期限内')).toBeLessThan(mail.text.indexOf('Please answer in time'));
    // Who reads it knows who he is: no name goes into a mail.
    for (const name of [personal.worker, personal.employer, personal.idNumber]) expect(mail.text).not.toContain(name);
  });

  it('to an applicant who comes with what is no labour dispute says where to go, and the article', async () => {
    const caseNo = await register({ facts: { exclusion: 'socialInsuranceAgency' } });
    const mail = await mailOf((await sent(caseNo, 'result', 'w1')).id);
    expect(mail.text).toContain('行政复议');
    expect(mail.text).toContain('第二条第（一）项');
  });

  it('of a case that begins with mediation does not speak of an agreement', async () => {
    const caseNo = await register({ requestedRoute: 'mediation' });
    const mail = await mailOf((await sent(caseNo, 'result', 'w1')).id);
    expect(mail.text).toContain('下一步：调解');
    expect(mail.text).not.toContain('预填');
  });

  it('to somebody without an address is there to be seen, and is not sent', async () => {
    const caseNo = await register({ workers: [{ ...theWorker, email: undefined, phone: undefined }] });
    const notice = await noticeOf(caseNo, 'result', 'w1');
    expect(notice).toMatchObject({ status: 'noAddress', attempts: 0, sentAt: null });
  });

  it('to an office goes to that of the narrowest region, from the moment it is set', async () => {
    const chengdu = { ...operator, subject: 'window-jinjiang', region: '510104' };
    const invite = async () => {
      const caseNo = await register({ region: '510104' }, chengdu);
      await done(chengdu, caseNo, 'negotiation.inviteHelper', { kind: 'union', for: 'w1' });
      const [notice] = (await items(`/v1/cases/${caseNo}/notices`, chengdu)).filter(
        ({ template }: { template: string }) => template === 'helpAsked',
      );
      return { caseNo, notice };
    };
    const put = (region: string, body: object, by = administrator) =>
      hejie().call(by, 'PUT', `/v1/offices/${region}/union`, { body: { reason: '登记', ...body } });
    const none = await invite();
    expect(none.notice.status).toBe('noAddress');
    expect((await put('510000', { name: '省总工会', email: 'province@example.test' })).status).toBe(200);
    expect((await put('510100', { name: '市总工会', email: 'city@example.test' })).status).toBe(200);
    const later = await invite();
    expect((await mailOf(later.notice.id)).recipients).toEqual(['city@example.test']);

    const again = await hejie().post(chengdu, `/v1/cases/${none.caseNo}/notices/${none.notice.id}/resend`);
    expect(again.status).toBe(202);
    expect((await mailOf(again.body.id)).recipients).toEqual(['city@example.test']);
    const [audited] = await items('/v1/administration/events?region=510100', administrator);
    expect(audited).toMatchObject({ type: 'office.set', subject: 'union', region: '510100', reason: '登记' });
    const offices = await hejie().get(administrator, '/v1/offices');
    expect(offices.body.items).toContainEqual({
      region: '510100',
      kind: 'union',
      name: '市总工会',
      email: 'city@example.test',
    });
  });

  it('is sent again when asked, once for each key, and by two at once without harm', async () => {
    const caseNo = await register();
    const notice = await sent(caseNo, 'result', 'w1');
    const path = `/v1/cases/${caseNo}/notices/${notice.id}/resend`;
    const first = await hejie().post(operator, path, undefined, { key: 'again-1' });
    const second = await hejie().post(operator, path, undefined, { key: 'again-1' });
    expect([first.status, second.status]).toEqual([202, 202]);
    expect(second.body.id).toBe(first.body.id);
    await mailOf(first.body.id);
    const many = await Promise.all(
      [union, operator, union, operator].map((by, index) => hejie().post(by, path, undefined, { key: `m${index}` })),
    );
    expect(many.map(({ status }) => status)).toEqual([202, 202, 202, 202]);
    for (const { body } of many) await mailOf(body.id);
    expect(await items(`/v1/cases/${caseNo}/notices`)).toHaveLength(6);
    expect((await noticeOf(caseNo, 'result', 'w1')).id).toBe(notice.id);
  });

  it('is not sent again by a party, nor one of another case, nor one that does not exist', async () => {
    const [caseNo, other] = [await register(), await register()];
    const notice = await noticeOf(caseNo, 'result', 'w1');
    await nothingChanges(caseNo, async () => {
      expectProblem(
        await hejie().post(employer, `/v1/cases/${caseNo}/notices/${notice.id}/resend`),
        403,
        'not-allowed',
      );
      expectProblem(await hejie().post(operator, `/v1/cases/${other}/notices/${notice.id}/resend`), 404, 'not-found');
      expectProblem(await hejie().post(operator, `/v1/cases/${caseNo}/notices/nonsense/resend`), 422, 'bad-input');
      const invalid = { key: 'a b' };
      expectProblem(
        await hejie().post(operator, `/v1/cases/${caseNo}/notices/${notice.id}/resend`, undefined, invalid),
        400,
        'idempotency-key-invalid',
      );
    });
  });

  it('waits while the mail server is away, says why, and is sent once it is back', async () => {
    const caseNo = await register();
    await sent(caseNo, 'result', 'w1');
    await hejie().servers.stopMail();
    await done(operator, caseNo, 'negotiation.serveRequest', { servedOn: today(), method: 'hand' });
    const waiting = await eventually('a notice that could not be sent', async () => {
      const notice = await noticeOf(caseNo, 'requestServed', 'r1');
      return notice.attempts > 0 && notice;
    });
    expect(waiting).toMatchObject({ status: 'queued', sentAt: null, error: expect.stringContaining('ECONNREFUSED') });
    await hejie().servers.startMail();
    const notice = await sent(caseNo, 'requestServed', 'r1');
    expect(notice.error).toBeNull();
    expect((await mailOf(notice.id)).deliveries).toBe(1);
  });
});

describe('an office', () => {
  const put = (by: Parameters<ReturnType<typeof hejie>['call']>[0], path: string, body: object) =>
    hejie().call(by, 'PUT', path, { body: { reason: '登记', ...body } });

  it('is set by an administrator of the region only', async () => {
    const office = { name: '区总工会', email: 'union@example.test' };
    expectProblem(await put(operator, '/v1/offices/310116/union', office), 403, 'not-allowed');
    const elsewhere = { ...administrator, subject: 'administrator-chengdu', region: '510100' };
    expectProblem(await put(elsewhere, '/v1/offices/310116/union', office), 403, 'not-allowed');
    expectProblem(await put(administrator, '/v1/offices/310199/union', office), 422, 'unknown-region', '/region');
    expectProblem(await put(administrator, '/v1/offices/310116/police', office), 422, 'bad-input', '/kind');
    expectProblem(await put(administrator, '/v1/offices/31011/union', office), 422, 'bad-input', '/region');
    expectProblem(await put(administrator, '/v1/offices/310116/union', { name: ' ' }), 422, 'bad-input', '/name');
    expectProblem(
      await put(administrator, '/v1/offices/310116/union', { ...office, reason: '' }),
      422,
      'bad-input',
      '/reason',
    );
    const wrong = { name: '工会', email: 'a@b\r\nBcc: x@example.test' };
    expectProblem(await put(administrator, '/v1/offices/310116/union', wrong), 422, 'bad-input', '/email');
    expectProblem(
      await hejie().get({ ...union, role: 'court', subject: 'court-2' }, '/v1/offices'),
      403,
      'not-allowed',
    );
  });
});

describe('a request of a past day', () => {
  it('that has been answered by silence already goes on at once, and an act after it is too late', async () => {
    const caseNo = await register();
    await done(operator, caseNo, 'negotiation.serveRequest', { servedOn: inDays(-30), method: 'post' });
    await eventually('mediation after silence', async () => {
      const { body } = await hejie().get(operator, `/v1/cases/${caseNo}`);
      return body.stage === 'mediation';
    });
    const late = { willing: true, form: 'oral', party: 'r1' };
    expectProblem(await act(operator, caseNo, 'negotiation.respond', late), 409, 'act-not-open');
    const ended = (await items(`/v1/cases/${caseNo}/timeline`)).find(
      ({ type }: { type: string }) => type === 'negotiation.ended',
    );
    expect(ended.detail.outcome).toBe('noResponse');
  });
});
