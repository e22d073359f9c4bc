import { createRoute, z } from '@hono/zod-openapi';
import { findPaperFile, type PaperFormat, paperFormats } from '../../db/papers.ts';
import type { CaseRow } from '../../db/read-models.ts';
import { type PaperKind, paperContents, paperKindNames, paperKinds } from '../../papers/index.ts';
import type { Caller } from '../auth.ts';
import type { ApiDeps } from '../deps.ts';
import { CaseNo, createRouter, jsonOf, loose, problems, secured } from '../openapi.ts';
import { attachment, DOCX } from '../papers/attachment.ts';
import { casePapers, fillPaper, MakePaper } from '../papers/case-papers.ts';
import { helpers } from '../papers/definition.ts';
import { readDossier } from '../papers/dossier.ts';
import { makeCasePaper } from '../papers/make.ts';
import { problem } from '../problems.ts';
import { idempotencyKey, readBody } from '../request.ts';
import { readSigning } from '../signing/on-paper.ts';
import { SignPaper, signPaper } from '../signing/sign-paper.ts';
import { paperView, signingView } from '../views.ts';
import { visibleCase } from '../visible-case.ts';

const params = z.object({ id: CaseNo });

const contentTypes: Record<PaperFormat, string> = {
  docx: DOCX,
  pdf: 'application/pdf',
};

/** A paper that stays in the office is for those who help to settle: what was said there is not for the decision (NEG-08). */
const mayRead = ({ role }: Caller, kind: string): boolean =>
  paperKinds[kind as PaperKind].outside || helpers.some((helper) => helper === role);

/** The number in an address; one that cannot be a number names no paper. */
function paperNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw problem('unknown-paper');
  return Number(text);
}

/** Papers of a case: made, listed, signed, handed out. */
export function paperRoutes(deps: ApiDeps) {
  const { db } = deps;
  const app = createRouter();

  const signed = async (row: CaseRow, number: number) => {
    const found = (await readSigning(db, row)).find(({ paper }) => paper.number === number);
    if (!found) throw problem('unknown-paper');
    return found;
  };

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
            'items[]: number, registerNo, kind, title, article, version, replaces, docx, pdf, templateSha256, byHand, signing',
          ),
          'Papers',
        ),
        ...problems(401, 404),
      },
    }),
    async (c) => {
      const caller = c.get('caller');
      const row = await visibleCase(db, caller, c.req.valid('param').id);
      const readable = (await readSigning(db, row)).filter(({ paper }) => mayRead(caller, paper.kind));
      return c.json({ items: readable.map(({ paper, signing }) => paperView(row.caseNo, paper, signing)) } as never);
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
    const { paper, signing } = await signed(row, number);
    return c.json(paperView(row.caseNo, paper, signing) as never, 201, {
      location: `/v1/cases/${row.caseNo}/papers/${number}.pdf`,
      'idempotency-key': key,
    });
  });

  const signatures = '/v1/cases/{id}/papers/{number}/signatures';
  const signedParams = params.extend({ number: z.string().openapi({ example: '1' }) });
  const signing = jsonOf(
    loose('mustSign[], signed[]: by, on, form, at, sha256, scan; missing[], superseded'),
    'Signing',
  );
  app.openAPIRegistry.registerPath({
    method: 'get',
    path: signatures,
    tags: ['papers'],
    summary: '签署情况 · Who must sign a paper, who has signed it, when and how, and who is missing',
    security: secured,
    request: { params: signedParams },
    responses: { 200: signing, ...problems(401, 403, 404) },
  });
  app.get('/v1/cases/:id/papers/:number/signatures', async (c) => {
    const caller = c.get('caller');
    const row = await visibleCase(db, caller, c.req.param('id'));
    const found = await signed(row, paperNumber(c.req.param('number')));
    if (!mayRead(caller, found.paper.kind)) throw problem('not-allowed');
    return c.json(signingView(found.signing) as never);
  });
  app.openAPIRegistry.registerPath({
    method: 'post',
    path: signatures,
    tags: ['papers'],
    summary:
      '签署文书 · Sign an application, typed on the own account or by hand with its scan; an agreement is signed by its act',
    security: secured,
    request: {
      params: signedParams,
      headers: z.object({ 'idempotency-key': z.string().optional() }),
      body: { required: true, content: { 'application/json': { schema: SignPaper } } },
    },
    responses: { 201: signing, ...problems(400, 401, 403, 404, 409, 422, 503) },
  });
  app.post('/v1/cases/:id/papers/:number/signatures', async (c) => {
    const caller = c.get('caller');
    const row = await visibleCase(db, caller, c.req.param('id'));
    const number = paperNumber(c.req.param('number'));
    const body = await readBody(c, SignPaper);
    const key = idempotencyKey(c);
    await signPaper(deps, { row, caller, number, body, key });
    return c.json(signingView((await signed(row, number)).signing) as never, 201, { 'idempotency-key': key });
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
