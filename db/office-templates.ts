import type { LegalDay } from '../domain/time/types.ts';
import type { Db } from './client.ts';
import { upwards } from './upwards.ts';

/** A template of an office, or (without a hash) its return to that of the wider region. */
export interface OfficeTemplate {
  region: string;
  kind: string;
  /** Counts those of a kind in a region. */
  number: number;
  sha256: string | null;
  reason: string;
  handedInAt: string;
  inForceFrom: LegalDay;
  /** Null for what was handed in before templates were released. */
  release: string | null;
}

const columns = (db: Db) => db`
  region, kind, number, sha256, reason, handed_in_at as "handedInAt", in_force_from as "inForceFrom",
  release_id as release`;

/** Where a template of a region is looked for. */
interface Asked {
  region: string;
  day: LegalDay;
  /** Only in the regions that it lies in: what would hold if it gave its own up. */
  without?: 'own';
}

/** The newest of each region from this one upwards, by kind, the narrowest region that has a template first. */
const inForce = (db: Db, { region, day, without }: Asked) => {
  const regions = upwards(region).filter((code) => without === undefined || code !== region);
  return db`
    select distinct on (kind) * from (
      select distinct on (kind, region) * from paper_templates
      where region = any(${regions}) and in_force_from <= ${day} order by kind, region, number desc) as newest
    where sha256 is not null order by kind, region desc`;
};

/** The templates in force in a region, one of a kind at most; where there is none, that of the project is. */
export const listTemplatesInForce = (db: Db, asked: Asked): Promise<OfficeTemplate[]> =>
  db<OfficeTemplate[]>`select ${columns(db)} from (${inForce(db, asked)}) as template`;

/** The office's template in force in a region; undefined where that of the project is. */
export async function findTemplateInForce(
  db: Db,
  { kind, ...asked }: Asked & { kind: string },
): Promise<Buffer | undefined> {
  const [row] = await db<Array<{ bytes: Buffer }>>`
    select bytes from (${inForce(db, asked)}) as template join release_files using (sha256) where kind = ${kind}`;
  return row?.bytes;
}

/** Everything of a kind that was, is or will be in force in a region by its own wish, in order. */
export const listTemplatesOf = (
  db: Db,
  { region, kind }: { region: string; kind: string },
): Promise<OfficeTemplate[]> =>
  db<OfficeTemplate[]>`
    select ${columns(db)} from paper_templates where region = ${region} and kind = ${kind} order by number`;

/** One that was approved, by its hash: by it papers know their template. */
export async function findTemplateByHash(
  db: Db,
  { kind, sha256 }: { kind: string; sha256: string },
): Promise<Buffer | undefined> {
  const [row] = await db<Array<{ bytes: Buffer }>>`
    select bytes from release_files where sha256 = ${sha256}
      and exists (select 1 from paper_templates t where t.kind = ${kind} and t.sha256 = ${sha256})`;
  return row?.bytes;
}
