import { describe, expect, it } from 'vitest';
import { eventually } from '../support/app.ts';
import {
  act,
  arbitrator,
  atStage,
  court,
  done,
  expectProblem,
  find,
  hejie,
  inDays,
  items,
  nothingChanges,
  operator,
  register,
  registration,
  today,
  union,
  watched,
  worker,
} from './stage.ts';

const remedies = async (caseNo: string) => (await hejie().get(worker, `/v1/cases/${caseNo}/remedies`)).body;
const besideOf = async (caseNo: string, procedure: string) =>
  (await items(`/v1/cases/${caseNo}/procedures`)).filter((run: { procedure: string }) => run.procedure === procedure);
const running = (caseNo: string, procedure: string) =>
  eventually(`${procedure} of ${caseNo}`, async () => {
    const run = (await besideOf(caseNo, procedure)).at(-1);
    return run?.endedAt === null && run;
  });

describe('a limitation', () => {
  it('LIM-01 is shown beside every choice that could cost it, with its last day', async () => {
    const caseNo = await register({ facts: { relation: 'labour', knownOn: inDays(-30) } });
    const open = await items(`/v1/cases/${caseNo}/acts`);
    const shown = open.filter(({ limitation }: { limitation?: unknown }) => limitation);
    expect(shown.map(({ act: name }: { act: string }) => name)).toEqual(['negotiation.withdraw']);
    const [{ limitation }] = shown;
    const clock = (await items(`/v1/cases/${caseNo}/deadlines`)).find(
      ({ key }: { key: string }) => key === 'limitation',
    );
    expect(limitation).toMatchObject({ lastDay: clock.dueOn, legalRef: clock.legalRef });
    expect(limitation.warning.zh).toContain(clock.dueOn);
    expect((await remedies(caseNo)).limitation).toEqual(limitation);
    const after = (await hejie().get(worker, `/v1/cases/${caseNo}/remedies?if=waitUntil:${inDays(900)}`)).body;
    expect(after.limitation.warning.zh).toContain('已于');
    expect(after.limitation.daysLeft).toBeLessThan(0);
  });

  it('LIM-02 is watched on when the case is closed, takes interruptions, and is handed back to a case that is reopened (NEG-09)', async () => {
    const caseNo = await watched();
    const watch = await running(caseNo, 'limitationWatch');
    expect(watch).toMatchObject({ workflowId: `case-${caseNo}-limitationWatch`, state: { stage: 'watching' } });
    const named = (await items(`/v1/cases/${caseNo}/acts`)).map(({ act: name }: { act: string }) => name);
    expect(named).toContain('limitationWatch.recordInterruption');
    await done(operator, caseNo, 'limitationWatch.recordInterruption', {
      ...{ on: today(), kind: 'soughtRelief', body: 'labourInspection' },
    });
    const clocks = (await find(caseNo)).deadlines;
    expect(clocks).toMatchObject([{ key: 'limitation', anchorOn: today(), status: 'open' }]);
    await nothingChanges(caseNo, async () =>
      expectProblem(
        await act(operator, caseNo, 'limitationWatch.recordPaid', { paidOn: inDays(1) }),
        422,
        'day-in-the-future',
        '/paidOn',
      ),
    );
    await done(union, caseNo, 'limitationWatch.reopen', { reason: '仍未支付' });
    const again = await atStage(caseNo, 'mediation');
    expect(
      again.deadlines.map(({ key, anchorOn }: { key: string; anchorOn: string }) => [key, anchorOn]),
    ).toContainEqual(['limitation', today()]);
    expect((await besideOf(caseNo, 'limitationWatch')).at(-1)).toMatchObject({ outcome: 'reopened', next: 'beside' });
    await done(worker, caseNo, 'mediation.apply', { receivedOn: today(), form: 'oral' });
  });
});

describe('an arbitration', () => {
  it('ARB-01 L9 FIN-01 FIN-02 FIN-05: what comes of it is recorded, and each party sees its ways with their last days', async () => {
    const caseNo = await watched();
    await done(operator, caseNo, 'limitationWatch.recordArbitration', { party: 'w1', filedOn: today() });
    await running(caseNo, 'arbitration');
    await done(arbitrator, caseNo, 'arbitration.recordDocketed', { on: today() });
    const award = (items: unknown[]) => ({
      ...{ awardedOn: today(), monthlyMinimumWage: 2690, documents: [{ stated: 'unstated', items }] },
    });
    const wages = { claim: 'c1', subject: 'wages', creditor: 'w1', amount: 12_000 };
    await nothingChanges(caseNo, async () => {
      const unknown = await act(arbitrator, caseNo, 'arbitration.recordAward', award([{ ...wages, claim: 'c9' }]));
      expectProblem(unknown, 422, 'unknown-claim', '/documents/0/items/0/claim');
    });
    await done(arbitrator, caseNo, 'arbitration.recordAward', award([wages]));
    for (const party of ['w1', 'r1'])
      await done(arbitrator, caseNo, 'arbitration.recordReceipt', { document: 'a1', party, receivedOn: today() });
    const ways = (await remedies(caseNo)).items.filter(({ document }: { document?: string }) => document === 'a1');
    expect(ways).toMatchObject([
      { remedy: 'setAside', legalRef: 'FIN-02', party: 'r1', lastDay: expect.any(String), inTime: true },
      { remedy: 'suit', legalRef: 'FIN-01', party: 'w1', lastDay: expect.any(String), inTime: true },
    ]);
    await nothingChanges(caseNo, async () => {
      const suit = { document: 'a1', party: 'r1', filedOn: today() };
      expectProblem(await act(court, caseNo, 'arbitration.recordSuit', suit), 409, 'right-not-open', '/party');
      const none = await act(court, caseNo, 'arbitration.recordSuit', { ...suit, document: 'a2' });
      expectProblem(none, 422, 'unknown-award', '/document');
    });
    await done(court, caseNo, 'arbitration.recordSuit', { document: 'a1', party: 'w1', filedOn: today() });
    await done(court, caseNo, 'arbitration.recordSuitEnded', { document: 'a1', how: 'judged', receivedOn: today() });
    await eventually('its end', async () => (await besideOf(caseNo, 'arbitration')).at(-1)?.outcome === 'sued');
    const detail = (await items(`/v1/cases/${caseNo}/timeline?limit=200`)).find(
      ({ type }: { type: string }) => type === 'arbitration.awarded',
    );
    expect(detail.detail).toMatchObject({ monthlyMinimum: 2690, documents: [{ items: [{ amount: 12_000 }] }] });
  });
});

describe('an over-age worker', () => {
  it('令第56号 第十九条 (L7): claims that go to arbitration and claims that go to court are registered apart', async () => {
    const claims = [
      { kind: 'pay', subject: 'wages', amount: 3000 },
      { kind: 'pay', subject: 'economicCompensation', amount: 9000 },
    ];
    const [who] = registration().workers;
    const facts = { relation: 'labour', overAge: true, overAgeMatter: true };
    const ask = (own: unknown[]) =>
      hejie().post(operator, '/v1/cases', registration({ workers: [{ ...who, claims: own }], facts }));
    const mixed = await ask(claims);
    expectProblem(mixed, 422, 'over-age-claims-mixed', '/workers/0/claims/1');
    expect(mixed.body.source).toContain('第十九条');
    expect((await ask(claims.slice(0, 1))).status).toBe(201);
  });
});
