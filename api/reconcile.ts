import { caseWorkflowId } from '../contracts/ids.ts';
import { finishAct, listUnfinishedActs, listUnregistered } from '../db/acts.ts';
import { linkDuplicates } from '../db/linked-cases.ts';
import { moveCases } from './administration/move-cases.ts';
import { tellCalendars } from './administration/tell-calendars.ts';
import { type Delivery, deliverAct } from './deliver-act.ts';
import type { ApiDeps } from './deps.ts';
import { ProblemError } from './problems.ts';
import { startCase } from './temporal.ts';

/** Longer than any request tries, so that what is settled here is tried by nobody else. */
export const UNFINISHED_AFTER_SECONDS = 15;
/** Workflows whose acts are settled at the same time. */
const LANES = 10;

/**
 * Finishes what a process that died has left: acts kept but never answered are sent again under the same id,
 * cases written but never started are started, open cases are told of calendars that they were not told of. What is refused by then leaves nothing. Says how many were settled.
 */
export async function reconcile(
  deps: ApiDeps,
  afterSeconds = UNFINISHED_AFTER_SECONDS,
): Promise<{ acts: number; cases: number }> {
  const { db, temporal, log } = deps;
  await tellCalendars(deps);
  const settle = async (what: string, workflowId: string, work: () => Promise<void>): Promise<number> => {
    try {
      await work();
      return 1;
    } catch (error) {
      // One that cannot be settled now must not keep the others from it.
      log.warn({ what, workflowId, error: nameOf(error) }, 'what was left unfinished could not be settled yet');
      return 0;
    }
  };
  let cases = 0;
  for (const { intake } of await listUnregistered(db, afterSeconds))
    cases += await settle('intake.register', caseWorkflowId(intake.caseNo), async () => {
      await linkDuplicates(db, intake.caseNo);
      await startCase(temporal, intake);
      await finishAct(db, intake.actId);
    });
  let acts = 0;
  const lanes = lanesOf(await listUnfinishedActs(db, afterSeconds));
  const settleNext = async (): Promise<void> => {
    for (let lane = lanes.shift(); lane !== undefined; lane = lanes.shift())
      for (const { actId, ...delivery } of lane)
        acts += await settle(delivery.act, delivery.workflowId, async () => {
          const answer = await deliverAct(deps, delivery);
          if (answer.kind === 'done') await finishAct(db, actId);
          log.info({ act: delivery.act, answer: answer.kind }, 'an unfinished act was settled');
        });
  };
  await Promise.all(Array.from({ length: LANES }, settleNext));
  return { acts, cases };
}

/** Acts by workflow: those of one in the order in which they came, several workflows beside one another. */
function lanesOf<T extends Delivery>(acts: T[]): T[][] {
  const lanes = new Map<string, T[]>();
  for (const act of acts) lanes.set(act.workflowId, [...(lanes.get(act.workflowId) ?? []), act]);
  return [...lanes.values()];
}

/** What kind of error it was; its message may hold what a person wrote. */
const nameOf = (error: unknown): string =>
  error instanceof ProblemError ? error.problem.code : error instanceof Error ? error.name : 'unknown';

/** Runs `reconcile` at once, for what the last process left, and then every so often until stopped; beside it what was ordered of many cases. */
export function startReconciling(deps: ApiDeps, everyMs = 5_000): { stop(): void } {
  const loops = [
    repeatedly(everyMs, () =>
      reconcile(deps).catch((error: unknown) =>
        deps.log.warn({ error: nameOf(error) }, 'unfinished acts could not be settled'),
      ),
    ),
    repeatedly(everyMs, () =>
      moveCases(deps).catch((error: unknown) => deps.log.warn({ error: nameOf(error) }, 'cases wait to be moved')),
    ),
  ];
  return {
    stop() {
      for (const timer of loops) clearInterval(timer);
    },
  };
}

/** Does it at once and every so often, never twice at a time. */
function repeatedly(everyMs: number, work: () => Promise<unknown>): NodeJS.Timeout {
  let running = false;
  const run = () => {
    if (running) return;
    running = true;
    void work().finally(() => {
      running = false;
    });
  };
  const timer = setInterval(run, everyMs);
  timer.unref();
  run();
  return timer;
}
