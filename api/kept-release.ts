import type { RuleBook } from '../domain/rules.ts';
import { UnknownRelease } from '../rules/release-source.ts';
import type { ApiDeps } from './deps.ts';
import { problem } from './problems.ts';

/** The rules of a release that is kept. Throws `unknown-release`. */
export const keptRelease = (deps: ApiDeps, sha256: string): Promise<RuleBook> =>
  deps.ruleBook(sha256).catch((error: Error) => {
    if (!(error instanceof UnknownRelease)) throw error;
    throw problem('unknown-release', {
      errors: [
        { field: '/release', code: 'unknown-release', zh: '没有这个规则版本。', en: 'There is no such release.' },
      ],
    });
  });
