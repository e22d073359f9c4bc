import { createHmac, timingSafeEqual } from 'node:crypto';

/** Seconds by which the clocks of two systems may differ, and for which a message may be on its way. */
const TOLERANCE_SECONDS = 300;

const signatureOf = (secret: string, id: string, timestamp: string, body: string): string =>
  `v1,${createHmac('sha256', Buffer.from(secret.replace(/^whsec_/, ''), 'base64'))
    .update(`${id}.${timestamp}.${body}`)
    .digest('base64')}`;

/** The headers of a message, by Standard Webhooks. */
export function signed(secret: string, id: string, body: string, now = Date.now()): Record<string, string> {
  const timestamp = String(Math.floor(now / 1000));
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatureOf(secret, id, timestamp, body),
  };
}

/** What is wrong with a message's headers, or its id. Several signatures are for a key that is being changed: one must fit. */
export function verify(
  secret: string,
  header: (name: string) => string | undefined,
  body: string,
  now = Date.now(),
): { id: string } | 'bad-signature' | 'message-too-old' {
  const id = header('webhook-id') ?? '';
  const timestamp = header('webhook-timestamp') ?? '';
  if (!/^[A-Za-z0-9_.-]{1,128}$/.test(id) || !/^\d{1,12}$/.test(timestamp)) return 'bad-signature';
  const expected = Buffer.from(signatureOf(secret, id, timestamp, body));
  const fits = (header('webhook-signature') ?? '').split(' ').some((one) => {
    const given = Buffer.from(one);
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
  if (!fits) return 'bad-signature';
  return Math.abs(now / 1000 - Number(timestamp)) > TOLERANCE_SECONDS ? 'message-too-old' : { id };
}
