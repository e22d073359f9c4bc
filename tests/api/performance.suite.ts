import { expect, it } from 'vitest';
import {
  act,
  agreed,
  atStage,
  besideOpen,
  court,
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

it('JC-08 a ruling is changed for obligations that the agreement has, and not for all of them', async () => {
  const obligations = [1, 2].map((amount) => ({
    ...{ debtor: 'r1', creditor: 'w1', amount, instalments: [{ amount, daysAfterEffect: 30 }] },
  }));
  const caseNo = await agreed({ obligations });
  await done(operator, caseNo, 'judicialConfirmation.applyJointly', { appliedOn: today(), agreedBy: ['w1', 'r1'] });
  await besideOpen(caseNo);
  await done(court, caseNo, 'judicialConfirmation.accept', { acceptedOn: today() });
  await done(court, caseNo, 'judicialConfirmation.confirm');
  await done(court, caseNo, 'judicialConfirmation.object', { by: 'r1', filedOn: today(), reason: '有错误' });
  const change = (without: string[]) =>
    act(court, caseNo, 'judicialConfirmation.changeRuling', { objection: 'b1', without, reason: '部分成立' });
  await nothingChanges(caseNo, async () => {
    expectProblem(await change(['o9']), 422, 'unknown-obligation', '/without');
    expectProblem(await change(['o1', 'o2']), 422, 'nothing-confirmed', '/without');
  });
  expect((await change(['o2'])).status).toBe(200);
});

it('JC-02 JC-03 a joint application to the wrong court, or without a paper, is refused by name, and nothing changes', async () => {
  const caseNo = await agreed();
  const joint = { appliedOn: today(), agreedBy: ['w1', 'r1'] };
  const apply = (more: Record<string, unknown>) =>
    act(operator, caseNo, 'judicialConfirmation.applyJointly', { ...joint, ...more });
  await nothingChanges(caseNo, async () => {
    expectProblem(await apply({ court: 'inviting' }), 422, 'wrong-court', '/court');
    const answer = await apply({ papers: ['agreement', 'identity', 'contacts'] });
    expectProblem(answer, 422, 'paper-missing', '/papers');
    expect(answer.body.detail.zh).toContain('主持调解的证明');
  });
});
