import { createRoute, z } from '@hono/zod-openapi';
import { findDeadline, findDecision, listDecidingReleases } from '../../db/receipts.ts';
import { deadlineReceipt } from '../../rules/receipts/deadline.ts';
import { decisionReceipt } from '../../rules/receipts/decision.ts';
import type { Receipt } from '../../rules/receipts/receipt.ts';
import { type Release, releaseOf } from '../../rules/receipts/release.ts';
import { UnknownRelease } from '../../rules/release-source.ts';
import type { ApiDeps } from '../deps.ts';
import { CaseNo, createRouter, jsonOf, loose, problems, secured } from '../openapi.ts';
import { problem } from '../problems.ts';
import { visibleCase } from '../visible-case.ts';

const place = z.coerce.number().int().min(0).max(2_147_483_647);
const receipt = {
  200: jsonOf(
    loose('format, kind, case, region, release, …; `npx hejie verify` computes it again offline'),
    '凭据 The receipt',
  ),
  ...problems(401, 404, 409, 422),
};

/** Receipts: what a decision or a deadline rests on; and which releases decided in a case. Whoever sees the one sees the other. */
export function receiptRoutes(deps: ApiDeps) {
  const { db } = deps;
  const app = createRouter();

  app.openapi(
    createRoute({
      method: 'get',
      path: '/v1/cases/{id}/decisions/{seq}/{number}/receipt',
      tags: ['cases'],
      summary: '决定的凭据 · By which rules of which release it was decided, with every condition and value compared',
      security: secured,
      request: {
        params: z.object({
          id: CaseNo,
          seq: place.openapi({ param: { name: 'seq', in: 'path' }, description: 'Number of the event' }),
          number: place.openapi({ param: { name: 'number', in: 'path' }, description: 'Place within the event' }),
        }),
      },
      responses: receipt,
    }),
    async (c) => {
      const { id, ...at } = c.req.valid('param');
      const { caseNo, region } = await visibleCase(db, c.get('caller'), id);
      const found = await findDecision(db, caseNo, at);
      if (!found) throw problem('not-found');
      const of = { case: { no: caseNo, ...at }, at: found.at };
      return written(await decisionReceipt({ ...found, region, of }, await kept(deps, found.sha256)));
    },
  );

  app.openapi(
    createRoute({
      method: 'get',
      path: '/v1/cases/{id}/deadlines/{key}/receipt',
      tags: ['cases'],
      summary: '期限的凭据 · What it was counted from, by which pack, article and calendar, day by day',
      security: secured,
      request: {
        params: z.object({
          id: CaseNo,
          key: z
            .string()
            .max(200)
            .openapi({ param: { name: 'key', in: 'path' } }),
        }),
      },
      responses: receipt,
    }),
    async (c) => {
      const { id, key } = c.req.valid('param');
      const { caseNo, region } = await visibleCase(db, c.get('caller'), id);
      const found = await findDeadline(db, caseNo, key);
      if (!found) throw problem('not-found');
      const { sha256, countedFrom, calendarDays, ...deadline } = found;
      if (sha256 === null || countedFrom === null || calendarDays === null) throw problem('receipt-not-kept');
      const recorded = { ...deadline, case: { no: caseNo, key }, region, countedFrom, calendarDays };
      const made = deadlineReceipt(recorded, await kept(deps, sha256));
      if (made === undefined) throw problem('receipt-not-kept');
      return written(made);
    },
  );

  app.openapi(
    createRoute({
      method: 'get',
      path: '/v1/cases/{id}/releases',
      tags: ['cases'],
      summary: '哪个规则版本决定了什么 · The release the case is pinned to, and each that decided something in it',
      security: secured,
      request: { params: z.object({ id: CaseNo }) },
      responses: {
        200: jsonOf(loose('pinned {release, sha256}, items[]: release, sha256, decisions[], deadlines[]'), 'Releases'),
        ...problems(401, 404),
      },
    }),
    async (c) => {
      const { caseNo, release, sha256 } = await visibleCase(db, c.get('caller'), c.req.valid('param').id);
      const pinned = release === null ? null : { release, sha256 };
      return c.json({ pinned, items: await listDecidingReleases(db, caseNo) } as never, 200);
    },
  );

  return app;
}

/** In lines, since `verify` names them. */
const written = (made: Receipt) =>
  new Response(`${JSON.stringify(made, null, 2)}\n`, { headers: { 'content-type': 'application/json' } }) as never;

const kept = (deps: ApiDeps, sha256: string): Promise<Release> =>
  deps.ruleBook(sha256).then(releaseOf, (error: Error) => {
    if (!(error instanceof UnknownRelease)) throw error;
    throw problem('receipt-not-kept');
  });
