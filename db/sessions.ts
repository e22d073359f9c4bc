import type { Db } from './client.ts';

/** Ends connections of a name that are still there, with what they were doing. */
export async function endSession(db: Db, name: string): Promise<void> {
  await db`
    select pg_terminate_backend(pid) from pg_stat_activity
    where application_name = ${name} and pid <> pg_backend_pid()`;
}
