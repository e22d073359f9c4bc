import { createRoute, z } from '@hono/zod-openapi';
import { legalDay } from '../../contracts/acts/common.ts';
import { listDueBefore } from '../../db/read-models.ts';
import { CalendarMissing } from '../../domain/time/calendar.ts';
import { endOfDay, instantMs, instantOf } from '../../domain/time/day.ts';
import { computeDeadline } from '../../domain/time/deadline.ts';
import type { DeadlineDefinition } from '../../domain/time/types.ts';
import { scopeOf } from '../auth.ts';
import type { ApiDeps } from '../deps.ts';
import { Bilingual, createRouter, jsonOf, loose, problems, secured } from '../openapi.ts';
import { problem } from '../problems.ts';
import { cursorOf, readCursor } from '../request.ts';
import { deadlineView } from '../views.ts';

const region = z.string().regex(/^\d{6}$/, '六位行政区划代码 / six digits');
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
    calendarVersion: z.string(),
    ruleRelease: z.string(),
    title: Bilingual,
    explanation: z.array(z.object({ code: z.string(), on: z.string().optional(), zh: z.string(), en: z.string() })),
  })
  .loose()
  .openapi('ComputedDeadline');

/** Deadlines: what each rule would give, and what is due. */
export function deadlineRoutes(deps: ApiDeps) {
  const app = createRouter();

  const known = (code: string): string => {
    if (!deps.rules.regionExists(code))
      throw problem('unknown-region', {
        errors: [
          {
            field: '/region',
            code: 'unknown-region',
            zh: `没有 ${code} 这个行政区划代码。`,
            en: `There is no region ${code}.`,
          },
        ],
      });
    return code;
  };

  app.openapi(
    createRoute({
      method: 'get',
      path: '/v1/deadlines/catalogue',
      tags: ['deadlines'],
      summary: '期限目录 · Every deadline in force for a region, with its row of the legal table',
      request: { query: z.object({ region: region.default('000000') }) },
      responses: { 200: jsonOf(loose('region, release, items[]'), 'The catalogue'), ...problems(422) },
    }),
    (c) => {
      const code = known(c.req.valid('query').region);
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
        query: z.object({
          from: legalDay.openapi({ description: 'Day of the event; it does not count' }),
          region: region.default('000000'),
        }),
      },
      responses: { 200: jsonOf(Computed, 'The date and how it was found'), ...problems(404, 422) },
    }),
    async (c) => {
      const { from, region: asked } = c.req.valid('query');
      const { deadlineId } = c.req.valid('param');
      const code = known(asked);
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
        query: z.object({
          dueBefore: z.iso.date().optional(),
          region: region.optional(),
          cursor: z.string().max(400).optional(),
          limit: z.coerce.number().int().min(1).max(200).default(50),
        }),
      },
      responses: { 200: jsonOf(loose('items[], nextCursor'), 'A page'), ...problems(401, 422) },
    }),
    async (c) => {
      const { cursor, ...filter } = c.req.valid('query');
      const after = readCursor(z.object({ dueAt: z.string(), caseNo: z.string(), key: z.string() }), cursor);
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
  try {
    const anchorAt = instantOf(instantMs(endOfDay(from)) - DAY);
    const computed = computeDeadline(
      definition,
      { anchorOn: from, anchorAt, secondsPerDay: deps.rules.secondsPerDay(region) },
      await deps.calendar(),
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
      ruleRelease: deps.rules.release,
      title: definition.title,
      ...(definition.note === undefined ? {} : { note: definition.note }),
    };
  } catch (error) {
    if (error instanceof CalendarMissing)
      throw problem('calendar-missing', {
        about: {
          zh: `没有 ${error.year} 年的节假日数据，不予推算。`,
          en: `There is no calendar for ${error.year}; no guess is made.`,
        },
        errors: [
          {
            field: '/from',
            code: 'calendar-missing',
            zh: `没有 ${error.year} 年的节假日数据。`,
            en: `No calendar for ${error.year}.`,
          },
        ],
      });
    throw error;
  }
}
