import { createRoute, z } from '@hono/zod-openapi';
import { findPaperFile, getPaper, listPapers, type PaperFormat, type PaperRow, paperFormats } from '../../db/papers.ts';
import { type PaperKind, paperContents, paperKindNames, paperKinds } from '../../papers/index.ts';
import type { Caller } from '../auth.ts';
import type { ApiDeps } from '../deps.ts';
import { CaseNo, createRouter, jsonOf, loose, problems, secured } from '../openapi.ts';
import { attachment } from '../papers/attachment.ts';
import { casePapers, fillPaper, MakePaper } from '../papers/case-papers.ts';
import { helpers } from '../papers/definition.ts';
import { readDossier } from '../papers/dossier.ts';
import { makeCasePaper } from '../papers/make.ts';
import { problem } from '../problems.ts';
import { idempotencyKey, readBody } from '../request.ts';
import { paperView } from '../views.ts';
import { visibleCase } from '../visible-case.ts';

const params = z.object({ id: CaseNo });

const contentTypes: Record<PaperFormat, string> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
};

/** A paper that stays in the office is for those who help to settle: what was said there is not for the decision (NEG-08). */
const mayRead = ({ role }: Caller, kind: string): boolean =>
  paperKinds[kind as PaperKind].outside || helpers.some((helper) => helper === role);

/** Papers of a case: made, listed, handed out. */
export function paperRoutes(deps: ApiDeps) {
  const { db } = deps;
  const app = createRouter();

  const readable = async (caller: Caller, caseNo: string): Promise<PaperRow[]> =>
    (await listPapers(db, caseNo)).filter(({ kind }) => mayRead(caller, kind));

  app.openapi(
    createRoute({
      method: 'get',
      path: '/v1/cases/{id}/papers',
      tags: ['papers'],
      summary: '文书 · The papers of the case that the caller may read, each version, with hashes and links',
      security: secured,
      request: { params },
      responses: {
        200: jsonOf(
          loose(
            'items[]: number, registerNo, kind, title, article, version, replaces, docx, pdf, templateSha256, byHand',
          ),
          'Papers',
        ),
        ...problems(401, 404),
      },
    }),
    async (c) => {
      const caller = c.get('caller');
      const { caseNo } = await visibleCase(db, caller, c.req.valid('param').id);
      return c.json({ items: (await readable(caller, caseNo)).map((paper) => paperView(caseNo, paper)) } as never);
    },
  );

  app.openapi(
    createRoute({
      method: 'get',
      path: '/v1/cases/{id}/papers/catalogue',
      tags: ['papers'],
      summary: '可以制作的文书 · Papers that the case has something for now, what each must state, and what is missing',
      security: secured,
      request: { params },
      responses: {
        200: jsonOf(loose('items[]: kind, title, article, contents[], missing[], given, made[]'), 'The catalogue'),
        ...problems(401, 403, 404),
      },
    }),
    async (c) => {
      const caller = c.get('caller');
      const row = await visibleCase(db, caller, c.req.valid('param').id);
      const dossier = await readDossier(deps, row);
      const items = paperKindNames
        .filter((kind) => casePapers[kind].by.includes(caller.role))
        .flatMap((kind) => {
          const filled = fillPaper(dossier, { kind });
          if (filled === undefined) return [];
          const { title, legalRef, source, outside } = paperKinds[kind];
          return {
            ...{ kind, title, legalRef, article: source, outside },
            contents: paperContents[kind].map(({ fields: _, source: article, ...content }) => ({
              ...content,
              article,
            })),
            missing: filled.refusals.map(({ field, zh, en, legalRef: row, source: article }) => ({
              ...{ field, zh, en, legalRef: row, article },
            })),
            given: Object.keys(casePapers[kind].given),
            made: (dossier?.papers ?? [])
              .filter((paper) => paper.kind === kind && paper.about === filled.about)
              .map(({ number }) => number),
          };
        });
      return c.json({ items } as never);
    },
  );

  // Read by hand, so that the body is refused as every other is; the document names it.
  app.openAPIRegistry.registerPath({
    method: 'post',
    path: '/v1/cases/{id}/papers',
    tags: ['papers'],
    summary: '制作文书 · Make a paper of the record, as DOCX and as PDF; made again it is the next version',
    security: secured,
    request: {
      params,
      headers: z.object({ 'idempotency-key': z.string().optional() }),
      body: { required: true, content: { 'application/json': { schema: MakePaper } } },
    },
    responses: {
      201: jsonOf(loose('number, registerNo, kind, title, article, version, replaces, docx, pdf'), 'Made and kept'),
      ...problems(400, 401, 403, 404, 409, 413, 422, 503),
    },
  });
  app.post('/v1/cases/:id/papers', async (c) => {
    const caller = c.get('caller');
    const row = await visibleCase(db, caller, c.req.param('id'));
    const body = await readBody(c, MakePaper);
    const key = idempotencyKey(c);
    const { number } = await makeCasePaper(deps, { row, caller, body, key });
    return c.json(paperView(row.caseNo, await getPaper(db, row.caseNo, number)) as never, 201, {
      location: `/v1/cases/${row.caseNo}/papers/${number}.pdf`,
      'idempotency-key': key,
    });
  });

  for (const format of paperFormats)
    app.openAPIRegistry.registerPath({
      method: 'get',
      path: `/v1/cases/{id}/papers/{number}.${format}`,
      tags: ['papers'],
      summary: `文书（${format.toUpperCase()}） · A paper as ${format.toUpperCase()}; its ETag is the SHA-256 of the file`,
      security: secured,
      request: { params: params.extend({ number: z.string().openapi({ example: '1' }) }) },
      responses: {
        200: {
          description: 'The file',
          content: { [contentTypes[format]]: { schema: z.string().openapi({ format: 'binary' }) } },
        },
        304: { description: '没有变化 · the same file as If-None-Match names' },
        ...problems(401, 403, 404),
      },
    });
  app.get('/v1/cases/:id/papers/:file', async (c) => {
    const caller = c.get('caller');
    const { caseNo } = await visibleCase(db, caller, c.req.param('id'));
    const [, number, format] = /^([1-9]\d{0,8})\.(docx|pdf)$/.exec(c.req.param('file')) ?? [];
    if (number === undefined) throw problem('unknown-paper');
    const found = await findPaperFile(db, { caseNo, number: Number(number), format: format as PaperFormat });
    if (!found) throw problem('unknown-paper');
    if (!mayRead(caller, found.kind)) throw problem('not-allowed');
    const { bytes, sha256, kind, registerNo } = found;
    const headers = {
      'content-type': contentTypes[format as PaperFormat],
      'content-disposition': attachment(`${paperKinds[kind as PaperKind].title.zh} ${registerNo}.${format}`),
      etag: `"${sha256}"`,
    };
    if (c.req.header('if-none-match') === headers.etag) return c.body(null, 304, { etag: headers.etag });
    return c.body(new Uint8Array(bytes), 200, headers);
  });

  return app;
}
