import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { reconcile } from '../../api/reconcile.ts';
import { caseWorkflowId } from '../../contracts/ids.ts';
import type { CalendarYear } from '../../domain/time/calendar.ts';
import { addDays, daysBetween, weekday } from '../../domain/time/day.ts';
import published2026 from '../../rules/calendars/2026.json' with { type: 'json' };
import { eventually, type Person } from '../support/app.ts';
import { approveCalendar } from '../support/approve-calendar.ts';
import { administrator, expectProblem, find, hejie, items, operator, settled, today, worker } from './stage.ts';

type Body = Record<string, unknown>;
const second: Person = { ...administrator, subject: 'administrator-2' };
const reason = '按国务院办公厅通知';
const draft = (document: unknown, by: Person | undefined = administrator) =>
  hejie().post(by, '/v1/releases', { kind: 'calendar', reason, document });
const act = (by: Person, id: string, name: string, more: object = {}) =>
  hejie().post(by, `/v1/releases/${id}/${name}`, { reason, ...more });
/** Drafted, checked, shown, and approved by a second person. */
const load = (notice: unknown) =>
  approveCalendar((by, path, body) => hejie().post(by === 'author' ? administrator : second, path, body), notice);
const revisions = (year: number) => hejie().db`select revision from calendars where year = ${year} order by 1`;

/** The first year without a notice, and the one that this suite loads: next year, whenever the tests run. */
async function years(): Promise<{ first: number; tested: number }> {
  const calendar = await hejie().deps.calendar();
  let first = Number(today().slice(0, 4));
  while (!calendar.versionOf(first).startsWith(`${first}@statutory-table`)) first += 1;
  return { first, tested: Math.max(first, Number(today().slice(0, 4)) + 1) };
}

/**
 * A notice MADE UP FOR THIS TEST: the statutory days of the year, National Day until the seventh, and one weekend day to work.
 * No such notice has been published; its number says so.
 */
function madeUpNotice(
  year: number,
): CalendarYear & { daysOff: Array<{ on: string; name: { zh: string; en: string } }> } {
  const statutory = hejie().deps.statutory.years[String(year)] ?? [];
  const national = { zh: '国庆节', en: 'National Day' };
  const more = [4, 5, 6, 7].map((day) => ({ on: `${year}-10-0${day}`, name: national }));
  const named = new Set(statutory.map(({ on }) => on));
  let saturday = `${year}-10-09`;
  while (weekday(saturday) !== 6) saturday = addDays(saturday, 1);
  return {
    year,
    notice: `测试虚构〔${year - 1}〕1号`,
    source: '本测试虚构，并非国务院办公厅通知',
    daysOff: [...statutory, ...more.filter(({ on }) => !named.has(on))],
    workdays: [{ on: saturday, name: national }],
  };
}

