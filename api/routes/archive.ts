import { createRoute, z } from '@hono/zod-openapi';
import { findArchived } from '../../db/register.ts';
import { isOnFile } from '../../domain/case/archive.ts';
import { resultTitle } from '../../domain/statistics.ts';
import { readFile } from '../archive/file.ts';
import { requireRole } from '../auth.ts';
import type { ApiDeps } from '../deps.ts';
import { CaseNo, createRouter, jsonOf, loose, problems, secured } from '../openapi.ts';
import { visibleCase } from '../visible-case.ts';

/** The file of a case 档案 (人社部发〔2022〕71号 第十二条): what it must hold, what lies in it, what is missing. */
export function archiveRoutes(deps: ApiDeps) {
  const app = createRouter();
  app.openapi(
    createRoute({
      method: 'get',
      path: '/v1/cases/{id}/archive',
      tags: ['register'],
      summary: '案卷齐全检查 · What the file of the case must hold, what is there, what is missing',
      security: secured,
      request: { params: z.object({ id: CaseNo }) },
      responses: {
        200: jsonOf(
          loose('ending, complete, items[]: item, paper, title, legalRef, article, onFile, numbers; archived'),
          'The file; complete is null while the case has no end',
        ),
        ...problems(401, 403, 404),
      },
    }),
    async (c) => {
      const caller = c.get('caller');
      const row = await visibleCase(deps.db, caller, c.req.valid('param').id);
      requireRole(caller, 'operator', 'union', 'mediator', 'administrator');
      const [file, archived] = await Promise.all([readFile(deps, row), findArchived(deps.db, row.caseNo)]);
      const items = (file?.items ?? []).map((item) => ({
        ...item,
        onFile: file !== undefined && isOnFile(item, file.onFile),
        numbers: (file?.onFile.papers ?? []).filter(({ kind }) => kind === item.paper).map(({ number }) => number),
      }));
      const ending = file?.ending ?? null;
      return c.json({
        ending: ending === null ? null : { ending, title: resultTitle(ending) },
        complete: ending === null ? null : items.every(({ onFile }) => onFile),
        items,
        // What was missing when it was closed, and why; by the clock nobody looked.
        archived: row.stage === 'closed' ? (archived ?? null) : null,
      } as never);
    },
  );
  return app;
}
