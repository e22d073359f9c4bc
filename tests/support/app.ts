/**
 * The whole of Hejie in one process: real Temporal, Postgres and mail catcher, the case worker, and the HTTP app called
 * through `app.request`, so that no port is needed. Everything that is logged goes into a buffer.
 */
import { join } from 'node:path';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { pino } from 'pino';
import { createApp } from '../../api/app.ts';
import { localKeys, type Role } from '../../api/auth.ts';
import type { ApiDeps, ApiEnv } from '../../api/deps.ts';
import { DEV_ISSUER, devJwks, devKeys, signDevToken } from '../../api/dev-issuer.ts';
import { createPrinter } from '../../api/papers/printer.ts';
import { calendarsRevision, listCalendars } from '../../db/calendars.ts';
import { type Db, openDb } from '../../db/client.ts';
import { migrate } from '../../db/migrate.ts';
import { releaseStore } from '../../db/releases.ts';
import { openChannels } from '../../domain/notices.ts';
import { nextHour } from '../../notices/quiet-hours.ts';
import { createCalendarSource, readCalendarFiles } from '../../rules/calendar-source.ts';
import { loadRuleBook } from '../../rules/index.ts';
import { createReleaseSource } from '../../rules/release-source.ts';
import type { Court } from '../../temporal-config/courts.ts';
import { readEnv } from '../../temporal-config/env.ts';
import { readCaughtMail } from '../../temporal-config/mail-catcher.ts';
import { freePorts } from '../../temporal-config/ports.ts';
import { type CaseWorker, createCaseWorker } from '../../worker/create-worker.ts';
import { NoticeGatewaySimulator } from './notice-gateway.ts';
import { startTestServers, type TestServers } from './servers.ts';

export const AUDIENCE = 'hejie-test';

/** Key of the court that the tests dock with. */
const SECRET = `whsec_${Buffer.from('A court that exists in tests only').toString('base64')}`;

/** Somebody who calls: an account, its role and, for staff, the region of the office. */
export interface Person {
  subject: string;
  role: Role;
  region?: string;
}

export interface Answer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: what came over the wire; the tests say what it must be
  body: any;
  text: string;
}

export interface Call {
  body?: unknown;
  /** Sent as it is, instead of `body`. */
  raw?: string | ReadableStream | FormData;
  headers?: Record<string, string>;
  key?: string;
  ifMatch?: string;
}

