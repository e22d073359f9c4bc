/** Bundles the workflows as the worker does: what may not run in a workflow does not get through. */
import { readEnv } from '../temporal-config/env.ts';
import { workflowBundle } from '../temporal-config/worker-options.ts';

await workflowBundle(readEnv().cacheDir);
