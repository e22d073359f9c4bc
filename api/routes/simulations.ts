import { setTimeout as sleep } from 'node:timers/promises';
import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import { regionCode, releaseHash } from '../../contracts/acts/common.ts';
import { actorIdOf } from '../../db/acts.ts';
import { findReport, findSimulation, type SimulationRow } from '../../db/simulations.ts';
import { bookOrRefuse } from '../administration/draft-books.ts';
import { documentIn } from '../administration/pack.ts';
import { startSimulation } from '../administration/start-simulation.ts';
import { requireRegion, requireRole } from '../auth.ts';
import type { ApiDeps, ApiEnv } from '../deps.ts';
import { createRouter, jsonOf, loose, problems, secured } from '../openapi.ts';
import { problem } from '../problems.ts';
import { knownRegion } from '../regions.ts';
import { keptRelease } from '../releases.ts';
import { parse, parseJson } from '../request.ts';

const Asked = z.strictObject({
  region: regionCode.meta({ description: '地区及其以下 The region that is looked through, with all below it' }),
  after: z
    .union([releaseHash, z.strictObject({ document: z.looseObject({}) })])
    .meta({ description: '拟改为 A release that is kept, by its hash, or the document of one pack' }),
  before: releaseHash.optional().meta({ description: '现行 The release it is held against; today’s unless given' }),
});
const InPath = z.object({ id: z.uuid().openapi({ param: { name: 'id', in: 'path' } }) });
/** How often somebody who listens hears. */
const TELL_MS = 250;

/** What a draft of the rules would change: looked through in the background, followed as it goes, broken off. */
export function simulationRoutes(deps: ApiDeps) {
  const { db } = deps;
  const app = createRouter();
  const path = '/v1/rules/simulations/{id}';
  const tags = ['rules'];
  const state = loose('id, region, before, after, state, done, total, error, report');

  async function asked(c: Context<ApiEnv>): Promise<SimulationRow> {
    requireRole(c.get('caller'), 'administrator');
    const found = await findSimulation(db, parse(InPath, c.req.param()).id);
    if (found === undefined) throw problem('not-found');
    requireRegion(c.get('caller'), found.region);
    return found;
  }

  app.openAPIRegistry.registerPath({
    ...{ method: 'post', path: '/v1/rules/simulations', tags, security: secured },
    summary: '试算 · What would change: recorded decisions, open deadlines and cases under another release',
    request: { body: { required: true, content: { 'application/json': { schema: Asked } } } },
    responses: {
      202: jsonOf(loose('id'), 'It has begun'),
      ...problems(400, 401, 403, 413, 422, 503),
    },
  });
  app.post('/v1/rules/simulations', async (c) => {
    const caller = c.get('caller');
    requireRole(caller, 'administrator');
    const text = await c.req.text();
    const said = parse(Asked, parseJson(text));
    const region = knownRegion(deps, said.region);
    requireRegion(caller, region);
    const before = said.before === undefined ? deps.rules : await keptRelease(deps, said.before, '/before');
    const after =
      typeof said.after === 'string'
        ? await keptRelease(deps, said.after, '/after')
        : bookOrRefuse(before, documentIn(text, '/after/document'));
    const actorId = await actorIdOf(db, caller.subject);
    const { id } = await startSimulation(deps, { before, after, region, actorId });
    return c.json({ id }, 202, { location: `/v1/rules/simulations/${id}` });
  });

  app.openAPIRegistry.registerPath({
    ...{ method: 'get', path, tags, security: secured, request: { params: InPath } },
    summary: '试算结果 · How far it is, and its report: counts first, then the cases',
    responses: { 200: jsonOf(state, 'As it stands'), ...problems(401, 403, 404, 422) },
  });
  app.get('/v1/rules/simulations/:id', async (c) => {
    const found = await asked(c);
    const report = found.state === 'done' ? await findReport(db, found.id) : undefined;
    return c.json({ ...found, ...(report === undefined ? {} : { report }) } as never);
  });

  app.openAPIRegistry.registerPath({
    ...{ method: 'get', path: `${path}/events`, tags, security: secured, request: { params: InPath } },
    summary: '试算进度 · Follow it: events `progress` {done, total}, at the end `report`, `cancelled` or `failed`',
    responses: {
      200: { description: 'Events as they come', content: { 'text/event-stream': { schema: z.string() } } },
      ...problems(401, 403, 404, 422),
    },
  });
  app.get('/v1/rules/simulations/:id/events', async (c) => {
    const { id } = await asked(c);
    return streamSSE(c, async (stream) => {
      while (!stream.aborted) {
        const found = await findSimulation(db, id);
        if (found === undefined) return;
        const { done, total, error } = found;
        await stream.writeSSE({ event: 'progress', data: JSON.stringify({ done, total }) });
        if (found.state === 'done')
          return stream.writeSSE({ event: 'report', data: JSON.stringify(await findReport(db, id)) });
        if (found.state !== 'running') return stream.writeSSE({ event: found.state, data: JSON.stringify({ error }) });
        await sleep(TELL_MS);
      }
    });
  });

  app.openAPIRegistry.registerPath({
    ...{ method: 'delete', path, tags, security: secured, request: { params: InPath } },
    summary: '中止试算 · Break it off; when this answers nothing of it runs any more',
    responses: { 200: jsonOf(state, 'Broken off'), ...problems(401, 403, 404, 409, 422) },
  });
  app.delete('/v1/rules/simulations/:id', async (c) => {
    const { id, state: before } = await asked(c);
    if (before !== 'running' || !(await deps.simulator.cancel(id))) throw problem('simulation-over');
    return c.json((await findSimulation(db, id)) as never);
  });

  return app;
}