export interface App {
  servers: TestServers;
  /** Of SMS and instant messages. */
  gateway: NoticeGatewaySimulator;
  /** How far what the time is for notices lies ahead: the tests begin at noon in Shanghai. */
  clock: {
    aheadMs: number;
    /** How many days later it is for the rules in force. */
    daysAheadForRules: number;
  };
  db: Db;
  deps: ApiDeps;
  app: OpenAPIHono<ApiEnv>;
  keys: Awaited<ReturnType<typeof devKeys>>;
  /** Counts a problem that was answered by another app than this one. */
  sawProblem(code: string): void;
  /** Everything logged so far, by the API and by the worker. */
  logged(): string;
  tokenOf(person: Person): Promise<string>;
  /** Calls as a person, or as nobody. */
  call(person: Person | undefined, method: string, path: string, call?: Call): Promise<Answer>;
  get(person: Person | undefined, path: string): Promise<Answer>;
  post(person: Person | undefined, path: string, body?: unknown, more?: Omit<Call, 'body'>): Promise<Answer>;
  stopWorker(): Promise<void>;
  startWorker(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts everything once. `onProblem` hears the code of every problem that is answered. */
export async function startApp(onProblem: (code: string) => void = () => undefined): Promise<App> {
  const lines: string[] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) });
  Runtime.install({
    logger: new DefaultLogger('WARN', ({ level, message, meta }) => {
      lines.push(`${level} ${message} ${JSON.stringify(meta, replaceUnwritable)}\n`);
    }),
    telemetryOptions: { logging: { forward: {}, filter: 'WARN' } },
    shutdownSignals: [],
  });
  const servers = await startTestServers();
  // The court's own port is known before it listens there: it may be down.
  const { court: courtPort, gateway: gatewayPort } = await freePorts(['court', 'gateway']);
  const gateway = { url: `http://127.0.0.1:${gatewayPort}/hejie`, secret: SECRET.replace('A', 'C') };
  const clock = { aheadMs: untilNoon(), daysAheadForRules: 0 };
  const rulesClock = () => new Date(Date.now() + clock.daysAheadForRules * 86_400_000);
  const courts: Court[] = [
    { id: 'shanghai', region: '310000', secret: SECRET, url: `http://127.0.0.1:${courtPort}/hejie` },
    { id: 'beijing', region: '110000', secret: SECRET.replace('A', 'B') },
  ];
  await migrate(servers.databaseUrl);
  const db = openDb(servers.databaseUrl, { max: 8 });
  const connection = await Connection.connect({ address: servers.temporalAddress });
  const keys = await devKeys(join(servers.dataDir, 'issuer'));
  const jwks = devJwks(keys);
  const releases = await createReleaseSource(await loadRuleBook(), releaseStore(db), rulesClock);
  const deps: ApiDeps = {
    db,
    temporal: new Client({ connection, namespace: servers.temporalNamespace }),
    auth: { issuer: DEV_ISSUER, audience: AUDIENCE, keys: localKeys(jwks) },
    releases,
    get rules() {
      return releases.current();
    },
    ruleBook: (sha256) => releases.ruleBook(sha256),
    calendar: await createCalendarSource({ list: () => listCalendars(db), revision: () => calendarsRevision(db) }),
    statutory: (await readCalendarFiles()).statutory,
    courts,
    noticeChannels: openChannels(true),
    mostUploadBytes: readEnv({}).mostUploadBytes,
    printer: createPrinter(),
    log,
    devJwks: jwks,
    caughtMail: () => readCaughtMail(servers.dataDir),
  };
  const app = createApp(deps);

  let running: { worker: CaseWorker; stopped: Promise<void> } | undefined;
  const startWorker = async () => {
    const worker = await createCaseWorker({
      databaseUrl: servers.databaseUrl,
      temporalAddress: servers.temporalAddress,
      namespace: servers.temporalNamespace,
      smtpUrl: servers.smtpUrl,
      mailFrom: '和解 Hejie <hejie@localhost>',
      cacheDir: readEnv().cacheDir,
      courts,
      gateway,
      noticeHours: 'kept',
      rulesClock,
      noticeClock: () => new Date(Date.now() + clock.aheadMs).toISOString(),
      log,
    });
    const stopped = worker.run();
    stopped.catch(() => undefined);
    running = { worker, stopped };
  };
  const stopWorker = async () => {
    const current = running;
    running = undefined;
    if (!current) return;
    if (current.worker.worker.getState() === 'RUNNING') current.worker.shutdown();
    await current.stopped.catch(() => undefined);
  };
  const gatewayThere = new NoticeGatewaySimulator(gateway);
  await gatewayThere.comeUp();
  await startWorker();

  const tokens = new Map<string, Promise<string>>();
  const tokenOf = (person: Person): Promise<string> => {
    const name = JSON.stringify(person);
    const known = tokens.get(name) ?? signDevToken(keys, { ...person, audience: AUDIENCE });
    tokens.set(name, known);
    return known;
  };

  const call: App['call'] = async (person, method, path, { body, raw, headers = {}, key, ifMatch } = {}) => {
    const sent = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const response = await app.request(path, {
      method,
      headers: {
        ...(person ? { authorization: `Bearer ${await tokenOf(person)}` } : {}),
        ...(sent === undefined || sent instanceof FormData ? {} : { 'content-type': 'application/json' }),
        ...(key === undefined ? {} : { 'idempotency-key': key }),
        ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
        ...headers,
      },
      ...(sent === undefined ? {} : { body: sent }),
    });
    const text = await response.text();
    const type = response.headers.get('content-type') ?? '';
    const answered = type.includes('json') ? JSON.parse(text) : undefined;
    if (type === 'application/problem+json') onProblem(answered.code);
    return { status: response.status, headers: response.headers, text, body: answered };
  };

  return {
    servers,
    gateway: gatewayThere,
    clock,
    db,
    deps,
    app,
    keys,
    sawProblem: onProblem,
    logged: () => lines.join(''),
    tokenOf,
    call,
    get: (person, path) => call(person, 'GET', path),
    post: (person, path, body, more = {}) => call(person, 'POST', path, { body, ...more }),
    stopWorker,
    startWorker,
    async stop() {
      await stopWorker();
      await gatewayThere.goDown();
      await deps.printer.stop();
      await connection.close().catch(() => undefined);
      await db.end({ timeout: 3 });
      await servers.stop();
    },
  };
}

/** No test of the day may fail at night, when notices are held back. */
const untilNoon = (): number => Date.parse(nextHour(new Date().toISOString(), 12)) - Date.now();

/** A logger's meta may hold what JSON cannot: numbers too big, circles. */
function replaceUnwritable(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value instanceof Error ? `${value.name}: ${value.message}` : value;
}

/** Asks again until the answer is there, for at most so many seconds; then says what it was waiting for. */
export async function eventually<T>(
  what: string,
  look: () => Promise<T | undefined | false>,
  seconds = 15,
): Promise<T> {
  const until = Date.now() + seconds * 1000;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > until) throw new Error(`waited ${seconds} s in vain for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
