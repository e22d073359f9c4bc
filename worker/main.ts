import { Connection } from '@temporalio/client';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { pino } from 'pino';
import { readCourts } from '../temporal-config/courts.ts';
import { readEnv } from '../temporal-config/env.ts';
import { ensureSearchAttributes } from '../temporal-config/search-attributes.ts';
import { createCaseWorker } from './create-worker.ts';

const env = readEnv();
const log = pino({ level: env.logLevel, name: 'worker' }, pino.destination(2));
if (env.databaseUrl === undefined || env.temporalAddress === undefined || env.smtpUrl === undefined)
  throw new Error('DATABASE_URL, TEMPORAL_ADDRESS and SMTP_URL must be set; `npm start` sets them');

Runtime.install({
  logger: new DefaultLogger('WARN', ({ level, message, meta }) => {
    log[level === 'WARN' ? 'warn' : 'error']({ meta }, message);
  }),
  shutdownSignals: [],
});

// A server of somebody else's may not have them; without them cases cannot start.
const connection = await Connection.connect({ address: env.temporalAddress });
await ensureSearchAttributes(connection, env.temporalNamespace).catch((error: unknown) =>
  log.warn({ error: String(error) }, 'search attributes could not be registered'),
);
await connection.close();

const { worker, run, shutdown } = await createCaseWorker({
  databaseUrl: env.databaseUrl,
  temporalAddress: env.temporalAddress,
  namespace: env.temporalNamespace,
  smtpUrl: env.smtpUrl,
  mailFrom: env.mailFrom,
  cacheDir: env.cacheDir,
  courts: await readCourts(env),
  gateway: env.noticeGateway,
  noticeHours: env.noticeHours,
  log,
  ...(env.buildId === undefined ? {} : { buildId: env.buildId }),
});

let stopping = false;
function stop(): void {
  if (stopping) return;
  stopping = true;
  if (worker.getState() === 'RUNNING') shutdown();
}
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
process.on('disconnect', stop);

const running = run();
process.stdout.write(`${JSON.stringify({ ready: 'worker' })}\n`);
try {
  await running;
} catch (error) {
  if (!stopping) throw error;
  log.warn({ error: String(error) }, 'stopped while steps were still being tried; another worker goes on with them');
}
process.exit(0);
