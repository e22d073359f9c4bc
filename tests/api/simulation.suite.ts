import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, daysBetween } from '../../domain/time/day.ts';
import { computeDeadline } from '../../domain/time/deadline.ts';
import type { SimulationReport } from '../../rules/simulation/simulate.ts';
import { eventually, type Person } from '../support/app.ts';
import { type SeededMediation, seedDecisions, seedMediations } from '../support/seeded-mediations.ts';
import { administrator, expectProblem, hejie, operator } from './stage.ts';

/** A year of its own, so that the cases meet nobody's. */
const YEAR = 2024;
const author: Person = { subject: 'administrator-jinshan-1', role: 'administrator', region: '310116' };
const elsewhere: Person = { subject: 'administrator-guiyang', role: 'administrator', region: '520100' };

const numbered = (region: string, number: number) => `${region}-${YEAR}-${String(number).padStart(6, '0')}`;

/** Jinshan's pack with mediations of so many days. */
async function document(amount: number) {
  const { files } = (await hejie().get(author, '/v1/rules/packs/310116-jinshan')).body;
  return {
    ...{ format: 1 },
    files: { ...files, 'deadlines.json': [{ id: 'mediation.conclusion', amount, source: '本区通知（测试）' }] },
  };
}

const begin = (body: object, by = author) => hejie().post(by, '/v1/rules/simulations', { region: '310116', ...body });
const state = async (id: string, by = author) => (await hejie().get(by, `/v1/rules/simulations/${id}`)).body;
const over = (id: string) =>
  eventually(`the simulation ${id} over`, async () => {
    const found = await state(id);
    return found.state !== 'running' && found;
  });

async function reportOn(body: object): Promise<SimulationReport> {
  const { status, body: begun, text } = await begin(body);
  expect(status, text).toBe(202);
  const ended = await over(begun.id);
  expect(ended).toMatchObject({ state: 'done', done: ended.total });
  return ended.report;
}

/** Every session of a simulation that the database has. */
const sessions = async () =>
  (await hejie().db`select 1 from pg_stat_activity where application_name like 'hejie-simulation-%'`).length;

/**
 * A thousand open cases: most in Jinshan, some in another district, some whose period was agreed, some of another clock, some that have
 * run out; and some that are closed. Accepted from the end of August on, so that days off move their last days.
 */
function thousand(): SeededMediation[] {
  return Array.from({ length: 1_050 }, (_, number): SeededMediation => {
    const acceptedOn = addDays('2026-08-20', number % 60);
    const one = { caseNo: numbered('310116', number), acceptedOn };
    if (number >= 1_000) return { ...one, closed: true };
    if (number % 10 === 3) return { caseNo: numbered('310115', number), acceptedOn };
    if (number % 10 === 5) return { ...one, agreed: 8 };
    if (number % 10 === 7) return { ...one, deadlineId: 'mediation.acceptance' };
    return number % 50 === 11 ? { ...one, expired: true } : one;
  });
}