describe('a calendar is refused, and nothing is kept, when', () => {
  const kept = async () => JSON.stringify(await hejie().db`select year, revision from calendars order by 1, 2`);

  it('one who is no administrator of the whole country brings it', async () => {
    const { first } = await years();
    const local: Person = { ...administrator, subject: 'administrator-jinshan', region: '310116' };
    for (const by of [operator, worker, local]) expectProblem(await draft(madeUpNotice(first), by), 403, 'not-allowed');
    expectProblem(await hejie().post(undefined, '/v1/releases', {}), 401, 'no-token');
  });

  const shapeless: Array<[string, (notice: CalendarYear) => unknown, string]> = [
    ['it is no object', () => [], '/document'],
    ['it says no year', (notice) => ({ ...notice, year: 'next' }), '/document/year'],
    ['it rests on no notice', (notice) => ({ ...notice, notice: null }), '/document/notice'],
    ['it names no source', (notice) => ({ ...notice, source: ' ' }), '/document/source'],
    ['the days off are no list', (notice) => ({ ...notice, daysOff: {} }), '/document/daysOff'],
    ['a day is none', (notice) => ({ ...notice, daysOff: [7, ...notice.daysOff] }), '/document/daysOff/0'],
    [
      'a day has no name',
      (notice) => ({ ...notice, daysOff: [{ on: `${notice.year}-03-08` }, ...notice.daysOff] }),
      '/document/daysOff/0/name',
    ],
    [
      'a day does not exist',
      (notice) => ({
        ...notice,
        daysOff: [{ on: `${notice.year}-02-30`, name: { zh: '无', en: 'none' } }, ...notice.daysOff],
      }),
      '/document/daysOff/0/on',
    ],
    ['it holds what no notice holds', (notice) => ({ ...notice, comment: 'x' }), '/document/comment'],
    ['it holds text that cannot be kept', (notice) => ({ ...notice, source: 'a\u0000' }), '/document/source'],
  ];
  const broken: Array<[string, (notice: CalendarYear) => unknown, string]> = [
    ['it has no number of a notice', (notice) => ({ ...notice, notice: '国务院的通知' }), '/notice'],
    ['a day is named twice', (notice) => ({ ...notice, daysOff: [...notice.daysOff, notice.daysOff[0]] }), '/on'],
    ['a day is both off and worked', (notice) => ({ ...notice, workdays: [notice.daysOff[0]] }), '/on'],
    [
      'a day lies in another year',
      (notice) => ({
        ...notice,
        daysOff: [...notice.daysOff, { on: `${notice.year + 2}-01-01`, name: { zh: '元旦', en: 'New Year' } }],
      }),
      '/on',
    ],
    [
      'a working day is made a working day',
      (notice) => {
        let monday = `${notice.year}-03-01`;
        while (weekday(monday) !== 1) monday = addDays(monday, 1);
        return { ...notice, workdays: [{ on: monday, name: { zh: '某节', en: 'Some day' } }] };
      },
      '/on',
    ],
    ['a statutory day is missing', (notice) => ({ ...notice, daysOff: notice.daysOff.slice(1) }), '/daysOff'],
  ];

  it('its form is wrong, its JSON is broken, or a key stands twice', async () => {
    const { first } = await years();
    const before = await kept();
    for (const [why, spoil, field] of shapeless) {
      const answer = await draft(spoil(madeUpNotice(first)));
      expect([why, answer.status]).toEqual([why, 422]);
      expectProblem(answer, 422, 'bad-input', field);
    }
    const raw = (text: string) =>
      hejie().call(administrator, 'POST', '/v1/releases', {
        raw: text,
        headers: { 'content-type': 'application/json' },
      });
    expectProblem(await raw('{'), 400, 'bad-json');
    const whole = JSON.stringify({ kind: 'calendar', reason, document: madeUpNotice(first) }, null, 1);
    const twice = await raw(whole.replace('"notice"', '"year":2020,"notice"'));
    expectProblem(twice, 422, 'release-invalid', '/document/year');
    expect(twice.body.errors[0]).toMatchObject({ code: 'duplicate-key', place: 'document:6' });
    expect(await kept()).toBe(before);
  });

  it('the check finds what is wrong with it, each with its place', async () => {
    const { first } = await years();
    const before = await kept();
    for (const [why, spoil, field] of broken) {
      const answer = await load(spoil(madeUpNotice(first)));
      expect(answer.body.status).toBe('draft');
      const places = answer.body.findings.map(({ code, pointer }: Record<string, string>) => `${code} ${pointer}`);
      expect([why, places]).toEqual([why, expect.arrayContaining([expect.stringMatching(`^calendar-invalid /.*`)])]);
      expect(places.some((place: string) => place.endsWith(field))).toBe(true);
      expect(answer.body.findings[0].file).toBe(`${first}.json`);
      expect(answer.body.findings[0].line).toBeGreaterThan(0);
      expectProblem(await act(second, answer.body.id, 'approve'), 409, 'release-not-checked');
    }
    expect(await kept()).toBe(before);
  });

  it('the year before it is not known yet, however far off, or lies before all years', async () => {
    const { first } = await years();
    const before = await kept();
    const { body } = await load(madeUpNotice(first + 1));
    expect(body.findings).toContainEqual(
      expect.objectContaining({
        ...{ code: 'calendar-gap', pointer: '/year', severity: 'error' },
        reason: expect.objectContaining({ zh: expect.stringContaining(String(first)) }),
      }),
    );
    for (const year of [first + 15, 2023]) expect((await load(madeUpNotice(year))).body.status).toBe('draft');
    expect(await kept()).toBe(before);
  });
});

describe('a notice pasted as it was published', () => {
  const published = readFileSync(new URL('../../fixtures/holiday-notices/2026.txt', import.meta.url), 'utf8');
  const said = { kind: 'calendar', reason, source: published2026.source, notice: published2026.notice };

  it('is drafted as the days that it was read as, kept with its words, and another text takes its place', async () => {
    const { status, body } = await hejie().post(administrator, '/v1/releases', { ...said, text: published });
    expect([status, body.document]).toEqual([201, published2026]);
    const asDocument = await draft(published2026);
    expect(body).toMatchObject({ subject: '2026', pastedText: published, sha256: asDocument.body.sha256 });
    expect(asDocument.body.pastedText).toBeNull();
    const document = (await hejie().get(second, `/v1/releases/${body.id}/document`)).body;
    expect(document).toEqual(published2026);
    expect((await act(administrator, body.id, 'check')).body).toMatchObject({ status: 'checked', findings: [] });

    const put = (text: object) =>
      hejie().call(administrator, 'PUT', `/v1/releases/${body.id}`, { body: { reason, ...text } });
    expect((await put({ document: published2026 })).body.pastedText).toBeNull();
    const { kind: _, ...anew } = said;
    expect((await put({ ...anew, text: `\n${published}` })).body).toMatchObject({
      document: published2026,
      status: 'draft',
    });
    for (const { id } of [body, asDocument.body]) await act(administrator, id, 'withdraw');
  });

  it('is refused with line and words where anything of it is not understood, or both a text and a document come', async () => {
    const paste = (more: object) => hejie().post(administrator, '/v1/releases', { ...said, text: published, ...more });
    const misread = await paste({ text: published.replace('1月4日(周日)上班', '1月4日(周六)上班') });
    expectProblem(misread, 422, 'notice-unclear', '/text');
    expect(misread.body.errors).toEqual([
      expect.objectContaining({
        code: 'weekday-differs',
        place: 'text:7:32',
        zh: expect.stringContaining('1月4日(周六)'),
      }),
    ]);
    expectProblem(await paste({ document: published2026 }), 422, 'bad-input', '/document');
    expectProblem(await paste({ kind: 'pack' }), 422, 'bad-input', '/kind');
  });
});

