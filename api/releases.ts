import { wasInForce } from '../db/release-moves.ts';
import type { RuleBook } from '../domain/rules.ts';
import { UnknownRelease } from '../rules/release-source.ts';
import type { ApiDeps } from './deps.ts';
import { problem } from './problems.ts';

/** The release of a hash, where it is kept; otherwise `unknown-release` with the field. */
export const keptRelease = (deps: Pick<ApiDeps, 'ruleBook'>, sha256: string, field = '/release'): Promise<RuleBook> =>
  deps.ruleBook(sha256).catch((error: Error) => {
    if (!(error instanceof UnknownRelease)) throw error;
    throw problem('unknown-release', {
      errors: [{ field, code: 'unknown-release', zh: '没有这个规则版本。', en: 'There is no such release.' }],
    });
  });

/** The same of one that is in force or was before; a case goes by no other one. */
export async function releaseOnceInForce(
  deps: Pick<ApiDeps, 'ruleBook' | 'db' | 'releases'>,
  sha256: string,
  field: string,
): Promise<RuleBook> {
  const book = await keptRelease(deps, sha256, field);
  if (await wasInForce(deps.db, sha256, deps.releases.today())) return book;
  throw problem('release-not-yet-in-force', {
    errors: [{ field, code: 'release-not-yet-in-force', zh: '尚未施行。', en: 'It has not come into force.' }],
  });
}
