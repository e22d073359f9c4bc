/**
 * Processes that must not outlive us, and that a later start must be able to find and end.
 *
 * Three nets, one under the other: `stop()`; a leash (a shell of a few hundred kilobytes that ends the process when the pipe to
 * us breaks, so also when we are killed outright); and a record in the data directory, which the next start reads.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

export type ServerProcess = {
  pid: number;
  /** Settles when the process has ended, by whatever hand. */
  exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  hasExited(): boolean;
  /** Asks it to end, and ends it after `graceMs`. Safe to call twice. */
  stop(graceMs?: number): Promise<void>;
};

export type ProcessSpec = {
  name: string;
  command: string;
  args: readonly string[];
  dataDir: string;
  /** A part of its command line by which it is known as ours. */
  marker: string;
  stopSignal: 'SIGINT' | 'SIGTERM';
  env?: NodeJS.ProcessEnv;
  uid?: number;
  gid?: number;
};

/** Starts a server whose output goes to `<dataDir>/logs/<name>.log`. It stands in a process group of its own: Ctrl-C is not its business. */
export async function startProcess(spec: ProcessSpec): Promise<ServerProcess> {
  const log = openLog(logFile(spec.dataDir, spec.name));
  try {
    const { command, args, env, uid, gid } = spec;
    const child = spawn(command, [...args], { env, uid, gid, detached: true, stdio: ['ignore', log, log] });
    return await adopt(child, spec);
  } finally {
    closeSync(log);
  }
}

/** Puts a child that was just spawned on the leash and on record. Throws what `spawn` failed with. */
export async function adopt(
  child: ChildProcess,
  { name, dataDir, marker, stopSignal }: Pick<ProcessSpec, 'name' | 'dataDir' | 'marker' | 'stopSignal'>,
): Promise<ServerProcess> {
  const exited = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((done) =>
    child.once('exit', (code, signal) => done({ code, signal })),
  );
  await new Promise<void>((started, failed) => {
    child.once('spawn', started);
    child.once('error', failed);
  });
  const pid = child.pid;
  if (pid === undefined) throw new Error(`${name} has no process id`);
  const leash = holdLeash(pid, stopSignal);
  writeRecord(dataDir, name, pid, marker);
  const over = exited.then(async () => {
    dropRecord(dataDir, name, pid);
    await leash.release();
  });
  const hasExited = () => child.exitCode !== null || child.signalCode !== null;
  return {
    pid,
    exited,
    hasExited,
    async stop(graceMs = 10_000) {
      if (!hasExited()) {
        child.kill(stopSignal);
        const ended = await settlesWithin(exited, graceMs);
        if (!ended) child.kill('SIGKILL');
      }
      await over;
    },
  };
}

/** True when the promise settled within the time. */
export async function settlesWithin(work: Promise<unknown>, ms: number): Promise<boolean> {
  const clock = new AbortController();
  const late = sleep(ms, false, { signal: clock.signal }).catch(() => false);
  const inTime = await Promise.race([work.then(() => true), late]);
  clock.abort();
  return inTime;
}

// ---- leash

/**
 * `read` comes back with a line when we let go and without one when the pipe broke. Then: ask, wait ten seconds, end.
 */
const leashScript = `
if read -r _; then exit 0; fi
kill -"$2" "$1" 2>/dev/null || exit 0
n=0
while kill -0 "$1" 2>/dev/null && [ "$n" -lt 10 ]; do sleep 1; n=$((n+1)); done
kill -KILL "$1" 2>/dev/null
`;