describe('a notice that is loaded', () => {
  let caseOfTheCalendar = '';
  afterEach(() => {
    hejie().clock.daysAheadForRules = 0;
  });

  it('makes provisional dates firm in every open case, moves them, says so in the record, and sets the timers anew', async () => {
    const { first, tested } = await years();
    for (let year = first; year < tested; year += 1) expect((await load(madeUpNotice(year))).status).toBe(200);
    const dueOn = `${tested}-10-03`;
    const notice = madeUpNotice(tested);
    const off = new Set(notice.daysOff.map(({ on }) => on));
    const worked = new Set(notice.workdays.map(({ on }) => on));
    const workingFrom = (day: string, closed: Set<string>, open = new Set<string>()): string =>
      open.has(day) || (weekday(day) < 6 && !closed.has(day)) ? day : workingFrom(addDays(day, 1), closed, open);
    const statutory = new Set((hejie().deps.statutory.years[String(tested)] ?? []).map(({ on }) => on));

    const obligations = [{ debtor: 'r1', creditor: 'w1', amount: 1000, instalments: [{ amount: 1000, dueOn }] }];
    const caseNo = await settled({ obligations });
    caseOfTheCalendar = caseNo;
    const instalment = async () =>
      (await find(caseNo)).deadlines.find(({ id }: { id: string }) => id === 'settlementPerformance.instalment');
    const before = await instalment();
    expect(before).toMatchObject({ provisional: true, dueOn: workingFrom(dueOn, statutory) });
    expect(before.explanation.map(({ code }: { code: string }) => code)).toContain('provisional');

    // What it would change is shown first, by the same code as the change, and a second person approves what was shown.
    const { id } = (await draft(notice)).body;
    await act(administrator, id, 'check');
    expectProblem(await act(second, id, 'approve'), 409, 'release-not-simulated');
    const { preview } = (await act(administrator, id, 'simulate')).body;
    const shown = preview.items.find((item: Body) => item.caseNo === caseNo && item.key === before.key);
    const days = daysBetween(before.dueOn, workingFrom(dueOn, off, worked));
    expect(shown).toMatchObject({
      ...{ days, overAtOnce: false, before: { dueOn: before.dueOn, provisional: true } },
      after: { dueOn: workingFrom(dueOn, off, worked), provisional: false },
    });
    expect(preview.counts.firm).toBeGreaterThan(0);
    expect(preview.counts.later).toBeGreaterThan(0);
    expectProblem(await act(administrator, id, 'approve'), 403, 'own-draft');
    expectProblem(await act(second, id, 'approve', { inForceFrom: '2099-01-01' }), 422, 'bad-input', '/inForceFrom');
    expect((await instalment()).dueOn).toBe(before.dueOn);
    const answer = await act(second, id, 'approve');
    expect(answer.body).toMatchObject({ status: 'approved', standing: 'inForce', subject: String(tested) });
    expect(await revisions(tested)).toEqual([{ revision: 1 }]);
    expectProblem(await act(second, id, 'withdraw'), 409, 'release-in-force');
    const event = await eventually('the event of the calendar', async () =>
      (await items(`/v1/cases/${caseNo}/timeline`)).find(({ type }: { type: string }) => type === 'calendar.loaded'),
    );
    const after = await instalment();
    expect(after).toMatchObject({ provisional: false, dueOn: workingFrom(dueOn, off, worked) });
    expect(after.dueOn > before.dueOn).toBe(true);
    expect(after.calendarVersion).toContain(notice.notice);
    expect(after.amount).toBe(before.amount);
    expect(event).toMatchObject({
      legalRef: 'CAL-01',
      by: { role: 'system' },
      detail: {
        notice: notice.notice,
        version: `${tested}-1`,
        before: { [before.key]: before.dueOn },
        after: { [before.key]: after.dueOn },
      },
    });
    expect((await hejie().get(operator, `/v1/cases/${caseNo}`)).body.nextDueOn).toBe(after.dueOn);

    // The timer that slept until the old reminder is gone, and one to the new is set.
    const { events = [] } =
      (await hejie().deps.temporal.workflow.getHandle(caseWorkflowId(caseNo)).fetchHistory()) ?? {};
    const told = (events ?? []).findIndex(
      (one) => one.workflowExecutionSignaledEventAttributes?.signalName === 'calendarLoaded',
    );
    expect(told).toBeGreaterThan(0);
    const later = await eventually('a timer set anew', async () => {
      const history = await hejie().deps.temporal.workflow.getHandle(caseWorkflowId(caseNo)).fetchHistory();
      const since = (history.events ?? []).slice(told);
      const set = since.find((one) => one.timerStartedEventAttributes);
      return since.some((one) => one.timerCanceledEventAttributes) && set;
    });
    const { timerStartedEventAttributes: timer, eventTime } = later;
    const wakesAt = (Number(eventTime?.seconds ?? 0) + Number(timer?.startToFireTimeout?.seconds ?? 0)) * 1000;
    const state = (await hejie().db`select view from procedures where case_no = ${caseNo} and ended_at is null`)[0]
      ?.view;
    const wakes: string[] = state.clocks.flatMap((clock: { dueAt: string; rungs: Array<{ at: string }> }) => [
      clock.dueAt,
      ...clock.rungs.map(({ at }) => at),
    ]);
    expect(state.clocks.find(({ key }: { key: string }) => key === before.key).dueAt).toBe(after.dueAt);
    expect(Math.abs(wakesAt - Date.parse(wakes.sort()[0] ?? ''))).toBeLessThan(5_000);
  });

  it('is told of until it was told, and the cases hear of it once', async () => {
    const { db } = hejie();
    const { workflow } = hejie().deps.temporal;
    const [last] = await db<Array<{ year: number; content: Body }>>`
      select year, content from calendars order by year desc limit 1`;
    if (!last) throw new Error('no calendar was loaded');
    const rollout = `calendar-${last.year}-1`;
    const runs = async () => {
      const found: string[] = [];
      for await (const { runId } of workflow.list({ query: `WorkflowId = '${rollout}'` })) found.push(runId);
      return found;
    };
    await workflow.getHandle(rollout).result();
    const before = await eventually('the rollout listed', async () => {
      const found = await runs();
      return found.length > 0 && found;
    });
    expectProblem(await load(last.content), 409, 'same-day-in-force');
    // As if the engine had been away at the approval: the reconciler tells, and what was told already is not told again.
    await db`update calendars set told_at = null where year = ${last.year}`;
    await reconcile(hejie().deps);
    expect(await db`select 1 from calendars where told_at is null`).toHaveLength(0);
    // A rollout begun again would be a newer run under the same id.
    expect((await workflow.getHandle(rollout).describe()).runId).toBe(before[0]);
    expect(await runs()).toEqual(before);
    const kept = await db`select count(*)::int as n from calendars where year = ${last.year}`;
    expect(kept[0]?.n).toBe(1);
    const told = (await items(`/v1/cases/${caseOfTheCalendar}/timeline`)).filter(
      ({ type }: { type: string }) => type === 'calendar.loaded',
    );
    expect(told).toHaveLength(1);
  });

  it('corrected, is a new revision, and the dates follow it', async () => {
    const { tested } = await years().then(({ first, tested: year }) => ({ tested: Math.min(first - 1, year) }));
    const corrected = madeUpNotice(tested);
    const longer = { on: `${tested}-10-08`, name: { zh: '国庆节', en: 'National Day' } };
    const next = { ...corrected, daysOff: [...corrected.daysOff, longer] };
    hejie().clock.daysAheadForRules = 1;
    // Drafted from the notice in force: one that was drafted before another came is outdated.
    const { id } = (await draft({ ...next, source: '另一草案' })).body;
    await act(administrator, id, 'check');
    await act(administrator, id, 'simulate');
    expect((await load(next)).status).toBe(200);
    hejie().clock.daysAheadForRules = 2;
    expectProblem(await act(second, id, 'approve'), 409, 'draft-outdated');
    expect(await revisions(tested)).toEqual([{ revision: 1 }, { revision: 2 }]);
    const { body } = await hejie().get(
      undefined,
      `/v1/deadlines/settlementPerformance.grace/compute?from=${tested}-10-08`,
    );
    expect(body.provisional).toBe(false);
    expect(body.dueOn > `${tested}-10-08`).toBe(true);
    const { body: listed } = await hejie().get(operator, '/v1/calendars');
    expect(listed.items.at(-1)).toMatchObject({ year: tested, revision: 2 });
  });
});
