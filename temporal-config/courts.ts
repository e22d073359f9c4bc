import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Env } from './env.ts';

/** A court whose system speaks with this one. */
export interface Court {
  id: string;
  /** The region whose cases it may send. */
  region: string;
  /** Key of the signatures in both directions, `whsec_<base64>`. */
  secret: string;
  /** Where it is told what came of its cases; without it that waits. */
  url?: string;
}

/** The courts of the environment; on one machine, with the issuer of its own, one for trying out, with a secret of its own. */
export async function readCourts({ courts, oidcIssuer, dataDir }: Env): Promise<Court[]> {
  if (courts !== undefined) return courts;
  if (oidcIssuer !== undefined) return [];
  return [{ id: 'dev', region: '000000', secret: await developmentSecret(dataDir) }];
}

async function developmentSecret(dataDir: string): Promise<string> {
  const file = join(dataDir, 'dev-court-secret');
  const fresh = `${file}.${process.pid}`;
  await mkdir(dataDir, { recursive: true });
  await writeFile(fresh, `whsec_${randomBytes(32).toString('base64')}`, { mode: 0o600 });
  // The first process wins: API and worker start at the same time.
  await link(fresh, file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await rm(fresh);
  return readFile(file, 'utf8');
}

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
