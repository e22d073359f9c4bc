import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type GatewayMessage, sendByGateway } from '../../../activities/notices/gateway.ts';
import { withoutAddresses } from '../../../activities/notices/sent.ts';
import { readEnv } from '../../../temporal-config/env.ts';
import { freePorts } from '../../../temporal-config/ports.ts';
import { signed } from '../../../temporal-config/signatures.ts';
import { NoticeGatewaySimulator } from '../../support/notice-gateway.ts';

const key = (word: string) => `whsec_${Buffer.from(`${word}, a key that exists in tests only`).toString('base64')}`;
const { gateway: port } = await freePorts(['gateway']);
const url = `http://127.0.0.1:${port}/hejie`;
const theirs = new NoticeGatewaySimulator({ url, secret: key('one') });
const target = (secret = key('one')) => ({ url, sign: (id: string, body: string) => signed(secret, id, body) });
const message: GatewayMessage = { id: 'n1', channel: 'sms', to: '13800000000', text: '请按时回应。', language: 'zh' };

beforeAll(() => theirs.comeUp());
afterAll(() => theirs.goDown());
beforeEach(() => {
  theirs.kept.clear();
  theirs.heard.clear();
  theirs.mood = 'takes';
});

describe('the gateway of SMS and instant messages', () => {
  it('gets each message signed, and once: one that comes twice has the same id', async () => {
    for (const _ of [1, 2]) expect(await sendByGateway(target(), message)).toEqual({ messageId: 'n1.sms' });
    await sendByGateway(target(), { ...message, channel: 'im', subject: '协商要求' });
    expect([...theirs.heard]).toEqual([
      ['n1.sms', 2],
      ['n1.im', 1],
    ]);
    expect(theirs.kept.get('n1.sms')).toEqual(message);
  });

  it('does not believe who has another key; that is tried again, since the key may be put right', async () => {
    expect(await sendByGateway(target(key('two')), message)).toEqual({
      ...{ error: 'the gateway answered 401', forGood: false },
    });
    expect(theirs.heard.size).toBe(0);
  });

  it('refuses a message for good, fails for a while, and dies after it has taken one', async () => {
    theirs.mood = 'refuses';
    expect(await sendByGateway(target(), message)).toEqual({ error: 'the gateway answered 422', forGood: true });
    theirs.mood = 'fails';
    expect(await sendByGateway(target(), message)).toEqual({ error: 'the gateway answered 503', forGood: false });
    theirs.mood = 'takesAndDies';
    expect(await sendByGateway(target(), message)).toMatchObject({ forGood: false });
    expect(theirs.kept.size).toBe(1);
  });

  it('is connected by two variables that are set together', () => {
    const both = { NOTICE_GATEWAY_URL: url, NOTICE_GATEWAY_SECRET: key('one') };
    expect(readEnv(both).noticeGateway).toEqual({ url, secret: key('one') });
    expect(readEnv({}).noticeGateway).toBeUndefined();
    expect(() => readEnv({ NOTICE_GATEWAY_URL: url })).toThrow(/NOTICE_GATEWAY_SECRET/);
    expect(() => readEnv({ ...both, NOTICE_GATEWAY_SECRET: 'open sesame' })).toThrow(/NOTICE_GATEWAY_SECRET/);
  });
});

describe('why a notice failed', () => {
  it('is kept without the address', () => {
    const said = withoutAddresses('550 <li.ming@example.test>: no such mailbox; 13800001234 at 127.0.0.1:1025');
    expect(said).toBe('550 <…>: no such mailbox; … at 127.0.0.1:1025');
  });
});
