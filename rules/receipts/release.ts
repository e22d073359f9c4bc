import type { DecisionPoint, RuleBook } from '../../domain/rules.ts';
import { sha256Of } from '../canonical.ts';
import type { RankedRule } from '../evaluate.ts';
import { isRecord } from '../is-record.ts';
import type { LocalPack, NationalPack, PackParts } from '../packs.ts';
import { lineage } from '../regions.ts';
import { releaseName } from '../rule-book.ts';
import type { DeadlineLayers, Receipt } from './receipt.ts';

/** A rule book as receipts look at it: its name, its hash, and its packs as they were checked before they were in force. */
export interface Release {
  name: string;
  sha256: string;
  packs: readonly [NationalPack, ...LocalPack[]];
}

export const releaseOf = ({ release, sha256, content }: RuleBook): Release => ({
  name: release,
  sha256,
  packs: (content as Pick<Release, 'packs'>).packs,
});

/**
 * The stored content of a rule book (`RuleBook.content`), without checking it again: under a later program it may not be what
 * a pack must be. The hash vouches for it. Undefined where it has not even the form.
 */
export function releaseFrom(content: unknown): Release | undefined {
  if (!isRecord(content) || content.format !== 1 || !Array.isArray(content.packs)) return undefined;
  const packs: unknown[] = content.packs;
  const isPack = (pack: unknown) =>
    isRecord(pack) &&
    isRecord(pack.head) &&
    typeof pack.head.version === 'string' &&
    isRecord(pack.decisions) &&
    Array.isArray(pack.deadlines);
  if (packs.length === 0 || !packs.every(isPack)) return undefined;
  const sha256 = sha256Of(content);
  const known = packs as unknown as Release['packs'];
  return { name: releaseName(known, sha256), sha256, packs: known };
}

/** The packs in force for a region, from the nation to the district. */
export const packsIn = ({ packs }: Release, region: string): PackParts[] =>
  lineage(region).flatMap((code) => packs.filter(({ head }) => head.regionCode === code));

export interface PackRule extends RankedRule {
  pack: string;
}

/** The rules of a point in force for a region, each with its pack. */
export const rulesIn = (release: Release, region: string, point: DecisionPoint): PackRule[] =>
  packsIn(release, region).flatMap(({ head, decisions }, rank) =>
    (decisions[point] ?? []).map((rule) => ({ pack: head.id, rank, rule })),
  );

/** What each pack in force for a region says of a deadline; nothing where the nation has no such deadline. */
export const layersIn = (release: Release, region: string, id: string): DeadlineLayers | undefined => {
  const [nation, ...local] = (packsIn(release, region) as [NationalPack, ...LocalPack[]]).flatMap(
    ({ head, deadlines }) =>
      (deadlines as NationalPack['deadlines']).filter((row) => row.id === id).map((row) => ({ pack: head.id, row })),
  );
  return nation === undefined ? undefined : [nation, ...local];
};

/** How many seconds stand for a day, where they do. */
export const secondsPerDayIn = (release: Release, region: string): number | undefined =>
  packsIn(release, region).at(-1)?.head.timeScale?.secondsPerDay;

/**
 * The release and the packs as the book has them. Without it, what follows from the receipt itself: the name ends as the hash
 * begins, and the packs are those of the region and of what it lies in.
 */
export function headOf(receipt: Receipt, release: Release | undefined): Pick<Receipt, 'release' | 'packs'> {
  const { region, packs } = receipt;
  if (release !== undefined)
    return {
      release: { name: release.name, sha256: release.sha256 },
      packs: packsIn(release, region).map(({ head }) => head.id),
    };
  const { name, sha256 } = receipt.release;
  return {
    release: { name: name.replace(/[^+]*$/, sha256.slice(0, 8)), sha256 },
    packs: lineage(region).flatMap((code) => packs.filter((id) => id.startsWith(`${code}-`))),
  };
}
