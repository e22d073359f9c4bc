import type { Db } from '../db/client.ts';

const connectionCodes = [
  'ECONNREFUSED',
  'ECONNRESET',
  'CONNECT_TIMEOUT',
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  'EPIPE',
];

/** Whether an error says that Postgres is out of reach or shutting down (class 57P, 08). */
export function isDatabaseDown(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return (
    typeof code === 'string' && (connectionCodes.includes(code) || code.startsWith('57P') || /^08.{3}$/.test(code))
  );
}

/** Whether the database answers within two seconds. */
export async function pingDatabase(db: Db): Promise<boolean> {
  const timeout = new Promise<false>((resolve) => setTimeout(() => resolve(false), 2_000).unref());
  return Promise.race([
    db`select 1`.then(
      () => true,
      () => false,
    ),
    timeout,
  ]);
}
