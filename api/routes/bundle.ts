import { Readable } from 'node:stream';
import { z } from '@hono/zod-openapi';
import { findCase } from '../../db/read-models.ts';
import { scopeOf } from '../auth.ts';
import type { ApiDeps } from '../deps.ts';
import { CaseNo, createRouter, problems, secured } from '../openapi.ts';
import { attachment } from '../papers/attachment.ts';
import { bundleOf } from '../papers/bundle.ts';
import { problem } from '../problems.ts';

/** A case as a ZIP, for arbitration or court. */
export function bundleRoutes(deps: ApiDeps) {
  const app = createRouter();
  app.openAPIRegistry.registerPath({
    method: 'get',
    path: '/v1/cases/{id}/bundle',
    tags: ['papers'],
    summary: '案卷材料包 · The case as a ZIP: index.json with the hash of each file, papers, timeline, deadlines',
    security: secured,
    request: { params: z.object({ id: CaseNo }) },
    responses: {
      200: {
        description: 'The bundle',
        content: { 'application/zip': { schema: z.string().openapi({ format: 'binary' }) } },
      },
      ...problems(401, 404),
    },
  });
  app.get('/v1/cases/:id/bundle', async (c) => {
    const row = await findCase(deps.db, c.req.param('id'), scopeOf(c.get('caller')));
    if (!row) throw problem('not-found');
    const bundle = await bundleOf(deps, row);
    return c.body(Readable.toWeb(Readable.from(bundle)) as ReadableStream, 200, {
      'content-type': 'application/zip',
      'content-disposition': attachment(`案卷材料 ${row.caseNo}.zip`),
    });
  });
  return app;
}
