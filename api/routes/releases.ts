import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { freeText, legalDay, regionCode } from '../../contracts/acts/common.ts';
import { actorIdOf } from '../../db/acts.ts';
import { findRelease, findReleaseText, listApproved, listReleases } from '../../db/administered-releases.ts';
import { listAdministration } from '../../db/administration.ts';
import { regionPrefix } from '../../db/read-models.ts';
import { type AdministeredRelease, releaseKinds, releaseStatuses } from '../../domain/releases.ts';
import { packChanges } from '../../rules/changes.ts';
import { isRecord } from '../../rules/is-record.ts';
import { type PackDocument, sourceOfDocument } from '../../rules/pack-document.ts';
import type { DraftText } from '../administration/kind.ts';
import { approve, check, draft, kindOf, rewrite, simulate, whole, withdraw } from '../administration/life.ts';
import { packTextOn, shippedText } from '../administration/pack-text.ts';
import { PastedNotice } from '../administration/pasted-notice.ts';
import { readDraft, sentDraft } from '../administration/sent-draft.ts';
import { withTable } from '../administration/table.ts';
import { requireRegion, requireRole } from '../auth.ts';
import type { ApiDeps, ApiEnv } from '../deps.ts';
import { readUpload } from '../evidence/upload.ts';
import { createRouter, jsonOf, loose, problems, secured } from '../openapi.ts';
import { attachment, DOCX } from '../papers/attachment.ts';
import { problem } from '../problems.ts';
import { knownRegion } from '../regions.ts';
import { cursorOf, parse, parseJson, readBody, readCursor } from '../request.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const Reason = z.strictObject({ reason: freeText() });
const Approval = Reason.extend({
  inForceFrom: legalDay.optional().meta({
    description: '施行日期 A day that has not begun; a calendar takes effect with its approval and names none',
  }),
});
const basedOn = sha256
  .optional()
  .meta({ description: '所依据的现行文本 Hash of the text in force that it is made from; the newest unless given' });
const Document = z.looseObject({}).meta({
  description: [
    'pack: {"format":1,"files":{"pack.json":{…},…}}',
    'calendar: {"year":2026,"notice":"…","source":"…","daysOff":[{"on","name"}],"workdays":[…]}',
    'paperTemplate: {"region":"310116","paper":"mediationApplication"} beside the file; without one also "sha256": that of a template that is kept, or null to give the region’s own up',
    'noticeTemplate: {"region":"310116","notice":"requestServed","text":{"subject":{…},"text":{…},"short":{…}}}, text null to give it up',
  ].join('; '),
});
/** `from`: the text of an earlier release once more, or `shipped`: that which came with the program. */
const From = z.union([z.uuid(), z.literal('shipped')]);
const Draft = Reason.extend({ kind: z.enum(releaseKinds), basedOn, document: Document });
const Pasted = Reason.extend({ kind: z.literal('calendar'), basedOn, ...PastedNotice.shape });
const Restored = Reason.extend({ kind: z.enum(releaseKinds), subject: z.string().max(100), from: From, basedOn });
const Rewritten = Reason.extend({ basedOn, document: Document });
const PastedAnew = Reason.extend({ basedOn, ...PastedNotice.shape });

const MOST_TABLE_BYTES = 2_000_000;
const file = z.string().openapi({ format: 'binary' });
const TableIn = z.object({ file, about: Reason });

const InPath = z.object({ id: z.uuid().openapi({ param: { name: 'id', in: 'path' } }) });
const Page = { limit: z.coerce.number().int().min(1).max(200).default(50), cursor: z.string().optional() };

const has = (value: unknown, key: string): boolean => isRecord(value) && key in value;

const contentOf = (body: z.ZodType, about: z.ZodType | undefined) => ({
  'application/json': { schema: body },
  ...(about === undefined ? {} : { 'multipart/form-data': { schema: z.object({ file, about }) } }),
});

