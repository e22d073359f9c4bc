import { account, followUp, orderIssued, REGION, respondentsOf, type Story, workersOf } from '../story.ts';

const NAME = 'jinshan';

/** 09: the inspectorate orders payment, the company does not pay, and the workers ask the court for an order. */
export const jinshan: Story = {
  file: '09-jinshan-13-payment-order',
  title: {
    zh: '上海金山：劳动监察责令后仍不付，13 名工人申请支付令',
    en: 'Jinshan, Shanghai: not paid although the inspectorate ordered it, thirteen workers ask for a payment order',
  },
  shows: {
    zh: '公司不愿调解，工人改走支付令；劳动保障部门申请的查封不妨碍。',
    en: 'the company will not mediate, the workers take the order; what was seized for the inspectorate does not hinder it.',
  },
  registration: (file) => {
    // 13.7 万余元，每人金额未载: as even shares as fen allow.
    const share = Math.floor(137_000_00 / file.workersCount) / 100;
    return {
      region: REGION,
      channel: 'inspection',
      requestedRoute: 'mediation',
      workers: workersOf(NAME, file, {
        first: '夏某某',
        others: '农民工',
        groups: ['migrantWorker', 'collective'],
        claims: [{ kind: 'pay', subject: 'wages', amount: share, text: '近一年工资' }],
      }),
      respondents: respondentsOf(NAME, [{ name: '某五金公司', kind: 'employer' }]),
      facts: { relation: 'labour', employed: true },
      reason: '劳动保障部门责令支付，公司始终没有支付。',
    };
  },
  async play(stage, file) {
    // The property was seized for the department, not for these creditors: no preservation of theirs stands in the way.
    await stage.act('operator', 'mediation.apply', { receivedOn: stage.today(), form: 'written' });
    await stage.act({ party: account(NAME, 'r1') }, 'mediation.consent', { party: 'r1', willing: false });
    await stage.until('followUp.opened', 5);
    await stage.act({ party: account(NAME, 'w1') }, 'followUp.choosePaymentOrder');
    const share = Math.floor(137_000_00 / file.workersCount) / 100;
    await orderIssued(stage, {
      amount: Math.round(share * 100 * file.workersCount) / 100,
      summary: '劳动保障部门已作出处理决定，公司欠薪事实清楚。',
    });
    await stage.until('paymentOrder.ended', 20);
    await stage.until('followUp.opened', 5);
    await followUp(stage, { note: '支付令生效，告知可以申请强制执行' });
  },
  published: {
    outcome: {
      zh: '支付令发出，公司十五日内可以提出异议',
      en: 'the order is issued; the company may object within fifteen days',
    },
    path: [
      ['intake', 'routed', 'rules'],
      ['mediation', 'refused', 'rules'],
      ['followUp', 'orderChosen', 'source'],
      ['paymentOrder', 'enforceable', 'rules'],
      ['followUp', 'archived', 'rules'],
    ],
    clocks: [
      { id: 'paymentOrder.issue', length: '15 calendarDays', from: 'rules' },
      { id: 'paymentOrder.objection', length: '15 calendarDays', from: 'source' },
    ],
  },
};
