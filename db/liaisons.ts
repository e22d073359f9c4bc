import type { Db, Tx } from './client.ts';
import { upwards } from './upwards.ts';

/** An arbitrator who looks after the mediation organisations of one kind in a region (仲裁员分片联系). */
export interface Liaison {
  region: string;
  organisation: string;
  /** Number in the roster of the commission; never a name. */
  arbitratorId: string;
  email?: string;
}

/** The liaison of the narrowest region that has one for that kind of organisation. */
export const liaisonOf = (db: Db | Tx, region: string, organisation: string | null) => db<Array<Required<Liaison>>>`
  select region, organisation, arbitrator_id as "arbitratorId", email from liaisons
  where organisation = ${organisation}
    and region in ${db(upwards(region))}
  order by region desc limit 1`;

export const listLiaisons = (db: Db): Promise<Liaison[]> =>
  db<Liaison[]>`
    select region, organisation, arbitrator_id as "arbitratorId", email from liaisons order by region, organisation`;

/** Sets the liaison of a kind of organisation; it replaces the one before. */
export const saveLiaison = (db: Db | Tx, { region, organisation, arbitratorId, email }: Liaison) => db`
  insert into liaisons ${db({ region, organisation, arbitrator_id: arbitratorId, email: email ?? null })}
  on conflict (region, organisation) do update set arbitrator_id = excluded.arbitrator_id, email = excluded.email`;
