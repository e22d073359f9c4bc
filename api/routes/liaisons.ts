import { createRoute, z } from '@hono/zod-openapi';
import { freeText, regionCode } from '../../contracts/acts/common.ts';
import { listLiaisons, saveLiaison } from '../../db/liaisons.ts';
import { organisationKinds } from '../../domain/rules.ts';
import { audited } from '../administration/audited.ts';
import { requireRegion, requireRole } from '../auth.ts';
import type { ApiDeps } from '../deps.ts';
import { createRouter, jsonOf, loose, problems, secured } from '../openapi.ts';
import { knownRegion } from '../regions.ts';
import { parse, readBody } from '../request.ts';

const LiaisonBody = z.strictObject({
  arbitratorId: z
    .string()
    .regex(/^[A-Za-z0-9-]{1,32}$/, '名册编号 / the number in the roster')
    .meta({ description: 'Number in the roster of the commission; never a name' }),
  email: z.email().optional(),
  reason: freeText(),
});

const inPath = z.object({
  region: regionCode,
  organisation: z.enum(organisationKinds).openapi({ param: { name: 'organisation', in: 'path' } }),
});

/** 仲裁员分片联系调解组织 (人社部发〔2022〕71号 第十六条): who looks after which organisations of a region. */
export function liaisonRoutes(deps: ApiDeps) {
  const app = createRouter();

  app.openapi(
    createRoute({
      method: 'get',
      path: '/v1/liaisons',
      tags: ['offices'],
      summary: '仲裁员分片联系 · Arbitrators who look after mediation organisations',
      security: secured,
      responses: { 200: jsonOf(loose('items[]'), 'Liaisons'), ...problems(401, 403) },
    }),
    async (c) => {
      requireRole(c.get('caller'), 'administrator', 'operator', 'mediator', 'arbitrator');
      return c.json({ items: await listLiaisons(deps.db) } as never);
    },
  );

  app.openAPIRegistry.registerPath({
    method: 'put',
    path: '/v1/liaisons/{region}/{organisation}',
    tags: ['offices'],
    summary: '设置分片联系的仲裁员 · Set the arbitrator who looks after a kind of organisation',
    security: secured,
    request: {
      params: inPath,
      body: { required: true, content: { 'application/json': { schema: LiaisonBody } } },
    },
    responses: { 200: jsonOf(loose('The liaison'), 'Set'), ...problems(400, 401, 403, 422) },
  });
  app.put('/v1/liaisons/:region/:organisation', async (c) => {
    requireRole(c.get('caller'), 'administrator');
    const { region, organisation } = parse(inPath, c.req.param());
    knownRegion(deps, region);
    requireRegion(c.get('caller'), region);
    const { reason, ...body } = await readBody(c, LiaisonBody);
    const liaison = { region, organisation, ...body };
    const event = {
      type: 'liaison.set',
      kind: 'liaison',
      subject: organisation,
      region,
      reason,
      detail: body,
    } as const;
    await audited(deps, c.get('caller'), event, (tx) => saveLiaison(tx, liaison));
    return c.json(liaison);
  });

  return app;
}
