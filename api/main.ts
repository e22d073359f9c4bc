// First: it teaches every schema that is made after it what OpenAPI wants to know.
import './openapi.ts';
import { serve } from '@hono/node-server';
import { Client, Connection } from '@temporalio/client';
import { pino } from 'pino';
import { calendarsRevision, listCalendars } from '../db/calendars.ts';
import { openDb } from '../db/client.ts';
import { releaseStore } from '../db/releases.ts';
import { openChannels } from '../domain/notices.ts';
import { createCalendarSource, readCalendarFiles } from '../rules/calendar-source.ts';
import { loadRuleBook } from '../rules/index.ts';
import { createReleaseSource } from '../rules/release-source.ts';
import { readCourts } from '../temporal-config/courts.ts';
import { readEnv } from '../temporal-config/env.ts';
import { readCaughtMail } from '../temporal-config/mail-catcher.ts';
import { createRehearsals } from './administration/rehearsals.ts';
import { createSimulator } from './administration/simulator.ts';
import { createApp } from './app.ts';
import { localKeys, remoteKeys } from './auth.ts';
import type { ApiDeps } from './deps.ts';
import { DEV_ISSUER, devJwks, devKeys } from './dev-issuer.ts';
import { createPrinter } from './papers/printer.ts';
import { startReconciling } from './reconcile.ts';

const env = readEnv();
const log = pino({ level: env.logLevel, name: 'api' }, pino.destination(2));
if (env.databaseUrl === undefined || env.temporalAddress === undefined)
  throw new Error('DATABASE_URL and TEMPORAL_ADDRESS must be set; `npm start` sets them');

const db = openDb(env.databaseUrl, { max: 15 });
const connection = await Connection.connect({ address: env.temporalAddress });
const issuer = env.oidcIssuer;
const keys = issuer === undefined ? await devKeys(env.dataDir) : undefined;
const jwks = keys ? devJwks(keys) : undefined;
const releases = await createReleaseSource(await loadRuleBook(), releaseStore(db));
const deps: ApiDeps = {
  db,
  temporal: new Client({ connection, namespace: env.temporalNamespace }),
  auth: {
    issuer: issuer ?? DEV_ISSUER,
    audience: env.oidcAudience,
    keys: jwks ? localKeys(jwks) : await remoteKeys(issuer ?? ''),
  },
  releases,
  get rules() {
    return releases.current();
  },
  ruleBook: (sha256) => releases.ruleBook(sha256),
  calendar: await createCalendarSource({ list: () => listCalendars(db), revision: () => calendarsRevision(db) }),
  statutory: (await readCalendarFiles()).statutory,
  courts: await readCourts(env),
  noticeChannels: openChannels(env.noticeGateway !== undefined),
  mostUploadBytes: env.mostUploadBytes,
  printer: createPrinter(),
  rehearsals: createRehearsals(env.cacheDir),
  simulator: createSimulator({ db, databaseUrl: env.databaseUrl, log }),
  log,
  ...(jwks ? { devJwks: jwks } : {}),
  ...(env.mailCaught ? { caughtMail: () => readCaughtMail(env.dataDir) } : {}),
};
const reconciling = startReconciling(deps);
const server = serve({ fetch: createApp(deps).fetch, port: env.ports.api, hostname: env.apiHost }, () => {
  process.stdout.write(`${JSON.stringify({ ready: 'api' })}\n`);
});

let stopping = false;
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  reconciling.stop();
  server.close();
  await Promise.all([deps.printer.stop(), deps.rehearsals.stop(), deps.simulator.stop()]);
  await connection.close().catch(() => undefined);
  await db.end({ timeout: 3 });
  process.exit(0);
}
process.on('SIGTERM', () => void stop());
process.on('SIGINT', () => void stop());
process.on('disconnect', () => void stop());
