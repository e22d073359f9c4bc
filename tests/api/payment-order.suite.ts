import { expect, it } from 'vitest';
import { readCaughtMail } from '../../temporal-config/mail-catcher.ts';
import { eventually, type Person } from '../support/app.ts';
import { paperSays } from './paper.ts';
import {
  act,
  atStage,
  court,
  done,
  employer,
  expectProblem,
  find,
  hejie,
  inDays,
  items,
  mediating,
  mediator,
  nothingChanges,
  operator,
  terms,
  today,
  worker,
} from './stage.ts';

const application = (more: Record<string, unknown> = {}) => ({
  ...{ appliedOn: today(), amount: 12_000.5, summary: '拖欠三个月工资', evidence: ['payslip'] },
  ...{ debtorCanBeServed: true, noOtherDebts: true, debtorInCountry: true, noCounterPerformance: true },
  ...{ noPreservation: true, courtOfDebtor: true, ...more },
});

it('PO-02 wages, mediation fails: the worker chooses a payment order, the court issues it, the employer pays', async () => {
  const caseNo = await mediating();
  await done(mediator, caseNo, 'mediation.fail', { reason: '分歧太大' });
  await atStage(caseNo, 'followUp');
  expectProblem(await act(employer, caseNo, 'followUp.choosePaymentOrder'), 403, 'not-allowed');
  await done(worker, caseNo, 'followUp.choosePaymentOrder');
  const offered = await atStage(caseNo, 'paymentOrder');
  expect(offered.procedure).toMatchObject({ stage: 'confirming', route: 'B', owed: 12_000.5 });

  const refused = async (
    name: string,
    by: Person,
    body: unknown,
    code: Parameters<typeof expectProblem>[2],
    field?: string,
  ) =>
    nothingChanges(caseNo, async () => {
      const answer = await act(by, caseNo, `paymentOrder.${name}`, body);
      expectProblem(answer, answer.status, code, field);
    });
  await refused('apply', worker, application({ amount: 12_000.51 }), 'more-than-owed', '/amount');
  await refused('apply', worker, application({ noOtherDebts: false }), 'order-not-available', '/noOtherDebts');
  await refused('apply', worker, application({ appliedOn: inDays(1) }), 'day-in-the-future', '/appliedOn');
  await refused('apply', worker, application({ evidence: [] }), 'bad-input', '/evidence');
  await refused('apply', employer, application(), 'not-allowed');
  await refused('accept', court, { on: today() }, 'act-not-open');
  await done(worker, caseNo, 'paymentOrder.apply', application());
  await refused('accept', operator, { on: today() }, 'not-allowed');
  await done(court, caseNo, 'paymentOrder.accept', { on: today() });
  await done(court, caseNo, 'paymentOrder.issue', { on: today() });
  await done(court, caseNo, 'paymentOrder.recordService', { on: today() });
  const withdrawal = { ground: 'withdrawnBeforeReceipt', reason: '撤回' };
  await refused('terminate', court, withdrawal, 'order-received', '/ground');
  const part = { party: 'r1', filedOn: today(), form: 'written', ground: 'disputesPart' };
  await refused('object', employer, part, 'disputed-part', '/disputedAmount');
  await refused('object', court, { ...part, party: 'w1', disputedAmount: 10 }, 'wrong-side', '/party');
  await refused('object', employer, { ...part, disputedAmount: -1 }, 'bad-input', '/disputedAmount');
  const oral = await done(employer, caseNo, 'paymentOrder.object', { ...part, ground: 'unableToPay', form: 'oral' });
  expect(oral.body.result.stage).toBe('awaitingPayment');

  // ENF-01, PO-06: every date that binds is there with its article, before the money is.
  const deadlines = await items(`/v1/cases/${caseNo}/deadlines`, employer);
  expect(deadlines.find(({ id }: { id: string }) => id === 'paymentOrder.objection')).toMatchObject({
    ...{ legalRef: 'PO-06', article: '民事诉讼法 第二百二十七条第二款' },
  });
  const pay = (amount: number, ref: string) => ({ amount, paidOn: today(), ref });
  await done(operator, caseNo, 'paymentOrder.recordPayment', pay(2000, 'T-1'));
  await refused('recordPayment', operator, pay(2000, 'T-1'), 'payment-already-recorded', '/ref');
  await refused('recordPayment', operator, pay(10_000.51, 'T-2'), 'overpayment', '/amount');
  await done(operator, caseNo, 'paymentOrder.recordPayment', pay(10_000.5, 'T-2'));
  await atStage(caseNo, 'followUp');
  const ended = (await items(`/v1/cases/${caseNo}/timeline`)).find(
    ({ type }: { type: string }) => type === 'paymentOrder.ended',
  );
  expect(ended).toMatchObject({ legalRef: 'PO-06', detail: { outcome: 'paid', next: 'followUp' } });
});

