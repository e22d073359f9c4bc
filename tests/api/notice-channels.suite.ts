import { describe, expect, it } from 'vitest';
import { sendByGateway } from '../../activities/notices/gateway.ts';
import { type Db, json, type Tx } from '../../db/client.ts';
import { relayNotice } from '../../db/notice-outbox.ts';
import { readCaughtMail } from '../../temporal-config/mail-catcher.ts';
import { signed } from '../../temporal-config/signatures.ts';
import { eventually, type Person } from '../support/app.ts';
import {
  administrator,
  done,
  expectProblem,
  hejie,
  items,
  nothingChanges,
  register,
  theEmployer,
  theWorker,
  today,
  union,
  worker,
} from './stage.ts';

const HOUR = 3_600_000;
/** A region of its own, so that its list holds what this suite does. */
const region = '510105';
const here: Person = { subject: 'window-of-notices', role: 'operator', region };

const noticeOf = async (caseNo: string, template: string, recipient: string) =>
  (await items(`/v1/cases/${caseNo}/notices`, here)).find(
    (notice: Record<string, string>) => notice.template === template && notice.recipient === recipient,
  );
const untilIs = (status: string, caseNo: string, template: string, recipient: string) =>
  eventually(`${template} to ${recipient} ${status}`, async () => {
    const notice = await noticeOf(caseNo, template, recipient);
    return notice?.status === status && notice;
  });
const text = { ...theWorker, preferredChannel: 'sms' };
const serve = (caseNo: string) => done(here, caseNo, 'negotiation.serveRequest', { servedOn: today(), method: 'hand' });

/** Lets so much time pass for notices, and turns the clock back when `then` is over. */
async function later(ms: number, then: () => Promise<void>): Promise<void> {
  const { clock } = hejie();
  const before = clock.aheadMs;
  clock.aheadMs += ms;
  await then().finally(() => {
    clock.aheadMs = before;
  });
}

describe('a notice by SMS or instant message', () => {
  it('goes by the channel and in the language that the party prefers, signed, once, and says the time limit it is tied to', async () => {
    const { gateway, clock } = hejie();
    const respondents = [{ ...theEmployer, preferredChannel: 'im', language: 'zh' }];
    const caseNo = await register({ region, workers: [text], respondents }, here);
    const result = await untilIs('sent', caseNo, 'result', 'w1');
    expect(result).toMatchObject({ channel: 'sms', message: `${result.id}.sms`, together: false, paper: null });
    const sms = gateway.kept.get(`${result.id}.sms`);
    expect(sms).toEqual({
      ...{ id: result.id, channel: 'sms', to: theWorker.phone, language: 'zh' },
      text: `【和解】案件有新的进展，请登录查看。案号${caseNo}`,
    });

    // It has taken the message and dies before it says so: the message comes again under the same id.
    gateway.mood = 'takesAndDies';
    await serve(caseNo);
    const waiting = await eventually('a message without an answer', async () => {
      const notice = await noticeOf(caseNo, 'requestServed', 'r1');
      return notice?.attempts === 1 && notice;
    });
    gateway.mood = 'takes';
    clock.aheadMs += 3000;
    const served = await untilIs('sent', caseNo, 'requestServed', 'r1');
    expect(served).toMatchObject({ id: waiting.id, channel: 'im', attempts: 2, deadline: '1:negotiation.response' });
    expect(gateway.heard.get(`${served.id}.im`)).toBe(2);
    const message = gateway.kept.get(`${served.id}.im`);
    expect(message).toMatchObject({ to: theEmployer.phone, language: 'zh', subject: `【和解】协商要求 (${caseNo})` });
    expect(message?.text).toContain('24:00 届满');
    expect(message?.text).not.toContain('Please');
    expect(gateway.forged).toBe(0);
    expect((await hejie().get(here, `/v1/cases/${caseNo}`)).body.parties).toContainEqual(
      expect.objectContaining({ id: 'r1', preferredChannel: 'im', language: 'zh' }),
    );
  });

  it('that a sender was killed over is not sent twice: the gateway sees the same id', async () => {
    const { gateway, db } = hejie();
    const { url, secret } = gateway.gateway;
    const caseNo = '510105-2026-900001';
    await seedCase(caseNo);
    let id = '';
    // What a process does that is killed between the gateway's "accepted" and its own mark: all but the mark.
    const killed = await db.begin(async (tx) => {
      id = await seedNotice(tx, caseNo, {
        ...{ recipient: 'operator', phone: '13900000001', channels: ['sms'], channel: 'sms' },
        ...{ next_attempt_at: '1970-01-01T00:00:00Z' },
      });
      const dying = { begin: (work: (inner: Tx) => Promise<unknown>) => tx.savepoint(work) } as unknown as Db;
      return relayNotice(dying, new Date().toISOString(), {
        plan: () => Promise.reject(new Error('planned already')),
        notBefore: async (_, now) => ({ at: now }),
        async send([notice]) {
          const target = { url, sign: (message: string, body: string) => signed(secret, message, body) };
          const sms = { id: notice.id, channel: 'sms', to: notice.phone ?? '', text: '…', language: 'zh' } as const;
          expect(await sendByGateway(target, sms)).toEqual({ messageId: `${id}.sms` });
          throw new Error('killed');
        },
      }).catch((error: Error) => error.message);
    });
    expect(killed).toBe('killed');
    await eventually('the message to be marked', async () => {
      const [row] = await hejie().db`select status from notices where id = ${id}`;
      return row?.status === 'sent';
    });
    expect(gateway.heard.get(`${id}.sms`)).toBe(2);
    expect([...gateway.kept.values()].filter((one) => one.id === id)).toHaveLength(1);
  });
});

