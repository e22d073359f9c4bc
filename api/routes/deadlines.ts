import { createRoute, z } from '@hono/zod-openapi';
import { legalDay, regionCode } from '../../contracts/acts/common.ts';
import { caseNoPattern } from '../../contracts/ids.ts';
import { listDueBefore } from '../../db/read-models.ts';
import { endOfDay, instantMs, instantOf } from '../../domain/time/day.ts';
import type { DeadlineDefinition } from '../../domain/time/types.ts';
import { scopeOf } from '../auth.ts';
import { computeOrRefuse } from '../datable.ts';
import type { ApiDeps } from '../deps.ts';
import { Bilingual, createRouter, jsonOf, loose, problems, secured } from '../openapi.ts';
import { problem } from '../problems.ts';
import { knownRegion } from '../regions.ts';
import { cursorOf, readCursor } from '../request.ts';
import { deadlineView } from '../views.ts';

const DAY = 86_400_000;

const Computed = z
  .object({
    id: z.string(),
    region: z.string(),
    from: z.string(),
    dueOn: z.string(),
    dueAt: z.string(),
    provisional: z.boolean(),
    unit: z.string(),
    amount: z.number(),
    article: z.string(),
    legalRef: z.string(),
    basis: z.string(),
    purpose: z.string(),
    onExpiry: z.string().openapi({ description: 'What follows when nobody acts: an outcome, or an effect by name' }),
    extension: z
      .object({
        by: z.enum(['bothParties', 'approval']),
        written: z.boolean(),
        maxAmount: z.number().optional(),
        maxTimes: z.number().optional(),
      })
      .optional()
      .openapi({ description: 'Who may extend it, and how far; absent where nobody may' }),
    calendarVersion: z.string(),
    ruleRelease: z.string(),
    title: Bilingual,
    explanation: z.array(z.object({ code: z.string(), on: z.string().optional(), zh: z.string(), en: z.string() })),
  })
  .loose()
  .openapi('ComputedDeadline');

/** A place in the list of what is due. */
const Place = z.object({
  dueAt: z.iso.datetime(),
  caseNo: z.string().regex(caseNoPattern),
  key: z.string().regex(/^[\x20-\x7e]{1,200}$/),
});

/** Deadlines: what each rule would give, and what is due. */
export function deadlineRoutes(deps: ApiDeps) {
  const app = createRouter();

  app.openapi(
    createRoute({
      method: 'get',
      path: '/v1/deadlines/catalogue',
      tags: ['deadlines'],
      summary: '期限目录 · Every deadline in force for a region, with its row of the legal table',
      request: { query: z.strictObject({ region: regionCode.default('000000') }) },
      responses: { 200: jsonOf(loose('region, release, items[]'), 'The catalogue'), ...problems(422) },
    }),
    (c) => {
      const code = knownRegion(deps, c.req.valid('query').region);
      return c.json({
        region: code,
        release: deps.rules.release,
        packs: deps.rules.packsFor(code),
        items: deps.rules.catalogue(code).map(({ source, ...definition }) => ({ ...definition, article: source })),
      } as never);
    },
  );

  app.openapi(
    createRoute({
      method: 'get',
      path: '/v1/deadlines/{deadlineId}/compute',
      tags: ['deadlines'],
      summary: '推算期限 · What a deadline would be, without a case and without a token',
      request: {
        params: z.object({
          deadlineId: z
            .string()
            .openapi({ param: { name: 'deadlineId', in: 'path' }, example: 'mediation.conclusion' }),
        }),
        query: z.strictObject({
          from: legalDay.meta({ description: 'Day of the event; it does not count' }),
          region: regionCode.default('000000'),
        }),
      },
      responses: { 200: jsonOf(Computed, 'The date and how it was found'), ...problems(404, 422) },
    }),
    async (c) => {
      const { from, region: asked } = c.req.valid('query');
      const { deadlineId } = c.req.valid('param');
      const code = knownRegion(deps, asked);
      const definition = deps.rules.catalogue(code).find(({ id }) => id === deadlineId);
      if (!definition) throw problem('unknown-deadline');
      return c.json({ ...(await compute(deps, code, definition, from)) }, 200);
    },
  );

  app.openapi(
    createRoute({
      method: 'get',
      path: '/v1/deadlines',
      tags: ['deadlines'],
      summary: '即将届满 · Open deadlines by their last moment',
      security: secured,
      request: {
        query: z.strictObject({
          dueBefore: legalDay.optional(),
          region: regionCode.optional(),
          cursor: z.string().max(400).optional(),
          limit: z.coerce.number().int().min(1).max(200).default(50),
        }),
      },
      responses: { 200: jsonOf(loose('items[], nextCursor'), 'A page'), ...problems(401, 422) },
    }),
    async (c) => {
      const { cursor, ...filter } = c.req.valid('query');
      if (filter.region !== undefined) knownRegion(deps, filter.region);
      const after = readCursor(Place, cursor);
      const rows = await listDueBefore(deps.db, scopeOf(c.get('caller')), {
        ...filter,
        after,
        limit: filter.limit + 1,
      });
      const page = rows.slice(0, filter.limit);
      const last = page.at(-1);
      return c.json({
        items: page.map((row) => deadlineView(row)),
        nextCursor:
          rows.length > page.length && last
            ? cursorOf({ dueAt: last.dueAt, caseNo: last.caseNo, key: last.key })
            : null,
      } as never);
    },
  );

  return app;
}

/** A deadline counted from a day. Where a rule counts hours or seconds, from the start of that day. */
async function compute(deps: ApiDeps, region: string, definition: DeadlineDefinition, from: string) {
  const anchorAt = instantOf(instantMs(endOfDay(from)) - DAY);
  const computed = computeOrRefuse(
    definition,
    { anchorOn: from, anchorAt, secondsPerDay: deps.rules.secondsPerDay(region) },
    await deps.calendar(),
    '/from',
  );
  return {
    id: definition.id,
    region,
    from,
    ...computed,
    article: definition.source,
    legalRef: definition.legalRef,
    basis: definition.basis,
    purpose: definition.purpose,
    anchor: definition.anchor,
    onExpiry: definition.onExpiry,
    ...(definition.extension === undefined ? {} : { extension: definition.extension }),
    ruleRelease: deps.rules.release,
    title: definition.title,
    ...(definition.note === undefined ? {} : { note: definition.note }),
  };
}
