import { createHash } from 'node:crypto';
import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { freeText, regionCode } from '../../contracts/acts/common.ts';
import { actorIdOf } from '../../db/acts.ts';
import {
  findTemplateByHash,
  findTemplateInForce,
  keepTemplate,
  listTemplatesInForce,
  listTemplatesOf,
  type OfficeTemplate,
} from '../../db/office-templates.ts';
import {
  checkTemplate,
  knownFields,
  ownTemplate,
  type PaperKind,
  paperContents,
  paperKindNames,
  paperKinds,
} from '../../papers/index.ts';
import { type Role, requireRegion, requireRole } from '../auth.ts';
import type { ApiDeps, ApiEnv } from '../deps.ts';
import { readUpload } from '../evidence/upload.ts';
import { createRouter, jsonOf, loose, problems, secured } from '../openapi.ts';
import { attachment } from '../papers/attachment.ts';
import { refusedTemplate } from '../papers/refused.ts';
import { problem } from '../problems.ts';
import { knownRegion } from '../regions.ts';
import { parse, readBody } from '../request.ts';

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const MOST_BYTES = 1_500_000;
const readers = ['administrator', 'operator', 'union', 'mediator', 'arbitrator'] as const satisfies readonly Role[];

const InPath = z.object({ kind: z.enum(paperKindNames as [PaperKind, ...PaperKind[]]) });
const OfRegion = z.object({ region: regionCode });
const AboutTemplate = z.strictObject({
  region: regionCode,
  reason: freeText(),
  /** `only`: it is checked and not kept. */
  check: z.literal('only').optional(),
});
const HandIn = z.object({ file: z.string().openapi({ format: 'binary' }), about: AboutTemplate });
const GiveUp = z.strictObject({ region: regionCode, reason: freeText() });

