import { z } from '@hono/zod-openapi';
import { caseNoPattern } from '../../contracts/ids.ts';
import { listRegistered, readRegister } from '../../db/register.ts';
import { isLegalDay } from '../../domain/time/day.ts';
import { requireRole } from '../auth.ts';
import type { ApiDeps } from '../deps.ts';
import { fileContent, handOut } from '../export/table.ts';
import { createRouter, loose, problems, secured } from '../openapi.ts';
import { problem } from '../problems.ts';
import { entriesOf, registerTable } from '../register/entry.ts';
import { cursorOf, parse, readCursor } from '../request.ts';
import { limit, periodQuery, reportOf } from '../statistics/period.ts';

const Asked = z.strictObject({ ...periodQuery, cursor: z.string().max(400).optional(), limit });
const place = z.strictObject({ on: z.string().refine(isLegalDay), caseNo: z.string().regex(caseNoPattern) });

/** A file of more lines than this is asked for in parts; a workbook takes the API's thread for some seconds. */
const mostLines = { csv: 50_000, xlsx: 10_000 } as const;

/** The acceptance register 受理登记 (人社部发〔2022〕71号 第十二条): read from the record, kept nowhere else. */
export function registerRoutes(deps: ApiDeps) {
  const { db } = deps;
  const app = createRouter();

  app.openAPIRegistry.registerPath({
    method: 'get',
    path: '/v1/register',
    tags: ['register'],
    summary: '受理登记 · The acceptance register of a region, by the day of registration, newest first; or as a file',
    security: secured,
    request: { query: Asked },
    responses: {
      200: {
        description: 'A page; as CSV or XLSX the whole period',
        content: {
          'application/json': {
            schema: loose(
              'items[]: caseNo, registeredOn, channel, applicant, respondent, claims, acceptance, mediation, result; nextCursor',
            ),
          },
          ...fileContent,
        },
      },
      ...problems(401, 403, 422),
    },
  });
  app.get('/v1/register', async (c) => {
    const caller = c.get('caller');
    requireRole(caller, 'operator', 'union', 'mediator', 'administrator');
    const { format, cursor, limit: most, ...asked } = parse(Asked, c.req.query());
    const period = reportOf(deps, caller, asked);
    const whole = format === 'json' ? undefined : format;
    const size = whole ? mostLines[whole] : most;
    const after = whole ? undefined : readCursor(place, cursor);
    const rows = await listRegistered(db, { ...period, after, limit: size + 1 });
    if (whole && rows.length > size)
      throw problem('bad-input', {
        errors: [
          {
            ...{ field: '/from', code: 'too-many-lines' },
            zh: `超过 ${size} 行，请缩短期间后分次导出。`,
            en: `More than ${size} lines; ask for a shorter period.`,
          },
        ],
      });
    const page = rows.slice(0, size);
    const entries = entriesOf(
      page,
      await readRegister(
        db,
        page.map(({ caseNo }) => caseNo),
      ),
      caller,
    );
    if (whole) return handOut(c, registerTable(entries), whole);
    const last = page.at(-1);
    return c.json({
      ...period,
      items: entries,
      nextCursor: rows.length > size && last ? cursorOf({ on: last.registeredOn, caseNo: last.caseNo }) : null,
    } as never);
  });
  return app;
}
