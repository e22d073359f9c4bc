/**
 * What the product is compared with: a workflow that does the same number of durable steps and nothing else.
 * The same updates, as many local activities for each, as many runs, timers set and set again at the same places.
 */
import { ApplicationFailure } from '@temporalio/common';
import {
  allHandlersFinished,
  condition,
  continueAsNew,
  defineUpdate,
  proxyLocalActivities,
  setHandler,
} from '@temporalio/workflow';

/** One run of a chain, as the product's history has it. */
export interface RunShape {
  /** Local activities before the first update and after the last. */
  before: number;
  after: number;
  /** For each update how many local activities it took, and whether a timer was set after it. */
  updates: Array<{ activities: number; timer: boolean }>;
  /** Whether the run continued as new; one that did not waits on. */
  ends: boolean;
}

export interface BareUpdate {
  /** An update that the shape does not have and that does not bring the run nearer to its end. */
  extra?: { activities: number; timer: boolean };
}

const { noop } = proxyLocalActivities<{ noop(): Promise<void> }>({
  startToCloseTimeout: '10s',
  retry: { initialInterval: '200ms', backoffCoefficient: 2, maximumInterval: '5s' },
  localRetryThreshold: '30s',
});

const bareAct = defineUpdate<number, [BareUpdate]>('bareAct');

/** A chain of bare runs. */
export async function bareCase(chain: RunShape[]): Promise<void> {
  const [shape, ...rest] = chain;
  if (!shape) return;
  // One after another, as the product does it; see `inTurn` in workflows/run.ts.
  let tail = Promise.resolve();
  const steps = (count: number): Promise<void> => {
    for (let step = 0; step < count; step++) tail = tail.then(() => noop());
    return tail;
  };
  let taken = 0;
  let timers = 0;
  const over = () => shape.ends && taken >= shape.updates.length;
  // A run without updates takes none, as the product's intake does.
  if (shape.updates.length > 0 || !shape.ends)
    setHandler(
      bareAct,
      async ({ extra }: BareUpdate) => {
        const planned = extra ?? shape.updates[taken];
        if (!extra) taken += 1;
        await steps(planned?.activities ?? 1);
        if (planned?.timer) timers += 1;
        return taken;
      },
      {
        validator(_update: BareUpdate) {
          if (over())
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
    await condition(() => over() || timers !== seen, '30 days');
  }
  await condition(allHandlersFinished);
  await steps(shape.after);
  if (rest.length > 0) await continueAsNew<typeof bareCase>(rest);
}