function holdLeash(pid: number, signal: 'SIGINT' | 'SIGTERM'): { release(): Promise<void> } {
  if (process.platform === 'win32') return { release: async () => {} };
  const args = ['-c', leashScript, 'hejie-leash', String(pid), signal.slice('SIG'.length)];
  const shell = spawn('/bin/sh', args, { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  const ended = new Promise<void>((done) => {
    shell.once('exit', () => done());
    shell.once('error', () => done());
  });
  shell.stdin.on('error', () => {});
  shell.unref();
  return {
    async release() {
      shell.ref();
      shell.stdin.end('released\n');
      await ended;
    },
  };
}

// ---- record

const ProcessRecord = z.object({ pid: z.number().int().positive(), identity: z.string(), marker: z.string() });
type ProcessRecord = z.infer<typeof ProcessRecord>;

const recordFile = (dataDir: string, name: string) => join(dataDir, 'run', `${name}.json`);

function writeRecord(dataDir: string, name: string, pid: number, marker: string): void {
  const facts = lookUp(pid);
  if (facts === undefined) return;
  const file = recordFile(dataDir, name);
  mkdirSync(dirname(file), { recursive: true });
  const record: ProcessRecord = { pid, identity: facts.identity, marker };
  writeFileSync(`${file}.new`, JSON.stringify(record));
  renameSync(`${file}.new`, file);
}

function readRecord(dataDir: string, name: string): ProcessRecord | undefined {
  try {
    return ProcessRecord.parse(JSON.parse(readFileSync(recordFile(dataDir, name), 'utf8')));
  } catch {
    // Absent, or torn by a crash: either way there is nothing to find by it.
    return undefined;
  }
}

function dropRecord(dataDir: string, name: string, pid: number): void {
  if (readRecord(dataDir, name)?.pid === pid) rmSync(recordFile(dataDir, name), { force: true });
}

/** Ends what an earlier run of this data directory left behind under that name, if it is really ours. True when there was something. */
export async function endLeftover(dataDir: string, name: string, signal: 'SIGINT' | 'SIGTERM'): Promise<boolean> {
  const record = readRecord(dataDir, name);
  if (record === undefined) return false;
  const isOurs = () => {
    const facts = lookUp(record.pid);
    return facts !== undefined && facts.identity === record.identity && facts.command.includes(record.marker);
  };
  const found = isOurs();
  if (found) await endProcess(record.pid, signal, isOurs);
  rmSync(recordFile(dataDir, name), { force: true });
  return found;
}

/** Ends a process that is not our child: asks, waits ten seconds, ends it. */
export async function endProcess(pid: number, signal: 'SIGINT' | 'SIGTERM', isThere: () => boolean): Promise<void> {
  send(pid, signal);
  if (await becomesTrue(() => !isThere(), 10_000)) return;
  send(pid, 'SIGKILL');
  await becomesTrue(() => !isThere(), 5_000);
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended in the meantime.
  }
}

/** Looks again every 50 ms; false when the time is up. */
export async function becomesTrue(test: () => boolean | Promise<boolean>, ms: number): Promise<boolean> {
  const until = Date.now() + ms;
  while (!(await test())) {
    if (Date.now() >= until) return false;
    await sleep(50);
  }
  return true;
}

// ---- what the system says of a process

/** `identity` is the same for one process only, also when its number is given out again. */
export type ProcessFacts = { identity: string; command: string; parent: number };

/** What runs under this number; undefined when nothing does (a process that has ended and was not collected counts as nothing). */
export function lookUp(pid: number): ProcessFacts | undefined {
  try {
    return process.platform === 'linux' ? lookUpInProc(pid) : lookUpWithPs(pid);
  } catch {
    return undefined;
  }
}

function lookUpInProc(pid: number): ProcessFacts | undefined {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name in brackets may hold anything, so fields are counted from the last bracket: state is the first, start time the 20th.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ').trim();
  return { identity: `${boot}/${fields[19]}`, command, parent: Number(fields[1]) };
}

function lookUpWithPs(pid: number): ProcessFacts | undefined {
  const ps = (column: string) =>
    execFileSync('ps', ['-ww', '-o', `${column}=`, '-p', String(pid)], { encoding: 'utf8' }).trim();
  if (ps('stat').startsWith('Z')) return undefined;
  return { identity: ps('lstart'), command: ps('command'), parent: Number(ps('ppid')) };
}

// ---- logs

export const logFile = (dataDir: string, name: string) => join(dataDir, 'logs', `${name}.log`);

/** Opens a log to append to; one that has grown beyond 10 MB is first put aside as `.1`. */
export function openLog(file: string): number {
  mkdirSync(dirname(file), { recursive: true });
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > 10_000_000) renameSync(file, `${file}.1`);
  return openSync(file, 'a', 0o600);
}

/** The last lines of a server's log, for an error message. */
export function logTail(dataDir: string, name: string, lines = 8): string {
  try {
    return readFileSync(logFile(dataDir, name), 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
  } catch {
    return '';
  }
}

// ---- TypeScript

/** What makes Node run a TypeScript file. `--import` of tsx came with Node 20.6; before it, tsx is a loader. */
export function tsxFlags(): string[] {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  return [major > 20 || minor >= 6 ? '--import' : '--loader', 'tsx'];
}
