import { actorIdOf } from '../../db/acts.ts';
import { noteAdministration } from '../../db/administration.ts';
import type { Tx } from '../../db/client.ts';
import type { AdministrationEvent } from '../../domain/releases.ts';
import type { Caller } from '../auth.ts';
import type { ApiDeps } from '../deps.ts';

/** Does what an administrator asks together with the event that says so. */
export async function audited(
  { db }: ApiDeps,
  caller: Caller,
  event: Omit<AdministrationEvent, 'actorId' | 'at' | 'releaseId'>,
  work: (tx: Tx) => Promise<unknown>,
): Promise<void> {
  const actorId = await actorIdOf(db, caller.subject);
  await db.begin(async (tx) => {
    await work(tx);
    await noteAdministration(tx, { ...event, actorId, releaseId: null, at: new Date().toISOString() });
  });
}
