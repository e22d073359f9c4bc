import { describe, expect, it } from 'vitest';
import { reviewPapers } from '../support/terms.ts';
import {
  act,
  agreed,
  atStage,
  done,
  employer,
  expectProblem,
  hejie,
  inDays,
  mediating,
  mediator,
  nothingChanges,
  operator,
  stranger,
  theWorker,
  today,
  worker,
} from './stage.ts';

const remedies = async (caseNo: string, wait?: string, by = worker) =>
  (await hejie().get(by, `/v1/cases/${caseNo}/remedies${wait === undefined ? '' : `?if=waitUntil:${wait}`}`)).body;

const named = (items: Array<{ remedy: string }>, remedy: string) => items.find((item) => item.remedy === remedy);

describe('what a party may turn to', () => {
  it('JR-01 JC-01 with an agreement in effect: both ways of confirmation, and what is gone by the day asked about', async () => {
    const caseNo = await agreed();
    const now = await remedies(caseNo);
    expect(now.on).toBe(today());
    expect(now.release).toMatch(/\+[0-9a-f]{8}$/);
    const deadlines = (await hejie().get(worker, `/v1/cases/${caseNo}/deadlines`)).body.items;
    const last = deadlines.find(({ id }: { id: string }) => id === 'arbitrationReview.application').dueOn;
    expect(named(now.items, 'arbitrationReview')).toMatchObject({
      ...{ legalRef: 'JR-01', article: '劳动人事争议仲裁办案规则 第七十四条', lastDay: last, inTime: true },
      lostByWaiting: { zh: expect.stringContaining('不能再申请仲裁审查') },
    });
    expect(named(now.items, 'judicialConfirmation')).toMatchObject({ legalRef: 'JC-01', inTime: true });
    // The last day itself is in time, the day after is not.
    const onLast = await remedies(caseNo, last);
    expect(named(onLast.items, 'arbitrationReview')).toMatchObject({ inTime: true });
    const after = await remedies(caseNo, inDays(20));
    expect(named(after.items, 'arbitrationReview')).toMatchObject({ inTime: false });
    expect(named(after.items, 'judicialConfirmation')).toMatchObject({ inTime: true });
    // MED-11: what is being performed gives no right to arbitrate beside it; the employer sees the same.
    expect(named(now.items, 'arbitration')).toBeUndefined();
    expect((await remedies(caseNo, undefined, employer)).items).toEqual(now.items);

    await done(operator, caseNo, 'judicialConfirmation.applyJointly', { appliedOn: today(), agreedBy: ['w1', 'r1'] });
    expect((await remedies(caseNo)).items).toEqual([]);
  });

  it('JR-01 JC-01 L2-5 broken in the time to apply: both ways stay open with their last days, jointly, and one of them only', async () => {
    const caseNo = await agreed();
    const breach = { instalment: 'o1.1', ground: 'refusesToPerform', reason: '拒不履行' };
    await done(worker, caseNo, 'agreementPerformance.reportBreach', breach);
    await atStage(caseNo, 'followUp');
    const { items } = await remedies(caseNo);
    expect(named(items, 'arbitrationReview')).toMatchObject({
      ...{ legalRef: 'JR-01', lastDay: expect.any(String), inTime: true, papers: expect.any(Array) },
      lostByWaiting: { zh: expect.stringContaining('不能再申请仲裁审查') },
    });
    expect(named(items, 'judicialConfirmation')).toMatchObject({ legalRef: 'JC-01', inTime: true });
    const confirm = (agreedBy: string[]) =>
      act(operator, caseNo, 'judicialConfirmation.applyJointly', { appliedOn: today(), agreedBy });
    await nothingChanges(caseNo, async () =>
      expectProblem(await confirm(['w1']), 409, 'both-sides-needed', '/agreedBy'),
    );
    expect((await confirm(['w1', 'r1'])).status).toBe(200);
    const jointly = { appliedOn: today(), agreedBy: ['w1', 'r1'] };
    const review = await act(operator, caseNo, 'arbitrationReview.applyJointly', { ...jointly, ...reviewPapers });
    expectProblem(review, 409, 'route-taken');
    expect(named((await remedies(caseNo)).items, 'judicialConfirmation')).toBeUndefined();
  });

  it('NEG-09 LIM-01 PO-15 PO-17 after a mediation that failed: arbitration within the limitation, an order for the wages and its fee, a suit on the IOU', async () => {
    const caseNo = await mediating({
      facts: { relation: 'labour', knownOn: inDays(-30), drivers: 'lorry', employerSize: 'hundredOrMore' },
      workers: [{ ...theWorker, claims: [{ kind: 'pay', subject: 'wages', amount: 12_000.5, wageIou: true }] }],
    });
    await done(mediator, caseNo, 'mediation.fail', { reason: '分歧太大' });
    await atStage(caseNo, 'followUp');
    const { items, services } = await remedies(caseNo, inDays(10));
    // What the district offers beside, with the measure of its document.
    expect(services.map(({ article }: { article: string }) => article.split(' ').at(-1))).toEqual([
      ...['二（二）3', '二（三）6', '二（二）4'],
    ]);
    expect(services[1].service.zh).toBe('24H“两司”群体综合服务平台');
    expect(named(items, 'arbitration')).toMatchObject({ legalRef: 'NEG-09', inTime: true });
    expect(named(items, 'arbitration')).toHaveProperty('lastDay');
    expect(named(items, 'paymentOrder')).toMatchObject({ legalRef: 'PO-02', deadlineId: 'none', inTime: true });
    // A third of 50 + 2.5 % of 2 000.50, in yuan.
    expect(named(items, 'paymentOrder')).toMatchObject({
      fee: { legalRef: 'PO-15', article: expect.stringContaining('第十四条'), amount: 33.34, suitAmount: 10 },
    });
    expect(named(items, 'suit')).toMatchObject({ legalRef: 'PO-17', deadlineId: 'none' });
    const { items: later } = await remedies(caseNo, inDays(800));
    expect(named(later, 'arbitration')).toMatchObject({ inTime: false });
  });

  it('is refused for a day that is over or is none, and to strangers', async () => {
    const caseNo = await mediating();
    const ask = (query: string, by = operator) => hejie().get(by, `/v1/cases/${caseNo}/remedies${query}`);
    for (const query of ['?if=tomorrow', '?if=waitUntil:2026-02-30', `?if=waitUntil:${inDays(-1)}`])
      expectProblem(await ask(query), 422, 'bad-input', '/if');
    expectProblem(await ask('?until=2030-01-01'), 422, 'bad-input');
    expectProblem(await ask('', stranger), 404, 'not-found');
    expect((await act(operator, caseNo, 'mediation.withdraw', { reason: '撤回' })).status).toBe(200);
  });
});
