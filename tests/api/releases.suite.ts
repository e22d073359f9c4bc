import { afterAll, describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../contracts/errors.ts';
import { type Answer, eventually, type Person } from '../support/app.ts';
import { act } from './release-acts.ts';
import { administrator, expectProblem, hejie, inDays, items, operator, register, today } from './stage.ts';

/** A city without rules of its own, so that no other suite notices. */
const PACK = '510700-mianyang';
const REGION = '510700';
const author: Person = { subject: 'administrator-mianyang-1', role: 'administrator', region: REGION };
const second: Person = { subject: 'administrator-mianyang-2', role: 'administrator', region: REGION };
const elsewhere: Person = { subject: 'administrator-guiyang', role: 'administrator', region: '520100' };
const window: Person = { ...operator, subject: 'window-mianyang', region: REGION };

type Files = Record<string, unknown>;

const TEN_DAYS = {
  ...{ id: 'ten-days', title: { zh: '受理满十日，调解结束', en: 'Mediation is over ten days after it is accepted' } },
  ...{ region: REGION, case: { requestedRoute: 'mediation' } },
  story: [
    { act: 'mediation.apply', input: { form: 'oral' } },
    { act: 'mediation.consent', input: { party: 'r1', willing: true } },
    { act: 'mediation.accept' },
    { expect: { clock: 'mediation.conclusion', days: 10, open: true } },
  ],
  path: ['mediation'],
};

const service = (source: string) => ({
  ...{ point: 'case.services', id: '510700-test', priority: 100, legalRef: 'POL-01', source },
  when: { all: [{ fact: 'employerSize', operator: 'equal', value: 'hundredOrMore' }] },
  // biome-ignore lint/suspicious/noThenProperty: the word of the pack format; never a function
  then: { service: { zh: '测试服务', en: 'A test' }, offers: { zh: '供测试', en: 'For the tests' } },
  title: { zh: '测试', en: 'A test' },
});
const served = {
  ...{ id: 'service', title: { zh: '百人以上企业', en: 'A hundred workers and more' }, region: REGION },
  ...{ point: 'case.services', facts: { scope: 'labour', drivers: 'none', employerSize: 'hundredOrMore' } },
  ...{ expect: {}, rule: '510700-test' },
};

const packWith = (files: Files) => ({
  format: 1,
  files: {
    'pack.json': {
      ...{ id: PACK, regionCode: REGION, version: '2026.11.25', effectiveFrom: '2026-01-01' },
      ...{ title: { zh: '绵阳（测试）', en: 'Mianyang, for the tests' }, sources: [{ title: '供测试' }] },
    },
    ...files,
  },
});

const deadlineOf = (amount: number) => ({
  'deadlines.json': [{ id: 'mediation.conclusion', source: '供测试', amount }],
});
const TEN = packWith({ ...deadlineOf(10), 'scenarios/story-ten-days.json': TEN_DAYS });

/** The pack with a rule of this source, which a scenario touches; its mediation at ten days as in force. */
const withService = (source: string) =>
  packWith({
    ...{ ...deadlineOf(10), 'decisions/case.services.json': [service(source)], 'scenarios/service.json': [served] },
  });

const draftOf = (document: unknown, by = author, more: object = {}) =>
  hejie().post(by, '/v1/releases', { kind: 'pack', reason: '缩短调解期限', document, ...more });

const rewritten = (id: string, document: unknown, by = author) =>
  hejie().call(by, 'PUT', `/v1/releases/${id}`, { body: { reason: '改写', document } });

const tried = (id: string) => hejie().post(author, '/v1/rules/scenarios/run', { draft: id });

/** A draft brought to where a second administrator may approve it. */
async function ready(drafted: Answer): Promise<string> {
  expect(drafted.status).toBe(201);
  const { id } = drafted.body;
  expect((await act(author, id, 'check')).body).toMatchObject({ status: 'checked' });
  await shown(id);
  expect((await tried(id)).body).toMatchObject({ green: true, untouched: [] });
  return id;
}

/** Has what it would change shown, to the end. */
async function shown(id: string) {
  const { body } = await act(author, id, 'simulate');
  return eventually('simulated', async () => {
    const found = (await hejie().get(author, `/v1/rules/simulations/${body.preview.simulation}`)).body;
    return found.state === 'done' && found.report;
  });
}

/** Days of mediation in the city, as anybody may ask. */
async function mediationDays(): Promise<number> {
  const catalogue = await items(`/v1/deadlines/catalogue?region=${REGION}`);
  return catalogue.find(({ id }: { id: string }) => id === 'mediation.conclusion').amount;
}

async function refusals(cases: Array<[() => Promise<Answer>, number, ErrorCode, string?]>) {
  for (const [call, status, code, field] of cases) expectProblem(await call(), status, code, field);
}

/** A mediation of the city that was accepted today. */
async function accepted(): Promise<string> {
  const id = await register({ region: REGION, requestedRoute: 'mediation' }, window);
  const mediator: Person = { ...window, subject: 'mediator-mianyang', role: 'mediator' };
  const acts = [
    [window, 'mediation.apply', { receivedOn: today(), form: 'oral' }],
    [window, 'mediation.consent', { party: 'r1', willing: true }],
    [mediator, 'mediation.accept', { acceptedOn: today() }],
  ] as const;
  for (const [by, name, body] of acts)
    expect((await hejie().post(by, `/v1/cases/${id}/acts/${name}`, body)).status).toBe(200);
  return id;
}

/** Makes the record say of an open clock what is given, as if it were so. */
async function withClock(caseNo: string, key: string, given: object): Promise<void> {
  const { db } = hejie();
  const [run] = await db<Array<{ run: string; view: { clocks: Array<{ key: string }> } }>>`
    select run, view from procedures where case_no = ${caseNo} and ended_at is null and procedure = 'mediation'`;
  const clocks = run?.view.clocks.map((clock) => (clock.key === key ? { ...clock, ...given } : clock));
  await db`
    update procedures set view = view || ${db.json({ clocks } as never)}
    where case_no = ${caseNo} and run = ${run?.run ?? ''}`;
}

describe('the life of a release', () => {
  /** Open cases from before the city's release, for an administrator to move. */
  const open: string[] = [];

  afterAll(() => {
    hejie().clock.daysAheadForRules = 0;
  });

  it('MED-07: a city shortens mediation to ten days: drafted, checked, tried, shown, approved by a second person, in force from a day', async () => {
    hejie().clock.daysAheadForRules = -2;
    const before = (await hejie().get(author, '/v1/rules/release')).body.sha256;
    const old = await register({ region: REGION, requestedRoute: 'mediation' }, window);
    for (const _ of ['by an act', 'with others', 'accepted long ago', 'without rule']) open.push(await accepted());
    const id = await ready(await draftOf(TEN));
    await refusals([
      [() => act(author, id, 'approve', { inForceFrom: today() }), 403, 'own-draft'],
      [() => act(elsewhere, id, 'approve', { inForceFrom: today() }), 403, 'not-allowed'],
      [() => act(second, id, 'approve', { inForceFrom: inDays(-2) }), 409, 'day-has-begun', '/inForceFrom'],
    ]);
    const changes = await hejie().get(author, `/v1/releases/${id}/changes`);
    expect(changes.body.items).toContainEqual(
      expect.objectContaining({ file: 'deadlines.json', row: 'mediation.conclusion', change: 'added' }),
    );
    const approved = await act(second, id, 'approve', { inForceFrom: today() });
    expect(approved.body).toMatchObject({ status: 'approved', standing: 'approved', inForceFrom: today() });
    expect(await mediationDays()).toBe(15);

    hejie().clock.daysAheadForRules = 0;
    // The day has come: worker and API go on without a restart, and the case of before keeps its rules.
    expect(await mediationDays()).toBe(10);
    expect((await hejie().get(author, `/v1/releases/${id}`)).body.standing).toBe('inForce');
    const young = await register({ region: REGION, requestedRoute: 'mediation' }, window);
    const pin = async (caseNo: string) => (await hejie().get(window, `/v1/cases/${caseNo}`)).body.release.sha256;
    expect(await pin(old)).toBe(before);
    expect(await pin(young)).toBe(hejie().deps.rules.sha256);
    expect(hejie().deps.rules.sha256).not.toBe(before);

    const events = await items(`/v1/releases/${id}/events`, author);
    expect(events.map(({ type }: { type: string }) => type)).toEqual([
      ...['release.approved', 'release.simulated', 'release.checked', 'release.drafted'],
    ]);
    expect(new Set(events.map(({ actorId }: { actorId: string }) => actorId)).size).toBe(2);
    expect(events.every(({ reason }: { reason: string }) => reason.length > 0)).toBe(true);
    expect(await items(`/v1/administration/events?region=${REGION}&limit=2`, author)).toHaveLength(2);

    // What was approved stays as it was approved.
    await refusals([
      [() => act(second, id, 'withdraw'), 409, 'release-in-force'],
      [() => act(author, id, 'check'), 409, 'release-approved'],
      [() => rewritten(id, withService('改')), 409, 'release-approved'],
    ]);
    const { db } = hejie();
    await expect(db`update administered_releases set content = '{}' where id = ${id}`).rejects.toThrow('not change');
    await expect(db`delete from administered_releases where id = ${id}`).rejects.toThrow('kept');
  });

  it('MED-07: an open case is moved to the new release, after a look at what that does; and the others of the city with one order', async () => {
    const [one = '', ...others] = open;
    const { sha256: to, release } = hejie().deps.rules;
    const move = (by: Person, body: object, more: { key?: string } = {}) =>
      hejie().post(by, `/v1/cases/${one}/acts/case.moveToRelease`, { reason: '按新规定', ...body }, more);
    const books = await items('/v1/rules/books', author);
    expect(books[0]).toMatchObject({ sha256: to, release });
    const before = books[1].sha256;

    const shownMove = await hejie().get(author, `/v1/cases/${one}/move?to=${to}`);
    expect(shownMove.body).toMatchObject({ caseNo: one, to: release });
    expect(shownMove.body.refusal).toBeUndefined();
    const conclusion = shownMove.body.clocks.find(({ key }: { key: string }) => key.endsWith(':mediation.conclusion'));
    expect(conclusion).toMatchObject({ kind: 'moves', procedure: 'mediation', overAtOnce: false });
    expect(conclusion.days).toBeLessThan(0);
    await refusals([
      [() => move(window, { sha256: to }), 403, 'not-allowed'],
      [() => move(elsewhere, { sha256: to }), 404, 'not-found'],
      [() => move(author, { sha256: before }), 409, 'same-release', '/sha256'],
      [() => move(author, { sha256: 'a'.repeat(64) }), 422, 'unknown-release', '/sha256'],
      [() => move(author, { sha256: 'not a hash' }), 422, 'bad-input', '/sha256'],
      [() => hejie().get(window, `/v1/cases/${one}/move?to=${to}`), 403, 'not-allowed'],
      [() => hejie().get(author, `/v1/cases/${one}/move?to=${'a'.repeat(64)}`), 422, 'unknown-release', '/to'],
    ]);
    const movedOne = await move(author, { sha256: to }, { key: 'move-one' });
    expect(movedOne.status, movedOne.text).toBe(200);
    // The same request again is known; what was shown is what came of it.
    expect((await move(author, { sha256: to }, { key: 'move-one' })).status).toBe(200);
    const whole = (await hejie().get(window, `/v1/cases/${one}`)).body;
    expect(whole.release.sha256).toBe(to);
    const due = async (id: string) =>
      (await items(`/v1/cases/${id}/deadlines`, window)).find(({ key }: { key: string }) => key === conclusion.key);
    expect(await due(one)).toMatchObject({ dueOn: conclusion.to, amount: 10 });
    expect(await items(`/v1/cases/${one}/releases`, window)).toContainEqual(
      expect.objectContaining({
        sha256: to,
        deadlines: expect.arrayContaining([expect.objectContaining({ key: conclusion.key })]),
      }),
    );
    expect(await items(`/v1/cases/${one}/notices`, window)).toContainEqual(
      expect.objectContaining({ template: 'rulesChanged', recipient: 'w1' }),
    );

    // As if one had been accepted twenty days ago, and another were waiting for something that no rule knows.
    const [longAgo = '', without = ''] = others.splice(1);
    const runs = { dueOn: inDays(3), dueAt: `${inDays(3)}T16:00:00.000Z` };
    await withClock(longAgo, conclusion.key, { anchorOn: inDays(-20), ...runs });
    await withClock(without, conclusion.key, { deadlineId: 'mediation.nothing', ...runs });
    const move409 = (id: string) =>
      hejie().post(author, `/v1/cases/${id}/acts/case.moveToRelease`, { reason: '按新规定', sha256: to });
    await refusals([
      [() => move409(longAgo), 409, 'clock-over-at-once', '/sha256'],
      [() => move409(without), 409, 'clock-not-countable', '/sha256'],
    ]);

    const preview = await hejie().get(author, `/v1/rules/moves/preview?region=${REGION}&to=${to}`);
    const { cases } = preview.body.counts;
    expect(preview.body.counts).toMatchObject({ movable: cases - 2, refused: 2 });
    const listed = preview.body.items.map(({ caseNo }: { caseNo: string }) => caseNo);
    expect(listed).toEqual(expect.arrayContaining(others));
    expect(listed).not.toContain(one);
    const order = (body: object, by = author, key = 'move-all') =>
      hejie().post(by, '/v1/rules/moves', { region: REGION, sha256: to, reason: '会议决定', ...body }, { key });
    const begun = await order({});
    expect(begun.status).toBe(202);
    const ended = await eventually('the cases moved', async () => {
      const { body } = await hejie().get(author, `/v1/rules/moves/${begun.body.id}`);
      return body.cases.waiting === 0 && body;
    });
    expect(ended.cases).toEqual({ waiting: 0, moved: cases - 2, refused: 2 });
    expect(ended.items).toContainEqual({ caseNo: others[0], status: 'moved' });
    const refusedOnes = { [longAgo]: 'clock-over-at-once', [without]: 'clock-not-countable' };
    for (const [caseNo, code] of Object.entries(refusedOnes))
      expect(ended.items).toContainEqual(expect.objectContaining({ caseNo, status: 'refused', code }));
    for (const id of others) expect(await due(id)).toMatchObject({ dueOn: conclusion.to });
    expect((await order({})).body.id).toBe(begun.body.id);
    // A region that takes part in a case of another one does not choose its rules.
    const led = await register(
      { region: '510100', secondRegion: REGION, leadBy: '510100', leadReason: '用人单位所在地' },
      { ...window, region: '510100' },
    );
    const asSecond = { reason: '按新规定', sha256: before };
    await refusals([
      [() => hejie().post(author, `/v1/cases/${led}/acts/case.moveToRelease`, asSecond), 403, 'not-allowed'],
    ]);
    await refusals([
      [() => order({ reason: '另一理由' }), 422, 'idempotency-key-reused'],
      [() => order({}, elsewhere, 'k1'), 403, 'not-allowed'],
      [() => order({}, window, 'k2'), 403, 'not-allowed'],
      [() => order({ sha256: 'b'.repeat(64) }, author, 'k3'), 422, 'unknown-release', '/sha256'],
      [() => hejie().get(elsewhere, `/v1/rules/moves/${begun.body.id}`), 403, 'not-allowed'],
      [() => hejie().get(author, '/v1/rules/moves/00000000-0000-4000-8000-000000000000'), 404, 'not-found'],
    ]);
    const [event] = await items(`/v1/administration/events?region=${REGION}&limit=1`, author);
    expect(event).toMatchObject({ type: 'cases.moved', subject: begun.body.id, reason: '会议决定' });
  });

  it('going back is a new release of the earlier text, from a later day', async () => {
    const [first] = await items(`/v1/releases?region=${REGION}&subject=${PACK}`, author);
    const other = await ready(await draftOf(withService('本市通知')));
    expect((await act(second, other, 'approve', { inForceFrom: inDays(2) })).status).toBe(200);
    const soon = (await hejie().deps.releases.on(inDays(2))).sha256;
    const preview = () => hejie().get(author, `/v1/rules/moves/preview?region=${REGION}&to=${soon}`);
    await refusals([[preview, 422, 'release-not-yet-in-force', '/to']]);
    const restore = (from: string, subject = PACK, by = author) =>
      hejie().post(by, '/v1/releases', { kind: 'pack', subject, from, reason: '恢复原文' });
    const back = await ready(await restore(first.id));
    expect((await act(second, back, 'approve', { inForceFrom: inDays(4) })).status).toBe(200);
    const files = async (on: string) => (await hejie().get(author, `/v1/rules/packs/${PACK}?on=${on}`)).body.files;
    expect(Object.keys(await files(inDays(3)))).toContain('decisions/case.services.json');
    expect(await files(inDays(4))).toEqual(await files(today()));
    hejie().clock.daysAheadForRules = 4;
    const list = await items(`/v1/releases?region=${REGION}&kind=pack&subject=${PACK}&status=approved`, author);
    expect(list.map(({ standing }: { standing: string }) => standing)).toEqual(['inForce', 'superseded', 'superseded']);
    hejie().clock.daysAheadForRules = 0;
    // Also that which came with the program; not one of something else.
    const shipped = await restore('shipped', '310116-jinshan', administrator);
    expect(shipped.body).toMatchObject({ subject: '310116-jinshan', status: 'draft' });
    expect((await act(administrator, shipped.body.id, 'withdraw')).body.status).toBe('withdrawn');
    await refusals([
      [() => restore(first.id, '310116-jinshan'), 404, 'not-found'],
      [() => restore('shipped', '110000-nowhere'), 404, 'not-found'],
      [() => act(administrator, shipped.body.id, 'check'), 409, 'release-withdrawn'],
    ]);
  });

  it('of two administrators who publish at once one succeeds, and the rules in force stay whole', async () => {
    const [one, other] = [await ready(await draftOf(withService('一'))), await ready(await draftOf(withService('二')))];
    const answers = await Promise.all([one, other].map((id) => act(second, id, 'approve', { inForceFrom: inDays(6) })));
    const won = answers[0]?.status === 200 ? one : other;
    const lost = won === one ? other : one;
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    await refusals([
      [() => act(second, lost, 'approve', { inForceFrom: inDays(6) }), 409, 'same-day-in-force'],
      [() => act(second, lost, 'approve', { inForceFrom: inDays(5) }), 409, 'later-release-approved'],
      // After it, it would undo the first unseen.
      [() => act(second, lost, 'approve', { inForceFrom: inDays(7) }), 409, 'draft-outdated', '/basedOn'],
    ]);
    // What was seen is no longer what is there.
    const seen: Array<Promise<Answer>> = [];
    await hejie().db.begin(async (tx) => {
      await tx`select 1 from administered_releases where id = ${lost} for update`;
      seen.push(act(author, lost, 'check'));
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      await tx`update administered_releases set status = 'draft' where id = ${lost}`;
    });
    await refusals([[() => seen[0] as Promise<Answer>, 409, 'release-changed']]);
    expect((await act(second, won, 'withdraw')).body).toMatchObject({ status: 'withdrawn' });
    const third = await ready(await draftOf(withService('三')));
    await hejie().db.begin(async (tx) => {
      await tx`select pg_advisory_xact_lock(hashtext('approve:pack'))`;
      await refusals([[() => act(second, third, 'approve', { inForceFrom: inDays(9) }), 409, 'approval-under-way']]);
    });
    expect(await mediationDays()).toBe(10);
  });

  it('MED-07: a draft beyond the bound of the nation is refused with the article', async () => {
    const { id } = (await draftOf(packWith(deadlineOf(20)))).body;
    const { body } = await act(author, id, 'check');
    expect(body).toMatchObject({ status: 'draft' });
    expect(body.findings).toContainEqual(expect.objectContaining({ code: 'bound-broken', severity: 'error' }));
    expect(JSON.stringify(body.findings)).toContain('第二十九条');
    await refusals([
      [() => act(author, id, 'simulate'), 409, 'release-not-checked'],
      [() => act(second, id, 'approve', { inForceFrom: inDays(9) }), 409, 'release-not-checked'],
    ]);
  });

  it('a draft that is not shown, not tried, red, or changes what no scenario touches is not approved', async () => {
    const { id } = (await draftOf(packWith(deadlineOf(20)))).body;
    const anew = async (document: unknown) => {
      expect((await rewritten(id, document)).body).toMatchObject({ status: 'draft', findings: null });
      expect((await act(author, id, 'check')).body.status).toBe('checked');
    };
    const approving = () => act(second, id, 'approve', { inForceFrom: inDays(9) });
    const wrong = { ...served, id: 'wrong', rule: 'another-rule' };
    await anew(packWith({ ...withService('四').files, 'scenarios/wrong.json': [wrong] }));
    await refusals([[approving, 409, 'release-not-simulated']]);
    await shown(id);
    await refusals([[approving, 409, 'scenarios-not-run']]);
    expect((await tried(id)).body.green).toBe(false);
    await refusals([[approving, 409, 'scenarios-not-green']]);
    await anew(packWith({ ...withService('四').files, ...deadlineOf(9) }));
    await shown(id);
    await tried(id);
    await refusals([[approving, 409, 'rules-untouched']]);
    // Whoever wrote it last cannot approve it, whoever began it.
    const other = (await draftOf(TEN, second)).body.id;
    expect((await rewritten(other, withService('五'))).status).toBe(200);
    await refusals([[() => act(author, other, 'approve', { inForceFrom: inDays(9) }), 403, 'own-draft']]);
    // As if the rules in force had changed since.
    const { db } = hejie();
    await db`update administered_releases set preview = preview || ${db.json({ before: 'another' })} where id = ${id}`;
    await refusals([
      [approving, 409, 'simulation-outdated'],
      [
        () =>
          rewritten(id, {
            ...TEN,
            files: { ...TEN.files, 'pack.json': { id: '510100-chengdu', regionCode: '510100' } },
          }),
        422,
        'bad-input',
        '/document',
      ],
    ]);
  });

  it('a text that is broken, too large, too deep or cut off is refused with the place, and from others not taken', async () => {
    const raw = (text: string) =>
      hejie().call(author, 'POST', '/v1/releases', { raw: text, headers: { 'content-type': 'application/json' } });
    const whole = JSON.stringify({ kind: 'pack', reason: '试', document: TEN });
    const deep = `${'['.repeat(200)}${']'.repeat(200)}`;
    await refusals([
      [() => raw(whole.slice(0, whole.length / 2)), 400, 'bad-json'],
      [() => raw(whole.replace('"regionCode"', '"id":"x","regionCode"')), 422, 'release-invalid', '/id'],
      [() => raw(whole.replace('"reason"', '"reason":"二","reason"')), 422, 'release-invalid', '/reason'],
      [
        () => raw(`{"kind":"pack","reason":"试","document":{"format":1,"files":{"pack.json":${deep}}}}`),
        422,
        'release-invalid',
      ],
      [() => raw(`{"kind":"pack","reason":"${'长'.repeat(1_000_000)}"}`), 413, 'too-large'],
      [() => draftOf({ format: 1, files: {} }), 422, 'bad-input', '/document/files/pack.json'],
      [() => draftOf(TEN, operator), 403, 'not-allowed'],
      [() => draftOf(TEN, elsewhere), 403, 'not-allowed'],
      [
        () => hejie().post(author, '/v1/releases', { kind: 'pack', reason: ' ', document: {} }),
        422,
        'bad-input',
        '/reason',
      ],
      [() => hejie().get(author, '/v1/releases?region=520100'), 403, 'not-allowed'],
      [() => hejie().get(author, '/v1/releases/00000000-0000-4000-8000-000000000000'), 404, 'not-found'],
      [() => hejie().get(administrator, '/v1/rules/packs/110000-nowhere'), 404, 'not-found'],
    ]);
    expect(await mediationDays()).toBe(10);
  });
});
