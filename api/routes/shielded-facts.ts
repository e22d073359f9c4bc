import { z } from '@hono/zod-openapi';
import { listShieldedFacts } from '../../db/shielded-facts.ts';
import type { ApiDeps } from '../deps.ts';
import { CaseNo, createRouter, jsonOf, loose, problems, secured } from '../openapi.ts';
import { idempotencyKey, readBody } from '../request.ts';
import { LookBody, lookAt } from '../shielded-look.ts';
import { visibleCase } from '../visible-case.ts';

const titles = {
  looked: { zh: '查阅妥协认可的事实', en: 'Conceded facts were looked at' },
  refused: { zh: '查阅妥协认可的事实被拒绝', en: 'A look at conceded facts was refused' },
};

/** Facts conceded to settle (NEG-08): a look at them is an event of the case, whoever looks, and also where it is refused. */
export function shieldedFactRoutes(deps: ApiDeps) {
  const { db } = deps;
  const app = createRouter();

  app.openAPIRegistry.registerPath({
    method: 'post',
    path: '/v1/cases/{id}/shielded-facts/looks',
    tags: ['cases'],
    summary: '查阅妥协认可的事实 · Look at facts conceded to settle; every look is an event of the case',
    security: secured,
    request: {
      params: z.object({ id: CaseNo }),
      body: { required: true, content: { 'application/json': { schema: LookBody } } },
    },
    responses: {
      200: jsonOf(loose('items[]: id, concededBy, text'), 'What the caller may see'),
      ...problems(400, 401, 403, 404, 422),
    },
  });
  app.post('/v1/cases/:id/shielded-facts/looks', async (c) => {
    const caller = c.get('caller');
    const row = await visibleCase(db, caller, c.req.param('id'));
    const body = await readBody(c, LookBody);
    const key = idempotencyKey(c);
    const things = () => listShieldedFacts(db, row.caseNo);
    const seen = await lookAt(deps, { row, caller, body, key, at: 'shieldedFacts', titles, things });
    const facts = await things();
    return c.json({ items: facts.filter(({ id }) => seen.includes(id)) }, 200, { 'idempotency-key': key });
  });

  return app;
}
