import { DefaultLogger, Runtime } from '@temporalio/worker';

// Errors only: a time-skipping server, and a history sabotaged on purpose, give the engine much to warn of.
Runtime.install({
  logger: new DefaultLogger('ERROR'),
  telemetryOptions: { logging: { filter: 'ERROR', forward: {} } },
});
