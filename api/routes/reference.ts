import { createRoute, z } from '@hono/zod-openapi';
import { freeText, legalDay, regionCode } from '../../contracts/acts/common.ts';
import { listCalendars, saveCalendar } from '../../db/calendars.ts';
import { listOffices, saveOffice } from '../../db/offices.ts';
import { officeKinds } from '../../domain/offices.ts';
import { CalendarMissing, type CalendarYear, validateCalendarYear } from '../../domain/time/calendar.ts';
import type { Calendar } from '../../domain/time/types.ts';
import { audited } from '../administration/audited.ts';
import { requireRegion, requireRole } from '../auth.ts';
import type { ApiDeps } from '../deps.ts';
import { createRouter, jsonOf, loose, problems, secured } from '../openapi.ts';
import { problem } from '../problems.ts';
import { knownRegion } from '../regions.ts';
import { parse, readBody, readJson } from '../request.ts';
import { startCalendarRollout } from '../temporal.ts';

const yearInPath = z.string().regex(/^\d{4}$/, '四位年份 / a year of four digits');

const NamedDay = z.strictObject({
  on: legalDay,
  name: z.strictObject({ zh: freeText(100), en: freeText(100) }),
});

/** What one State Council notice arranges. */
const CalendarNotice = z.strictObject({
  year: z.int(),
  notice: freeText(200).meta({ description: '文号', example: '国办发明电〔2025〕7号' }),
  source: freeText(1000).meta({ description: 'Where the text of the notice was read' }),
  daysOff: z.array(NamedDay).max(366).meta({ description: '放假' }),
  workdays: z.array(NamedDay).max(366).meta({ description: '调休上班' }),
});

const OfficeBody = z.strictObject({ name: freeText(200), email: z.email().optional(), reason: freeText() });

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
        query: z.strictObject({ region: regionCode.default('000000') }),
      },
      responses: { 200: jsonOf(loose('release, sha256, packs[]'), 'The release'), ...problems(422) },
    }),
    (c) => {
      const region = knownRegion(deps, c.req.valid('query').region);
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
      security: secured,
      responses: { 200: jsonOf(loose('items[]'), 'Calendars'), ...problems(401) },
    }),
    async (c) => c.json({ items: await listCalendars(deps.db) } as never),
  );

  app.openAPIRegistry.registerPath({
    method: 'post',
    path: '/v1/calendars/{year}',
    tags: ['calendars'],
    summary: '载入国务院办公厅放假通知 · Load the yearly notice; every open deadline is computed again',
    security: secured,
    request: {
      params: z.object({ year: yearInPath.openapi({ param: { name: 'year', in: 'path' } }) }),
      body: { required: true, content: { 'application/json': { schema: CalendarNotice } } },
    },
    responses: { 200: jsonOf(loose('year, revision, fresh'), 'Loaded'), ...problems(400, 401, 403, 413, 422, 503) },
  });
  app.post('/v1/calendars/:year', async (c) => {
    requireRole(c.get('caller'), 'administrator');
    const { year: path } = parse(z.object({ year: yearInPath }), { year: c.req.param('year') });
    const year = Number(path);
    const content = await readJson(c);
    // The law's own check first: it says what is wrong with a notice. The shape then refuses what does not belong there.
    const found = validateCalendarYear(content, deps.statutory, year);
    if (found.length > 0)
      throw problem('calendar-invalid', {
        errors: found.map(({ path: field, zh, en }) => ({ field, code: 'calendar-invalid', zh, en })),
      });
    const notice: CalendarYear = parse(CalendarNotice, content);
    await refuseGap(deps, year);
    const { revision, fresh } = await saveCalendar(deps.db, notice);
    await startCalendarRollout(deps.temporal, {
      year,
      version: `${year}-${revision}`,
      notice: notice.notice ?? '',
    });
    return c.json({ year, revision, fresh });
  });

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

  const officeInPath = z.object({
    region: regionCode.openapi({ param: { name: 'region', in: 'path' } }),
    kind: z.enum(officeKinds).openapi({ param: { name: 'kind', in: 'path' } }),
  });
  app.openAPIRegistry.registerPath({
    method: 'put',
    path: '/v1/offices/{region}/{kind}',
    tags: ['offices'],
    summary: '设置办理机构 · Set an office of a region',
    security: secured,
    request: {
      params: officeInPath,
      body: { required: true, content: { 'application/json': { schema: OfficeBody } } },
    },
    responses: { 200: jsonOf(loose('The office'), 'Set'), ...problems(400, 401, 403, 422) },
  });
  app.put('/v1/offices/:region/:kind', async (c) => {
    requireRole(c.get('caller'), 'administrator');
    const { region, kind } = parse(officeInPath, c.req.param());
    knownRegion(deps, region);
    requireRegion(c.get('caller'), region);
    const { reason, ...body } = await readBody(c, OfficeBody);
    const office = { region, kind, ...body };
    const event = { type: 'office.set', kind: 'office', subject: kind, region, reason, detail: body } as const;
    await audited(deps, c.get('caller'), event, (tx) => saveOffice(tx, office));
    return c.json(office);
  });

  return app;
}

/** A year that would leave a gap before it is refused: between two known years nothing may be guessed. */
async function refuseGap(deps: ApiDeps, year: number): Promise<void> {
  if (isPublished(await deps.calendar(), year - 1)) return;
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

/** Whether a notice covers the year; the table of statutory days does not count, whatever a neighbour's notice adds to it. */
function isPublished(calendar: Calendar, year: number): boolean {
  try {
    return !calendar.versionOf(year).startsWith(`${year}@statutory-table`);
  } catch (error) {
    if (error instanceof CalendarMissing) return false;
    throw error;
  }
}
