/**
 * What `npm start` does: the whole of Hejie on this machine. Starts the servers, brings the database up to date, starts worker and API,
 * keeps them running, and stops all of it in order.
 */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { migrate } from '../db/migrate.ts';
import { childEnv, type Env, projectRoot, readEnv, startedByNpm } from '../temporal-config/env.ts';
import { type MailCatcher, startMailCatcher } from '../temporal-config/mail-catcher.ts';
import { lookUp } from '../temporal-config/processes.ts';
import { type Stack, startServers } from '../temporal-config/stack.ts';
import { messageOf, StartError } from '../temporal-config/start-error.ts';
import type { Progress } from '../temporal-config/temporal-cli.ts';
import { type Child, keepRunning } from './child.ts';
import { createProgress } from './progress.ts';

/** In the order in which they are stopped. */
const parts = [
  { name: 'api', file: join(projectRoot, 'api/main.ts') },
  { name: 'worker', file: join(projectRoot, 'worker/main.ts') },
] as const;

type Part = { name: string; file: string };

const print = (line: string) => void process.stdout.write(`${line}\n`);

type Hejie = { stop(): Promise<void> };

/** Starts everything and prints where it is. When one thing fails, what was started is stopped again. */
async function start(env: Env, run: readonly Part[] = parts): Promise<Hejie> {
  const since = Date.now();
  const progress = createProgress(print);
  print('和解 Hejie 正在启动 is starting');
  let isStopping = false;
  const stack = await startServers({
    ...{ dataDir: env.dataDir, cacheDir: env.cacheDir, ports: env.ports, durability: env.durability },
    ...{ namespace: env.temporalNamespace, temporalAddress: env.temporalAddress },
    ...{ databaseUrl: env.databaseUrl, smtpUrl: env.smtpUrl },
    startMail: startMailCatcher,
    callersPorts: { api: env.ports.api },
    callersProcesses: run.map(({ name }) => name),
    progress,
    onServerLost: (server) => void bringBack(server),
  });
  const children: Child[] = [];
  const stop = async () => {
    isStopping = true;
    for (const child of children) await child.stop();
    await stack.stop();
  };
  try {
    await progress({ zh: '正在更新数据库结构', en: 'Bringing the database up to date' }, () =>
      applyMigrations(stack.databaseUrl),
    );
    children.push(...(await startParts(env, stack, run, progress)));
  } catch (error) {
    await stop();
    throw error;
  }
  print(banner(env, stack, Date.now() - since));
  return { stop };

  /** A server that ended by itself is started again on its files; worker and API find it at the same address. */
  async function bringBack(server: 'temporal' | 'postgres') {
    for (let pause = 500; !isStopping; pause = Math.min(pause * 2, 30_000)) {
      print(`  ! ${server} 意外退出，正在重新启动 ended by itself; starting it again`);
      await sleep(pause);
      if (isStopping) return;
      try {
        await (server === 'temporal' ? stack.startTemporal() : stack.startPostgres());
        print(`  ✓ ${server} 已恢复 is running again`);
        return;
      } catch (error) {
        print(messageOf(error));
      }
    }
  }
}

async function applyMigrations(databaseUrl: string): Promise<void> {
  const { applied } = await migrate(databaseUrl);
  if (applied.length > 0) print(`  ✓ 数据库已更新 Migrations applied: ${applied.join(', ')}`);
}

async function startParts(env: Env, stack: Stack<MailCatcher>, run: readonly Part[], progress: Progress) {
  const handedOn = childEnv({
    DATABASE_URL: stack.databaseUrl,
    TEMPORAL_ADDRESS: stack.temporalAddress,
    TEMPORAL_NAMESPACE: stack.temporalNamespace,
    SMTP_URL: stack.smtpUrl,
    HEJIE_MAIL_CAUGHT: stack.mail === undefined ? 'no' : 'yes',
    HEJIE_DATA_DIR: env.dataDir,
    HEJIE_CACHE_DIR: env.cacheDir,
  });
  const starts = run.map(({ name, file }) =>
    progress({ zh: `正在启动 ${name}`, en: `Starting ${name}` }, () =>
      keepRunning({ name, file, dataDir: env.dataDir, env: handedOn, print }),
    ),
  );
  const outcomes = await Promise.allSettled(starts);
  const failure = outcomes.find((outcome) => outcome.status === 'rejected');
  const started = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  if (failure === undefined) return started;
  for (const child of started) await child.stop();
  throw failure.reason;
}