describe('a notice of the night', () => {
  it('waits until the morning', () =>
    later(10 * HOUR, async () => {
      const caseNo = await register({ region }, here);
      const held = await eventually('a notice that is held', async () => {
        const notice = await noticeOf(caseNo, 'result', 'w1');
        return notice?.heldUntil ? notice : undefined;
      });
      expect(held).toMatchObject({ status: 'queued', attempts: 0 });
      // 08:00 in Shanghai.
      expect(held.heldUntil).toMatch(/T00:00:00\.000Z$/);
      await later(10 * HOUR, async () => {
        await untilIs('sent', caseNo, 'result', 'w1');
      });
    }));

  it('of an office goes with others in one mail in the morning, and each says in which', async () => {
    const cases = ['510105-2026-900002', '510105-2026-900003'];
    const ids: string[] = [];
    for (const caseNo of cases) {
      await seedCase(caseNo);
      ids.push(await seedNotice(hejie().db, caseNo, { recipient: 'operator', email: 'window@example.test' }));
    }
    const rows = () => hejie().db`select * from notices where id in ${hejie().db(ids)} order by created_at`;
    await eventually('both to wait for the morning', async () => (await rows()).every(({ digest }) => digest));
    await later(20 * HOUR, async () => {
      await eventually('both to go', async () => (await rows()).every(({ status }) => status === 'sent'));
    });
    const messageId = `<${ids[0]}@hejie>`;
    expect(await rows()).toMatchObject(ids.map(() => ({ message_id: messageId, sent_with: ids[0] })));
    const mails = (await readCaughtMail(hejie().servers.dataDir)).filter(({ recipients }) =>
      recipients.includes('window@example.test'),
    );
    expect(mails).toMatchObject([{ messageId, subject: '【和解】今日事项 2 件 2 matters of today', deliveries: 1 }]);
    for (const caseNo of cases) expect(mails[0]?.text).toContain(`[${caseNo}] 期限将至 A time limit is near`);
    const [notice] = await items(`/v1/cases/${cases[1]}/notices`, administrator);
    expect(notice).toMatchObject({
      message: messageId,
      together: true,
      digestSha256: expect.stringMatching(/^\w{64}$/),
    });
  });
});

