import { createRoute, z } from '@hono/zod-openapi';
import type { CaseRow } from '../../db/read-models.ts';
import { listServices } from '../../db/services.ts';
import { requireRegion, requireRole } from '../auth.ts';
import type { ApiDeps } from '../deps.ts';
import { CaseNo, createRouter, jsonOf, loose, problems, secured } from '../openapi.ts';
import { problem } from '../problems.ts';
import { idempotencyKey, readBody } from '../request.ts';
import { BeginService, beginService } from '../services/begin.ts';
import { RecordResult, recordServiceResult } from '../services/result.ts';
import { serviceViews } from '../services/view.ts';
import { visibleCase } from '../visible-case.ts';

const params = z.object({ id: CaseNo });
const numbered = params.extend({ number: z.string().openapi({ example: '1' }) });
const keyed = z.object({ 'idempotency-key': z.string().optional() });
const shape =
  'number, paper, to, method, sentOn, consent, open, result, served: on, counted, how, article, deadline; next[], act';

const numberOf = (text: string): number => (/^[1-9]\d{0,8}$/.test(text) ? Number(text) : 0);

/** Service of papers (送达): begun, its result, which day counts, what is tried next. */
export function serviceRoutes(deps: ApiDeps) {
  const { db } = deps;
  const app = createRouter();

  const viewOf = async (row: CaseRow, number: number) => {
    const views = await serviceViews(deps, row, await listServices(db, row.caseNo));
    return views.find((one) => one.number === number);
  };

  app.openapi(
    createRoute({
      method: 'get',
      path: '/v1/cases/{id}/services',
      tags: ['papers'],
      summary:
        '送达 · Every attempt to serve a paper, its result, the day that counts with its article, and what is tried next',
      security: secured,
      request: { params },
      responses: { 200: jsonOf(loose(`items[]: ${shape}`), 'Services'), ...problems(401, 404) },
    }),
    async (c) => {
      const row = await visibleCase(db, c.get('caller'), c.req.valid('param').id);
      return c.json({ items: await serviceViews(deps, row, await listServices(db, row.caseNo)) } as never);
    },
  );

  // Read by hand, so that the body is refused as every other is; the document names them.
  app.openAPIRegistry.registerPath({
    method: 'post',
    path: '/v1/cases/{id}/papers/{number}/services',
    tags: ['papers'],
    summary: '登记送达 · Begin an attempt to serve a paper on a party; several may be tried',
    security: secured,
    request: {
      ...{ params: numbered, headers: keyed },
      body: { required: true, content: { 'application/json': { schema: BeginService } } },
    },
    responses: { 201: jsonOf(loose(shape), 'Begun'), ...problems(400, 401, 403, 404, 409, 422, 503) },
  });
  app.post('/v1/cases/:id/papers/:number/services', async (c) => {
    const caller = c.get('caller');
    const row = await visibleCase(db, caller, c.req.param('id'));
    const body = await readBody(c, BeginService);
    const key = idempotencyKey(c);
    const { number } = await beginService(deps, { row, caller, paper: numberOf(c.req.param('number')), body, key });
    return c.json((await viewOf(row, number)) as never, 201, {
      location: `/v1/cases/${row.caseNo}/services`,
      'idempotency-key': key,
    });
  });

  app.openAPIRegistry.registerPath({
    method: 'post',
    path: '/v1/cases/{id}/services/{number}/result',
    tags: ['papers'],
    summary:
      '登记送达结果 · What came of an attempt; where the paper has an act that takes its receipt, that act is done with it',
    security: secured,
    request: {
      ...{ params: numbered, headers: keyed },
      body: { required: true, content: { 'application/json': { schema: RecordResult } } },
    },
    responses: {
      201: jsonOf(loose(`${shape}: name, done, refused`), 'Kept'),
      ...problems(400, 401, 403, 404, 409, 422, 503),
    },
  });
  app.post('/v1/cases/:id/services/:number/result', async (c) => {
    const caller = c.get('caller');
    const row = await visibleCase(db, caller, c.req.param('id'));
    requireRole(caller, 'operator', 'union', 'mediator', 'arbitrator', 'court', 'party');
    requireRegion(caller, row.region, row.secondRegion);
    const body = await readBody(c, RecordResult);
    const key = idempotencyKey(c);
    const number = numberOf(c.req.param('number'));
    const deed = await recordServiceResult(deps, { row, caller, number, body, key });
    const view = await viewOf(row, number);
    if (!view) throw problem('not-found');
    const act = deed && { name: deed.act, done: deed.done, ...(deed.done ? {} : { refused: deed.refused }) };
    return c.json({ ...view, ...(act ? { act } : {}) } as never, 201, { 'idempotency-key': key });
  });

  return app;
}
