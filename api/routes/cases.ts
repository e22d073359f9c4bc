import { createRoute, z } from '@hono/zod-openapi';
import { legalDay, regionCode } from '../../contracts/acts/common.ts';
import { actContracts } from '../../contracts/acts/index.ts';
import { caseNoPattern } from '../../contracts/ids.ts';
import { RegisterCase } from '../../contracts/intake.ts';
import { liaisonOf } from '../../db/liaisons.ts';
import { listLinked } from '../../db/linked-cases.ts';
import { listNotices } from '../../db/notices.ts';
import {
  findCase,
  listCases,
  listClaims,
  listDeadlinesOf,
  listDecisions,
  listEvents,
  listParties,
  listProcedures,
  listSplits,
} from '../../db/read-models.ts';
import { chainProcedures } from '../../domain/case/case.ts';
import { refusalToOpen } from '../../domain/procedures/definition.ts';
import { actsIn, findAct } from '../../domain/procedures/index.ts';
import { shanghaiDay } from '../../domain/time/day.ts';
import { type Caller, scopeOf } from '../auth.ts';
import { isOwnAffair, mayDo, ownParties } from '../authorise.ts';
import type { ApiDeps } from '../deps.ts';
import { limitationOf } from '../limitation.ts';
import { CaseNo, createRouter, jsonOf, loose, problems, secured } from '../openapi.ts';
import { performAct } from '../perform-act.ts';
import { problem } from '../problems.ts';
import { knownRegion } from '../regions.ts';
import { registerCase } from '../register-case.ts';
import { remediesOf } from '../remedies.ts';
import { cursorOf, etag, idempotencyKey, ifMatch, readBody, readCursor, readJson } from '../request.ts';
import {
  caseSummary,
  caseView,
  deadlineView,
  decisionView,
  duplicatesView,
  eventView,
  noticeView,
  procedureView,
} from '../views.ts';
import { visibleCase } from '../visible-case.ts';

const limit = z.coerce.number().int().min(1).max(200).default(50);
const IdempotencyKey = z.object({
  'idempotency-key': z
    .string()
    .optional()
    .openapi({ description: 'Sending the same request again under it does nothing twice' }),
});
const params = z.object({ id: CaseNo });

const WAIT = 'waitUntil:';
const WaitUntil = z
  .string()
  .refine((value) => value.startsWith(WAIT) && legalDay.safeParse(value.slice(WAIT.length)).success, {
    message: '须为 waitUntil:YYYY-MM-DD / must be waitUntil:YYYY-MM-DD',
  })
  .openapi({ description: 'What if nothing is done until that day', example: 'waitUntil:2026-12-31' });

