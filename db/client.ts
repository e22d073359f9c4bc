import postgres from 'postgres';

export type Db = postgres.Sql;
export type Tx = postgres.TransactionSql;

/** JSON for a `jsonb` column. Values are plain JSON by the types of those who call. */
export const json = (db: Db | Tx, value: unknown) => db.json(value as postgres.JSONValue);

/** Opens a pool. Days come as `YYYY-MM-DD`, instants as ISO strings, bigint as number (fen stay far below 2^53). */
export function openDb(url: string, options: { max?: number; name?: string } = {}): Db {
  return postgres(url, {
    max: options.max ?? 10,
    ...(options.name === undefined ? {} : { connection: { application_name: options.name } }),
    connect_timeout: 5,
    // Seconds before the next try to connect; left to itself the pool waits up to twenty after the database is back.
    backoff: (tries: number) => Math.min(0.05 * 2 ** tries, 1),
    onnotice: () => undefined,
    types: {
      bigint: { to: 20, from: [20], serialize: String, parse: Number },
      day: { to: 1082, from: [1082], serialize: String, parse: String },
      instant: {
        to: 1184,
        from: [1184],
        serialize: (value: string | Date) => (value instanceof Date ? value.toISOString() : value),
        parse: (value: string) => new Date(value).toISOString(),
      },
    },
  }) as unknown as Db;
}
