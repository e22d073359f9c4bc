import { regionPrefix } from '../../db/read-models.ts';
import type { RuleBook } from '../../domain/rules.ts';
import type { Scenarios } from '../../domain/scenarios.ts';
import { addDays } from '../../domain/time/day.ts';
import { sourceOfDocument } from '../../rules/pack-document.ts';
import { scenariosIn } from '../../rules/scenarios/read.ts';
import { packsOf } from '../../rules/stored-packs.ts';
import type { ApiDeps } from '../deps.ts';
import { packTextOn } from './pack-text.ts';

/** The scenarios of the packs within a draft's region, as they hold tomorrow, the first day that the draft may change. */
export async function narrowerScenarios(
  deps: ApiDeps,
  book: RuleBook,
  draft: { pack: string; region: string },
): Promise<Array<{ pack: string; scenarios: Scenarios }>> {
  const prefix = regionPrefix(draft.region);
  const heads = packsOf(book).map(({ head }) => head);
  const within = heads.filter(({ id, regionCode }) => id !== draft.pack && regionCode.startsWith(prefix));
  const tomorrow = addDays(deps.releases.today(), 1);
  return Promise.all(
    within.map(async ({ id: pack }) => {
      const text = await packTextOn(deps, pack, tomorrow);
      const scenarios = scenariosIn(text === undefined ? [] : [sourceOfDocument(text)]);
      return { pack, scenarios };
    }),
  );
}
