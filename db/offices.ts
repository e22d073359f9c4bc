import type { Db, Tx } from './client.ts';

/** Where an office of a region is told things. */
export interface Office {
  region: string;
  kind: string;
  name: string;
  email?: string;
}

export const listOffices = (db: Db): Promise<Office[]> =>
  db<Office[]>`select region, kind, name, email from offices order by region, kind`;

/** Sets an office; it replaces what was there. */
export const saveOffice = (db: Db | Tx, { region, kind, name, email }: Office) => db`
  insert into offices ${db({ region, kind, name, email: email ?? null })}
  on conflict (region, kind) do update set name = excluded.name, email = excluded.email`;
