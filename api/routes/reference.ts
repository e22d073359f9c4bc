import { createRoute, z } from '@hono/zod-openapi';
import { listCalendars, saveCalendar } from '../../db/calendars.ts';
import { listOffices, saveOffice } from '../../db/offices.ts';
import { type CalendarYear, validateCalendarYear } from '../../domain/time/calendar.ts';
import { requireRegion, requireRole } from '../auth.ts';
import type { ApiDeps } from '../deps.ts';
import { createRouter, jsonOf, loose, problems, secured } from '../openapi.ts';
import { problem } from '../problems.ts';
import { readJson } from '../request.ts';
import { startCalendarRollout } from '../temporal.ts';

/** Rules, calendars and offices: what cases are handled by. */
export function referenceRoutes(deps: ApiDeps) {
  const app = createRouter();

  app.openapi(
    createRoute({
      method: 'get',
      path: '/v1/rules/release',
      tags: ['rules'],
      summary: '现行规则版本 · The release in force, and the packs that apply to a region',
      request: {
        query: z.object({
          region: z
            .string()
            .regex(/^\d{6}$/)
            .default('000000'),
        }),
      },
      responses: { 200: jsonOf(loose('release, sha256, packs[]'), 'The release'), ...problems(422) },
    }),
    (c) => {
      const { region } = c.req.valid('query');
      if (!deps.rules.regionExists(region)) throw problem('unknown-region');
      const { release, sha256 } = deps.rules;
      return c.json({
        release,
        sha256,
        region,
        name: deps.rules.regionName(region),
        packs: deps.rules.packsFor(region),
      } as never);
    },
  );

  app.openapi(
    createRoute({
      method: 'get',
      path: '/v1/calendars',
      tags: ['calendars'],
      summary: '已载入的放假安排 · Notices loaded since the program was shipped',
      responses: { 200: jsonOf(loose('items[]'), 'Calendars') },
    }),
    async (c) => c.json({ items: await listCalendars(deps.db) } as never),
  );

  app.openapi(
    createRoute({
      method: 'post',
      path: '/v1/calendars/{year}',
      tags: ['calendars'],
      summary: '载入国务院办公厅放假通知 · Load the yearly notice; every open deadline is computed again',
      security: secured,
      request: {
        params: z.object({
          year: z
            .string()
            .regex(/^\d{4}$/)
            .openapi({ param: { name: 'year', in: 'path' } }),
        }),
      },
      responses: { 200: jsonOf(loose('year, revision, fresh'), 'Loaded'), ...problems(400, 401, 403, 422, 503) },
    }),
    async (c) => {
      requireRole(c.get('caller'), 'administrator');
      const year = Number(c.req.valid('param').year);
      const content = await readJson(c);
      const found = validateCalendarYear(content, deps.statutory, year);
      if (found.length > 0)
        throw problem('calendar-invalid', {
          errors: found.map(({ path, zh, en }) => ({ field: path, code: 'calendar-invalid', zh, en })),
        });
      await refuseGap(deps, year);
      const { revision, fresh } = await saveCalendar(deps.db, content as CalendarYear);
      await startCalendarRollout(deps.temporal, { year, version: `${year}-${revision}` });
      return c.json({ year, revision, fresh } as never);
    },
  );

  app.openapi(
    createRoute({
      method: 'get',
      path: '/v1/offices',
      tags: ['offices'],
      summary: '各地办理机构 · Offices that are told things',
      security: secured,
      responses: { 200: jsonOf(loose('items[]'), 'Offices'), ...problems(401, 403) },
    }),
    async (c) => {
      requireRole(c.get('caller'), 'administrator', 'operator', 'union');
      return c.json({ items: await listOffices(deps.db) } as never);
    },
  );

  app.openapi(
    createRoute({
      method: 'put',
      path: '/v1/offices/{region}/{kind}',
      tags: ['offices'],
      summary: '设置办理机构 · Set an office of a region',
      security: secured,
      request: {
        params: z.object({
          region: z
            .string()
            .regex(/^\d{6}$/)
            .openapi({ param: { name: 'region', in: 'path' } }),
          kind: z.enum(['union', 'operator', 'commission', 'court']).openapi({ param: { name: 'kind', in: 'path' } }),
        }),
        body: {
          required: true,
          content: {
            'application/json': {
              schema: z.strictObject({ name: z.string().min(1).max(200), email: z.email().optional() }),
            },
          },
        },
      },
      responses: { 200: jsonOf(loose('The office'), 'Set'), ...problems(401, 403, 422) },
    }),
    async (c) => {
      requireRole(c.get('caller'), 'administrator');
      const { region, kind } = c.req.valid('param');
      if (!deps.rules.regionExists(region)) throw problem('unknown-region');
      requireRegion(c.get('caller'), region);
      const office = { region, kind, ...c.req.valid('json') };
      await saveOffice(deps.db, office);
      return c.json(office as never);
    },
  );

  return app;
}

/** A year that would leave a gap before it is refused: between two known years nothing may be guessed. */
async function refuseGap(deps: ApiDeps, year: number): Promise<void> {
  const version = (await deps.calendar()).versionOf(year - 1);
  if (version.endsWith('@statutory-table'))
    throw problem('calendar-invalid', {
      errors: [
        {
          field: '/year',
          code: 'calendar-gap',
          zh: `请先载入 ${year - 1} 年的放假安排。`,
          en: `Load the notice of ${year - 1} first.`,
        },
      ],
    });
}
