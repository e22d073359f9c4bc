import type { AdministeredRelease, AdministrationEvent, ReleaseKindName, ReleaseStatus } from '../domain/releases.ts';
import type { LegalDay } from '../domain/time/types.ts';
import { noteAdministration } from './administration.ts';
import { type Db, json, type Tx } from './client.ts';
import { keepReleaseFile, type ReleaseFile } from './release-files.ts';

const columns = (db: Db | Tx) => db`
  id, kind, subject, region, number, status, sha256, pasted_text as "pastedText", based_on as "basedOn", check_result as "check", preview,
  drafted_by as "draftedBy", drafted_at as "draftedAt", changed_at as "changedAt", approved_by as "approvedBy",
  approved_at as "approvedAt", in_force_from as "inForceFrom"`;

type ByWhom = Pick<AdministrationEvent, 'actorId' | 'reason' | 'at'>;

interface Draft {
  kind: ReleaseKindName;
  subject: string;
  region: string;
  content: unknown;
  sha256: string;
  pastedText: string | null;
  basedOn: string | null;
  /** What the content names by its hash. */
  file?: ReleaseFile;
}

/** Whether this transaction may approve something of the kind: until it ends, no other may. */
export async function mayApprove(tx: Tx, kind: ReleaseKindName): Promise<boolean> {
  const [row] = await tx<Array<{ mine: boolean }>>`
    select pg_try_advisory_xact_lock(hashtext(${`approve:${kind}`})) as mine`;
  return row?.mine === true;
}

/** Keeps a draft as the next release of its subject. */
export const insertDraft = (db: Db, draft: Draft, by: ByWhom) =>
  db.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(hashtext(${`draft:${draft.kind}:${draft.subject}`}))`;
    const { kind, subject, region, sha256, file } = draft;
    if (file !== undefined) await keepReleaseFile(tx, file);
    const [kept] = await tx<AdministeredRelease[]>`
      insert into administered_releases ${tx({
        ...{ kind, subject, region, sha256, status: 'draft', content: json(tx, draft.content) },
        ...{ pasted_text: draft.pastedText },
        ...{ based_on: draft.basedOn, drafted_by: by.actorId, drafted_at: by.at, changed_at: by.at },
        number: await nextNumber(tx, draft),
      })} returning ${columns(tx)}`;
    const release = kept as AdministeredRelease;
    await noteAdministration(tx, eventOf(release, 'release.drafted', by, { sha256 }));
    return release;
  }) as Promise<AdministeredRelease>;

async function nextNumber(tx: Tx, { kind, subject }: Draft): Promise<number> {
  const [row] = await tx<Array<{ n: number }>>`
    select coalesce(max(number), 0) + 1 as n from administered_releases where kind = ${kind} and subject = ${subject}`;
  return row?.n ?? 1;
}

/** A change of a release that is still open. */
export interface ReleaseChange {
  content?: { value: unknown; sha256: string; pastedText: string | null; file?: ReleaseFile };
  basedOn?: string | null;
  status: ReleaseStatus;
  check?: AdministeredRelease['check'];
  preview?: AdministeredRelease['preview'];
  inForceFrom?: LegalDay;
}

/** Writes a change of a release with its event; undefined where it is no longer as the caller saw it (`sha256`, `status`). */
export async function changeRelease(
  tx: Tx,
  seen: Pick<AdministeredRelease, 'id' | 'sha256' | 'status'>,
  change: ReleaseChange,
  type: AdministrationEvent['type'],
  by: ByWhom,
  detail: Record<string, unknown> = {},
): Promise<AdministeredRelease | undefined> {
  const { content, basedOn, status, check, preview, inForceFrom } = change;
  if (content?.file !== undefined) await keepReleaseFile(tx, content.file);
  const [kept] = await tx<AdministeredRelease[]>`
    update administered_releases set ${tx({
      status,
      changed_at: by.at,
      // Whoever wrote the text that is there cannot approve it.
      ...(content === undefined
        ? {}
        : {
            ...{ content: json(tx, content.value), sha256: content.sha256, drafted_by: by.actorId },
            pasted_text: content.pastedText,
          }),
      ...(basedOn === undefined ? {} : { based_on: basedOn }),
      ...(check === undefined ? {} : { check_result: check === null ? null : json(tx, check) }),
      ...(preview === undefined ? {} : { preview: preview === null ? null : json(tx, preview) }),
      ...(inForceFrom === undefined ? {} : { in_force_from: inForceFrom, approved_by: by.actorId, approved_at: by.at }),
    })}
    where id = ${seen.id} and sha256 = ${seen.sha256} and status = ${seen.status} returning ${columns(tx)}`;
  if (kept !== undefined) await noteAdministration(tx, eventOf(kept, type, by, detail));
  return kept;
}

function eventOf(
  { id, kind, subject, region }: AdministeredRelease,
  type: AdministrationEvent['type'],
  by: ByWhom,
  detail: Record<string, unknown>,
): AdministrationEvent {
  return { type, kind, subject, region, releaseId: id, detail, ...by };
}

export async function findRelease(db: Db | Tx, id: string): Promise<AdministeredRelease | undefined> {
  const [row] = await db<AdministeredRelease[]>`select ${columns(db)} from administered_releases where id = ${id}`;
  return row;
}

/** What a release says, whole. */
export async function findReleaseText(db: Db, id: string): Promise<unknown> {
  const [row] = await db<Array<{ content: unknown }>>`select content from administered_releases where id = ${id}`;
  return row?.content;
}

/** The text of a subject that is approved to be in force on a day; undefined where there is none. */
export async function findApprovedText(
  db: Db,
  { kind, subject }: Pick<AdministeredRelease, 'kind' | 'subject'>,
  day: LegalDay,
): Promise<unknown> {
  const [row] = await db<Array<{ content: unknown }>>`
    select content from administered_releases
    where kind = ${kind} and subject = ${subject} and status = 'approved' and in_force_from <= ${day}
    order by in_force_from desc limit 1`;
  return row?.content;
}

/** Releases of a region and within it, the newest first; after the place given. */
export const listReleases = (
  db: Db,
  asked: { prefix: string; kind?: string; subject?: string; status?: string; limit: number; offset: number },
): Promise<AdministeredRelease[]> =>
  db<AdministeredRelease[]>`
    select ${columns(db)} from administered_releases
    where region like ${`${asked.prefix}%`}
      ${asked.kind === undefined ? db`` : db`and kind = ${asked.kind}`}
      ${asked.subject === undefined ? db`` : db`and subject = ${asked.subject}`}
      ${asked.status === undefined ? db`` : db`and status = ${asked.status}`}
    order by changed_at desc, id limit ${asked.limit} offset ${asked.offset}`;

/** The approved releases of a subject, the one that is in force last first. */
export const listApproved = (
  db: Db | Tx,
  { kind, subject }: Pick<AdministeredRelease, 'kind' | 'subject'>,
): Promise<AdministeredRelease[]> =>
  db<AdministeredRelease[]>`
    select ${columns(db)} from administered_releases
    where kind = ${kind} and subject = ${subject} and status = 'approved' order by in_force_from desc`;

/** The days after one on which something of a kind is approved to be in force. */
export async function approvedDaysAfter(db: Db | Tx, kind: ReleaseKindName, day: LegalDay): Promise<LegalDay[]> {
  const rows = await db<Array<{ day: LegalDay }>>`
    select distinct in_force_from as day from administered_releases
    where kind = ${kind} and status = 'approved' and in_force_from > ${day} order by day`;
  return rows.map((row) => row.day);
}
