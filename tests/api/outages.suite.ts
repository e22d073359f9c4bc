import { afterAll, describe, expect, it } from 'vitest';
import { reconcile } from '../../api/reconcile.ts';
import { eventually } from '../support/app.ts';
import { act, atStage, done, expectProblem, hejie, items, operator, register, registration, today } from './stage.ts';

const serve = () => ({ servedOn: today(), method: 'hand' });
const ready = async () => (await hejie().get(undefined, '/readyz')).body.ready;
const served = async (caseNo: string) =>
  (await items(`/v1/cases/${caseNo}/timeline`)).filter(
    ({ type }: { type: string }) => type === 'negotiation.requestServed',
  );

describe('while Temporal is away', () => {
  afterAll(() => hejie().servers.startTemporal());

  it('acts and registrations are answered "try again", reading goes on, and afterwards the same key goes on: one event', async () => {
    const caseNo = await register();
    await hejie().servers.stopTemporal();
    const readiness = await hejie().get(undefined, '/readyz');
    expect(readiness.status).toBe(503);
    expect(readiness.headers.get('retry-after')).toBe('2');
    expect(readiness.body).toEqual({ ready: false, temporal: false, postgres: true });
    expect((await hejie().get(undefined, '/healthz')).status).toBe(200);

    const [answer, registered] = await Promise.all([
      act(operator, caseNo, 'negotiation.serveRequest', serve(), { key: 'temporal-away' }),
      hejie().post(operator, '/v1/cases', registration(), { key: 'register-away' }),
    ]);
    for (const one of [answer, registered]) {
      expectProblem(one, 503, 'unavailable');
      expect(one.headers.get('retry-after')).toBe('2');
      expect(one.body.detail.zh).toContain('Idempotency-Key');
    }
    expect((await hejie().get(operator, `/v1/cases/${caseNo}`)).status).toBe(200);
    expect((await hejie().get(undefined, '/v1/deadlines/negotiation.response/compute?from=2026-09-18')).status).toBe(
      200,
    );

    await hejie().servers.startTemporal();
    await eventually('Temporal ready again', ready, 30);
    const again = await eventually(
      'the act done',
      async () => {
        const one = await act(operator, caseNo, 'negotiation.serveRequest', serve(), { key: 'temporal-away' });
        return one.status === 200 && one;
      },
      30,
    );
    expect(again.body.result.seq).toBeGreaterThan(0);
    expect(await served(caseNo)).toHaveLength(1);
    const number = (await hejie().post(operator, '/v1/cases', registration(), { key: 'register-away' })).body.id;
    await atStage(number, 'negotiation', 30);
    const rows = await hejie().db`select case_no from acts where idempotency_key = 'register-away'`;
    expect(rows).toEqual([{ case_no: number }]);
  });
});

describe('while Postgres is away', () => {
  afterAll(() => hejie().servers.startPostgres());

  it('everything about cases is answered "try again", and afterwards the same key goes on: one event', async () => {
    const caseNo = await register();
    await hejie().servers.stopPostgres();
    const readiness = await hejie().get(undefined, '/readyz');
    expect(readiness.status).toBe(503);
    expect(readiness.body).toEqual({ ready: false, temporal: true, postgres: false });
    for (const answer of [
      await act(operator, caseNo, 'negotiation.serveRequest', serve(), { key: 'postgres-away' }),
      await hejie().post(operator, '/v1/cases', registration(), { key: 'register-postgres-away' }),
      await hejie().get(operator, `/v1/cases/${caseNo}`),
      await hejie().get(operator, '/v1/cases'),
    ]) {
      expectProblem(answer, 503, 'unavailable');
      expect(answer.headers.get('retry-after')).toBe('2');
    }
    expect((await hejie().get(undefined, '/healthz')).status).toBe(200);

    await hejie().servers.startPostgres();
    await eventually('Postgres ready again', ready, 30);
    const again = await act(operator, caseNo, 'negotiation.serveRequest', serve(), { key: 'postgres-away' });
    expect(again.status, again.text).toBe(200);
    expect(await served(caseNo)).toHaveLength(1);
  });

  it('and goes away while an act is being written, the act is done once it is back', async () => {
    const caseNo = await register();
    await hejie().stopWorker();
    const sending = act(operator, caseNo, 'negotiation.serveRequest', serve(), { key: 'cut-off' });
    await eventually('the act kept', async () => {
      const rows = await hejie().db`select 1 from acts where idempotency_key = 'cut-off'`;
      return rows.length === 1;
    });
    await hejie().servers.stopPostgres();
    expectProblem(await sending, 503, 'unavailable');
    await hejie().servers.startPostgres();
    await eventually('Postgres ready again', ready, 30);
    await hejie().startWorker();
    await eventually(
      'the leftover settled',
      async () => {
        await reconcile(hejie().deps, 0);
        return (await served(caseNo)).length === 1;
      },
      30,
    );
    const again = await act(operator, caseNo, 'negotiation.serveRequest', serve(), { key: 'cut-off' });
    expect(again.status, again.text).toBe(200);
    expect(await served(caseNo)).toHaveLength(1);
    await done(operator, caseNo, 'negotiation.respond', { willing: true, form: 'oral', party: 'r1' });
  });
});
