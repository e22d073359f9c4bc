import { findApprovedText } from '../../db/administered-releases.ts';
import type { LegalDay } from '../../domain/time/types.ts';
import { packsFolder, readSources } from '../../rules/load.ts';
import { documentOf, type PackDocument } from '../../rules/pack-document.ts';
import type { ApiDeps } from '../deps.ts';

/** A pack as it holds on a day, with its scenarios: what was approved, else what the program brought; undefined where there is none. */
export async function packTextOn({ db }: ApiDeps, pack: string, day: LegalDay): Promise<PackDocument | undefined> {
  const approved = await findApprovedText(db, { kind: 'pack', subject: pack }, day);
  return approved === undefined ? shippedText(pack) : (approved as PackDocument);
}

/** A pack as the program brought it. */
export async function shippedText(pack: string): Promise<PackDocument | undefined> {
  const source = (await readSources(packsFolder)).find(({ folder }) => folder === pack);
  return source === undefined ? undefined : documentOf(source);
}