/** An office's own templates of papers: taken out, changed in Word, handed in, in force for the region and those within it. */
export function templateRoutes(deps: ApiDeps) {
  const { db } = deps;
  const app = createRouter();

  /** The administrator of a region, who sets its templates. */
  async function administrator(c: Context<ApiEnv>, region: string): Promise<string> {
    const caller = c.get('caller');
    requireRole(caller, 'administrator');
    knownRegion(deps, region);
    requireRegion(caller, region);
    return actorIdOf(db, caller.subject);
  }

  app.openapi(
    createRoute({
      method: 'get',
      path: '/v1/templates',
      tags: ['templates'],
      summary: '文书模板 · The template in force of each paper in a region, its fields, and what it must state',
      security: secured,
      request: { query: OfRegion },
      responses: {
        200: jsonOf(loose('items[]: kind, title, article, docx, office, contents[], fields'), 'Templates'),
        ...problems(401, 403, 422),
      },
    }),
    async (c) => {
      requireRole(c.get('caller'), ...readers);
      const region = knownRegion(deps, c.req.valid('query').region);
      const ofOffices = await listTemplatesInForce(db, region);
      const items = paperKindNames.map((kind) => {
        const { title, source } = paperKinds[kind];
        const own = ofOffices.find((one) => one.kind === kind);
        return {
          ...{ kind, title, article: source },
          docx: { href: `/v1/templates/${kind}.docx?region=${region}`, sha256: own?.sha256 ?? hash(ownTemplate(kind)) },
          // Of which region's office it is; null for the one that comes with the project.
          office: own === undefined ? null : handedIn(own),
          contents: paperContents[kind].map(({ fields: _, source: article, ...content }) => ({ ...content, article })),
          fields: knownFields(kind),
        };
      });
      return c.json({ items } as never);
    },
  );

  app.openapi(
    createRoute({
      method: 'get',
      path: '/v1/templates/{kind}/history',
      tags: ['templates'],
      summary: '模板沿革 · All that a region handed in for a paper, with its reasons',
      security: secured,
      request: { params: InPath, query: OfRegion },
      responses: {
        200: jsonOf(loose('items[]: region, number, sha256, reason, handedInAt'), 'History'),
        ...problems(401, 403, 422),
      },
    }),
    async (c) => {
      requireRole(c.get('caller'), ...readers);
      const region = knownRegion(deps, c.req.valid('query').region);
      const { kind } = c.req.valid('param');
      return c.json({ items: (await listTemplatesOf(db, { region, kind })).map(handedIn) } as never);
    },
  );

  app.openAPIRegistry.registerPath({
    method: 'get',
    path: '/v1/templates/{kind}.docx',
    tags: ['templates'],
    summary: '下载模板 · The template in force in a region, or one by its hash, to be opened in Word',
    security: secured,
    request: { params: InPath, query: OfRegion.partial().extend({ sha256: z.string().optional() }) },
    responses: {
      200: { description: 'The template', content: { [DOCX]: { schema: z.string().openapi({ format: 'binary' }) } } },
      ...problems(401, 403, 404, 422),
    },
  });
  app.get('/v1/templates/:file', async (c) => {
    requireRole(c.get('caller'), ...readers);
    const { kind } = parse(InPath, { kind: c.req.param('file').replace(/\.docx$/, '') });
    const sha256 = c.req.query('sha256');
    const docx = sha256 === undefined ? await inForce(kind, c.req.query('region')) : await byHash(kind, sha256);
    return c.body(new Uint8Array(docx), 200, {
      'content-type': DOCX,
      'content-disposition': attachment(`${paperKinds[kind].title.zh} ${kind}.docx`),
      etag: `"${hash(docx)}"`,
    });
  });

  async function inForce(kind: PaperKind, asked: string | undefined): Promise<Buffer> {
    const region = knownRegion(deps, parse(OfRegion, { region: asked }).region);
    return (await findTemplateInForce(db, { region, kind }))?.docx ?? ownTemplate(kind);
  }

  async function byHash(kind: PaperKind, sha256: string): Promise<Buffer> {
    const own = ownTemplate(kind);
    const found = hash(own) === sha256 ? own : await findTemplateByHash(db, { kind, sha256 });
    if (!found) throw problem('not-found');
    return found;
  }

  // Read by hand, so that what comes is refused as every other input is; the document names it.
  app.openAPIRegistry.registerPath({
    method: 'post',
    path: '/v1/templates/{kind}',
    tags: ['templates'],
    summary:
      '交入模板 · Hand in a template of the region; checked, and from then on in force there. check=only keeps nothing',
    security: secured,
    request: { params: InPath, body: { required: true, content: { 'multipart/form-data': { schema: HandIn } } } },
    responses: {
      200: jsonOf(
        loose('region, kind, number, sha256, reason, handedInAt'),
        'The same is in force, or was only checked',
      ),
      201: jsonOf(loose('region, kind, number, sha256, reason, handedInAt'), 'In force'),
      ...problems(400, 401, 403, 413, 422),
    },
  });
  app.post('/v1/templates/:kind', async (c) => {
    requireRole(c.get('caller'), 'administrator');
    const { kind } = parse(InPath, c.req.param());
    const { content: docx, about } = await readUpload(c, MOST_BYTES);
    const { region, reason, check } = parse(AboutTemplate, about);
    const actorId = await administrator(c, region);
    const checked = checkTemplate(kind, docx);
    if ('refusals' in checked) throw refusedTemplate(checked.refusals);
    const sha256 = hash(docx);
    if (check === 'only') return c.json({ region, kind, sha256 });
    const at = new Date().toISOString();
    const { isNew, kept } = await keepTemplate(db, { region, kind, template: { docx, sha256 }, reason, actorId, at });
    return c.json(handedIn(kept as OfficeTemplate), isNew ? 201 : 200);
  });

  app.openAPIRegistry.registerPath({
    method: 'post',
    path: '/v1/templates/{kind}/give-up',
    tags: ['templates'],
    summary: '停用本地模板 · Give the region’s own template up: that of the wider region is in force again',
    security: secured,
    request: { params: InPath, body: { required: true, content: { 'application/json': { schema: GiveUp } } } },
    responses: { 200: jsonOf(loose('region, kind, number, reason'), 'Given up'), ...problems(400, 401, 403, 404, 422) },
  });
  app.post('/v1/templates/:kind/give-up', async (c) => {
    requireRole(c.get('caller'), 'administrator');
    const { kind } = parse(InPath, c.req.param());
    const { region, reason } = await readBody(c, GiveUp);
    const actorId = await administrator(c, region);
    const at = new Date().toISOString();
    const { kept } = await keepTemplate(db, { region, kind, template: null, reason, actorId, at });
    if (!kept) throw problem('not-found');
    return c.json(handedIn(kept));
  });

  return app;
}

const hash = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

const handedIn = ({ region, kind, number, sha256, reason, handedInAt }: OfficeTemplate) => ({
  ...{ region, kind, number, sha256, reason, handedInAt },
});
