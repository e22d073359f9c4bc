import { z } from '@hono/zod-openapi';
import { streamSSE } from 'hono/streaming';
import { releaseHash } from '../../contracts/acts/common.ts';
import { findScenarioRunById } from '../../db/scenario-runs.ts';
import type { ScenarioResult } from '../../domain/scenarios.ts';
import {
  chosen,
  type Trial,
  trialOfDocument,
  trialOfDraft,
  trialOfScenarios,
  tryScenarios,
} from '../administration/run-scenarios.ts';
import { requireRegion, requireRole } from '../auth.ts';
import type { ApiDeps } from '../deps.ts';
import { createRouter, jsonOf, loose, problems, secured } from '../openapi.ts';
import { ProblemError, problem } from '../problems.ts';
import { keptRelease } from '../releases.ts';
import { parse, parseJson } from '../request.ts';

const Asked = z
  .strictObject({
    draft: z.uuid().optional().meta({ description: '草案 A draft that is kept, with its scenarios' }),
    document: z.looseObject({}).optional().meta({ description: '规则包文档 The text of a draft, with its scenarios' }),
    scenarios: z
      .array(z.looseObject({}))
      .min(1)
      .max(200)
      .optional()
      .meta({ description: '场景 Scenarios by themselves' }),
    release: releaseHash
      .optional()
      .meta({ description: '规则版本 On which `scenarios` are tried; the one in force unless given' }),
    only: z.array(z.string().max(200)).min(1).max(200).optional().meta({ description: 'Ids: those scenarios alone' }),
  })
  .refine(
    ({ draft, document, scenarios }) => [draft, document, scenarios].filter((one) => one !== undefined).length === 1,
    { message: '须写明草案、文档或者场景之一 / give a draft, a document or scenarios', path: ['draft'] },
  )
  .refine(({ release, scenarios }) => release === undefined || scenarios !== undefined, {
    message: '只有单独的场景可以指定版本 / only scenarios by themselves name a release',
    path: ['release'],
  });

/** Trying rules by scenarios: decisions at once, stories in compressed time on the real workflows. */
export function scenarioRoutes(deps: ApiDeps) {
  const app = createRouter();

  async function trialOf(text: string, asked: z.output<typeof Asked>): Promise<Trial> {
    if (asked.draft !== undefined) return trialOfDraft(deps, asked.draft);
    if (asked.document !== undefined) return trialOfDocument(deps, text);
    const book = asked.release === undefined ? deps.rules : await keptRelease(deps, asked.release);
    return trialOfScenarios(book, asked.scenarios ?? []);
  }

  app.openAPIRegistry.registerPath({
    method: 'post',
    path: '/v1/rules/scenarios/run',
    tags: ['rules'],
    summary:
      '试运行场景 · Tries a draft, or a release that is kept, by scenarios; with Accept: text/event-stream each result as it comes',
    security: secured,
    request: { body: { required: true, content: { 'application/json': { schema: Asked } } } },
    responses: {
      200: jsonOf(loose('id, release, sha256, green, results[], untouched[]'), 'What came of each'),
      ...problems(400, 401, 403, 404, 413, 422, 503),
    },
  });
  app.post('/v1/rules/scenarios/run', async (c) => {
    const caller = c.get('caller');
    requireRole(caller, 'administrator');
    const text = await c.req.text();
    const asked = parse(Asked, parseJson(text));
    const made = await trialOf(text, asked);
    const scenarios = chosen(deps, made.scenarios, asked.only);
    const concerned = made.draft === undefined ? [...scenarios.decisions, ...scenarios.stories] : [made.draft];
    for (const { region } of concerned) requireRegion(caller, region);
    const trial = { ...made, scenarios };
    const how = { subject: caller.subject, whole: asked.only === undefined };
    if (!c.req.header('accept')?.includes('text/event-stream')) {
      const results: ScenarioResult[] = [];
      const { signal } = c.req.raw;
      const tried = await tryScenarios(deps, trial, { ...how, signal }, (result) => results.push(result));
      return c.json({ ...tried, results } as never);
    }
    return streamSSE(c, async (stream) => {
      const left = new AbortController();
      stream.onAbort(() => left.abort());
      const say = (event: string, data: unknown) => stream.writeSSE({ event, data: JSON.stringify(data) });
      try {
        const tried = await tryScenarios(
          deps,
          trial,
          { ...how, signal: left.signal },
          (result) => void say('result', result),
        );
        await say('done', tried);
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
        await say('problem', error.problem);
      }
    });
  });

  const InPath = z.object({ id: z.uuid().openapi({ param: { name: 'id', in: 'path' } }) });
  app.openAPIRegistry.registerPath({
    method: 'get',
    path: '/v1/rules/scenarios/runs/{id}',
    tags: ['rules'],
    summary: '场景试运行的结果 · What came of the scenarios of a draft',
    security: secured,
    request: { params: InPath },
    responses: {
      200: jsonOf(loose('id, documentSha256, bookSha256, ranAt, green, results[], untouched[]'), 'The run'),
      ...problems(401, 403, 404),
    },
  });
  app.get('/v1/rules/scenarios/runs/:id', async (c) => {
    const caller = c.get('caller');
    requireRole(caller, 'administrator');
    const found = await findScenarioRunById(deps.db, parse(InPath, c.req.param()).id);
    if (found === undefined) throw problem('not-found');
    requireRegion(caller, found.region);
    return c.json(found as never);
  });

  return app;
}