describe('what a draft of the rules would change', () => {
  const cases = thousand();

  beforeAll(async () => {
    const { db, deps } = hejie();
    const book = deps.rules;
    await seedMediations(db, { book, calendar: await deps.calendar() }, cases);
    const organisation = {
      enterpriseCommittee: false,
      newEmploymentForm: true,
      claimKinds: ['pay'],
      referredBy: 'none',
    };
    await seedDecisions(db, book, [
      ...cases.flatMap(({ caseNo }, number) => [
        { caseNo, seq: 1, point: 'mediation.organisation', facts: { ...organisation, workers: (number % 9) + 1 } },
        { caseNo, seq: 2, point: 'case.representatives', facts: { withCommonClaim: number } },
      ]),
      { caseNo: numbered('310116', 0), seq: 3, point: 'case.representatives', facts: { asked: 'long ago' } },
    ]);
  });
  afterAll(async () => {
    const { db } = hejie();
    for (const table of ['decisions', 'deadlines', 'procedures', 'cases'])
      await db`delete from ${db(table)} where case_no like ${`______-${YEAR}-%`}`;
  });

  it('MED-07: ten days in place of fifteen in one district: of a thousand open cases exactly those whose day moves, and how far', async () => {
    const { deps } = hejie();
    const calendar = await deps.calendar();
    const dueOn = (amount: number, anchorOn: string) =>
      computeDeadline({ amount, unit: 'calendarDays' }, { anchorOn }, calendar).dueOn;
    const expected = new Map(
      cases
        .filter(({ caseNo, agreed, closed, expired, deadlineId }) =>
          [caseNo.startsWith('310116'), !agreed, !closed, !expired, !deadlineId].every(Boolean),
        )
        .map(({ caseNo, acceptedOn }) => [caseNo, daysBetween(dueOn(15, acceptedOn), dueOn(10, acceptedOn))] as const)
        .filter(([, days]) => days !== 0),
    );
    const report = await reportOn({ after: { document: await document(10) } });
    const { deadlines } = report;
    const found = deadlines.cases.items.filter(({ caseNo }) => caseNo.includes(`-${YEAR}-`));
    expect(new Map(found.map(({ caseNo, days }) => [caseNo, days]))).toEqual(expected);
    // Days off make the move longer and shorter.
    expect(new Set(expected.values()).size).toBeGreaterThan(2);
    expect(found[0]?.rule).toMatchObject({
      before: { pack: '000000-national', source: '企业劳动争议协商调解规定 第二十九条', change: 'unchanged' },
      after: { pack: '310116-jinshan', source: '本区通知（测试）', change: 'added' },
    });
    expect(found.filter(({ overAtOnce }) => overAtOnce).map(({ after }) => after.dueAt <= report.now)).not.toContain(
      false,
    );
    expect(report.escalations.cases.items.filter(({ caseNo }) => expected.has(caseNo))).toHaveLength(expected.size);
    const peak = report.weeks.peaks.items.find(({ region }) => region === '310116');
    expect(peak?.after.due).toBeGreaterThan(0);
    expect(deadlines.byDays.reduce((sum, { count }) => sum + count, 0)).toBe(deadlines.move);
    // No rule of a decision differs, and what nobody can answer any more is counted.
    expect(report.decisions.cases.total).toBe(0);
    expect(report.decisions.open.refusedAlready).toBeGreaterThanOrEqual(1);
  });

  it('POL-01: decisions that would go to another organisation, of open cases apart from closed ones, each with the rule', async () => {
    const { files } = await document(15);
    const without = { ...files, 'decisions/mediation.organisation.json': [], 'deadlines.json': [] };
    const { decisions, deadlines } = await reportOn({ after: { document: { format: 1, files: without } } });
    expect(deadlines.move).toBe(0);
    const jinshan = cases.filter(({ caseNo }) => caseNo.startsWith('310116'));
    const closed = jinshan.filter((one) => one.closed).length;
    expect(decisions.open.differ).toBeGreaterThanOrEqual(jinshan.length - closed);
    expect(decisions.closed.differ).toBeGreaterThanOrEqual(closed);
    expect(decisions.byRule.items[0]).toMatchObject({
      point: 'mediation.organisation',
      before: [{ id: '310116-sub-centre-for-new-employment-forms', pack: '310116-jinshan', change: 'removed' }],
      after: [{ pack: '000000-national', change: 'unchanged' }],
    });
    // Cases of other suites may go along; none gets lost on the way.
    const moved = decisions.organisations.items.map(({ open }) => open.after - open.before);
    expect(Math.min(...moved)).toBeLessThanOrEqual(closed - jinshan.length);
    expect(moved.reduce((sum, one) => sum + one, 0)).toBe(0);
    expect(decisions.cases.items[0]).toMatchObject({ isOpen: true });
  });

  it('is followed as it goes, and by the hash of a release that is kept', async () => {
    const { sha256 } = hejie().deps.rules;
    const { body } = await begin({ after: sha256, before: sha256 });
    const { text, headers } = await hejie().get(author, `/v1/rules/simulations/${body.id}/events`);
    expect(headers.get('content-type')).toContain('text/event-stream');
    const events = text
      .trim()
      .split('\n\n')
      .map((event) => event.split('\n'));
    expect(events[0]?.[0]).toBe('event: progress');
    expect(events.at(-1)?.[0]).toBe('event: report');
    const report = JSON.parse(events.at(-1)?.[1]?.replace('data: ', '') ?? '') as SimulationReport;
    expect(report).toMatchObject({ before: sha256, after: sha256, deadlines: { move: 0, moveAnyway: 0 } });
    const progress = JSON.parse(events.at(-2)?.[1]?.replace('data: ', '') ?? '');
    expect(progress).toMatchObject({ done: progress.total });
  });

  it('is broken off, and nothing of it runs any more; two at a time, others wait', async () => {
    const { db } = hejie();
    // Whoever reads the cases waits for this lock.
    const lock = await db.reserve();
    await lock`begin`;
    await lock`lock table decisions in access exclusive mode`;
    try {
      const { sha256 } = hejie().deps.rules;
      const [one, two] = [await begin({ after: sha256 }), await begin({ after: sha256 })];
      const third = await begin({ after: sha256 });
      expectProblem(third, 503, 'too-many-simulations');
      expect(third.headers.get('retry-after')).toBe('10');
      await eventually('both at work', async () => (await sessions()) === 2);
      const broken = await Promise.all(
        [one, two].map(({ body }) => hejie().call(author, 'DELETE', `/v1/rules/simulations/${body.id}`)),
      );
      expect(broken.map(({ body }) => body.state)).toEqual(['cancelled', 'cancelled']);
    } finally {
      await lock`rollback`;
      lock.release();
    }
    expect(await sessions()).toBe(0);
    const { body } = await begin({ after: hejie().deps.rules.sha256 });
    expect(await over(body.id)).toMatchObject({ state: 'done' });
    expectProblem(await hejie().call(author, 'DELETE', `/v1/rules/simulations/${body.id}`), 409, 'simulation-over');
    // The process that ran it is gone.
    const { id } = body;
    await db`update rule_simulations set state = 'running', report = null, touched_at = now() - interval '1 minute' where id = ${id}`;
    expect(await state(id)).toMatchObject({ state: 'failed', error: 'interrupted' });
    const { text } = await hejie().get(author, `/v1/rules/simulations/${id}/events`);
    expect(text).toContain('event: failed');
  });

  it('is for administrators of the region, and of rules that can be read', async () => {
    const { sha256 } = hejie().deps.rules;
    expectProblem(await begin({ after: sha256 }, operator), 403, 'not-allowed');
    expectProblem(await begin({ after: sha256 }, elsewhere), 403, 'not-allowed');
    expectProblem(await begin({ after: sha256, region: '310000' }), 403, 'not-allowed');
    expectProblem(await begin({ after: sha256, region: '999999' }, administrator), 422, 'unknown-region', '/region');
    expectProblem(await begin({ after: 'a'.repeat(64) }), 422, 'unknown-release', '/after');
    expectProblem(await begin({ after: sha256, before: 'a'.repeat(64) }), 422, 'unknown-release', '/before');
    expectProblem(await begin({ after: { document: await document(16) } }), 422, 'release-invalid');
    expectProblem(await begin({ after: 15 }), 422, 'bad-input', '/after');
    const missing = '/v1/rules/simulations/00000000-0000-4000-8000-000000000000';
    expectProblem(await hejie().get(author, missing), 404, 'not-found');
    const { body } = await begin({ after: sha256 });
    expectProblem(await hejie().get(elsewhere, `/v1/rules/simulations/${body.id}`), 403, 'not-allowed');
    expectProblem(await hejie().get(operator, `/v1/rules/simulations/${body.id}/events`), 403, 'not-allowed');
    await over(body.id);
  });
});
