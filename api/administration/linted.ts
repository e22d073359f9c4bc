import type { Finding } from '../../domain/rules.ts';
import { sha256Of } from '../../rules/canonical.ts';
import { lintPacks } from '../../rules/lint.ts';
import { documentOf } from '../../rules/pack-document.ts';
import type { PackSource } from '../../rules/packs.ts';
import { LeastRecentlyUsed } from '../../rules/simulation/lru.ts';

/** A draft is checked, and checked again when it is approved: mostly the same packs, and each time takes a second of the thread. */
const MOST_KEPT = 32;
const kept = new LeastRecentlyUsed<Promise<Finding[]>>(MOST_KEPT);

/** What `lintPacks` finds in packs as they are kept; of the same texts it is looked for once. */
export function linted(sources: readonly PackSource[]): Promise<Finding[]> {
  const texts = sha256Of(sources.map((source) => [source.folder, documentOf(source)]));
  const known = kept.get(texts);
  if (known !== undefined) return known;
  const looking = lintPacks(sources).then(({ findings }) => findings);
  kept.set(texts, looking);
  return looking;
}
