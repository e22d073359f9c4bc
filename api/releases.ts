import { z } from '@hono/zod-openapi';
import type { RuleBook } from '../domain/rules.ts';
import { UnknownRelease } from '../rules/release-source.ts';
import type { ApiDeps } from './deps.ts';
import { problem } from './problems.ts';

export const releaseHash = z.string().regex(/^[0-9a-f]{64}$/, '版本的 SHA-256 / the SHA-256 of a release');

/** The release of a hash, where it is kept; otherwise `unknown-release` with the field. */
export const keptRelease = (deps: Pick<ApiDeps, 'ruleBook'>, sha256: string, field = '/release'): Promise<RuleBook> =>
  deps.ruleBook(sha256).catch((error: Error) => {
    if (!(error instanceof UnknownRelease)) throw error;
    throw problem('unknown-release', {
      errors: [{ field, code: 'unknown-release', zh: '没有这个规则版本。', en: 'There is no such release.' }],
    });
  });
