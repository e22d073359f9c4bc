import { readdir, readFile } from 'node:fs/promises';
import { openDb } from './client.ts';

const folder = new URL('./migrations/', import.meta.url);

/** Applies the migrations that this database has not had, in order, each in a transaction; two at once take turns. */
export async function migrate(databaseUrl: string): Promise<{ applied: string[] }> {
  const db = openDb(databaseUrl, { max: 1 });
  try {
    const files = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
    return await db.begin(async (tx) => {
      await tx`select pg_advisory_xact_lock(20220071)`;
      await tx`create table if not exists migrations (name text primary key, applied_at timestamptz not null default now())`;
      const done = new Set((await tx<Array<{ name: string }>>`select name from migrations`).map(({ name }) => name));
      const applied: string[] = [];
      for (const name of files.filter((file) => !done.has(file))) {
        await tx.unsafe(await readFile(new URL(name, folder), 'utf8'));
        await tx`insert into migrations (name) values (${name})`;
        applied.push(name);
      }
      return { applied };
    });
  } finally {
    await db.end();
  }
}
