import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { ScenarioResult } from '../../domain/scenarios.ts';
import type { RehearsalJob, RehearsalNews } from '../../rehearsal/protocol.ts';
import { childEnv, projectRoot } from '../../temporal-config/env.ts';
import { tsxFlags } from '../../temporal-config/processes.ts';

/** Stories are told one rehearsal at a time: each has a server and an engine of its own. */
export interface Rehearsals {
  /** One is under way. */
  busy(): boolean;
  /**
   * Tells stories in a process of its own, and each result as it comes. Throws `RehearsalBusy` while another one is under way, and
   * `RehearsalBroken` where it did not come to its end; a signal ends it early.
   */
  run(
    job: Omit<RehearsalJob, 'cacheDir'>,
    onResult: (result: ScenarioResult) => void,
    signal: AbortSignal,
  ): Promise<void>;
  stop(): Promise<void>;
}

export class RehearsalBusy extends Error {}
export class RehearsalBroken extends Error {}

const LONGEST_MS = 300_000;
const main = join(projectRoot, 'rehearsal', 'main.ts');

/** Starts nothing yet. */
export function createRehearsals(cacheDir: string): Rehearsals {
  let current: { child: ChildProcess; over: Promise<void> } | undefined;
  return {
    busy: () => current !== undefined,
    async run(job, onResult, signal) {
      if (current) throw new RehearsalBusy();
      const child = spawn(process.execPath, [...tsxFlags(), main], {
        ...{ cwd: projectRoot, env: childEnv({}), detached: true, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] },
        serialization: 'advanced',
      });
      const over = tellOf(child, { ...job, cacheDir }, onResult, signal);
      const settled = over.catch(() => undefined).then(() => gone(child));
      current = { child, over: settled };
      void settled.then(() => {
        current = undefined;
      });
      await over;
    },
    async stop() {
      if (current) endGroup(current.child);
      await current?.over;
    },
  };
}

function tellOf(
  child: ChildProcess,
  job: RehearsalJob,
  onResult: (result: ScenarioResult) => void,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const broken = (why: string) => reject(new RehearsalBroken(why));
    const late = setTimeout(() => broken('it took too long'), LONGEST_MS).unref();
    child.once('exit', () => {
      clearTimeout(late);
      broken('its process ended');
    });
    child.once('error', ({ message }) => broken(message));
    if (signal.aborted) return broken('nobody waits for it');
    signal.addEventListener('abort', () => broken('nobody waits for it'), { once: true });
    child.on('message', (news: RehearsalNews) => {
      if ('result' in news) onResult(news.result);
      else if ('done' in news) resolve();
      else broken(news.failed);
    });
    child.send(job, (error) => {
      if (error) broken(error.message);
    });
  });
}

/** Waits until the process and whatever it started has been ended. */
async function gone(child: ChildProcess): Promise<void> {
  endGroup(child);
  if (child.exitCode === null && child.signalCode === null && child.pid !== undefined) await once(child, 'exit');
}

/** It leads a group of its own, in which its servers are. */
function endGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended in the meantime.
  }
}
