import { createRoute, z } from '@hono/zod-openapi';
import { regionCode, releaseHash } from '../../contracts/acts/common.ts';
import { approvedTextsOn, findText } from '../../db/notice-texts.ts';
import { type NoticeTextName, noticeTextNames } from '../../domain/notices.ts';
import { facts, factsOf } from '../../notices/facts.ts';
import { ownTexts } from '../../notices/load.ts';
import { bySubject, layTexts, narrowest, textOf } from '../../notices/texts.ts';
import { sha256Of } from '../../rules/canonical.ts';
import { formReaders, requireRole } from '../auth.ts';
import type { ApiDeps } from '../deps.ts';
import { createRouter, jsonOf, loose, problems, secured } from '../openapi.ts';
import { problem } from '../problems.ts';
import { knownRegion } from '../regions.ts';

/** The texts of notices; they are changed by a release of the kind `noticeTemplate`. */
export function noticeTextRoutes(deps: ApiDeps) {
  const { db, releases } = deps;
  const app = createRouter();

  app.openapi(
    createRoute({
      method: 'get',
      path: '/v1/notice-texts',
      tags: ['templates'],
      summary: '通知文本 · The text of each notice in force today in a region, and the facts that it may name',
      security: secured,
      request: { query: z.object({ region: regionCode }) },
      responses: {
        200: jsonOf(loose('items[]: notice, office, sha256, text, facts'), 'Texts'),
        ...problems(401, 403, 422),
      },
    }),
    async (c) => {
      requireRole(c.get('caller'), ...formReaders);
      const region = knownRegion(deps, c.req.valid('query').region);
      const approved = await approvedTextsOn(db, releases.today());
      const texts = layTexts(await ownTexts(), approved)(region);
      const local = bySubject(approved);
      const items = noticeTextNames.map((notice) => {
        const text = textOf(texts, notice);
        return {
          notice,
          // Of which region it is; null for the one that comes with the project.
          office: narrowest(local, region, notice)?.region ?? null,
          ...{ sha256: sha256Of(text), text, facts: factsIn(notice) },
        };
      });
      return c.json({ items } as never);
    },
  );

  app.openapi(
    createRoute({
      method: 'get',
      path: '/v1/notice-texts/{sha256}',
      tags: ['templates'],
      summary: '按摘要取通知文本 · A text by its hash: by it a notice that was sent knows what it was sent by',
      security: secured,
      request: { params: z.object({ sha256: releaseHash }) },
      responses: { 200: jsonOf(loose('subject, text, short'), 'The text'), ...problems(401, 403, 404, 422) },
    }),
    async (c) => {
      requireRole(c.get('caller'), ...formReaders);
      const text = await findText(db, c.req.valid('param').sha256);
      if (text === undefined) throw problem('not-found');
      return c.json(text as never);
    },
  );

  return app;
}

/** What a text may name, by title. */
const factsIn = (notice: NoticeTextName) =>
  notice === 'digest'
    ? { count: { zh: '件数', en: 'How many' } }
    : Object.fromEntries(factsOf(notice).map((fact) => [fact, facts[fact].title]));
