import { randomUUID } from 'node:crypto';
import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { freeText, regionCode, releaseHash } from '../../contracts/acts/common.ts';
import { caseNoPattern } from '../../contracts/ids.ts';
import { actorIdOf } from '../../db/acts.ts';
import {
  findMove,
  findMoveByKey,
  keepMove,
  listBooksInForce,
  listMovedCases,
  type MoveRow,
} from '../../db/release-moves.ts';
import { moveCases } from '../administration/move-cases.ts';
import { previewMove, previewMoves } from '../administration/move-preview.ts';
import { requireRegion, requireRole } from '../auth.ts';
import type { ApiDeps, ApiEnv } from '../deps.ts';
import { CaseNo, createRouter, jsonOf, loose, problems, secured } from '../openapi.ts';
import { problem } from '../problems.ts';
import { knownRegion } from '../regions.ts';
import { releaseOnceInForce } from '../releases.ts';
import { cursorOf, idempotencyKey, parse, readBody, readCursor, requestHash } from '../request.ts';
import { visibleCase } from '../visible-case.ts';

const To = z.strictObject({ to: releaseHash });
const OfRegion = To.extend({ region: regionCode });
const Order = z.strictObject({ region: regionCode, sha256: releaseHash, reason: freeText() });
const InPath = z.object({ id: z.uuid().openapi({ param: { name: 'id', in: 'path' } }) });
const Page = z.strictObject({
  limit: z.coerce.number().int().min(1).max(1000).default(200),
  cursor: z.string().max(400).optional(),
});

/** Open cases moved to another release: what that would do, and the order to move those of a region. One case is moved by its act. */
export function moveRoutes(deps: ApiDeps) {
  const { db } = deps;
  const app = createRouter();
  const tags = ['rules'];

  app.openapi(
    createRoute({
      method: 'get',
      path: '/v1/rules/books',
      tags,
      summary:
        '现行和曾经现行的规则版本 · The releases that are and were in force, each from a day on, the newest first',
      security: secured,
      responses: { 200: jsonOf(loose('items[]: from, release, sha256'), 'The releases'), ...problems(401) },
    }),
    async (c) => c.json({ items: await listBooksInForce(db, deps.releases.today()) } as never),
  );

  app.openapi(
    createRoute({
      method: 'get',
      path: '/v1/cases/{id}/move',
      tags: ['cases'],
      summary: '改按另一版规则办理的后果 · What moving the case to another release would do; nothing is done',
      security: secured,
      request: { params: z.object({ id: CaseNo }), query: To },
      responses: {
        200: jsonOf(
          loose('caseNo, from, to, refusal, clocks[]: key, title, dueOn, kind, to, days, procedure, left; contents'),
          'What would come of each clock',
        ),
        ...problems(401, 403, 404, 422),
      },
    }),
    async (c) => {
      requireRole(c.get('caller'), 'administrator');
      const row = await visibleCase(db, c.get('caller'), c.req.valid('param').id);
      return c.json(
        (await previewMove(deps, row, await releaseOnceInForce(deps, c.req.valid('query').to, '/to'))) as never,
      );
    },
  );

  // Read by hand, since a path of their own lies below that of one book.
  const document = (
    method: 'get' | 'post',
    path: string,
    summary: string,
    request: object,
    what: string,
    status = 200,
  ) =>
    app.openAPIRegistry.registerPath({
      ...{ method, path, tags, summary, security: secured, request },
      responses: { [status]: jsonOf(loose(what), summary), ...problems(400, 401, 403, 404, 409, 422) },
    });

  document(
    'get',
    '/v1/rules/moves/preview',
    '移案预览 · What moving the open cases of a region would do; nothing is done',
    { query: OfRegion },
    'counts {cases, movable, refused, earlier, later}, items[]',
  );
  app.get('/v1/rules/moves/preview', async (c) => {
    requireRole(c.get('caller'), 'administrator');
    const { region, to } = parse(OfRegion, c.req.query());
    requireRegion(c.get('caller'), knownRegion(deps, region));
    return c.json(await previewMoves(deps, region, await releaseOnceInForce(deps, to, '/to')));
  });

  document(
    'post',
    '/v1/rules/moves',
    '批量移案 · Move the open cases of a region to another release, each by its act',
    { body: { required: true, content: { 'application/json': { schema: Order } } } },
    'id, region, sha256, reason, askedAt, cases {waiting, moved, refused}',
    202,
  );
  app.post('/v1/rules/moves', async (c) => {
    const caller = c.get('caller');
    requireRole(caller, 'administrator');
    const key = idempotencyKey(c);
    const { region, sha256, reason } = await readBody(c, Order);
    requireRegion(caller, knownRegion(deps, region));
    await releaseOnceInForce(deps, sha256, '/sha256');
    const actorId = await actorIdOf(db, caller.subject);
    const hash = requestHash(region, sha256, reason);
    await keepMove(db, {
      id: randomUUID(),
      ...{ region, sha256, reason, actorId },
      idempotencyKey: key,
      requestHash: hash,
    });
    const kept = (await findMoveByKey(db, actorId, key)) as MoveRow;
    if (kept.requestHash !== hash) throw problem('idempotency-key-reused');
    // Begun at once; what is left of it when this process ends the reconciler goes on with.
    void moveCases(deps).catch((error: Error) =>
      deps.log.warn({ move: kept.id, name: error.name }, 'cases wait to be moved'),
    );
    return c.json(shown(kept), 202, { 'idempotency-key': key });
  });

  async function ordered(c: Context<ApiEnv>): Promise<MoveRow> {
    requireRole(c.get('caller'), 'administrator');
    const found = await findMove(db, parse(InPath, c.req.param()).id);
    if (found === undefined) throw problem('not-found');
    requireRegion(c.get('caller'), found.region);
    return found;
  }

  document(
    'get',
    '/v1/rules/moves/{id}',
    '批量移案的进展 · How far it is, and what came of each case',
    { params: InPath, query: Page },
    'id, region, sha256, reason, askedAt, cases {waiting, moved, refused}, items[]: caseNo, status, code, reason; nextCursor',
  );
  app.get('/v1/rules/moves/:id', async (c) => {
    const found = await ordered(c);
    const { limit, cursor } = parse(Page, c.req.query());
    const after = readCursor(z.string().regex(caseNoPattern), cursor);
    const rows = await listMovedCases(db, found.id, { ...(after === undefined ? {} : { after }), limit: limit + 1 });
    const page = rows.slice(0, limit);
    return c.json({
      ...shown(found),
      items: page.map(({ caseNo, status, code, zh, en }) => ({
        ...{ caseNo, status },
        ...(code === null ? {} : { code, reason: { zh, en } }),
      })),
      nextCursor: rows.length > page.length ? cursorOf(page.at(-1)?.caseNo) : null,
    });
  });

  return app;
}

const shown = ({ id, region, sha256, reason, askedAt, cases }: MoveRow) => ({
  id,
  region,
  sha256,
  reason,
  askedAt,
  cases,
});
