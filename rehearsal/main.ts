/**
 * A rehearsal in a process of its own, so that the one which asks for it neither loads the engine nor waits for it: a job comes over
 * the channel, a result goes back for each story. It ends with the channel, and takes the servers it started with it.
 */
import './quiet-runtime.ts';
import { ruleBookFrom } from '../rules/index.ts';
import type { RehearsalJob, RehearsalNews } from './protocol.ts';
import { rehearse } from './rehearse.ts';

const tell = (news: RehearsalNews) =>
  new Promise<void>((told) => {
    process.send?.(news, () => told());
  });

async function run({ content, stories, published, cacheDir }: RehearsalJob): Promise<void> {
  try {
    const book = ruleBookFrom(content);
    for (const story of stories) await tell({ result: await rehearse({ book, published, cacheDir }, story) });
    await tell({ done: true });
  } catch (error) {
    await tell({ failed: error instanceof Error ? error.message : String(error) });
  }
}

/** Started in a group of its own, it ends the whole of it: a server that is only just starting has nobody else to end it. */
function end(): void {
  try {
    process.kill(-process.pid, 'SIGKILL');
  } catch {
    process.exit(0);
  }
}

process.once('message', (job) => void run(job as RehearsalJob));
process.once('disconnect', end);
process.once('SIGTERM', end);