/** The life of a release: drafted, checked, simulated, approved by a second administrator, in force from a day. */
export function releaseRoutes(deps: ApiDeps) {
  const { db } = deps;
  const app = createRouter();

  async function administratorOf(c: Context<ApiEnv>, region: string): Promise<string> {
    const caller = c.get('caller');
    requireRole(caller, 'administrator');
    requireRegion(caller, region);
    return actorIdOf(db, caller.subject);
  }

  /** The release of the path, for an administrator of its region. */
  async function asked(c: Context<ApiEnv>): Promise<{ release: AdministeredRelease; actorId: string }> {
    requireRole(c.get('caller'), 'administrator');
    const { id } = parse(InPath, c.req.param());
    const release = await findRelease(db, id);
    if (release === undefined) throw problem('not-found');
    return { release, actorId: await administratorOf(c, release.region) };
  }

  /** With what follows from the days. */
  async function shown(release: AdministeredRelease) {
    const { check: checked, ...rest } = release;
    return { ...rest, standing: await standingOf(release), findings: checked?.findings ?? null };
  }

  /** A notice that was pasted is shown as the days that it was read as. */
  const shownAsRead = async (release: AdministeredRelease, { content, pastedText }: DraftText) => ({
    ...(await shown(release)),
    ...(pastedText === undefined ? {} : { document: content }),
  });

  async function standingOf(release: AdministeredRelease): Promise<string> {
    if (release.status !== 'approved' || release.inForceFrom === null) return release.status;
    const today = deps.releases.today();
    if (release.inForceFrom > today) return 'approved';
    const newest = (await listApproved(db, release)).find(({ inForceFrom }) => (inForceFrom ?? '') <= today);
    return newest?.id === release.id ? 'inForce' : 'superseded';
  }

  const document = (
    method: 'get' | 'post' | 'put',
    path: string,
    summary: string,
    {
      body,
      beside,
      params,
      query,
    }: { body?: z.ZodType; beside?: z.ZodType; params?: z.ZodObject; query?: z.ZodObject } = {},
  ) =>
    app.openAPIRegistry.registerPath({
      ...{ method, path, tags: ['releases'], summary, security: secured },
      request: {
        ...(params === undefined ? {} : { params }),
        ...(query === undefined ? {} : { query }),
        ...(body === undefined ? {} : { body: { required: true, content: contentOf(body, beside) } }),
      },
      responses: {
        200: jsonOf(
          loose(
            'id, kind, subject, number, status, standing, findings[], preview, inForceFrom, pastedText; document where it was pasted',
          ),
          'The release',
        ),
        ...problems(400, 401, 403, 404, 409, 413, 422),
      },
    });

  document(
    'post',
    '/v1/releases',
    '起草 · Draft a release: a text, a notice of holidays as it was published, or an earlier one once more',
    { ...{ body: z.union([Draft, Pasted, Restored]), beside: Draft } },
  );
  app.post('/v1/releases', async (c) => {
    requireRole(c.get('caller'), 'administrator');
    const sent = await sentDraft(c);
    const drafted = parseJson(sent.body);
    const said = parse(has(drafted, 'from') ? Restored : has(drafted, 'text') ? Pasted : Draft, drafted);
    const kind = kindOf(said.kind);
    const read = readDraft(deps, kind, 'from' in said ? { ...sent, body: await earlier(said) } : sent);
    const actorId = await administratorOf(c, read.region);
    const { reason, basedOn: base } = said;
    const release = await draft(
      deps,
      kind,
      { text: read, ...(base === undefined ? {} : { basedOn: base }) },
      { actorId, reason },
    );
    return c.json(await shownAsRead(release, read), 201);
  });

  /** The text of an earlier release, as a draft would say it. */
  async function earlier({ kind, subject, from }: z.output<typeof Restored>): Promise<string> {
    const found = from === 'shipped' ? undefined : await findRelease(db, from);
    const fits = found?.kind === kind && found.subject === subject;
    const content =
      from === 'shipped' && kind === 'pack'
        ? await shippedText(subject)
        : fits
          ? await findReleaseText(db, from)
          : undefined;
    if (content === undefined) throw problem('not-found');
    return JSON.stringify({ document: content });
  }

  document('put', '/v1/releases/{id}', '改写草案 · Another text in place of the draft’s', {
    ...{ params: InPath, body: z.union([Rewritten, PastedAnew]), beside: Rewritten },
  });
  app.put('/v1/releases/:id', async (c) => {
    const { release, actorId } = await asked(c);
    const sent = await sentDraft(c);
    const said = parseJson(sent.body);
    const pasted = release.kind === 'calendar' && has(said, 'text');
    const { reason, basedOn: base } = parse(pasted ? PastedAnew : Rewritten, said);
    const text = readDraft(deps, kindOf(release.kind), sent);
    const by = { actorId, reason };
    const kept = await rewrite(deps, release, { text, ...(base ? { basedOn: base } : {}) }, by);
    return c.json(await shownAsRead(kept, text));
  });

  app.openAPIRegistry.registerPath({
    method: 'put',
    path: '/v1/releases/{id}/tables',
    tags: ['releases'],
    summary: '以决策表改写 · The decision of a table in XLSX in place of the draft’s',
    security: secured,
    request: { params: InPath, body: { required: true, content: { 'multipart/form-data': { schema: TableIn } } } },
    responses: { 200: jsonOf(loose('As a draft'), 'The draft'), ...problems(400, 401, 403, 404, 409, 413, 422) },
  });
  app.put('/v1/releases/:id/tables', async (c) => {
    const { release, actorId } = await asked(c);
    const { content: workbook, about } = await readUpload(c, MOST_TABLE_BYTES);
    const { reason } = parse(Reason, about);
    const text = await withTable(deps, await whole(deps, release), workbook);
    return c.json(await shown(await rewrite(deps, release, { text }, { actorId, reason })));
  });

  const acts = {
    check: { act: check, summary: '检查 · Look for everything that is wrong with it' },
    simulate: { act: simulate, summary: '推演 · Show what it would change' },
    withdraw: { act: withdraw, summary: '撤回 · Give it up, before it is in force' },
  };
  for (const [name, { act, summary }] of Object.entries(acts)) {
    document('post', `/v1/releases/{id}/${name}`, summary, { params: InPath, body: Reason });
    app.post(`/v1/releases/:id/${name}`, async (c) => {
      const { release, actorId } = await asked(c);
      const { reason } = await readBody(c, Reason);
      return c.json(await shown(await act(deps, release, { actorId, reason })));
    });
  }

  document('post', '/v1/releases/{id}/approve', '批准 · Approve it, by another administrator, from a day on', {
    params: InPath,
    body: Approval,
  });
  app.post('/v1/releases/:id/approve', async (c) => {
    const { release, actorId } = await asked(c);
    const { reason, inForceFrom } = await readBody(c, Approval);
    const day = inForceFrom === undefined ? {} : { inForceFrom };
    return c.json(await shown(await approve(deps, release, day, { actorId, reason })));
  });

  document('get', '/v1/releases/{id}', '一个版本 · A release, with what was found in it', { params: InPath });
  app.get('/v1/releases/:id', async (c) => c.json(await shown((await asked(c)).release)));

  document('get', '/v1/releases/{id}/document', '版本全文 · What a release says', { params: InPath });
  app.get('/v1/releases/:id/document', async (c) => {
    const { release } = await asked(c);
    return c.json((await whole(deps, release)).content as never, 200, { etag: `"${release.sha256}"` });
  });

  for (const [form, type] of Object.entries({ docx: DOCX, pdf: 'application/pdf' })) {
    app.openAPIRegistry.registerPath({
      ...{ method: 'get', path: `/v1/releases/{id}/preview.${form}`, tags: ['releases'], security: secured },
      summary: `预览 · The paper by the template that is drafted, with sample data (${form})`,
      request: { params: InPath },
      responses: {
        200: { description: 'The paper', content: { [type]: { schema: file } } },
        ...problems(401, 403, 404, 409, 503),
      },
    });
    app.get(`/v1/releases/:id/preview.${form}`, async (c) => {
      const { release } = await asked(c);
      const { sample } = kindOf(release.kind);
      if (sample === undefined) throw problem('not-found');
      if (release.preview === null) throw problem('release-not-simulated');
      const { name, ...files } = await sample(deps, await whole(deps, release));
      return c.body(new Uint8Array(files[form as keyof typeof files]), 200, {
        'content-type': type,
        'content-disposition': attachment(`${name}.${form}`),
      });
    });
  }

  document('get', '/v1/releases/{id}/changes', '改动 · What it changes in the text in force, row by row', {
    params: InPath,
  });
  app.get('/v1/releases/:id/changes', async (c) => {
    const { release } = await asked(c);
    if (release.kind !== 'pack') throw problem('not-found');
    const { content } = await whole(deps, release);
    const before = await packTextOn(deps, release.subject, deps.releases.today());
    const sources = [before, content as PackDocument].map((text) =>
      text === undefined ? [] : [sourceOfDocument(text)],
    );
    return c.json({ items: packChanges(sources[0] ?? [], sources[1] ?? []) });
  });

  document('get', '/v1/releases/{id}/events', '经过 · Who did what with it, and why', { params: InPath });
  app.get('/v1/releases/:id/events', async (c) => {
    const { release } = await asked(c);
    return c.json({ items: await listAdministration(db, { prefix: '', releaseId: release.id, limit: 200 }) });
  });

  const Listed = z.object({
    region: regionCode,
    kind: z.enum(releaseKinds).optional(),
    subject: z.string().max(100).optional(),
    status: z.enum(releaseStatuses).optional(),
    ...Page,
  });
  document('get', '/v1/releases', '版本清单 · Releases of a region and within it', { query: Listed });
  app.get('/v1/releases', async (c) => {
    const { region, kind, subject, status, limit, cursor } = parse(Listed, c.req.query());
    await administratorOf(c, knownRegion(deps, region));
    const offset = readCursor(z.number().int().min(0), cursor) ?? 0;
    const found = await listReleases(db, {
      ...{ prefix: regionPrefix(region), limit: limit + 1, offset },
      ...(kind === undefined ? {} : { kind }),
      ...(subject === undefined ? {} : { subject }),
      ...(status === undefined ? {} : { status }),
    });
    const items = await Promise.all(found.slice(0, limit).map(shown));
    return c.json({ items, ...(found.length > limit ? { cursor: cursorOf(offset + limit) } : {}) });
  });

  const Audited = z.object({ region: regionCode, ...Page });
  document('get', '/v1/administration/events', '管理记录 · What administrators did in a region, the newest first', {
    query: Audited,
  });
  app.get('/v1/administration/events', async (c) => {
    const { region, limit, cursor } = parse(Audited, c.req.query());
    await administratorOf(c, knownRegion(deps, region));
    const before = readCursor(z.number().int().min(1), cursor);
    const prefix = regionPrefix(region);
    const found = await listAdministration(db, {
      prefix,
      limit: limit + 1,
      ...(before === undefined ? {} : { before }),
    });
    const items = found.slice(0, limit);
    return c.json({ items, ...(found.length > limit ? { cursor: cursorOf(items.at(-1)?.id) } : {}) });
  });

  app.openapi(
    createRoute({
      method: 'get',
      path: '/v1/rules/packs/{pack}',
      tags: ['rules'],
      summary: '规则包全文 · A pack as it holds on a day, with its scenarios',
      security: secured,
      request: {
        params: z.object({
          pack: z
            .string()
            .max(100)
            .openapi({ param: { name: 'pack', in: 'path' } }),
        }),
        query: z.strictObject({ on: legalDay.optional() }),
      },
      responses: { 200: jsonOf(loose('format, files'), 'The pack'), ...problems(401, 404, 422) },
    }),
    async (c) => {
      const text = await packTextOn(deps, c.req.valid('param').pack, c.req.valid('query').on ?? deps.releases.today());
      if (text === undefined) throw problem('not-found');
      return c.json(text as never);
    },
  );

  return app;
}
