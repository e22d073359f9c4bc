import { findScenarioRun } from '../../db/scenario-runs.ts';
import type { RowChange } from '../../rules/changes.ts';
import { type PackDocument, sourceOfDocument } from '../../rules/pack-document.ts';
import type { ApiDeps } from '../deps.ts';
import { type ProblemError, problem } from '../problems.ts';
import { draftBooks } from './draft-books.ts';
import type { WholeRelease } from './kind.ts';

/** Why a pack is not tried yet: its own scenarios and those of the packs on it are all green, on this very book, and its own touch every row that it changes. */
export async function notTried(deps: ApiDeps, release: WholeRelease): Promise<ProblemError | undefined> {
  const run = await findScenarioRun(deps.db, release.sha256);
  if (
    run === undefined ||
    run.bookSha256 !== (await draftBooks(deps, sourceOfDocument(release.content as PackDocument))).after.sha256
  )
    return problem('scenarios-not-run');
  const red = run.results.filter(({ passed }) => !passed);
  if (red.length > 0)
    return problem('scenarios-not-green', {
      errors: red.map(({ id, title, pack }) => ({
        ...{ field: '', code: 'scenario-failed', place: pack === undefined ? id : `${pack} ${id}` },
        zh: `场景未通过：${title.zh}`,
        en: `The scenario fails: ${title.en}`,
      })),
    });
  if (run.untouched.length === 0) return undefined;
  return problem('rules-untouched', {
    errors: (run.untouched as RowChange[]).map(({ pack, file, row }) => ({
      ...{ field: '', code: 'rule-untouched', place: `${pack}/${file} ${row}` },
      zh: `没有场景涉及“${row}”。`,
      en: `No scenario touches "${row}".`,
    })),
  });
}
