import { Client, Connection } from '@temporalio/client';
import { devKeys, signDevToken } from '../api/dev-issuer.ts';
import { type Db, openDb } from '../db/client.ts';
import { migrate } from '../db/migrate.ts';
import { readEnv } from '../temporal-config/env.ts';
import { startTestServers } from '../tests/support/servers.ts';
import { type Part, partOf } from './processes.ts';

/** Everything the benchmark runs on: real servers of its own, the product and the bare worker beside one another. */
export interface BenchStack {
  client: Client;
  db: Db;
  worker: Part;
  bareWorker: Part;
  apiUrl: string;
  token: string;
  stop(): Promise<void>;
}

/** Starts it all on free ports and a temporary folder. */
export async function startBenchStack(flags: { profile?: string } = {}): Promise<BenchStack> {
  const servers = await startTestServers();
  const undo: Array<() => Promise<unknown>> = [() => servers.stop()];
  const stop = async () => {
    for (const step of undo.reverse()) await step();
  };
  try {
    await migrate(servers.databaseUrl);
    const env = { ...servers.env, LOG_LEVEL: 'warn', HEJIE_MAIL_CAUGHT: 'yes', HEJIE_CACHE_DIR: readEnv().cacheDir };
    const profiling = flags.profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${flags.profile}`];
    const worker = partOf('worker', 'worker/main.ts', servers.dataDir, env, profiling);
    const bareWorker = partOf('bare-worker', 'bench/bare-worker.ts', servers.dataDir, env, profiling);
    const api = partOf('api', 'api/main.ts', servers.dataDir, env);
    for (const part of [worker, bareWorker, api]) undo.push(() => part.stop());
    await Promise.all([worker.start(), bareWorker.start(), api.start()]);
    const connection = await Connection.connect({ address: servers.temporalAddress });
    undo.push(() => connection.close());
    const db = openDb(servers.databaseUrl, { max: 20 });
    undo.push(() => db.end({ timeout: 5 }));
    const { oidcAudience } = readEnv();
    return {
      client: new Client({ connection, namespace: servers.temporalNamespace }),
      db,
      worker,
      bareWorker,
      apiUrl: `http://127.0.0.1:${servers.ports.api}`,
      token: await signDevToken(await devKeys(servers.dataDir), {
        subject: 'bench-operator',
        role: 'operator',
        audience: oidcAudience,
      }),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