it('PO-01 PO-15 a day in seconds: the agreement is breached, both are told every way that is open and what it costs, the order is offered by itself', async () => {
  const demo: Person = { subject: 'window-demo', role: 'operator', region: '990000' };
  const of = { region: '990000', requestedRoute: 'mediation' };
  const { body } = await hejie().post(demo, '/v1/cases', {
    ...of,
    workers: [{ name: '甲', email: 'jia@example.org', claims: [{ kind: 'pay', subject: 'wages', amount: 1000 }] }],
    respondents: [{ name: '乙' }],
  });
  const caseNo: string = body.id;
  await done(demo, caseNo, 'mediation.apply', { receivedOn: today(), form: 'oral' });
  await done(demo, caseNo, 'mediation.consent', { party: 'r1', willing: true });
  await done(demo, caseNo, 'mediation.accept', { acceptedOn: today() });
  await done(demo, caseNo, 'mediation.assignMediator', { mediatorId: 'M-1' });
  const obligations = [
    { debtor: 'r1', creditor: 'w1', amount: 1000, instalments: [{ amount: 1000, daysAfterEffect: 1 }] },
  ];
  await done(demo, caseNo, 'mediation.draftAgreement', terms({ obligations }));
  for (const by of ['w1', 'r1', 'mediator']) await done(demo, caseNo, 'mediation.sign', { by, signedOn: today() });
  await done(demo, caseNo, 'mediation.seal', { sealedOn: today() });
  const offered = await expect
    .poll(async () => (await hejie().get(demo, `/v1/cases/${caseNo}`)).body.stage, { timeout: 30_000 })
    .toBe('paymentOrder')
    .then(() => find(caseNo, demo));
  expect(offered.procedure).toMatchObject({ route: 'A', owed: 1000 });
  const ended = (await items(`/v1/cases/${caseNo}/timeline`, demo)).find(
    ({ type }: { type: string }) => type === 'agreementPerformance.ended',
  );
  const open = ended.detail.remedies.map(({ remedy }: { remedy: string }) => remedy);
  const jointly = ['arbitrationReview', 'judicialConfirmation'];
  expect(open.sort()).toEqual(['arbitration', ...jointly, 'paymentOrder', 'suitOnAgreement'].sort());
  const decided = await items(`/v1/cases/${caseNo}/decisions`, demo);
  expect(decided.filter(({ point }: { point: string }) => point === 'case.remedies')).toHaveLength(1);
  const mail = await eventually('the mail to the worker', async () =>
    (await readCaughtMail(hejie().servers.dataDir)).find(
      ({ subject, text }) => subject.includes(caseNo) && text.includes('现在可以采取的途径'),
    ),
  );
  for (const words of ['可以持调解协议书申请支付令（劳动争议调解仲裁法 第十六条）', '材料：', '等待的后果：', '16.67'])
    expect(mail.text).toContain(words);
  const paper = {
    kind: 'paymentOrderApplication',
    court: '测试区人民法院',
    facts: '到期未付',
    evidence: ['mediationAgreement'],
  };
  const { text } = await paperSays(demo, caseNo, paper);
  for (const words of ['调解协议', '1000', '第十六条']) expect(text).toContain(words);
  const answer = await act(demo, caseNo, 'paymentOrder.apply', application({ amount: 1000 }));
  expectProblem(answer, 422, 'evidence-missing', '/evidence');
  expect(answer.body.source).toBe('劳动争议调解仲裁法 第十六条');
});
