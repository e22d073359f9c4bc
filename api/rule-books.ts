import { z } from '@hono/zod-openapi';
import type { RuleBook } from '../domain/rules.ts';
import { UnknownRelease } from '../rules/release-source.ts';
import type { ApiDeps } from './deps.ts';
import { problem } from './problems.ts';

export const releaseHash = z
  .string()
  .regex(/^[0-9a-f]{64}$/, '版本的 SHA-256 / the SHA-256 of a release')
  .optional()
  .meta({ description: '规则版本 The SHA-256 of a release that is kept; the one in force unless given' });

/** The rules of a release that is kept, or those in force where none is named. Throws `unknown-release`. */
export async function keptRelease(deps: ApiDeps, sha256: string | undefined): Promise<RuleBook> {
  if (sha256 === undefined) return deps.rules;
  return deps.ruleBook(sha256).catch((error: Error) => {
    if (!(error instanceof UnknownRelease)) throw error;
    throw problem('unknown-release', {
      errors: [
        { field: '/release', code: 'unknown-release', zh: '没有这个规则版本。', en: 'There is no such release.' },
      ],
    });
  });
}
