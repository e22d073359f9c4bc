/**
 * The servers that Hejie runs on, real ones, on the files of one data directory: what `npm start` and the integration tests
 * share.
 */
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { endLeftoverDevServer, startDevServer } from './dev-server.ts';
import type { Durability, ServerPorts } from './env.ts';
import { checkPortsFree, PortInUse } from './ports.ts';
import { endLeftoverPostgres, startPostgresServer } from './postgres-server.ts';
import { becomesTrue, endLeftover, lookUp, type ServerProcess } from './processes.ts';
import { messageOf, StartError } from './start-error.ts';
import { findTemporalCli, type Progress } from './temporal-cli.ts';

/** What catches mail. It is handed in, since this room does not know the worker's. */
export type MailServer = { url: string; stop(): Promise<void> };

export type StackOptions<Mail extends MailServer> = {
  /** Absolute. All state of the stack is under it; one stack at a time. */
  dataDir: string;
  /** Where downloaded programs are kept. */
  cacheDir: string;
  ports: ServerPorts;
  startMail: (options: { port: number; dataDir: string }) => Promise<Mail>;
  namespace?: string;
  durability?: Durability;
  /** Servers of somebody else's: each that is named is not started here. */
  databaseUrl?: string;
  temporalAddress?: string;
  smtpUrl?: string;
  /** Ports that the caller will listen on itself: checked together with the servers'. */
  callersPorts?: { api?: number };
  /** Names of the caller's own processes, whose leftovers are ended before ports are checked. */
  callersProcesses?: readonly string[];
  progress?: Progress;
  /** Told when a server ended that nobody stopped. */
  onServerLost?: (server: 'temporal' | 'postgres') => void;
};

export type Stack<Mail extends MailServer> = {
  temporalAddress: string;
  temporalNamespace: string;
  /** Undefined when the server is somebody else's. */
  temporalUi: string | undefined;
  databaseUrl: string;
  smtpUrl: string;
  /** Undefined when mail goes out for real. */
  mail: Mail | undefined;
  /** Process numbers of the servers that run now. */
  pids(): { temporal?: number; postgres?: number };
  /** Stops everything and lets the data directory go. Safe to call twice. */
  stop(): Promise<void>;
  /** Each server can be stopped and started again on its files; starting one that runs, or stopping one that does not, does nothing. */
  stopTemporal(): Promise<void>;
  startTemporal(): Promise<void>;
  stopPostgres(): Promise<void>;
  startPostgres(): Promise<void>;
  stopMail(): Promise<void>;
  startMail(): Promise<void>;
};

/**
 * Starts Temporal, Postgres and the mail catcher, beside one another, after what a killed run left in the data directory has
 * been ended. When one fails the others are stopped again. Throws `StartError`, `PortInUse` among them.
 */
export async function startServers<Mail extends MailServer>(options: StackOptions<Mail>): Promise<Stack<Mail>> {
  const { dataDir, cacheDir, ports, databaseUrl, temporalAddress, smtpUrl, onServerLost } = options;
  const { namespace = 'default', durability = 'normal', progress = (_, work) => work() } = options;

  const temporal = slot('temporal', async () => {
    const cli = await findTemporalCli(cacheDir, progress);
    const { temporal, temporalUi } = ports;
    return progress({ zh: '正在启动 Temporal', en: 'Starting Temporal' }, () =>
      startDevServer({ cli: cli.path, dataDir, ports: { temporal, temporalUi }, namespace, durability }),
    );
  });
  const postgres = slot('postgres', () =>
    progress({ zh: '正在启动 Postgres', en: 'Starting Postgres' }, () =>
      startPostgresServer({ dataDir, port: ports.postgres }),
    ),
  );
  let mail: Mail | undefined;
  const startMail = async () => {
    if (smtpUrl === undefined) mail ??= await startMailServer(options);
  };
  const stopMail = async () => {
    await mail?.stop();
    mail = undefined;
  };

  const portsToListenOn = {
    ...options.callersPorts,
    ...(temporalAddress === undefined ? { temporal: ports.temporal, temporalUi: ports.temporalUi } : {}),
    ...(databaseUrl === undefined ? { postgres: ports.postgres } : {}),
    ...(smtpUrl === undefined ? { smtp: ports.smtp } : {}),
  };
  const release = await claim(dataDir, progress, () => checkPortsFree(portsToListenOn));
  const stop = async () => {
    await temporal.stop();
    await postgres.stop();
    await stopMail();
    await release();
  };
  try {
    await endLeftovers(dataDir, options.callersProcesses ?? [], progress);
    await checkPortsFree(portsToListenOn);
    const [temporalServer, postgresServer] = await allOrThrow([
      temporalAddress === undefined ? temporal.start() : undefined,
      databaseUrl === undefined ? postgres.start() : undefined,
      startMail(),
    ]);
    return {
      temporalAddress: temporalAddress ?? temporalServer?.address ?? '',
      temporalNamespace: namespace,
      temporalUi: temporalServer?.uiUrl,
      databaseUrl: databaseUrl ?? postgresServer?.url ?? '',
      smtpUrl: smtpUrl ?? mail?.url ?? '',
      get mail() {
        return mail;
      },
      pids: () => ({ temporal: temporal.pid(), postgres: postgres.pid() }),
      stop,
      stopTemporal: temporal.stop,
      startTemporal: async () => {
        if (temporalAddress === undefined) await temporal.start();
      },
      stopPostgres: postgres.stop,
      startPostgres: async () => {
        if (databaseUrl === undefined) await postgres.start();
      },
      stopMail,
      startMail,
    };
  } catch (error) {
    await stop();
    throw error;
  }

  /** One server that can come and go. */
  function slot<Server extends ServerProcess>(name: 'temporal' | 'postgres', startServer: () => Promise<Server>) {
    let current: Server | undefined;
    let starting: Promise<Server> | undefined;
    const begin = async () => {
      const server = await startServer();
      current = server;
      void server.exited.then(() => {
        if (current === server) onServerLost?.(name);
      });
      return server;
    };
    return {
      pid: () => (current?.hasExited() === false ? current.pid : undefined),
      async start(): Promise<Server> {
        // One that was killed a moment ago may be gone before its end has been told us.
        if (current !== undefined && lookUp(current.pid) === undefined) await current.exited;
        if (current !== undefined && !current.hasExited()) return current;
        starting ??= begin().finally(() => {
          starting = undefined;
        });
        return starting;
      },
      async stop(): Promise<void> {
        // One that is just starting would otherwise come up after everything was stopped.
        await starting?.catch(() => {});
        const server = current;
        current = undefined;
        await server?.stop();
      },
    };
  }
}

