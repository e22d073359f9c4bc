import { createRoute, z } from '@hono/zod-openapi';
import { type EvidenceRow, findEvidence, listEvidence } from '../../db/evidence.ts';
import { listParties } from '../../db/read-models.ts';
import type { ApiDeps } from '../deps.ts';
import { AboutEvidence, addEvidence } from '../evidence/add.ts';
import { readUpload } from '../evidence/upload.ts';
import { CaseNo, createRouter, jsonOf, loose, problems, secured } from '../openapi.ts';
import { attachment } from '../papers/attachment.ts';
import { problem } from '../problems.ts';
import { idempotencyKey, readBody } from '../request.ts';
import { knownTo, LookBody, lookAt, type Shielded } from '../shielded-look.ts';
import { evidenceView } from '../views.ts';
import { visibleCase } from '../visible-case.ts';

const params = z.object({ id: CaseNo });
const onePiece = params.extend({ number: z.string().openapi({ example: '1' }) });
const anyFile = { '*/*': { schema: z.string().openapi({ format: 'binary' }) } };

const titles = {
  looked: { zh: '查阅为和解提出的材料', en: 'Material brought to settle was looked at' },
  refused: { zh: '查阅为和解提出的材料被拒绝', en: 'A look at material brought to settle was refused' },
};

/** Whether a request brings a file: then its size is for `readUpload` to limit. */
export const isUpload = (method: string, path: string): boolean =>
  method === 'POST' && /^\/v1\/cases\/[^/]+\/evidence$/.test(path);

/** A shielded piece as a look takes it: whose it is. */
const asShielded = (row: EvidenceRow): EvidenceRow & Shielded => ({
  ...row,
  id: String(row.number),
  concededBy: row.party ?? '',
});

const fileHeaders = ({ contentType, fileName, extension, sha256 }: EvidenceRow) => ({
  'content-type': contentType,
  'content-disposition': attachment(`${fileName.replace(/\.[^.]*$/, '')}.${extension}`),
  etag: `"${sha256}"`,
});

/** Evidence of a case: brought, listed, handed out. */
export function evidenceRoutes(deps: ApiDeps) {
  const { db } = deps;
  const app = createRouter();

  const pieceOf = async (caseNo: string, number: string) => {
    const piece = /^[1-9]\d{0,8}$/.test(number) ? await findEvidence(db, caseNo, Number(number)) : undefined;
    if (!piece) throw problem('not-found');
    return piece;
  };

  app.openapi(
    createRoute({
      method: 'get',
      path: '/v1/cases/{id}/evidence',
      tags: ['evidence'],
      summary: '证据材料 · The evidence of the case that the caller may know of, with hashes and links',
      security: secured,
      request: { params },
      responses: {
        200: jsonOf(
          loose('items[]: number, kind, title, fileName, contentType, bytes, sha256, shielded, links'),
          'Evidence',
        ),
        ...problems(401, 404),
      },
    }),
    async (c) => {
      const caller = c.get('caller');
      const row = await visibleCase(db, caller, c.req.valid('param').id);
      const [all, parties] = await Promise.all([listEvidence(db, row.caseNo), listParties(db, row.caseNo)]);
      const shielded = knownTo(caller, row, parties, all.filter((piece) => piece.shielded).map(asShielded));
      const known = all.filter((piece) => !piece.shielded || shielded.some(({ number }) => number === piece.number));
      return c.json({ items: known.map((piece) => evidenceView(row.caseNo, piece)) } as never);
    },
  );

  // Read by hand, piece by piece; the document names it.
  app.openAPIRegistry.registerPath({
    method: 'post',
    path: '/v1/cases/{id}/evidence',
    tags: ['evidence'],
    summary:
      '提交证据材料 · Bring a piece of evidence: the file, and about it as JSON; the same file again is the one there',
    security: secured,
    request: {
      params,
      headers: z.object({ 'idempotency-key': z.string().optional() }),
      body: {
        required: true,
        content: {
          'multipart/form-data': {
            schema: z.object({ file: z.string().openapi({ format: 'binary' }), about: AboutEvidence }),
          },
        },
      },
    },
    responses: {
      200: jsonOf(loose('As 201, and known: true'), 'The case has it already'),
      201: jsonOf(loose('number, kind, title, fileName, contentType, bytes, sha256, shielded, links, href'), 'Kept'),
      ...problems(400, 401, 403, 404, 409, 413, 422, 503),
    },
  });
  app.post('/v1/cases/:id/evidence', async (c) => {
    const caller = c.get('caller');
    const row = await visibleCase(db, caller, c.req.param('id'));
    const key = idempotencyKey(c);
    const upload = await readUpload(c, deps.mostUploadBytes);
    const { number, known } = await addEvidence(deps, { row, caller, upload, key });
    const piece = await pieceOf(row.caseNo, String(number));
    return c.json({ ...evidenceView(row.caseNo, piece), known } as never, known ? 200 : 201, {
      location: `/v1/cases/${row.caseNo}/evidence/${number}`,
      'idempotency-key': key,
    });
  });

  app.openAPIRegistry.registerPath({
    method: 'get',
    path: '/v1/cases/{id}/evidence/{number}',
    tags: ['evidence'],
    summary: '证据文件 · An open piece of evidence as it was brought; its ETag is the SHA-256 of the file',
    security: secured,
    request: { params: onePiece },
    responses: {
      200: { description: 'The file', content: anyFile },
      304: { description: '没有变化 · the same file as If-None-Match names' },
      ...problems(401, 403, 404),
    },
  });
  app.get('/v1/cases/:id/evidence/:number', async (c) => {
    const { caseNo } = await visibleCase(db, c.get('caller'), c.req.param('id'));
    const piece = await pieceOf(caseNo, c.req.param('number'));
    if (piece.shielded)
      throw problem('facts-shielded', {
        about: {
          zh: '这是为和解提出的材料，只能写明理由后查阅（looks）。',
          en: 'This was brought to settle: it is shown by a look with its reason alone (looks).',
        },
      });
    const headers = fileHeaders(piece);
    if (c.req.header('if-none-match') === headers.etag) return c.body(null, 304, { etag: headers.etag });
    return c.body(new Uint8Array(piece.content), 200, headers);
  });

  app.openAPIRegistry.registerPath({
    method: 'post',
    path: '/v1/cases/{id}/evidence/{number}/looks',
    tags: ['evidence'],
    summary: '查阅为和解提出的材料 · Look at a shielded piece of evidence; every look is an event of the case',
    security: secured,
    request: {
      params: onePiece,
      headers: z.object({ 'idempotency-key': z.string().optional() }),
      body: { required: true, content: { 'application/json': { schema: LookBody } } },
    },
    responses: { 200: { description: 'The file', content: anyFile }, ...problems(400, 401, 403, 404, 422) },
  });
  app.post('/v1/cases/:id/evidence/:number/looks', async (c) => {
    const caller = c.get('caller');
    const row = await visibleCase(db, caller, c.req.param('id'));
    const body = await readBody(c, LookBody);
    const key = idempotencyKey(c);
    const piece = await pieceOf(row.caseNo, c.req.param('number'));
    // An open one needs no look.
    if (!piece.shielded) throw problem('not-found');
    const things = async () => [asShielded(piece)];
    await lookAt(deps, { row, caller, body, key, at: 'shieldedEvidence', which: piece.number, titles, things });
    return c.body(new Uint8Array(piece.content), 200, { ...fileHeaders(piece), 'idempotency-key': key });
  });

  return app;
}
