import { describe, expect, it } from 'vitest';
import { addDays } from '../../domain/time/day.ts';
import type { Person } from '../support/app.ts';
import { administrator, done, expectProblem, hejie, operator, register, today } from './stage.ts';

/** A region of its own, so that the list holds what this suite registers and nothing else. */
const region = '510104';
const here: Person = { subject: 'window-of-the-list', role: 'operator', region };
const page = async (query: string, by: Person = here, path = '/v1/cases') =>
  (await hejie().get(by, `${path}?${query}`)).body;
const cursorOf = (place: unknown) => Buffer.from(JSON.stringify(place)).toString('base64url');

async function all(query: string, path: string, by: Person = here): Promise<Array<Record<string, string>>> {
  const found: Array<Record<string, string>> = [];
  let cursor: string | null = null;
  for (let pages = 0; pages < 50; pages += 1) {
    const { items, nextCursor }: { items: never[]; nextCursor: string | null } = await page(
      `${query}${cursor === null ? '' : `&cursor=${cursor}`}`,
      by,
      path,
    );
    found.push(...items);
    if (nextCursor === null) return found;
    cursor = nextCursor;
  }
  throw new Error('the list has no end');
}

describe('the list of cases', () => {
  it('is read page by page without a gap or a double, also while cases come in', async () => {
    const registered: string[] = [];
    for (let count = 0; count < 7; count += 1) registered.push(await register({ region }, here));
    for (const limit of [1, 2, 3, 7, 200]) {
      const ids = (await all(`limit=${limit}`, '/v1/cases')).map(({ id }) => id);
      expect(ids).toEqual([...registered].reverse());
    }
    const first = await page('limit=3');
    const late = await register({ region }, here);
    expect((await page('limit=1')).items[0].id).toBe(late);
    const second = await page(`limit=3&cursor=${first.nextCursor}`);
    expect(second.items.map(({ id }: { id: string }) => id)).toEqual([...registered].reverse().slice(3, 6));
  });

  it('is filtered by stage, region, next due day and part of the number', async () => {
    const inMediation = await register({ region, requestedRoute: 'mediation' }, here);
    const closed = await register({ region, facts: { exclusion: 'household' } }, here);
    const ids = async (query: string, by: Person = here) =>
      (await all(query, '/v1/cases', by)).map(({ id }) => id ?? '');
    expect(await ids('stage=mediation')).toEqual([inMediation]);
    expect(await ids('stage=closed')).toEqual([closed]);
    expect(await ids('stage=negotiation')).not.toContain(inMediation);
    expect(await ids(`q=${inMediation.slice(-4)}`)).toEqual([inMediation]);
    expect(await ids('q=510104-')).toHaveLength((await ids('')).length);
    const nation = { ...administrator, subject: 'administrator-list' };
    expect(new Set((await ids('region=510000', nation)).map((id) => id.slice(0, 6)))).toContain(region);
    expect(await ids('region=510104', nation)).toEqual(await ids(''));
    expect((await ids('region=310000', nation)).some((id) => id.startsWith('51'))).toBe(false);
    expect(await ids('region=310000')).toEqual([]);

    const { items } = await page('stage=negotiation&limit=1');
    const dueOn = items[0].nextDueOn;
    expect(await ids(`stage=negotiation&dueBefore=${addDays(dueOn, 1)}`)).toContain(items[0].id);
    expect(await ids(`stage=negotiation&dueBefore=${dueOn}`)).not.toContain(items[0].id);
  });

  it('holds no names', async () => {
    const text = JSON.stringify(await page('limit=200'));
    expect(text).not.toContain('测试');
  });

  it.each([
    ['a cursor that is no cursor', 'cursor=nonsense', 'bad-input', '/cursor'],
    ['a cursor of another list', `cursor=${cursorOf({ dueAt: 'x' })}`, 'bad-input', '/cursor'],
    ['a cursor with a NUL', `cursor=${cursorOf('a\u0000')}`, 'bad-input', '/cursor'],
    ['a name instead of a number', `q=${encodeURIComponent('测试甲')}`, 'bad-input', '/q'],
    ['a NUL in the number', 'q=%00', 'bad-input', '/q'],
    ['a stage that does not exist', 'stage=limbo', 'bad-input', '/stage'],
    ['a region that does not exist', 'region=310199', 'unknown-region', '/region'],
    ['a day that does not exist', 'dueBefore=2026-02-30', 'bad-input', '/dueBefore'],
    ['the year nought', 'dueBefore=0000-01-01', 'bad-input', '/dueBefore'],
    ['a page of nothing', 'limit=0', 'bad-input', '/limit'],
    ['a page too long', 'limit=201', 'bad-input', '/limit'],
    ['a filter mistyped, which would show everything', 'regoin=310116', 'bad-input', '/regoin'],
  ] as const)('refuses %s', async (_why, query, code, field) => {
    expectProblem(await hejie().get(here, `/v1/cases?${query}`), 422, code, field);
  });
});

