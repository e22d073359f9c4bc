import { z } from '@hono/zod-openapi';
import { releaseHash } from '../../contracts/acts/common.ts';
import { decisionPoints } from '../../domain/rules.ts';
import { decisionOf, decisionWorkbook, packOf } from '../administration/table.ts';
import { requireRole } from '../auth.ts';
import type { ApiDeps } from '../deps.ts';
import { readUpload } from '../evidence/upload.ts';
import { fileTypes } from '../export/table.ts';
import { createRouter, jsonOf, loose, problems, secured } from '../openapi.ts';
import { attachment } from '../papers/attachment.ts';
import { keptRelease } from '../releases.ts';
import { parse } from '../request.ts';

const MOST_BYTES = 2_000_000;
const packId = z.string().max(100).meta({ example: '310116-jinshan' });
const OfPack = z.strictObject({ pack: packId, release: releaseHash.optional() });
const InPath = z.object({ point: z.enum(decisionPoints) });
const HandIn = z.object({ file: z.string().openapi({ format: 'binary' }), about: OfPack });

/** Decisions as tables in XLSX: out, to be changed in Excel, and back as rules, checked cell by cell. */
export function tableRoutes(deps: ApiDeps) {
  const app = createRouter();

  app.openAPIRegistry.registerPath({
    method: 'get',
    path: '/v1/rules/tables/{point}.xlsx',
    tags: ['rules'],
    summary: '导出决策表 · The rules of one point of one pack as a decision table',
    security: secured,
    request: { params: InPath, query: OfPack },
    responses: {
      200: {
        description: 'The table',
        content: { [fileTypes.xlsx]: { schema: z.string().openapi({ format: 'binary' }) } },
      },
      ...problems(401, 403, 404, 422),
    },
  });
  app.get('/v1/rules/tables/:file', async (c) => {
    requireRole(c.get('caller'), 'administrator');
    const { point } = parse(InPath, { point: c.req.param('file').replace(/\.xlsx$/, '') });
    const { pack, release } = parse(OfPack, c.req.query());
    const book = release === undefined ? deps.rules : await keptRelease(deps, release);
    const bytes = await decisionWorkbook(book, pack, point);
    return c.body(new Uint8Array(bytes), 200, {
      'content-type': fileTypes.xlsx,
      'content-disposition': attachment(`${pack} ${point}.xlsx`),
    });
  });

  app.openAPIRegistry.registerPath({
    method: 'post',
    path: '/v1/rules/tables',
    tags: ['rules'],
    summary: '检查决策表 · Read a decision table and check it in its pack; gives its rules as JSON and keeps nothing',
    security: secured,
    request: { body: { required: true, content: { 'multipart/form-data': { schema: HandIn } } } },
    responses: {
      200: jsonOf(loose('pack, point, rules[], elsewhere[]'), 'The rules'),
      ...problems(400, 401, 403, 404, 413, 422),
    },
  });
  app.post('/v1/rules/tables', async (c) => {
    requireRole(c.get('caller'), 'administrator');
    const { content, about } = await readUpload(c, MOST_BYTES);
    const { pack, release } = parse(OfPack, about);
    const book = release === undefined ? deps.rules : await keptRelease(deps, release);
    const { point, rules, elsewhere } = await decisionOf(content, packOf(book, pack), book);
    return c.json({ pack, point, rules, elsewhere });
  });

  return app;
}
