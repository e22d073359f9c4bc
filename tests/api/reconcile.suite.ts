import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { workflowOf } from '../../api/perform-act.ts';
import { reconcile } from '../../api/reconcile.ts';
import { besideWorkflowId, caseWorkflowId } from '../../contracts/ids.ts';
import type { ActMessage } from '../../contracts/record.ts';
import { actorIdOf, keepAct, keepCase } from '../../db/acts.ts';
import { act, atStage, done, find, hejie, items, operator, register, today, written } from './stage.ts';

/** Keeps an act as the API does before it sends it, and dies there. */
async function keptNotSent(
  caseNo: string,
  name: string,
  input: Record<string, unknown>,
  more: Partial<ActMessage> = {},
) {
  const { db } = hejie();
  const actorId = await actorIdOf(db, operator.subject);
  const actId = randomUUID();
  const message: ActMessage = { actId, actor: { actorId, role: 'operator' }, input, ...more };
  await keepAct(db, {
    ...{ actId, actorId, idempotencyKey: `died-${actId}`, requestHash: 'x', caseNo, act: name },
    workflowId: caseWorkflowId(caseNo),
    message,
    words: { reason: '进程在此中断' },
    shielded: [],
  });
  return actId;
}
const types = async (caseNo: string) =>
  (await items(`/v1/cases/${caseNo}/timeline`)).map(({ type }: { type: string }) => type);

describe('what a process that died has left', () => {
  it('an act that was kept but not sent is done, once, with its words', async () => {
    const caseNo = await register();
    await keptNotSent(caseNo, 'negotiation.inviteHelper', { kind: 'union', for: 'w1' });
    expect(await types(caseNo)).not.toContain('negotiation.helperInvited');
    expect((await reconcile(hejie().deps, 0)).acts).toBe(1);
    expect((await reconcile(hejie().deps, 0)).acts).toBe(0);
    const timeline = await items(`/v1/cases/${caseNo}/timeline`);
    const invited = timeline.filter(({ type }: { type: string }) => type === 'negotiation.helperInvited');
    expect(invited).toHaveLength(1);
    expect(invited[0].words).toEqual({ reason: '进程在此中断' });
    expect((await find(caseNo)).procedure.helpers).toHaveLength(1);
  });

  it('an act that was done but not answered is not done twice', async () => {
    const caseNo = await register();
    await done(operator, caseNo, 'negotiation.inviteHelper', { kind: 'union', for: 'w1' });
    await hejie()
      .db`update acts set status = 'recorded' where case_no = ${caseNo} and act = 'negotiation.inviteHelper'`;
    expect((await reconcile(hejie().deps, 0)).acts).toBe(1);
    expect((await reconcile(hejie().deps, 0)).acts).toBe(0);
    expect((await find(caseNo)).procedure.helpers).toHaveLength(1);
    expect((await types(caseNo)).filter((type: string) => type === 'negotiation.helperInvited')).toHaveLength(1);
  });

  it('an act that ended a procedure, done but not answered, is settled although the run is gone', async () => {
    const caseNo = await register();
    const withdraw = { reason: '撤回' };
    const first = await act(operator, caseNo, 'negotiation.withdraw', withdraw, { key: `gone-${caseNo}` });
    await atStage(caseNo, 'followUp');
    await hejie().db`update acts set status = 'recorded' where case_no = ${caseNo} and act = 'negotiation.withdraw'`;
    expect((await reconcile(hejie().deps, 0)).acts).toBe(1);
    expect((await reconcile(hejie().deps, 0)).acts).toBe(0);
    expect((await types(caseNo)).filter((type: string) => type === 'negotiation.withdrawn')).toHaveLength(1);
    const again = await act(operator, caseNo, 'negotiation.withdraw', withdraw, { key: `gone-${caseNo}` });
    expect(again.body.result).toEqual(first.body.result);
  });

  it('an act that is refused by then leaves nothing, not even its words', async () => {
    const caseNo = await register();
    const before = await written(caseNo);
    await keptNotSent(caseNo, 'negotiation.settle', {
      coveredWorkers: [],
      obligations: [],
      concededFacts: 0,
      stated: [],
    });
    await keptNotSent(caseNo, 'negotiation.inviteHelper', { kind: 'union', for: 'w1' }, { ifSeq: 1 });
    await keptNotSent(caseNo, 'mediation.seal', { sealedOn: today() });
    await reconcile(hejie().deps, 0);
    expect(await written(caseNo)).toBe(before);
  });

  it('a case that was written but never started is started', async () => {
    const { db } = hejie();
    const actorId = await actorIdOf(db, operator.subject);
    const actId = randomUUID();
    const kept = await keepCase(db, {
      ...{ actId, actorId, idempotencyKey: `died-${actId}`, requestHash: 'x', year: Number(today().slice(0, 4)) },
      words: { reason: '登记后中断' },
      parties: [
        { id: 'w1', side: 'applicant', kind: 'worker', name: '测试甲', groups: [] },
        { id: 'r1', side: 'respondent', kind: 'employer', name: '测试乙', groups: [] },
      ],
      claims: [{ id: 'c1', worker: 'w1', kind: 'pay', subject: 'wages', amountFen: 100 }],
      intake: {
        ...{ region: '310116', channel: 'window', requestedRoute: 'any', registeredOn: today(), actId },
        actor: { actorId, role: 'operator' },
        parties: [
          { id: 'w1', side: 'applicant', kind: 'worker' },
          { id: 'r1', side: 'respondent', kind: 'employer' },
        ],
        claims: [{ id: 'c1', worker: 'w1', kind: 'pay', subject: 'wages', amountFen: 100 }],
        facts: {
          ...{ relation: 'labour', exclusion: 'none', personnelKind: 'none', overAge: false, overAgeMatter: false },
          ...{ enterpriseCommittee: false, employed: true, negotiatedBefore: false },
        },
      },
    });
    const caseNo = kept.row.caseNo ?? '';
    expect((await find(caseNo)).stage).toBe('registering');
    expect((await reconcile(hejie().deps, 0)).cases).toBe(1);
    await atStage(caseNo, 'negotiation');
    expect((await reconcile(hejie().deps, 0)).cases).toBe(0);
    expect((await items(`/v1/cases/${caseNo}/timeline`))[0].words).toEqual({ reason: '登记后中断' });
  });

  it('young leftovers are left alone: their request may still be under way', async () => {
    const caseNo = await register();
    const actId = await keptNotSent(caseNo, 'negotiation.inviteHelper', { kind: 'union', for: 'w1' });
    expect(await reconcile(hejie().deps)).toEqual({ acts: 0, cases: 0 });
    await reconcile(hejie().deps, 0);
    expect((await hejie().db`select status from acts where act_id = ${actId}`)[0]?.status).toBe('done');
  });
});

describe('an act goes to', () => {
  it('the chain, or to what runs beside it', () => {
    expect(workflowOf('mediation', '310116-2026-000001')).toBe(caseWorkflowId('310116-2026-000001'));
    expect(workflowOf('arbitrationReview', '310116-2026-000001')).toBe(
      besideWorkflowId('310116-2026-000001', 'arbitrationReview'),
    );
  });
});
