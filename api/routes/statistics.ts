import { z } from '@hono/zod-openapi';
import { caseNoPattern } from '../../contracts/ids.ts';
import { countFigures, listCounted } from '../../db/statistics.ts';
import { organisationTitle } from '../../domain/labels.ts';
import { figureNames, figures, groupings } from '../../domain/statistics.ts';
import { isLegalDay } from '../../domain/time/day.ts';
import { requireRole } from '../auth.ts';
import type { ApiDeps } from '../deps.ts';
import { fileContent, handOut } from '../export/table.ts';
import { createRouter, jsonOf, loose, problems, secured } from '../openapi.ts';
import { cursorOf, parse, readCursor } from '../request.ts';
import { limit, periodQuery, reporters, reportOf } from '../statistics/period.ts';
import { partTitles, reportOfRows, reportTable } from '../statistics/report.ts';

/** 71号 第三条: 协商调解解决的劳动人事争议案件数量在案件总量中的比重. */
const share = {
  title: { zh: '协商调解解决的案件在案件总量中的比重', en: 'Share of cases settled by negotiation and mediation' },
  article: '人社部发〔2022〕71号 第三条',
  numerator: { figure: 'settled', ...figures.settled },
  denominator: { figure: 'ended', ...figures.ended },
} as const;

const Report = z.strictObject({ ...periodQuery, by: z.enum(groupings).optional() });

const name = z.string().regex(/^[A-Za-z.]{1,64}$/);
const { format: _, ...period } = periodQuery;
const Counted = z.strictObject({
  ...period,
  ...{ procedure: name.optional(), what: name.optional(), organisation: name.optional() },
  ...{ cursor: z.string().max(400).optional(), limit },
});
const place = z.strictObject({
  on: z.string().refine(isLegalDay),
  caseNo: z.string().regex(caseNoPattern),
  ref: z.string().max(100),
});
const params = z.object({ figure: z.enum(figureNames) });

/** Statistics of the register 统计报告 (人社部发〔2022〕71号 第十二条), each figure with the list behind it. */
export function statisticsRoutes(deps: ApiDeps) {
  const { db, rules } = deps;
  const app = createRouter();

  app.openAPIRegistry.registerPath({
    method: 'get',
    path: '/v1/statistics',
    tags: ['register'],
    summary: '统计报告 · Acceptance, results, performance, silence and time taken; first the share settled',
    security: secured,
    request: { query: Report },
    responses: {
      200: {
        description: 'The figures of a region and a period, each with a link to its cases; or the same as a file',
        content: {
          'application/json': {
            schema: loose('region, from, to, by, share, groups[]: key, title, share, figures[]: count, cases, parts[]'),
          },
          ...fileContent,
        },
      },
      ...problems(401, 403, 422),
    },
  });
  app.get('/v1/statistics', async (c) => {
    const caller = c.get('caller');
    requireRole(caller, ...reporters);
    const { by, format, ...asked } = parse(Report, c.req.query());
    const counted = reportOf(deps, caller, asked);
    const groups = reportOfRows(rules, await countFigures(db, counted, by), { counted, by });
    if (format !== 'json') return handOut(c, reportTable('统计报告', groups), format);
    const aims = await rules.decide(counted.region, 'statistics.target', { figure: 'share' });
    const targets = aims.matched.map(({ title, source, outcome }) => ({ title, article: source, ...outcome }));
    return c.json({ ...counted, by: by ?? null, share: { ...share, targets }, groups } as never);
  });

  app.openAPIRegistry.registerPath({
    method: 'get',
    path: '/v1/statistics/{figure}/cases',
    tags: ['register'],
    summary: '统计指标的案件清单 · The cases that a figure counts; as many as it says',
    security: secured,
    request: { params, query: Counted },
    responses: { 200: jsonOf(loose('items[], nextCursor'), 'A page'), ...problems(401, 403, 422) },
  });
  app.get('/v1/statistics/:figure/cases', async (c) => {
    const caller = c.get('caller');
    requireRole(caller, ...reporters);
    const { figure } = parse(params, c.req.param());
    const { cursor, limit: most, region, from, to, ...narrower } = parse(Counted, c.req.query());
    const counted = { ...reportOf(deps, caller, { region, from, to }), ...narrower, figure };
    const rows = await listCounted(db, { ...counted, after: readCursor(place, cursor), limit: most + 1 });
    const page = rows.slice(0, most);
    const last = page.at(-1);
    return c.json({
      items: page.map(({ ref: __, ...row }) => ({
        ...row,
        ...partTitles(rules, figure, row),
        organisationTitle: organisationTitle(row.organisation),
        href: `/v1/cases/${row.caseNo}`,
      })),
      nextCursor:
        rows.length > page.length && last ? cursorOf({ on: last.on, caseNo: last.caseNo, ref: last.ref }) : null,
    } as never);
  });
  return app;
}
