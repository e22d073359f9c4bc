import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Ports, readEnv } from '../../temporal-config/env.ts';
import { type MailCatcher, startMailCatcher } from '../../temporal-config/mail-catcher.ts';
import { freePorts } from '../../temporal-config/ports.ts';
import { type Stack, type StackOptions, startServers } from '../../temporal-config/stack.ts';

export type TestServers = Stack<MailCatcher> & {
  dataDir: string;
  /** The servers' and, with `api`, one more that is free. */
  ports: Ports;
  /** What a worker or an API process must be told to use these servers. */
  env: Record<string, string>;
};

/**
 * Real servers for a test: free ports, and a data directory of their own that goes with `stop()` unless it was handed in.
 * Give `dataDir` and `ports` of an earlier one to go on with its files.
 */
export async function startTestServers(
  given: Partial<Pick<TestServers, 'dataDir' | 'ports'>> & Pick<Partial<StackOptions<MailCatcher>>, 'durability'> = {},
): Promise<TestServers> {
  const dataDir = given.dataDir ?? (await temporaryFolder());
  const ports = given.ports ?? (await freePorts(['api', 'temporal', 'temporalUi', 'postgres', 'smtp']));
  const { cacheDir } = readEnv();
  const stack = await startServers({
    ...{ dataDir, cacheDir, ports, durability: given.durability },
    startMail: startMailCatcher,
  });
  const { stop } = stack;
  return Object.assign(stack, {
    dataDir,
    ports,
    env: {
      DATABASE_URL: stack.databaseUrl,
      TEMPORAL_ADDRESS: stack.temporalAddress,
      TEMPORAL_NAMESPACE: stack.temporalNamespace,
      SMTP_URL: stack.smtpUrl,
      HEJIE_DATA_DIR: dataDir,
      API_PORT: String(ports.api),
    },
    stop: async () => {
      await stop();
      if (given.dataDir === undefined) await rm(dataDir, { recursive: true, force: true });
    },
  });
}

/** A folder of a test's own. */
export async function temporaryFolder(): Promise<string> {
  return realpath(await mkdtemp(join(tmpdir(), 'hejie-test-')));
}