async function startMailServer<Mail extends MailServer>({ startMail, ports, dataDir }: StackOptions<Mail>) {
  try {
    return await startMail({ port: ports.smtp, dataDir });
  } catch (error) {
    const why = messageOf(error);
    throw new StartError(
      'mail-failed',
      { zh: `邮件接收器未能启动：${why}`, en: `The mail catcher did not start: ${why}` },
      { cause: error },
    );
  }
}

/** Like `Promise.all`, but lets every one come to its end first, so that nothing starts after the others were stopped. */
async function allOrThrow<T extends readonly unknown[]>(work: T): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  await Promise.allSettled(work);
  return (await Promise.all(work)) as { -readonly [K in keyof T]: Awaited<T[K]> };
}

// ---- what an earlier run left

async function endLeftovers(dataDir: string, callersProcesses: readonly string[], progress: Progress): Promise<void> {
  await progress({ zh: '正在清理上次未正常退出的进程', en: 'Ending what the last run left behind' }, async () => {
    for (const name of callersProcesses) await endLeftover(dataDir, name, 'SIGTERM');
    await Promise.all([endLeftoverDevServer(dataDir), endLeftoverPostgres(dataDir)]);
  });
}

// ---- one stack for one data directory

const Claim = z.object({ pid: z.number().int().positive(), identity: z.string() });

/** Takes the data directory, or says who has it. One that is about to stop is waited for. */
async function claim(
  dataDir: string,
  progress: Progress,
  checkPorts: () => Promise<void>,
): Promise<() => Promise<void>> {
  const file = join(dataDir, 'stack.pid');
  await mkdir(dataDir, { recursive: true });
  const mine: z.infer<typeof Claim> = { pid: process.pid, identity: lookUp(process.pid)?.identity ?? '' };
  const take = async () => {
    if ((await holderOf(file)) !== undefined) return false;
    await rm(file, { force: true });
    // A link, so that nobody ever sees the file without its content.
    const draft = `${file}.${process.pid}`;
    await writeFile(draft, JSON.stringify(mine));
    try {
      await link(draft, file);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw error;
    } finally {
      await rm(draft, { force: true });
    }
  };
  const taken =
    (await take()) ||
    (await progress({ zh: '正在等待数据目录空出', en: 'Waiting for the data directory' }, () =>
      becomesTrue(take, 6_000),
    ));
  if (!taken) {
    const pid = (await holderOf(file)) ?? '?';
    // Who starts the same stack twice will meet its ports next: all that stands in the way is said at once.
    const port = await checkPorts().then(
      () => undefined,
      (error: unknown) => (error instanceof PortInUse ? error.text : undefined),
    );
    const zh = `数据目录 ${dataDir} 正被另一个实例使用（进程 ${pid}）。请先停止它，或以 HEJIE_DATA_DIR 指定另一个目录`;
    const en = `The data directory ${dataDir} is in use by another stack (process ${pid}). Stop it, or name another directory in HEJIE_DATA_DIR`;
    throw new StartError('data-dir-in-use', {
      zh: port === undefined ? zh : `${zh}。${port.zh}`,
      en: port === undefined ? en : `${en}. ${port.en}`,
    });
  }
  let isHeld = true;
  return async () => {
    if (isHeld) await rm(file, { force: true });
    isHeld = false;
  };
}

async function holderOf(file: string): Promise<number | undefined> {
  try {
    const { pid, identity } = Claim.parse(JSON.parse(await readFile(file, 'utf8')));
    return lookUp(pid)?.identity === identity ? pid : undefined;
  } catch {
    return undefined;
  }
}