describe('the list of what is due', () => {
  it('is in order of the last moment, page by page without a gap or a double', async () => {
    const whole = await all('limit=200', '/v1/deadlines');
    expect(whole.length).toBeGreaterThan(8);
    const places = whole.map(({ dueAt, caseNo, key }) => `${dueAt} ${caseNo} ${key}`);
    expect(places).toEqual([...places].sort());
    expect(new Set(places).size).toBe(places.length);
    for (const limit of [1, 4])
      expect(
        (await all(`limit=${limit}`, '/v1/deadlines')).map(({ dueAt, caseNo, key }) => `${dueAt} ${caseNo} ${key}`),
      ).toEqual(places);
    const before = addDays(today(), 20);
    const soon = await all(`dueBefore=${before}`, '/v1/deadlines');
    expect(soon).toEqual(whole.filter(({ dueOn }) => (dueOn ?? '') < before));
  });

  it.each([
    ['a moment that is none', cursorOf({ dueAt: 'x', caseNo: '310116-2026-000001', key: '1' })],
    ['a case that is none', cursorOf({ dueAt: '2026-01-01T00:00:00.000Z', caseNo: '\u0000', key: '1' })],
    ['a list', cursorOf([])],
  ])('refuses a cursor with %s', async (_why, cursor) => {
    expectProblem(await hejie().get(here, `/v1/deadlines?cursor=${cursor}`), 422, 'bad-input', '/cursor');
  });
});

describe('the timeline', () => {
  it('is in order, in pages, and says who, when, by which way, why and under which article', async () => {
    const caseNo = await register({ channel: 'hotline12345', reason: '拖欠三个月工资' });
    await done(operator, caseNo, 'negotiation.inviteHelper', {
      kind: 'union',
      for: 'w1',
      channel: 'phone',
      reason: '劳动者要求',
    });
    const path = `/v1/cases/${caseNo}/timeline`;
    const { body } = await hejie().get(operator, path);
    expect(body.items.map(({ seq }: { seq: number }) => seq)).toEqual(
      body.items.map((_: unknown, index: number) => index + 1),
    );
    expect(body.items[0]).toMatchObject({
      type: 'intake.opened',
      by: { role: 'operator', actorId: expect.any(String) },
      channel: 'hotline12345',
      words: { reason: '拖欠三个月工资' },
    });
    const last = body.items.at(-1);
    expect(last).toMatchObject({
      type: 'negotiation.helperInvited',
      channel: 'phone',
      words: { reason: '劳动者要求' },
      legalRef: 'NEG-02',
      title: { zh: expect.any(String), en: expect.any(String) },
    });
    expect(last.article).toContain('第九条');
    expect(Math.abs(Date.now() - Date.parse(last.at))).toBeLessThan(60_000);
    expect(last.by.actorId).not.toContain(operator.subject);

    const first = await hejie().get(operator, `${path}?limit=2`);
    expect(first.body.nextAfter).toBe(2);
    const next = await hejie().get(operator, `${path}?limit=2&after=2`);
    expect(next.body.items[0].seq).toBe(3);
    expectProblem(await hejie().get(operator, `${path}?after=-1`), 422, 'bad-input', '/after');
    expectProblem(await hejie().get(operator, `${path}?after=99999999999`), 422, 'bad-input', '/after');
  });

  it('can be neither changed, nor shortened, nor emptied in the database', async () => {
    const caseNo = await register();
    const { db } = hejie();
    await expect(db`update events set type = 'x' where case_no = ${caseNo}`).rejects.toThrow('append-only');
    await expect(db`delete from events where case_no = ${caseNo}`).rejects.toThrow('append-only');
    await expect(db`truncate events cascade`).rejects.toThrow('append-only');
    expect((await hejie().get(operator, `/v1/cases/${caseNo}/timeline`)).body.items.length).toBeGreaterThan(1);
  });
});
