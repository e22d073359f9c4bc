import { afterAll, describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../contracts/errors.ts';
import type { Answer, Person } from '../support/app.ts';
import { administrator, expectProblem, hejie, inDays, items, operator, register, today } from './stage.ts';

const PACK = '310116-jinshan';
const author: Person = { subject: 'administrator-jinshan-1', role: 'administrator', region: '310116' };
const second: Person = { subject: 'administrator-jinshan-2', role: 'administrator', region: '310116' };
const elsewhere: Person = { subject: 'administrator-guiyang', role: 'administrator', region: '520100' };

type Files = Record<string, unknown>;

const inForce = async () => (await hejie().get(author, `/v1/rules/packs/${PACK}`)).body;

/** The pack in force with its mediation at so many days. */
async function withMediation(amount: number, more: Files = {}) {
  const { files } = await inForce();
  const others = (files['deadlines.json'] ?? []).filter(({ id }: { id: string }) => id !== 'mediation.conclusion');
  const row = { id: 'mediation.conclusion', source: '本区通知', amount };
  return { format: 1, files: { ...files, 'deadlines.json': [...others, row], ...more } };
}

const draftOf = (document: unknown, by = author, more: object = {}) =>
  hejie().post(by, '/v1/releases', { kind: 'pack', reason: '缩短调解期限', document, ...more });

const act = (by: Person, id: string, name: string, more: object = {}) =>
  hejie().post(by, `/v1/releases/${id}/${name}`, { reason: '按会议决定', ...more });

/** A draft brought to where a second administrator may approve it. */
async function ready(document: unknown): Promise<string> {
  const { status, body } = await draftOf(document);
  expect(status).toBe(201);
  expect((await act(author, body.id, 'check')).body).toMatchObject({ status: 'checked' });
  expect((await act(author, body.id, 'simulate')).status).toBe(200);
  return body.id;
}

/** Days of mediation in Jinshan, as anybody may ask. */
async function mediationDays(): Promise<number> {
  const catalogue = await items('/v1/deadlines/catalogue?region=310116');
  return catalogue.find(({ id }: { id: string }) => id === 'mediation.conclusion').amount;
}

async function refusals(cases: Array<[() => Promise<Answer>, number, ErrorCode, string?]>) {
  for (const [call, status, code, field] of cases) expectProblem(await call(), status, code, field);
}

describe('the life of a release', () => {
  afterAll(() => {
    hejie().clock.daysAheadForRules = 0;
  });

  it('MED-07: a district shortens mediation to ten days: drafted, checked, shown, approved by a second person, in force from a day', async () => {
    const before = hejie().deps.rules.sha256;
    const pinned = await register({ requestedRoute: 'mediation' });
    const id = await ready(await withMediation(10));
    await refusals([
      [async () => act(author, id, 'approve', { inForceFrom: inDays(1) }), 403, 'own-draft'],
      [async () => act(elsewhere, id, 'approve', { inForceFrom: inDays(1) }), 403, 'not-allowed'],
      [async () => act(second, id, 'approve', { inForceFrom: today() }), 409, 'day-has-begun', '/inForceFrom'],
    ]);
    const changes = await hejie().get(author, `/v1/releases/${id}/changes`);
    expect(changes.body.items).toMatchObject([
      { file: 'deadlines.json', row: 'mediation.conclusion', change: 'added' },
    ]);
    const approved = await act(second, id, 'approve', { inForceFrom: inDays(2) });
    expect(approved.body).toMatchObject({ status: 'approved', standing: 'approved', inForceFrom: inDays(2) });
    expect(await mediationDays()).toBe(15);

    hejie().clock.daysAheadForRules = 2;
    // Worker and API go on without a restart; the case of before keeps its rules.
    expect(await mediationDays()).toBe(10);
    expect((await hejie().get(author, `/v1/releases/${id}`)).body.standing).toBe('inForce');
    const young = await register({ requestedRoute: 'mediation' });
    const pin = async (caseNo: string) => (await hejie().get(operator, `/v1/cases/${caseNo}`)).body.release.sha256;
    expect(await pin(pinned)).toBe(before);
    expect(await pin(young)).toBe(hejie().deps.rules.sha256);
    expect(hejie().deps.rules.sha256).not.toBe(before);

    const events = await items(`/v1/releases/${id}/events`, author);
    expect(events.map(({ type }: { type: string }) => type)).toEqual([
      ...['release.approved', 'release.simulated', 'release.checked', 'release.drafted'],
    ]);
    expect(new Set(events.map(({ actorId }: { actorId: string }) => actorId)).size).toBe(2);
    expect(events.every(({ reason }: { reason: string }) => reason.length > 0)).toBe(true);
    const audited = await items('/v1/administration/events?region=310116&limit=2', author);
    expect(audited).toHaveLength(2);

    // What was approved stays; going back is a release of its own.
    await refusals([
      [async () => act(second, id, 'withdraw'), 409, 'release-in-force'],
      [async () => act(author, id, 'check'), 409, 'release-approved'],
      [
        async () =>
          hejie().call(author, 'PUT', `/v1/releases/${id}`, {
            body: { reason: '改', document: await withMediation(9) },
          }),
        409,
        'release-approved',
      ],
    ]);
    await expect(hejie().db`update administered_releases set content = '{}' where id = ${id}`).rejects.toThrow(
      'does not change',
    );
    await expect(hejie().db`delete from administered_releases where id = ${id}`).rejects.toThrow('kept');
  });

  it('going back is a new release of the earlier text, from a later day', async () => {
    const back = await hejie().post(author, '/v1/releases', {
      kind: 'pack',
      subject: PACK,
      from: 'shipped',
      reason: '恢复原文',
    });
    expect(back.status).toBe(201);
    const { id } = back.body;
    await act(author, id, 'check');
    await act(author, id, 'simulate');
    expect((await act(second, id, 'approve', { inForceFrom: inDays(3) })).status).toBe(200);
    hejie().clock.daysAheadForRules = 3;
    expect(await mediationDays()).toBe(15);
    const list = await items(`/v1/releases?region=310116&kind=pack&subject=${PACK}`, author);
    expect(list.map(({ standing }: { standing: string }) => standing)).toEqual(['inForce', 'superseded']);
    await refusals([
      [
        async () =>
          hejie().post(author, '/v1/releases', {
            kind: 'pack',
            subject: PACK,
            from: list[0].id.replace(/.$/, '0'),
            reason: '恢复',
          }),
        404,
        'not-found',
      ],
    ]);
  });

  it('of two administrators who publish at once one succeeds, and the rules in force stay whole', async () => {
    const seen: Array<Promise<Answer>> = [];
    const [one, other] = [await ready(await withMediation(12)), await ready(await withMediation(13))];
    const answers = await Promise.all([one, other].map((id) => act(second, id, 'approve', { inForceFrom: inDays(5) })));
    const [good, bad] = answers.sort((a, b) => a.status - b.status);
    expect(good?.status).toBe(200);
    expect(bad?.status).toBe(409);
    expect(['approval-under-way', 'same-day-in-force']).toContain(bad?.body.code);
    const late = answers.indexOf(bad as never) >= 0 && good?.body.id === one ? other : one;
    await refusals([
      [async () => act(second, late, 'approve', { inForceFrom: inDays(5) }), 409, 'same-day-in-force'],
      [async () => act(second, late, 'approve', { inForceFrom: inDays(4) }), 409, 'later-release-approved'],
      // After it, it would undo the first unseen.
      [async () => act(second, late, 'approve', { inForceFrom: inDays(6) }), 409, 'draft-outdated', '/basedOn'],
    ]);
    // What was seen is no longer what is there.
    await hejie().db.begin(async (tx) => {
      await tx`select 1 from administered_releases where id = ${late} for update`;
      const checking = act(author, late, 'check');
      await new Promise((resolve) => setTimeout(resolve, 300));
      await tx`update administered_releases set status = 'draft' where id = ${late}`;
      seen.push(checking);
    });
    await refusals([[() => seen[0] as Promise<Answer>, 409, 'release-changed']]);
    await hejie().db.begin(async (tx) => {
      await tx`select pg_advisory_xact_lock(hashtext('approve:pack'))`;
      const third = await ready(await withMediation(11));
      await refusals([[() => act(second, third, 'approve', { inForceFrom: inDays(9) }), 409, 'approval-under-way']]);
    });
    expect((await act(second, good?.body.id, 'withdraw')).body).toMatchObject({ status: 'withdrawn' });
    expect(await mediationDays()).toBe(15);
    await refusals([[() => act(author, good?.body.id, 'check'), 409, 'release-withdrawn']]);
  });

  it('MED-07: a draft beyond the bound of the nation is refused with the article, and whatever is broken with its place', async () => {
    const tooLong = (await draftOf(await withMediation(20))).body.id;
    const { body } = await act(author, tooLong, 'check');
    expect(body).toMatchObject({ status: 'draft', findings: [{ code: 'bound-broken', severity: 'error' }] });
    expect(body.findings[0].reason.zh).toContain('第二十九条');
    await refusals([
      [async () => act(author, tooLong, 'simulate'), 409, 'release-not-checked'],
      [async () => act(second, tooLong, 'approve', { inForceFrom: inDays(9) }), 409, 'release-not-checked'],
    ]);
    const mended = await hejie().call(author, 'PUT', `/v1/releases/${tooLong}`, {
      body: { reason: '改为十日', document: await withMediation(10) },
    });
    expect(mended.body).toMatchObject({ status: 'draft', findings: null });
    expect((await act(author, tooLong, 'check')).body.status).toBe('checked');
    await refusals([
      [async () => act(second, tooLong, 'approve', { inForceFrom: inDays(9) }), 409, 'release-not-simulated'],
      [
        async () =>
          hejie().call(author, 'PUT', `/v1/releases/${tooLong}`, {
            body: {
              reason: '换包',
              document: { format: 1, files: { 'pack.json': { id: '310115-pudong', regionCode: '310115' } } },
            },
          }),
        422,
        'bad-input',
        '/document',
      ],
    ]);

    const raw = (text: string) =>
      hejie().call(author, 'POST', '/v1/releases', { raw: text, headers: { 'content-type': 'application/json' } });
    const whole = JSON.stringify({ kind: 'pack', reason: '试', document: await withMediation(10) });
    await refusals([
      [async () => raw(whole.slice(0, whole.length / 2)), 400, 'bad-json'],
      [async () => raw(whole.replace('"regionCode"', '"id":"x","regionCode"')), 422, 'release-invalid', '/id'],
      [
        async () =>
          raw(
            `{"kind":"pack","reason":"试","document":{"format":1,"files":{"pack.json":${'['.repeat(200)}${']'.repeat(200)}}}}`,
          ),
        422,
        'release-invalid',
      ],
      [async () => raw(`{"kind":"pack","reason":"${'长'.repeat(1_000_000)}"}`), 413, 'too-large'],
      [async () => draftOf({ format: 1, files: {} }), 422, 'bad-input', '/document/files/pack.json'],
      [async () => draftOf(await withMediation(10), operator), 403, 'not-allowed'],
      [async () => draftOf(await withMediation(10), elsewhere), 403, 'not-allowed'],
      [
        async () => hejie().post(author, '/v1/releases', { kind: 'pack', reason: ' ', document: {} }),
        422,
        'bad-input',
        '/reason',
      ],
      [async () => hejie().get(author, '/v1/releases?region=520100'), 403, 'not-allowed'],
      [async () => hejie().get(author, `/v1/releases/${'0'.repeat(8)}-0000-4000-8000-000000000000`), 404, 'not-found'],
      [async () => hejie().get(administrator, '/v1/rules/packs/110000-nowhere'), 404, 'not-found'],
    ]);
  });
});
