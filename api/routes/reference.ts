import { createRoute, z } from '@hono/zod-openapi';
import { freeText, regionCode } from '../../contracts/acts/common.ts';
import { listCalendars } from '../../db/calendars.ts';
import { listOffices, saveOffice } from '../../db/offices.ts';
import { officeKinds } from '../../domain/offices.ts';
import { audited } from '../administration/audited.ts';
import { requireRegion, requireRole } from '../auth.ts';
import type { ApiDeps } from '../deps.ts';
import { createRouter, jsonOf, loose, problems, secured } from '../openapi.ts';
import { knownRegion } from '../regions.ts';
import { parse, readBody } from '../request.ts';

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
    region: regionCode,
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
