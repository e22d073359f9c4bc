/**
 * What the product is compared with: a workflow that does the same number of durable steps and nothing else.
 * The same updates, as many local activities for each, as many runs, timers set and set again at the same places.
 */
import { ApplicationFailure } from '@temporalio/common';
import {
  allHandlersFinished,
  condition,
  continueAsNew,
  defineSignal,
  defineUpdate,
  getExternalWorkflowHandle,
  ParentClosePolicy,
  proxyLocalActivities,
  setHandler,
  startChild,
  workflowInfo,
} from '@temporalio/workflow';
import { bareBesideId, bareChainId } from './queues.ts';

/** One run of a chain, as the product's history has it. */
export interface RunShape {
  /** Local activities before the first thing that happened, and after the last that is named below. */
  before: number;
  after: number;
  updates: UpdateShape[];
  /** Timers that fired: how long after the run began, and the local activities that followed. */
  wakes: Array<{ atMs: number; activities: number }>;
  /** Signals that came, each with its local activities. */
  signals: Array<{ activities: number }>;
  /** Whether it told the chain beside which it ran of its end. */
  tells: boolean;
  /** Whether the run came to an end; one that did not waits on. */
  ends: boolean;
}

/** How many local activities an update took, whether a timer was set after it, and what it started beside the chain. */
export interface UpdateShape {
  activities: number;
  timer: boolean;
  opens?: RunShape[];
}

export interface BareUpdate {
  /** An update that the shape does not have and that does not bring the run nearer to its end. */
  extra?: UpdateShape;
}

const { noop } = proxyLocalActivities<{ noop(): Promise<void> }>({
  startToCloseTimeout: '10s',
  retry: { initialInterval: '200ms', backoffCoefficient: 2, maximumInterval: '5s' },
  localRetryThreshold: '30s',
});

const bareAct = defineUpdate<number, [BareUpdate]>('bareAct');
const bareTold = defineSignal('bareTold');

const FAR_OFF_MS = 30 * 86_400_000;

/** A chain of bare runs. */
export async function bareCase(chain: RunShape[]): Promise<void> {
  const [shape, ...rest] = chain;
  if (!shape) return;
  const { workflowId } = workflowInfo();
  const began = Date.now();
  // One after another, as the product does it; see `inTurn` in workflows/run.ts.
  let tail = Promise.resolve();
  const steps = (count: number): Promise<void> => {
    for (let step = 0; step < count; step++) tail = tail.then(() => noop());
    return tail;
  };
  let taken = 0;
  let woken = 0;
  let told = 0;
  let timers = 0;
  const allTaken = () => shape.ends && taken >= shape.updates.length;
  const over = () => allTaken() && woken >= shape.wakes.length && told >= shape.signals.length;
  setHandler(bareTold, async () => {
    await steps(shape.signals[told]?.activities ?? 0);
    told += 1;
  });
  // A run without updates takes none, as the product's intake does.
  if (shape.updates.length > 0 || !shape.ends)
    setHandler(
      bareAct,
      async ({ extra }: BareUpdate) => {
        const planned = extra ?? shape.updates[taken];
        if (!extra) taken += 1;
        await steps(planned?.activities ?? 1);
        if (planned?.timer) timers += 1;
        if (planned?.opens)
          await startChild(bareCase, {
            workflowId: bareBesideId(workflowId),
            args: [planned.opens],
            parentClosePolicy: ParentClosePolicy.ABANDON,
          });
        return taken;
      },
      {
        validator({ extra }: BareUpdate) {
          if (over() || (!extra && allTaken()))
            throw ApplicationFailure.create({
              type: 'ActRefused',
              message: 'procedure-closing',
              nonRetryable: true,
              details: [{ code: 'procedure-closing', zh: '', en: '' }],
            });
        },
      },
    );
  await steps(shape.before);
  while (!over()) {
    const seen = timers;
    const next = shape.wakes[woken];
    const left = next ? Math.max(1, began + next.atMs - Date.now()) : FAR_OFF_MS;
    if ((await condition(() => over() || timers !== seen, left)) || !next) continue;
    await steps(next.activities);
    woken += 1;
  }
  await condition(allHandlersFinished);
  await steps(shape.after);
  if (shape.tells) await getExternalWorkflowHandle(bareChainId(workflowId)).signal(bareTold);
  if (rest.length > 0) await continueAsNew<typeof bareCase>(rest);
}
