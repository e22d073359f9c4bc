/**
 * A part of Hejie in a process of its own: the worker, the API. Says when it is ready by one JSON line on its standard output,
 * and ends when its channel to us closes.
 */
import { spawn } from 'node:child_process';
import { closeSync, writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { projectRoot } from '../temporal-config/env.ts';
import {
  adopt,
  logFile,
  logTail,
  openLog,
  type ServerProcess,
  settlesWithin,
  tsxFlags,
} from '../temporal-config/processes.ts';
import { StartError } from '../temporal-config/start-error.ts';

export type ChildSpec = {
  name: string;
  /** Absolute. */
  file: string;
  dataDir: string;
  env: NodeJS.ProcessEnv;
  print: (line: string) => void;
};

export type Child = { stop(): Promise<void> };

const readyWithinMs = 90_000;
const longestPauseMs = 30_000;

/**
 * Starts it, waits until it is ready, and from then on starts it again whenever it ends, after a pause that doubles with each
 * failure in a row. Throws `process-failed` when the first start fails.
 */
export async function keepRunning(spec: ChildSpec): Promise<Child> {
  const { name, print } = spec;
  let isStopping = false;
  const stopAsked = new AbortController();
  let current = await startOnce(spec, stopAsked.signal);

  const kept = (async () => {
    let failures = 0;
    let startedAt = Date.now();
    while (!isStopping) {
      const { code, signal } = await current.exited;
      if (isStopping) return;
      failures = Date.now() - startedAt > 60_000 ? 1 : failures + 1;
      const pause = Math.min(500 * 2 ** (failures - 1), longestPauseMs);
      print(
        `  ! ${name} 已退出（${signal ?? code}），${pause / 1000} 秒后重新启动，日志 ${logFile(spec.dataDir, name)}`,
      );
      print(`    ${name} ended (${signal ?? code}); starting it again in ${pause / 1000} s`);
      await sleep(pause, undefined, { signal: stopAsked.signal }).catch(() => {});
      if (isStopping) return;
      startedAt = Date.now();
      try {
        current = await startOnce(spec, stopAsked.signal);
        print(`  ✓ ${name} 已恢复 is running again`);
      } catch {
        // It ended before it was ready: the same wait again, longer.
      }
    }
  })();

  return {
    async stop() {
      isStopping = true;
      stopAsked.abort();
      await current.stop(15_000);
      await kept;
      // A start that was under way may have come through in the meantime.
      await current.stop(15_000);
    },
  };
}

const ReadyLine = z.object({ ready: z.string() });
const LogLine = z.object({ level: z.number(), msg: z.string() });

async function startOnce(
  { name, file, dataDir, env, print }: ChildSpec,
  stopAsked: AbortSignal,
): Promise<ServerProcess> {
  const child = spawn(process.execPath, [...tsxFlags(), file, '--data-dir', dataDir], {
    cwd: projectRoot,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const log = openLog(logFile(dataDir, name));
  const ended = new Promise<void>((done) => child.once('close', () => done()));
  void ended.then(() => closeSync(log));
  const ready = new Promise<void>((isReady) => {
    for (const stream of [child.stdout, child.stderr]) {
      if (stream === null) continue;
      createInterface({ input: stream }).on('line', (line) => {
        writeSync(log, `${line}\n`);
        const said = parseJson(line);
        if (ReadyLine.safeParse(said).data?.ready === name) isReady();
        const logged = LogLine.safeParse(said).data;
        if (logged !== undefined && logged.level >= 50) print(`  ! ${name}: ${logged.msg}`);
      });
    }
  });
  const running = await adopt(child, { name, dataDir, marker: file, stopSignal: 'SIGTERM' });
  const given = new Promise<void>((up) => stopAsked.addEventListener('abort', () => up(), { once: true }));
  await settlesWithin(Promise.race([ready, running.exited, given]), readyWithinMs);
  // Whether it was the line or the end that came first shows only by asking for both.
  if (!running.hasExited() && (await settlesWithin(ready, 0))) return running;
  const how = running.hasExited() ? (child.signalCode ?? child.exitCode) : `${readyWithinMs / 1000} s`;
  await running.stop(2_000);
  await ended;
  const tail = `${logFile(dataDir, name)}\n${logTail(dataDir, name, 12)}`;
  throw new StartError('process-failed', {
    zh: `${name} 未能启动（${how}）。日志：${tail}`,
    en: `${name} did not start (${how}). Its log: ${tail}`,
  });
}

function parseJson(line: string): unknown {
  try {
    return line.startsWith('{') ? JSON.parse(line) : undefined;
  } catch {
    return undefined;
  }
}
