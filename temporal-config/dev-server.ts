import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Durability } from './env.ts';
import { answers } from './ports.ts';
import { endLeftover, logFile, logTail, type ServerProcess, settlesWithin, startProcess } from './processes.ts';
import { messageOf, StartError } from './start-error.ts';

const run = promisify(execFile);

/** What cases can be looked up by in Temporal. No personal data. */
export const searchAttributes = {
  CaseStage: 'Keyword',
  Region: 'Keyword',
  DueOn: 'Keyword',
  RuleRelease: 'Keyword',
} as const;

/**
 * Worker Deployments and Updates are on by themselves in this server (1.32). What is raised: a case run may take many acts
 * before it continues as new, and a group case many at the same moment (the server's own limits are 10 and 2000). A run that
 * was short need not wait out a second before the next one of the chain begins: intake always is.
 */
export const dynamicConfig = {
  'history.maxInFlightUpdates': 1000,
  'history.maxTotalUpdates': 10_000,
  'history.workflowIdReuseMinimalInterval': '"1ms"',
} as const;

/** A profile that the user has for another cluster must not steer the CLI here. */
const ownConfigOnly = ['--disable-config-file', '--disable-config-env'];

/** A closed run of a chain stays readable for ten years; the dev server's own is one day. */
const retention = '3650d';

export type DevServer = ServerProcess & { address: string; uiUrl: string };

export type DevServerOptions = {
  /** The CLI, from `findTemporalCli`. */
  cli: string;
  dataDir: string;
  ports: { temporal: number; temporalUi: number };
  namespace: string;
  durability: Durability;
};

/** Ends what an earlier run left behind. True when there was something. */
export const endLeftoverDevServer = (dataDir: string) => endLeftover(dataDir, 'temporal', 'SIGINT');

/** Starts Temporal on its file in the data directory and waits until its frontend answers. Throws `temporal-failed`. */
export async function startDevServer(options: DevServerOptions): Promise<DevServer> {
  const { cli, dataDir, ports, namespace, durability } = options;
  const database = join(dataDir, 'temporal.db');
  const address = `127.0.0.1:${ports.temporal}`;
  const args = [
    ...['server', 'start-dev', '--ip', '127.0.0.1', '--db-filename', database],
    ...['--port', String(ports.temporal), '--ui-port', String(ports.temporalUi)],
    ...['--sqlite-pragma', 'journal_mode=WAL'],
    // With a write-ahead log, NORMAL loses nothing when a process is killed; only a power cut may take the last moments.
    ...['--sqlite-pragma', `synchronous=${durability === 'full' ? 'FULL' : 'NORMAL'}`],
    ...['--namespace', namespace],
    ...ownConfigOnly,
    ...['--log-level', 'warn', '--log-format', 'json', '--ui-disable-news-fetch'],
    ...Object.entries(searchAttributes).flatMap(([name, type]) => ['--search-attribute', `${name}=${type}`]),
    ...Object.entries(dynamicConfig).flatMap(([key, value]) => ['--dynamic-config-value', `${key}=${value}`]),
  ];
  const server = await startProcess({
    name: 'temporal',
    command: cli,
    args,
    dataDir,
    marker: database,
    stopSignal: 'SIGINT',
  });
  try {
    await waitUntilReady(server, cli, address, namespace, ports.temporal);
  } catch (error) {
    await server.stop(2_000);
    const log = `${logFile(dataDir, 'temporal')}\n${logTail(dataDir, 'temporal')}`;
    const text = {
      zh: `Temporal 服务器未能启动（${messageOf(error)}）。日志：${log}`,
      en: `The Temporal server did not start (${messageOf(error)}). Its log: ${log}`,
    };
    throw new StartError('temporal-failed', text, { cause: error });
  }
  return { ...server, address, uiUrl: `http://127.0.0.1:${ports.temporalUi}` };
}

async function waitUntilReady(server: ServerProcess, cli: string, address: string, namespace: string, port: number) {
  const until = Date.now() + 60_000;
  const ask = (...command: string[]) =>
    run(cli, [...command, '--address', address, '--command-timeout', '5s', ...ownConfigOnly], { timeout: 10_000 });
  let last: unknown = new Error('no answer within 60 s');
  while (Date.now() < until) {
    if (server.hasExited()) throw new Error('it ended at once');
    // The port first: that costs nothing, a run of the CLI costs a process.
    if (await answers(port)) {
      try {
        await ask('operator', 'namespace', 'update', '--namespace', namespace, '--retention', retention);
        return;
      } catch (error) {
        last = error;
      }
    }
    await settlesWithin(server.exited, 50);
    await sleep(0);
  }
  throw last;
}
