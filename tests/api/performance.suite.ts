import { expect, it } from 'vitest';
import {
  act,
  agreed,
  atStage,
  done,
  expectProblem,
  find,
  items,
  mediator,
  nothingChanges,
  operator,
  settled,
  today,
  union,
  worker,
} from './stage.ts';

const timeline = async (caseNo: string, type: string) =>
  (await items(`/v1/cases/${caseNo}/timeline`)).filter((event: { type: string }) => event.type === type);

it('NEG-06 an instalment paid twice counts once: the same request again, and the same receipt under another key', async () => {
  const caseNo = await settled();
  const paid = { instalment: 'o1.1', amount: 400, paidOn: today(), evidence: true, ref: 'T-7' };
  const once = await act(operator, caseNo, 'settlementPerformance.recordPayment', paid, { key: 'paid-once-7' });
  expect(once.status).toBe(200);
  await nothingChanges(caseNo, async () => {
    const again = await act(operator, caseNo, 'settlementPerformance.recordPayment', paid, { key: 'paid-once-7' });
    expect(again.status).toBe(200);
    const answer = await act(operator, caseNo, 'settlementPerformance.recordPayment', paid);
    expectProblem(answer, 409, 'payment-already-recorded', '/ref');
  });
  expect((await find(caseNo)).procedure.payments).toMatchObject([{ ref: 'T-7', amount: 400 }]);
});

it('POL-01 the ability to perform is assessed by rule, with the breaches of before that the record knows of the same name', async () => {
  const named = (name: string) => ({ respondents: [{ name }] });
  const facts = { debtor: 'r1', assets: 'coverOwed', arrears: [], operation: 'normal', industry: 'construction' };
  const before = await agreed({}, named('测试履约（上海）有限公司'));
  await done(union, before, 'agreementPerformance.assessAbility', facts);
  expect((await find(before)).abilities).toEqual({ r1: 'able' });
  const breach = { instalment: 'o1.1', ground: 'refusesToPerform', reason: '拒不履行' };
  await done(worker, before, 'agreementPerformance.reportBreach', breach);
  await atStage(before, 'followUp');

  // The same name in other letters and brackets.
  const caseNo = await agreed({}, named('测试履约(上海) 有限公司'));
  await nothingChanges(caseNo, async () => {
    const typed = { ...facts, pastBreaches: 0 };
    expectProblem(await act(union, caseNo, 'agreementPerformance.assessAbility', typed), 422, 'bad-input');
    expectProblem(await act(worker, caseNo, 'agreementPerformance.assessAbility', facts), 403, 'not-allowed');
  });
  await done(mediator, caseNo, 'agreementPerformance.assessAbility', facts);
  expect((await find(caseNo)).abilities).toEqual({ r1: 'doubtful' });
  const [assessed] = await timeline(caseNo, 'agreementPerformance.abilityAssessed');
  expect(assessed).toMatchObject({ article: '人社部发〔2022〕71号 第十二条', detail: { pastBreaches: 1 } });
  const [decision] = (await items(`/v1/cases/${caseNo}/decisions`)).filter(
    ({ point }: { point: string }) => point === 'performance.ability',
  );
  expect(decision).toMatchObject({ outcome: { ability: 'doubtful' }, facts: { pastBreaches: 'one' } });
  expect(JSON.stringify(assessed)).not.toContain('测试履约');
});
