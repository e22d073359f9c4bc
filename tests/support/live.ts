/**
 * Hejie as it runs: real servers on free ports, worker and API as processes of their own, called over HTTP. Each can be
 * killed and started again.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Client, Connection } from '@temporalio/client';
import type { Role } from '../../api/auth.ts';
import { devKeys, signDevToken } from '../../api/dev-issuer.ts';
import { type Db, openDb } from '../../db/client.ts';
import { migrate } from '../../db/migrate.ts';
import { childEnv, projectRoot, readEnv } from '../../temporal-config/env.ts';
import { tsxFlags } from '../../temporal-config/processes.ts';
import { startTestServers, type TestServers } from './servers.ts';

/** One process of ours. */
export interface Part {
  pid: number;
  kill(signal?: NodeJS.Signals): Promise<void>;
  /** What it has written to its log. */
  log(): string;
}

export interface Answer {
  /** 0 where the connection broke. */
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: what came over the wire; the tests say what it must be
  body: any;
}

/** Calls the API as a member of staff. */
export interface Caller {
  get(path: string): Promise<Answer>;
  post(path: string, body: unknown, more?: { key?: string; role?: Role; as?: string }): Promise<Answer>;
}

export interface Live extends Caller {
  servers: TestServers;
  db: Db;
  temporal: Client;
  /** Starts one more; `stop` ends whatever still runs. */
  start(name: 'worker' | 'api', env?: Record<string, string>): Promise<Part>;
  stop(): Promise<void>;
}

/** Calls an API by the keys of its data directory. */
export async function createCaller(dataDir: string, port: number): Promise<Caller> {
  const keys = await devKeys(dataDir);
  const { oidcAudience } = readEnv();
  const tokens = new Map<string, Promise<string>>();
  const tokenOf = (role: Role, subject: string): Promise<string> => {
    const token = tokens.get(subject) ?? signDevToken(keys, { subject, role, audience: oidcAudience });
    tokens.set(subject, token);
    return token;
  };

  async function call(
    method: string,
    path: string,
    role: Role,
    { body, key, as = `live-${role}` }: { body?: unknown; key?: string | undefined; as?: string | undefined } = {},
  ): Promise<Answer> {
    try {
      const response = await fetch(`http://127.0.0.1:${port}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${await tokenOf(role, as)}`,
          connection: 'close',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(key === undefined ? {} : { 'idempotency-key': key }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return { status: response.status, body: await response.json() };
    } catch {
      return { status: 0, body: undefined };
    }
  }
  return {
    get: (path) => call('GET', path, 'operator'),
    post: (path, body, { key, role = 'operator', as } = {}) => call('POST', path, role, { body, key, as }),
  };
}

/** Starts the servers with an empty database; worker and API are the test's to start. */
export async function startLive(): Promise<Live> {
  const servers = await startTestServers();
  await migrate(servers.databaseUrl);
  const db = openDb(servers.databaseUrl, { max: 6 });
  const connection = await Connection.connect({ address: servers.temporalAddress });
  const parts = new Set<Part>();
  const caller = await createCaller(servers.dataDir, servers.ports.api);

  return {
    servers,
    db,
    temporal: new Client({ connection, namespace: servers.temporalNamespace }),
    async start(name, env = {}) {
      const part = await startPart(name, { ...servers.env, ...env });
      parts.add(part);
      return part;
    },
    ...caller,
    async stop() {
      await Promise.all([...parts].map((part) => part.kill('SIGTERM')));
      await connection.close().catch(() => undefined);
      await db.end({ timeout: 2 });
      await servers.stop();
    },
  };
}

async function startPart(name: 'worker' | 'api', env: Record<string, string>): Promise<Part> {
  const child: ChildProcess = spawn(process.execPath, [...tsxFlags(), join(projectRoot, name, 'main.ts')], {
    cwd: projectRoot,
    env: childEnv({ NOTICE_HOURS: 'ignored', ...env, LOG_LEVEL: 'info' }),
    // The channel ends it should this process end first.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const lines: string[] = [];
  const ended = once(child, 'exit');
  const ready = new Promise<void>((isReady) => {
    for (const stream of [child.stdout, child.stderr])
      if (stream)
        createInterface({ input: stream }).on('line', (line) => {
          lines.push(line);
          if (line.includes(`"ready":"${name}"`)) isReady();
        });
  });
  await Promise.race([
    ready,
    ended.then(() => {
      throw new Error(`${name} ended before it was ready:\n${lines.join('\n')}`);
    }),
  ]);
  return {
    pid: child.pid ?? 0,
    log: () => lines.join('\n'),
    async kill(signal = 'SIGKILL') {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill(signal);
        await ended;
      }
    },
  };
}

/** Asks again until the answer is there, for at most so many seconds; then says what it was waiting for. */
export async function eventually<T>(
  what: string,
  look: () => Promise<T | undefined | false>,
  seconds = 30,
): Promise<T> {
  const until = Date.now() + seconds * 1000;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > until) throw new Error(`waited ${seconds} s in vain for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