function banner(env: Env, stack: Stack<MailCatcher>, tookMs: number): string {
  const api = `http://${env.apiHost === '0.0.0.0' ? '127.0.0.1' : env.apiHost}:${env.ports.api}`;
  const rows: [string, string][] = [
    ['接口 API', api],
    ['接口文档 Docs', `${api}/docs`],
    ['Temporal', stack.temporalUi ?? stack.temporalAddress],
    ['邮件 Mail', stack.mail === undefined ? new URL(stack.smtpUrl).host : `${api}/dev/mail`],
    ['数据目录 Data', env.dataDir],
    ['令牌 Token', 'npm run token -- --role operator --region 310116'],
    ['下一步 Next', 'npm run demo'],
  ];
  const line = '─'.repeat(72);
  return [
    line,
    `  和解 Hejie 已就绪，用时 ${(tookMs / 1000).toFixed(1)} 秒。按 Ctrl-C 停止；再次启动时案件继续办理。`,
    `  Ready in ${(tookMs / 1000).toFixed(1)} s. Ctrl-C stops it; start it again and every case goes on.`,
    line,
    ...rows.map(([name, value]) => `  ${name}${' '.repeat(16 - widthOf(name))}${value}`),
    line,
  ].join('\n');
}

/** Columns on a terminal: Chinese takes two. */
const widthOf = (text: string) => [...text].reduce((sum, char) => sum + (char > '\u2e80' ? 2 : 1), 0);

/** Runs it until it is told to stop, or until it cannot start, which it says. Ends the process. */
export async function runUntilStopped(run: readonly Part[] = parts): Promise<void> {
  let stopping: Promise<void> | undefined;
  let stopAskedAt = 0;
  const starting = (async () => start(readEnv(), run))();

  const askToStop = () => {
    // npm and the terminal may both pass on one Ctrl-C; a second one is one that comes later.
    if (stopping !== undefined && Date.now() - stopAskedAt > 1_000) process.exit(1);
    if (stopping !== undefined) return;
    stopAskedAt = Date.now();
    print('\n  正在停止，案件状态已保存 Stopping; every case is kept');
    stopping = starting.then(
      ({ stop }) => stop(),
      () => {},
    );
    const late = setTimeout(() => process.exit(1), 60_000);
    void stopping.then(
      () => {
        clearTimeout(late);
        process.exit(0);
      },
      (error: unknown) => {
        print(messageOf(error));
        process.exit(1);
      },
    );
  };
  // Who listened to our output may leave; that is no reason to end.
  process.stdout.on('error', () => {});
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, askToStop);
  watchNpm(askToStop);

  try {
    await starting;
  } catch (error) {
    if (stopping !== undefined) return;
    print(`\n${error instanceof StartError ? error.message : error instanceof Error ? error.stack : String(error)}`);
    process.exit(1);
  }
}

/**
 * `npm start` is a chain: npm, a shell, tsx, and we. A signal to npm ends the shell and comes no further, so when a link is
 * gone, that is our signal.
 */
function watchNpm(onGone: () => void): void {
  if (!startedByNpm()) return;
  const chain = linksUpToNpm();
  const timer = setInterval(() => {
    if (chain.every(({ pid, identity }) => lookUp(pid)?.identity === identity)) return;
    clearInterval(timer);
    onGone();
  }, everyMs);
  timer.unref();
}

/** Asking costs nothing where there is `/proc`, a few processes elsewhere. */
const everyMs = process.platform === 'linux' ? 500 : 5_000;

function linksUpToNpm(): { pid: number; identity: string }[] {
  const links: { pid: number; identity: string }[] = [];
  let pid = process.ppid;
  while (pid > 1 && links.length < 4) {
    const facts = lookUp(pid);
    if (facts === undefined) break;
    links.push({ pid, identity: facts.identity });
    if (/^npm\b|[/\\]npm(-cli\.js)?\b/.test(facts.command)) return links;
    pid = facts.parent;
  }
  // Another runner: what stands above our parent may come and go.
  return links.slice(0, 1);
}
