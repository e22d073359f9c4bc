import type { Db, Tx } from './client.ts';
import { upwards } from './upwards.ts';

/** A template that an office handed in, or (without a hash) its return to that of the wider region. */
export interface OfficeTemplate {
  region: string;
  kind: string;
  /** Counts what a region handed in of a kind. */
  number: number;
  sha256: string | null;
  reason: string;
  handedInAt: string;
}

const columns = (db: Db | Tx) => db`region, kind, number, sha256, reason, handed_in_at as "handedInAt"`;

/** The newest row of each region from this one upwards, by kind, the narrowest region that has a template first. */
const inForce = (db: Db, region: string) => db`
  select distinct on (kind) * from (
    select distinct on (kind, region) * from office_templates
    where region in ${db(upwards(region))} order by kind, region, number desc) as newest
  where docx is not null order by kind, region desc`;

/** The templates in force in a region, one of a kind at most; where there is none, that of the project is. */
export const listTemplatesInForce = (db: Db, region: string): Promise<OfficeTemplate[]> =>
  db<OfficeTemplate[]>`select ${columns(db)} from (${inForce(db, region)}) as template`;

/** The office's template in force in a region; undefined where that of the project is. */
export async function findTemplateInForce(
  db: Db,
  { region, kind }: { region: string; kind: string },
): Promise<{ docx: Buffer; sha256: string; region: string } | undefined> {
  const [row] = await db<Array<{ docx: Buffer; sha256: string; region: string }>>`
    select docx, sha256, region from (${inForce(db, region)}) as template where kind = ${kind}`;
  return row;
}

/** Everything a region handed in of a kind, in order. */
export const listTemplatesOf = (
  db: Db,
  { region, kind }: { region: string; kind: string },
): Promise<OfficeTemplate[]> =>
  db<OfficeTemplate[]>`
    select ${columns(db)} from office_templates where region = ${region} and kind = ${kind} order by number`;

/** One that was handed in, by its hash: by it papers know their template. */
export async function findTemplateByHash(
  db: Db,
  { kind, sha256 }: { kind: string; sha256: string },
): Promise<Buffer | undefined> {
  const [row] = await db<Array<{ docx: Buffer }>>`
    select docx from office_templates where kind = ${kind} and sha256 = ${sha256} limit 1`;
  return row?.docx;
}

interface HandedIn {
  region: string;
  kind: string;
  /** Null gives the region's own template up. */
  template: { docx: Buffer; sha256: string } | null;
  reason: string;
  actorId: string;
  at: string;
}

/**
 * Keeps what a region hands in as its newest of the kind. The same as its newest changes nothing: `isNew` is false. Two at once take
 * turns.
 */
export const keepTemplate = (db: Db, { region, kind, template, reason, actorId, at }: HandedIn) =>
  db.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(hashtext(${`template:${region}:${kind}`}))`;
    const [newest] = await tx<OfficeTemplate[]>`
      select ${columns(tx)} from office_templates
      where region = ${region} and kind = ${kind} order by number desc limit 1`;
    if ((newest?.sha256 ?? null) === (template?.sha256 ?? null)) return { isNew: false, kept: newest };
    const [kept] = await tx<OfficeTemplate[]>`
      insert into office_templates ${tx({
        ...{ region, kind, number: (newest?.number ?? 0) + 1, docx: template?.docx ?? null },
        ...{ sha256: template?.sha256 ?? null, reason, handed_in_at: at, actor_id: actorId },
      })} returning ${columns(tx)}`;
    return { isNew: true, kept };
  });
