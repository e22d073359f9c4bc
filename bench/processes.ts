import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { childEnv, projectRoot } from '../temporal-config/env.ts';
import { adopt, logFile, logTail, openLog, settlesWithin, tsxFlags } from '../temporal-config/processes.ts';

/** A worker or the API in a process of its own, that can be stopped and started again. */
export interface Part {
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Resident memory in MB. */
  memory(): Promise<number>;
}

/** A part of the system, not yet started. `flags` go to Node, for example `--cpu-prof`. */
export function partOf(
  name: string,
  file: string,
  dataDir: string,
  env: Record<string, string>,
  flags: readonly string[] = [],
): Part {
  let current: { pid: number; stop(graceMs?: number): Promise<void> } | undefined;
  return {
    async start() {
      const log = openLog(logFile(dataDir, name));
      const child = spawn(process.execPath, [...flags, ...tsxFlags(), join(projectRoot, file)], {
        cwd: projectRoot,
        env: childEnv(env),
        detached: true,
        stdio: ['ignore', 'pipe', log, 'ipc'],
      });
      closeSync(log);
      const said = once(createInterface({ input: child.stdout ?? process.stdin }), 'line');
      const running = await adopt(child, { name, dataDir, marker: file, stopSignal: 'SIGTERM' });
      current = running;
      if ((await settlesWithin(Promise.race([said, running.exited]), 60_000)) && !running.hasExited()) return;
      await running.stop(2_000);
      throw new Error(`${name} did not start\n${logTail(dataDir, name, 12)}`);
    },
    async stop() {
      await current?.stop(20_000);
      current = undefined;
    },
    async memory() {
      const status = await readFile(`/proc/${current?.pid ?? 'self'}/status`, 'utf8');
      return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) / 1024;
    },
  };
}
