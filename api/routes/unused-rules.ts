import { z } from '@hono/zod-openapi';
import { regionCode } from '../../contracts/acts/common.ts';
import { matchedRules } from '../../db/matched-rules.ts';
import { decisionPoints } from '../../domain/rules.ts';
import { rulesInForce } from '../../rules/stored-packs.ts';
import { requireRegion, requireRole } from '../auth.ts';
import type { ApiDeps } from '../deps.ts';
import { createRouter, jsonOf, loose, problems, secured } from '../openapi.ts';
import { knownRegion } from '../regions.ts';
import { parse } from '../request.ts';

const Asked = z.strictObject({ region: regionCode, days: z.coerce.number().int().min(1).max(3650).default(365) });

/** Rules in force in a region that matched none of the decisions recorded there; points that nothing was recorded of are named apart. */
export function unusedRuleRoutes(deps: ApiDeps) {
  const app = createRouter();

  app.openAPIRegistry.registerPath({
    method: 'get',
    path: '/v1/rules/unused',
    tags: ['rules'],
    summary: '未用规则 · Rules of a region that matched no recorded decision in the last days',
    security: secured,
    request: { query: Asked },
    responses: {
      200: jsonOf(
        loose('region, days, items[]: point, id, title, legalRef, source, decisions; notAsked[]'),
        'The rules',
      ),
      ...problems(401, 403, 422),
    },
  });
  app.get('/v1/rules/unused', async (c) => {
    const caller = c.get('caller');
    requireRole(caller, 'administrator');
    const { region, days } = parse(Asked, c.req.query());
    requireRegion(caller, knownRegion(deps, region));
    const recorded = await matchedRules(deps.db, region, days);
    const items = recorded.flatMap(({ point, decisions, rules }) =>
      rulesInForce(deps.rules, region, point)
        .filter(({ id }) => !rules.includes(id))
        .map(({ id, title, legalRef, source }) => ({ point, id, title, legalRef, source, decisions })),
    );
    const notAsked = decisionPoints.filter((point) => !recorded.some((at) => at.point === point));
    return c.json({ region, days, items, notAsked });
  });

  return app;
}
