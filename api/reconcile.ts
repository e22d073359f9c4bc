import { dropAct, finishAct, listUnfinishedActs, listUnregistered } from '../db/acts.ts';
import type { ApiDeps } from './deps.ts';
import { ProblemError } from './problems.ts';
import { sendAct, startCase } from './temporal.ts';

const AFTER_SECONDS = 15;

/**
 * Finishes what a process that died has left: acts kept but never answered are sent again under the same id,
 * cases written but never started are started. What is refused by then leaves nothing.
 */
export async function reconcile(deps: ApiDeps, afterSeconds = AFTER_SECONDS): Promise<{ acts: number; cases: number }> {
  const { db, temporal, log } = deps;
  const settle = async (what: string, work: () => Promise<void>): Promise<number> => {
    try {
      await work();
      return 1;
    } catch (error) {
      // One that cannot be settled now must not keep the others from it.
      log.warn({ what, error: nameOf(error) }, 'what was left unfinished could not be settled yet');
      return 0;
    }
  };
  let cases = 0;
  for (const { intake } of await listUnregistered(db, afterSeconds))
    cases += await settle('intake.register', async () => {
      await startCase(temporal, intake);
      await finishAct(db, intake.actId);
    });
  let acts = 0;
  for (const { actId, act, workflowId, message } of await listUnfinishedActs(db, afterSeconds))
    acts += await settle(act, async () => {
      const answer = await sendAct(temporal, workflowId, act, message);
      const known = answer.kind === 'done' || (answer.kind === 'refused' && answer.refusal.code === 'already-done');
      // What is in the record stays there, also where the run that wrote it has ended since.
      if (known || !(await dropAct(db, actId))) await finishAct(db, actId);
      log.info({ act, answer: answer.kind }, 'an unfinished act was settled');
    });
  return { acts, cases };
}

/** What kind of error it was; its message may hold what a person wrote. */
const nameOf = (error: unknown): string =>
  error instanceof ProblemError ? error.problem.code : error instanceof Error ? error.name : 'unknown';

/** Runs `reconcile` every so often until stopped. */
export function startReconciling(deps: ApiDeps, everyMs = 10_000): { stop(): void } {
  let running = false;
  const timer = setInterval(() => {
    if (running) return;
    running = true;
    reconcile(deps)
      .catch((error: unknown) => deps.log.warn({ error: nameOf(error) }, 'unfinished acts could not be settled'))
      .finally(() => {
        running = false;
      });
  }, everyMs);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}