describe('the notices that failed', () => {
  const list = (query = '', by: Person = here) => hejie().get(by, `/v1/notices?${query}`);

  it('are in one list across cases, without an address, and are sent again by a channel that works', async () => {
    const { gateway } = hejie();
    gateway.moods.sms = 'refuses';
    const workers = [{ ...text, email: undefined }];
    const [one, two] = [await register({ region, workers }, here), await register({ region, workers }, here)];
    // What SMS cannot do, an instant message does.
    const first = await untilIs('sent', one, 'result', 'w1');
    expect(first).toMatchObject({ channel: 'im', attempts: 2, error: null });
    await untilIs('sent', two, 'result', 'w1');
    gateway.moods.im = 'refuses';
    const again = (caseNo: string, id: string, body?: unknown, by = here) =>
      hejie().post(by, `/v1/cases/${caseNo}/notices/${id}/resend`, body);
    const failing = [];
    for (const caseNo of [one, two]) failing.push(await again(caseNo, (await noticeOf(caseNo, 'result', 'w1')).id));
    expect(failing.map(({ status }) => status)).toEqual([202, 202]);
    const found = await eventually('both to fail', async () => {
      const { body } = await list('status=failed');
      return body.items.length === 2 && body.items;
    });
    expect(found.map((notice: { case: string }) => notice.case)).toEqual([two, one]);
    expect(found[0]).toMatchObject({
      ...{ region, template: 'result', recipient: 'w1', channel: 'im', attempts: 2, status: 'failed' },
      ...{ error: 'the gateway answered 422', links: { case: `/v1/cases/${two}` } },
    });
    expect(JSON.stringify(found)).not.toContain(theWorker.phone);
    const half = (await list('limit=1')).body;
    const rest = (await list(`limit=1&cursor=${half.nextCursor}`)).body;
    expect([...half.items, ...rest.items]).toEqual(found);
    expect(rest.nextCursor).toBeNull();
    expect((await list('region=510100', administrator)).body.items).toEqual(found);
    expect((await list('region=310000', administrator)).body.items).not.toContainEqual(found[0]);
    expect((await list('', { ...here, region: '310116' })).body.items).not.toContainEqual(found[0]);

    gateway.moods.sms = 'takes';
    const sent = await again(one, found[1].id, { channel: 'sms' });
    expect(sent.status).toBe(202);
    await eventually('the message', async () => gateway.kept.get(`${sent.body.id}.sms`));
    delete gateway.moods.sms;
    delete gateway.moods.im;

    await nothingChanges(two, async () => {
      expectProblem(await again(two, found[0].id, { channel: 'email' }), 409, 'channel-unavailable');
      expectProblem(await again(two, found[0].id, { channel: 'fax' }), 422, 'bad-input', '/channel');
      expectProblem(await again(two, found[0].id, { channel: 'sms' }, worker), 403, 'not-allowed');
    });
    expectProblem(await list('', worker), 403, 'not-allowed');
    expectProblem(await list('', union), 403, 'not-allowed');
    expectProblem(await list('status=lost'), 422, 'bad-input', '/status');
    expectProblem(await list('region=510199'), 422, 'unknown-region', '/region');
    expectProblem(await list('cursor=zzz'), 422, 'bad-input', '/cursor');
  });
});

/** Rows as a step writes them, without the path that leads there. */
const seedCase = (caseNo: string) =>
  hejie()
    .db`insert into cases (case_no, region, channel, stage, intake) values (${caseNo}, ${region}, 'window', 'closed', '{}')`;
async function seedNotice(db: Db | Tx, caseNo: string, more: Record<string, unknown>): Promise<string> {
  const data = json(db, { event: 'clock.reminded', detail: {} });
  const [row] = await db`
    insert into notices ${db({ case_no: caseNo, seq: 1, number: 0, template: 'reminder', data, status: 'queued', ...more })}
    returning id`;
  return row?.id as string;
}
