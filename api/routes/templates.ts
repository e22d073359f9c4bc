import { createRoute, z } from '@hono/zod-openapi';
import { regionCode } from '../../contracts/acts/common.ts';
import {
  findTemplateByHash,
  findTemplateInForce,
  listTemplatesInForce,
  listTemplatesOf,
} from '../../db/office-templates.ts';
import {
  knownFields,
  ownTemplate,
  type PaperKind,
  paperContents,
  paperKindNames,
  paperKinds,
} from '../../papers/index.ts';
import { formReaders, requireRole } from '../auth.ts';
import type { ApiDeps } from '../deps.ts';
import { hashOf } from '../hash.ts';
import { createRouter, jsonOf, loose, problems, secured } from '../openapi.ts';
import { attachment, DOCX } from '../papers/attachment.ts';
import { problem } from '../problems.ts';
import { knownRegion } from '../regions.ts';
import { parse } from '../request.ts';

const InPath = z.object({ kind: z.enum(paperKindNames as [PaperKind, ...PaperKind[]]) });
const OfRegion = z.object({ region: regionCode });

/** The templates of papers in force, and an office's own over time; they are changed by a release of the kind `paperTemplate`. */
export function templateRoutes(deps: ApiDeps) {
  const { db } = deps;
  const app = createRouter();

  const today = () => deps.releases.today();

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
      requireRole(c.get('caller'), ...formReaders);
      const region = knownRegion(deps, c.req.valid('query').region);
      const ofOffices = await listTemplatesInForce(db, { region, day: today() });
      const items = paperKindNames.map((kind) => {
        const { title, source } = paperKinds[kind];
        const own = ofOffices.find((one) => one.kind === kind);
        return {
          ...{ kind, title, article: source },
          docx: {
            href: `/v1/templates/${kind}.docx?region=${region}`,
            sha256: own?.sha256 ?? hashOf(ownTemplate(kind)),
          },
          // Of which region's office it is; null for the one that comes with the project.
          office: own ?? null,
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
      summary: '模板沿革 · What was, is or will be in force for a paper by wish of a region, with reasons',
      security: secured,
      request: { params: InPath, query: OfRegion },
      responses: {
        200: jsonOf(loose('items[]: region, number, sha256, reason, inForceFrom, release'), 'History'),
        ...problems(401, 403, 422),
      },
    }),
    async (c) => {
      requireRole(c.get('caller'), ...formReaders);
      const region = knownRegion(deps, c.req.valid('query').region);
      const { kind } = c.req.valid('param');
      return c.json({ items: await listTemplatesOf(db, { region, kind }) } as never);
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
    requireRole(c.get('caller'), ...formReaders);
    const { kind } = parse(InPath, { kind: c.req.param('file').replace(/\.docx$/, '') });
    const sha256 = c.req.query('sha256');
    const docx = sha256 === undefined ? await inForce(kind, c.req.query('region')) : await byHash(kind, sha256);
    return c.body(new Uint8Array(docx), 200, {
      'content-type': DOCX,
      'content-disposition': attachment(`${paperKinds[kind].title.zh} ${kind}.docx`),
      etag: `"${hashOf(docx)}"`,
    });
  });

  async function inForce(kind: PaperKind, asked: string | undefined): Promise<Buffer> {
    const region = knownRegion(deps, parse(OfRegion, { region: asked }).region);
    return (await findTemplateInForce(db, { region, kind, day: today() })) ?? ownTemplate(kind);
  }

  async function byHash(kind: PaperKind, sha256: string): Promise<Buffer> {
    const own = ownTemplate(kind);
    const found = hashOf(own) === sha256 ? own : await findTemplateByHash(db, { kind, sha256 });
    if (!found) throw problem('not-found');
    return found;
  }

  return app;
}