/** Cases: registered, looked at, moved. */
export function caseRoutes(deps: ApiDeps) {
  const { db } = deps;
  const app = createRouter();

  const wholeIfVisible = async (caller: Caller, caseNo: string) => {
    const row = await findCase(db, caseNo, scopeOf(caller));
    if (!row) return undefined;
    const [parties, claims, deadlines, runs, splits, linked, [liaison]] = await Promise.all([
      listParties(db, caseNo),
      listClaims(db, caseNo),
      listDeadlinesOf(db, caseNo),
      listProcedures(db, caseNo),
      listSplits(db, caseNo),
      listLinked(db, caseNo, scopeOf(caller)),
      liaisonOf(db, row.region, row.view?.case.organisation?.kind ?? null),
    ]);
    const parts = { parties, claims, deadlines, runs, splits, linked, liaison };
    return { row, linked, view: caseView(row, parts, caller) };
  };

  const wholeCase = async (caller: Caller, caseNo: string) => {
    const whole = await wholeIfVisible(caller, caseNo);
    if (!whole) throw problem('not-found');
    return whole;
  };

  app.openAPIRegistry.registerPath({
    method: 'post',
    path: '/v1/cases',
    tags: ['cases'],
    summary: '一窗登记 · Register a case',
    security: secured,
    request: {
      headers: IdempotencyKey,
      body: { required: true, content: { 'application/json': { schema: RegisterCase } } },
    },
    responses: {
      201: jsonOf(
        loose('The case; see GET /v1/cases/{id}. And possibleDuplicates[], duplicatesElsewhere[]'),
        'Registered',
      ),
      ...problems(400, 401, 403, 409, 413, 422, 503),
    },
  });
  app.post('/v1/cases', async (c) => {
    const caller = c.get('caller');
    const key = idempotencyKey(c);
    const { caseNo } = await registerCase(deps, { caller, body: await readBody(c, RegisterCase), key });
    const { row, view, linked } = await wholeCase(caller, caseNo);
    return c.json({ ...view, ...duplicatesView(linked, caller) } as never, 201, {
      location: `/v1/cases/${caseNo}`,
      etag: etag(row.seq),
      'idempotency-key': key,
    });
  });

  app.openapi(
    createRoute({
      method: 'get',
      path: '/v1/cases',
      tags: ['cases'],
      summary: '案件列表 · Cases the caller may see',
      security: secured,
      request: {
        query: z.strictObject({
          stage: z.enum(['registering', ...chainProcedures, 'closed']).optional(),
          region: regionCode.optional(),
          dueBefore: legalDay.optional(),
          q: z
            .string()
            .max(40)
            .regex(/^[\d-]*$/, '案号的一部分；不按姓名查询 / part of a case number; names are not searched')
            .optional()
            .openapi({ description: 'Part of a case number' }),
          cursor: z.string().max(400).optional(),
          limit,
        }),
      },
      responses: { 200: jsonOf(loose('items[], nextCursor'), 'A page'), ...problems(401, 422) },
    }),
    async (c) => {
      const { cursor, ...filter } = c.req.valid('query');
      if (filter.region !== undefined) knownRegion(deps, filter.region);
      const after = readCursor(z.string().regex(caseNoPattern), cursor);
      const rows = await listCases(db, scopeOf(c.get('caller')), { ...filter, after, limit: filter.limit + 1 });
      const page = rows.slice(0, filter.limit);
      return c.json({
        items: page.map(caseSummary),
        nextCursor: rows.length > page.length ? cursorOf(page.at(-1)?.caseNo) : null,
      });
    },
  );

  app.openapi(
    createRoute({
      method: 'get',
      path: '/v1/cases/{id}',
      tags: ['cases'],
      summary: '一个案件 · One case, with every date that binds',
      security: secured,
      request: { params },
      responses: { 200: jsonOf(loose('The case'), 'The case; its ETag goes into If-Match'), ...problems(401, 404) },
    }),
    async (c) => {
      const { row, view } = await wholeCase(c.get('caller'), c.req.valid('param').id);
      return c.json(view as never, 200, { etag: etag(row.seq) });
    },
  );

  app.openapi(
    createRoute({
      method: 'get',
      path: '/v1/cases/{id}/remedies',
      tags: ['cases'],
      summary: '还有哪些途径 · What may be turned to, until when, and what waiting would cost',
      security: secured,
      request: { params, query: z.strictObject({ if: WaitUntil.optional() }) },
      responses: {
        200: jsonOf(
          loose(
            'on, release, limitation, items[]: remedy, title, article, lastDay, party, workers, papers, lostByWaiting, inTime',
          ),
          'Remedies',
        ),
        ...problems(401, 404, 422),
      },
    }),
    async (c) => {
      const row = await visibleCase(db, c.get('caller'), c.req.valid('param').id);
      const today = shanghaiDay(new Date().toISOString());
      const on = c.req.valid('query').if?.slice(WAIT.length) ?? today;
      if (on < today)
        throw problem('bad-input', {
          errors: [{ field: '/if', code: 'day-too-early', zh: '只能问今天及以后。', en: 'Only today and later.' }],
        });
      return c.json({ on, ...(await remediesOf(deps, row, on)) } as never, 200, { etag: etag(row.seq) });
    },
  );

  app.openapi(
    createRoute({
      method: 'get',
      path: '/v1/cases/{id}/acts',
      tags: ['acts'],
      summary: '现在可以做什么 · The acts open to this caller now, each with its JSON Schema',
      security: secured,
      request: { params },
      responses: {
        200: jsonOf(loose('items[]: act, title, article, schema, limitation'), 'Open acts'),
        ...problems(401, 404),
      },
    }),
    async (c) => {
      const caller = c.get('caller');
      const row = await visibleCase(db, caller, c.req.valid('param').id);
      const [parties, runs, deadlines] = await Promise.all([
        listParties(db, row.caseNo),
        listProcedures(db, row.caseNo),
        listDeadlinesOf(db, row.caseNo),
      ]);
      const now = new Date().toISOString();
      const at = { now, today: shanghaiDay(now), actor: { actorId: 'reader', role: caller.role } };
      const limitation = limitationOf(deadlines, at.today);
      const states = runs.filter(({ endedAt }) => endedAt === null).map(({ view }) => view);
      const items = states.flatMap((state) =>
        actsIn(state)
          .filter(([, act]) => isOwnAffair(caller, row, act) && mayDo(act.by, caller, parties))
          .filter(([, act]) => refusalToOpen(act, state, at) === undefined)
          .map(([name, act]) => ({
            act: name,
            title: act.title,
            legalRef: act.legalRef,
            article: act.source,
            schema: actSchema(name),
            ...(act.costsTime && limitation ? { limitation } : {}),
            href: `/v1/cases/${row.caseNo}/acts/${name}`,
          })),
      );
      return c.json({ items } as never, 200, { etag: etag(row.seq) });
    },
  );

  // One handler for all acts; the document names each with its own body.
  app.post('/v1/cases/:id/acts/:act', async (c) => {
    const caller = c.get('caller');
    const caseNo = c.req.param('id');
    const key = idempotencyKey(c);
    const result = await performAct(deps, {
      caller,
      caseNo,
      act: c.req.param('act'),
      body: await readJson(c),
      key,
      ifSeq: ifMatch(c),
    });
    const whole = await wholeIfVisible(caller, caseNo);
    // A region that has refused to take the case over does not see it any more.
    if (!whole) return c.json({ result }, 200, { 'idempotency-key': key });
    const { row, view } = whole;
    return c.json({ result, case: view }, 200, { etag: etag(row.seq), 'idempotency-key': key });
  });
  for (const [name, contract] of Object.entries(actContracts)) {
    const found = findAct(name);
    if (!found) throw new Error(`the contract ${name} has no act`);
    app.openAPIRegistry.registerPath({
      method: 'post',
      path: `/v1/cases/{id}/acts/${name}`,
      tags: [`acts: ${name.split('.')[0]}`],
      summary: `${found.act.title.zh} · ${found.act.title.en}`,
      description: `${found.act.source}（${found.act.legalRef}）\n\nMay be done by: ${found.act.by.join(', ')}.`,
      security: secured,
      request: {
        params,
        headers: IdempotencyKey.extend({ 'if-match': z.string().optional() }),
        body: { content: { 'application/json': { schema: contract.schema as z.ZodType } } },
      },
      responses: {
        200: jsonOf(loose('result, case'), 'Done; the new state'),
        ...problems(400, 401, 403, 404, 409, 412, 413, 422, 503),
      },
    });
  }

  const part = (
    name: 'timeline' | 'deadlines' | 'decisions' | 'notices' | 'procedures',
    summary: string,
    read: (caller: Caller, caseNo: string) => Promise<unknown[]>,
  ) =>
    app.openapi(
      createRoute({
        method: 'get',
        path: `/v1/cases/{id}/${name}`,
        tags: ['cases'],
        summary,
        security: secured,
        request: { params },
        responses: { 200: jsonOf(loose('items[]'), summary), ...problems(401, 404) },
      }),
      async (c) => {
        const row = await visibleCase(db, c.get('caller'), c.req.valid('param').id);
        return c.json({ items: await read(c.get('caller'), row.caseNo) } as never, 200);
      },
    );
  part('deadlines', '期限 · Deadlines, each with how it was computed', async (_caller, caseNo) =>
    (await listDeadlinesOf(db, caseNo)).map((row) => deadlineView(row)),
  );
  part('decisions', '规则决定 · Decisions, each with the rule and its article', async (_caller, caseNo) =>
    (await listDecisions(db, caseNo)).map((row) => decisionView(row, caseNo)),
  );
  part('notices', '通知 · Notices and whether they went out', async (caller, caseNo) => {
    const [notices, parties] = await Promise.all([listNotices(db, caseNo), listParties(db, caseNo)]);
    if (caller.role !== 'party') return notices.map(noticeView);
    // A party sees what was sent to it; why the post of others failed may name their address.
    const own = ownParties(caller, parties).map(({ id }) => id);
    return notices.filter(({ recipient }) => own.includes(recipient)).map(noticeView);
  });
  part('procedures', '程序 · The procedures the case has been through', async (_caller, caseNo) =>
    (await listProcedures(db, caseNo)).map(procedureView),
  );

  app.openapi(
    createRoute({
      method: 'get',
      path: '/v1/cases/{id}/timeline',
      tags: ['cases'],
      summary: '经过 · What happened, in order',
      security: secured,
      request: {
        params,
        query: z.strictObject({ after: z.coerce.number().int().min(0).max(2_147_483_647).default(0), limit }),
      },
      responses: { 200: jsonOf(loose('items[], nextAfter'), 'Events'), ...problems(401, 404, 422) },
    }),
    async (c) => {
      const row = await visibleCase(db, c.get('caller'), c.req.valid('param').id);
      const { after, limit: most } = c.req.valid('query');
      const events = await listEvents(db, row.caseNo, after, most);
      return c.json({
        items: events.map((event) => eventView(event, c.get('caller'))),
        nextAfter: events.length === most ? events.at(-1)?.seq : null,
      } as never);
    },
  );

  return app;
}

const schemas = new Map<string, unknown>();

/** JSON Schema of an act's body, made once. */
function actSchema(name: string): unknown {
  const known = schemas.get(name);
  if (known) return known;
  const contract = actContracts[name];
  const schema = contract ? z.toJSONSchema(contract.schema, { io: 'input', unrepresentable: 'any' }) : {};
  schemas.set(name, schema);
  return schema;
}
