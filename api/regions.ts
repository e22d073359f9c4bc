import type { ApiDeps } from './deps.ts';
import { problem } from './problems.ts';

/** The region code given, where there is such a region; otherwise `unknown-region` with the field. */
export function knownRegion({ rules }: Pick<ApiDeps, 'rules'>, code: string, field = '/region'): string {
  if (rules.regionExists(code)) return code;
  throw problem('unknown-region', {
    errors: [
      {
        field,
        code: 'unknown-region',
        zh: `没有 ${code} 这个行政区划代码。`,
        en: `There is no region ${code}.`,
      },
    ],
  });
}
