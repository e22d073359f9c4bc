/** The bare workflows' worker: the product's options, another task queue, an activity that does nothing. */
import { fileURLToPath } from 'node:url';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { readEnv } from '../temporal-config/env.ts';
import { caseWorkerOptions } from '../temporal-config/worker-options.ts';
import { BARE_QUEUE } from './queues.ts';

const env = readEnv();
if (env.temporalAddress === undefined) throw new Error('TEMPORAL_ADDRESS must be set');
Runtime.install({ logger: new DefaultLogger('WARN'), shutdownSignals: [] });
const connection = await NativeConnection.connect({ address: env.temporalAddress });
const worker = await Worker.create({
  ...caseWorkerOptions(),
  taskQueue: BARE_QUEUE,
  connection,
  namespace: env.temporalNamespace,
  workflowsPath: fileURLToPath(new URL('./bare-workflows.ts', import.meta.url)),
  activities: { noop: async () => undefined },
});
const stop = () => {
  if (worker.getState() === 'RUNNING') worker.shutdown();
};
process.on('SIGTERM', stop);
process.on('disconnect', stop);
const running = worker.run();
process.stdout.write(`${JSON.stringify({ ready: 'bare-worker' })}\n`);
await running;
process.exit(0);
