import { createRoute, z } from '@hono/zod-openapi';
import { regionCode } from '../../contracts/acts/common.ts';
import { listNoticesAcrossCases, resendNotice } from '../../db/notices.ts';
import { noticeChannels, noticeStatuses } from '../../domain/notices.ts';
import { requireRegion, requireRole, scopeOf } from '../auth.ts';
import type { ApiDeps } from '../deps.ts';
import { CaseNo, createRouter, jsonOf, loose, problems, secured } from '../openapi.ts';
import { problem } from '../problems.ts';
import { knownRegion } from '../regions.ts';
import { cursorOf, idempotencyKey, parse, readBody, readCursor, uuidFrom } from '../request.ts';
import { noticeAcrossCases } from '../views.ts';
import { visibleCase } from '../visible-case.ts';

const inPath = z.object({ id: CaseNo, notice: z.uuid().openapi({ param: { name: 'notice', in: 'path' } }) });
const Resend = z.strictObject({
  channel: z.enum(noticeChannels).optional().meta({ description: 'By this channel; else as the rules choose' }),
});

/** Notices across cases, and sent again. */
export function noticeRoutes(deps: ApiDeps) {
  const { db } = deps;
  const app = createRouter();

  app.openapi(
    createRoute({
      method: 'get',
      path: '/v1/notices',
      tags: ['cases'],
      summary:
        '通知一览 · Notices of all cases of a region that are in one state, the newest first; those that failed unless said otherwise',
      security: secured,
      request: {
        query: z.strictObject({
          status: z.enum(noticeStatuses).default('failed'),
          region: regionCode.optional(),
          cursor: z.string().max(400).optional(),
          limit: z.coerce.number().int().min(1).max(200).default(50),
        }),
      },
      responses: {
        200: jsonOf(
          loose('items[]: id, case, region, template, recipient, channel, attempts, error, createdAt; nextCursor'),
          'A page',
        ),
        ...problems(401, 403, 422),
      },
    }),
    async (c) => {
      const caller = c.get('caller');
      requireRole(caller, 'operator', 'administrator');
      const { status, region, cursor, limit } = c.req.valid('query');
      if (region !== undefined) knownRegion(deps, region);
      const after = readCursor(z.uuid(), cursor);
      const rows = await listNoticesAcrossCases(db, scopeOf(caller), { status, region, after, limit: limit + 1 });
      const page = rows.slice(0, limit);
      const nextCursor = rows.length > page.length ? cursorOf(page.at(-1)?.id) : null;
      return c.json({ items: page.map(noticeAcrossCases), nextCursor } as never);
    },
  );

  app.openAPIRegistry.registerPath({
    method: 'post',
    path: '/v1/cases/{id}/notices/{notice}/resend',
    tags: ['cases'],
    summary: '重发通知 · Send a notice again, to the address of today',
    security: secured,
    request: {
      params: inPath,
      headers: z.object({ 'idempotency-key': z.string().optional() }),
      body: { required: false, content: { 'application/json': { schema: Resend } } },
    },
    responses: { 202: jsonOf(loose('id, status'), 'Queued'), ...problems(400, 401, 403, 404, 409, 422) },
  });
  app.post('/v1/cases/:id/notices/:notice/resend', async (c) => {
    const caller = c.get('caller');
    requireRole(caller, 'operator', 'union', 'mediator', 'arbitrator', 'court', 'administrator');
    const { id, notice } = parse(inPath, c.req.param());
    const { channel } = await readBody(c, Resend);
    const row = await visibleCase(db, caller, id);
    requireRegion(caller, row.region, row.secondRegion);
    const key = idempotencyKey(c);
    if (channel !== undefined && !deps.noticeChannels.includes(channel)) throw problem('channel-unavailable');
    const requestId = uuidFrom(id, notice, key);
    const sent = await resendNotice(db, { caseNo: row.caseNo, noticeId: notice, requestId, channel });
    if (sent === 'noAddress') throw problem('channel-unavailable');
    if (!sent) throw problem('not-found');
    return c.json(sent as never, 202, { 'idempotency-key': key });
  });

  return app;
}
