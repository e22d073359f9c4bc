import { followUp, orderIssued, REGION, respondentsOf, type Story, workersOf } from '../story.ts';

const NAME = 'zengdu';
/** 六十余人共一百五十余万元; what the forty-nine are owed is not told. */
const SHARE = 25_000;

/** 08: the debt is admitted and the money is not there; wages without any agreement, so the order of 劳动合同法 第三十条. */
export const zengdu: Story = {
  file: '08-zengdu-49-payment-orders',
  title: {
    zh: '随州曾都：49 名农民工一日内拿到支付令',
    en: 'Zengdu, Suizhou: forty-nine migrant workers get their payment order within a day',
  },
  shows: {
    zh: '没有调解协议的欠薪：不愿再调解的，可以直接申请支付令；受理、发出、送达在同一天。',
    en: 'wages without an agreement: who wants no mediation may have an order; accepted, issued and served on one day.',
  },
  registration: (file) => ({
    region: REGION,
    channel: 'court',
    requestedRoute: 'mediation',
    workers: workersOf(NAME, file, {
      first: '农民工1',
      others: '农民工',
      groups: ['migrantWorker', 'collective'],
      claims: [{ kind: 'pay', subject: 'wages', amount: SHARE, text: '拖欠的工资' }],
    }),
    respondents: respondentsOf(NAME, [{ name: '随州某公司', kind: 'employer' }]),
    facts: { relation: 'labour', employed: true },
    reason: '公司承认欠款、愿意付，但周转不开。',
  }),
  async play(stage, file) {
    // 到立案庭要求立案，没有申请调解.
    await stage.act('operator', 'mediation.declineOffer');
    await stage.until('followUp.opened', 5);
    await stage.act('operator', 'followUp.choosePaymentOrder');
    await orderIssued(stage, {
      amount: SHARE * file.workersCount,
      summary: '公司负责人承认欠薪，表示无钱支付。',
    });
    // 此后是否异议、是否生效未载: nobody does anything for fifteen days.
    await stage.until('paymentOrder.ended', 20);
    await stage.until('followUp.opened', 5);
    await followUp(stage, { note: '支付令生效，告知可以申请强制执行' });
  },
  published: {
    outcome: { zh: '支付令发出并送达', en: 'the order is issued and served' },
    path: [
      ['intake', 'routed', 'rules'],
      ['mediation', 'notApplied', 'rules'],
      ['followUp', 'orderChosen', 'source'],
      ['paymentOrder', 'enforceable', 'rules'],
      ['followUp', 'archived', 'rules'],
    ],
    clocks: [
      { id: 'paymentOrder.acceptance', length: '5 calendarDays', from: 'rules' },
      { id: 'paymentOrder.objection', length: '15 calendarDays', from: 'source' },
      { id: 'enforcement.application', length: '2 years', from: 'rules' },
    ],
  },
};
