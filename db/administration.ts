import type { AdministrationEvent } from '../domain/releases.ts';
import { type Db, json, type Tx } from './client.ts';

/** Writes what an administrator did, in the transaction that does it. */
export const noteAdministration = (tx: Db | Tx, { releaseId, actorId, detail, ...event }: AdministrationEvent) =>
  tx`insert into administration_events ${tx({
    ...event,
    release_id: releaseId,
    actor_id: actorId,
    detail: json(tx, detail),
  })}`;

export type KeptAdministrationEvent = AdministrationEvent & { id: number };

/** What was done in a region and within it, or to one release, the newest first, before a given one. */
export const listAdministration = (
  db: Db,
  { prefix, releaseId, before, limit }: { prefix: string; releaseId?: string; before?: number; limit: number },
): Promise<KeptAdministrationEvent[]> =>
  db<KeptAdministrationEvent[]>`
    select id, at, type, kind, subject, region, release_id as "releaseId", actor_id as "actorId", reason, detail
    from administration_events
    where region like ${`${prefix}%`}
      ${releaseId === undefined ? db`` : db`and release_id = ${releaseId}`}
      ${before === undefined ? db`` : db`and id < ${before}`}
    order by id desc limit ${limit}`;
