import { z } from '@hono/zod-openapi';
import { legalDay, regionCode } from '../../contracts/acts/common.ts';
import { type Caller, type Role, requireRegion } from '../auth.ts';
import type { ApiDeps } from '../deps.ts';
import { exportFormats } from '../export/table.ts';
import { problem } from '../problems.ts';
import { knownRegion } from '../regions.ts';

/** Who reports on a region: those who work its window, and those who look after its rules. */
export const reporters = ['operator', 'administrator'] as const satisfies readonly Role[];

/** What a report is asked for: a region, that of the office unless said otherwise, and a period with both its ends. */
export const periodQuery = {
  region: regionCode.optional(),
  from: legalDay.optional(),
  to: legalDay.optional(),
  format: z.enum(['json', ...exportFormats]).default('json'),
};

export const limit = z.coerce.number().int().min(1).max(200).default(50);

/** The region and the period. Refused: a region that is not the office's, or is none, and a period that ends before it begins. */
export function reportOf(
  deps: ApiDeps,
  caller: Caller,
  { region = caller.region, from, to }: { region?: string; from?: string; to?: string },
): { region: string; from?: string; to?: string } {
  if (region !== '000000') knownRegion(deps, region);
  requireRegion(caller, region);
  if (from !== undefined && to !== undefined && to < from)
    throw problem('bad-input', {
      errors: [{ field: '/to', code: 'day-too-early', zh: `${to} 早于 ${from}。`, en: `${to} lies before ${from}.` }],
    });
  return { region, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}
