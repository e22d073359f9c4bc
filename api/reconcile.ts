import { dropAct, finishAct, listUnfinishedActs, listUnregistered } from '../db/acts.ts';
import type { ApiDeps } from './deps.ts';
import { sendAct, startCase } from './temporal.ts';

const AFTER_SECONDS = 15;

/**
 * Finishes what a process that died has left: acts kept but never answered are sent again under the same id,
 * cases written but never started are started. What is refused by then leaves nothing.
 */
export async function reconcile(deps: ApiDeps, afterSeconds = AFTER_SECONDS): Promise<{ acts: number; cases: number }> {
  const { db, temporal, log } = deps;
  const cases = await listUnregistered(db, afterSeconds);
  for (const { intake } of cases) await startCase(temporal, intake);
  const acts = await listUnfinishedActs(db, afterSeconds);
  for (const { actId, act, workflowId, message } of acts) {
    const answer = await sendAct(temporal, workflowId, act, message);
    const known = answer.kind === 'done' || (answer.kind === 'refused' && answer.refusal.code === 'already-done');
    if (known) await finishAct(db, actId);
    else if (answer.kind === 'elsewhere' || answer.kind === 'refused') await dropAct(db, actId);
    log.info({ act, answer: answer.kind }, 'an unfinished act was settled');
  }
  return { acts: acts.length, cases: cases.length };
}

/** Runs `reconcile` every so often until stopped. */
export function startReconciling(deps: ApiDeps, everyMs = 10_000): { stop(): void } {
  let running = false;
  const timer = setInterval(() => {
    if (running) return;
    running = true;
    reconcile(deps)
      .catch((error: unknown) => deps.log.warn({ error: String(error) }, 'unfinished acts could not be settled'))
      .finally(() => {
        running = false;
      });
  }, everyMs);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}
