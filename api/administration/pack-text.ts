import { findReleaseText, listApproved } from '../../db/administered-releases.ts';
import type { LegalDay } from '../../domain/time/types.ts';
import { packsFolder, readSources } from '../../rules/load.ts';
import { documentOf, type PackDocument } from '../../rules/pack-document.ts';
import type { ApiDeps } from '../deps.ts';

/** A pack as it holds on a day, with its scenarios: what was approved, else what the program brought; undefined where there is none. */
export async function packTextOn({ db }: ApiDeps, pack: string, day: LegalDay): Promise<PackDocument | undefined> {
  const approved = (await listApproved(db, { kind: 'pack', subject: pack })).find(
    ({ inForceFrom }) => inForceFrom !== null && inForceFrom <= day,
  );
  if (approved !== undefined) return (await findReleaseText(db, approved.id)) as PackDocument;
  return shippedText(pack);
}

/** A pack as the program brought it. */
export async function shippedText(pack: string): Promise<PackDocument | undefined> {
  const source = (await readSources(packsFolder)).find(({ folder }) => folder === pack);
  return source === undefined ? undefined : documentOf(source);
}
