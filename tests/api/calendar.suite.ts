import { describe, expect, it } from 'vitest';
import { caseWorkflowId } from '../../contracts/ids.ts';
import type { CalendarYear } from '../../domain/time/calendar.ts';
import { addDays, weekday } from '../../domain/time/day.ts';
import { eventually } from '../support/app.ts';
import { administrator, expectProblem, find, hejie, items, operator, settled, today, worker } from './stage.ts';

type Body = Record<string, unknown>;
const load = (year: number, body: unknown, by = administrator) => hejie().post(by, `/v1/calendars/${year}`, body);

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

  it('one who is no administrator brings it', async () => {
    const { first } = await years();
    const before = await kept();
    for (const by of [operator, worker]) expectProblem(await load(first, madeUpNotice(first), by), 403, 'not-allowed');
    expectProblem(await hejie().post(undefined, `/v1/calendars/${first}`, {}), 401, 'no-token');
    expect(await kept()).toBe(before);
  });

  const broken: Array<[string, (notice: CalendarYear) => unknown, string]> = [
    ['it is no object', () => [], ''],
    ['it says no year', (notice) => ({ ...notice, year: 'next' }), '/year'],
    ['it is for another year', (notice) => ({ ...notice, year: notice.year + 1 }), '/year'],
    ['it has no number of a notice', (notice) => ({ ...notice, notice: '国务院的通知' }), '/notice'],
    ['it rests on no notice', (notice) => ({ ...notice, notice: null }), '/notice'],
    ['it names no source', (notice) => ({ ...notice, source: ' ' }), '/source'],
    ['the days off are no list', (notice) => ({ ...notice, daysOff: {} }), '/daysOff'],
    ['a day is none', (notice) => ({ ...notice, daysOff: [...notice.daysOff, 7] }), '/daysOff/'],
    [
      'a day has no name',
      (notice) => ({ ...notice, daysOff: [...notice.daysOff, { on: `${notice.year}-03-08` }] }),
      '/name',
    ],
    [
      'a day does not exist',
      (notice) => ({
        ...notice,
        daysOff: [...notice.daysOff, { on: `${notice.year}-02-30`, name: { zh: '无', en: 'none' } }],
      }),
      '/on',
    ],
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
  it.each(broken)('%s', async (_why, spoil, field) => {
    const { first } = await years();
    const before = await kept();
    const answer = await load(first, spoil(madeUpNotice(first)));
    expectProblem(answer, 422, 'calendar-invalid');
    expect(
      answer.body.errors.some(
        (place: { field: string }) => place.field.endsWith(field) || place.field.startsWith(field),
      ),
    ).toBe(true);
    expect(await kept()).toBe(before);
  });

  it('it holds what no notice holds, or text that cannot be kept', async () => {
    const { first } = await years();
    const before = await kept();
    const notice = madeUpNotice(first);
    expectProblem(await load(first, { ...notice, comment: 'x' }), 422, 'bad-input', '/comment');
    expectProblem(await load(first, { ...notice, source: 'a\u0000' }), 422, 'bad-input', '/source');
    expectProblem(await hejie().call(administrator, 'POST', `/v1/calendars/${first}`, { raw: '{' }), 400, 'bad-json');
    expectProblem(await hejie().post(administrator, '/v1/calendars/next', notice), 422, 'bad-input', '/year');
    expect(await kept()).toBe(before);
  });

  it('the year before it is not known yet, however far off, or lies before all years', async () => {
    const { first } = await years();
    const before = await kept();
    const answer = await load(first + 1, madeUpNotice(first + 1));
    expectProblem(answer, 422, 'calendar-invalid', '/year');
    expect(answer.body.errors[0]).toMatchObject({ code: 'calendar-gap', zh: expect.stringContaining(String(first)) });
    expectProblem(await load(first + 15, madeUpNotice(first + 15)), 422, 'calendar-invalid', '/year');
    expectProblem(await load(2023, madeUpNotice(2023)), 422, 'calendar-invalid', '/year');
    expect(await kept()).toBe(before);
  });
});

describe('a notice that is loaded', () => {
  let caseOfTheCalendar = '';

  it('makes provisional dates firm in every open case, moves them, says so in the record, and sets the timers anew', async () => {
    const { first, tested } = await years();
    for (let year = first; year < tested; year += 1) expect((await load(year, madeUpNotice(year))).status).toBe(200);
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

    const answer = await load(tested, notice);
    expect(answer.body).toEqual({ year: tested, revision: 1, fresh: true });
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

  it('once more changes nothing: the cases are told once', async () => {
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
    for (let again = 0; again < 2; again += 1) {
      const answer = await load(last.year, last.content);
      expect(answer.body).toEqual({ year: last.year, revision: 1, fresh: false });
    }
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
    const answer = await load(tested, { ...corrected, daysOff: [...corrected.daysOff, longer] });
    expect(answer.body).toEqual({ year: tested, revision: 2, fresh: true });
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
