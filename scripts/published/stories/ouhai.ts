import { account, agree, followUp, mediate, pay, REGION, respondentsOf, type Story, workersOf } from '../story.ts';

const NAME = 'ouhai';
/** 截至2023年5月的4个月工资，共89743.75元; each one's share is not told, so they are as even as fen allow. */
const SHARE = 7_478.64;
const YOUNGER = ['w1', 'w2'];
const OVER_AGE = ['w3', 'w4', 'w5', 'w6', 'w7', 'w8', 'w9', 'w10', 'w11', 'w12'];

const terms = (workers: string[]) => ({
  workers,
  respondents: ['r1'],
  requests: '支付四个月工资',
  result: '派遣单位按期付清',
  obligations: workers.map((creditor) => ({
    ...{ debtor: 'r1', creditor, amount: SHARE, what: '工资' },
    instalments: [{ amount: SHARE, daysAfterEffect: 30 }],
  })),
});
const paid = (workers: string[]) => workers.map((_, index) => ({ instalment: `o${index + 1}.1`, amount: SHARE }));

/** 13: dispatched cleaners, ten of twelve over the age of retirement; two agree as workers, the ten in a case of their own. */
export const ouhai: Story = {
  file: '13-ouhai-12-dispatch-overage',
  title: {
    zh: '温州瓯海：12 名派遣保洁员，其中 10 人超龄，分案调解',
    en: 'Ouhai, Wenzhou: twelve dispatched cleaners, ten over age, mediated in two cases',
  },
  shows: {
    zh: '一案十二人：两人先签，十名超龄人员在关联案件中继续，各有各的路径。',
    en: 'twelve in one case: two sign first, the ten over age go on in a linked case of their own.',
  },
  registration: (file) => ({
    region: REGION,
    channel: 'petition',
    requestedRoute: 'mediation',
    workers: workersOf(NAME, file, {
      first: '胡某某',
      others: '保洁人员',
      groups: ['labourDispatch', 'collective'],
      claims: [{ kind: 'pay', subject: 'wages', amount: SHARE, text: '四个月工资' }],
    }),
    respondents: respondentsOf(NAME, [
      { name: '杭州某保洁公司', kind: 'dispatchFirm' },
      { name: '瓯海区某小区物业公司', kind: 'employer' },
    ]),
    // 超龄人员的劳动报酬自2026-07-01起也依调解仲裁法处理 (令第56号 第十九条); the source is older and sent the ten to court.
    facts: { relation: 'labour', overAge: true, overAgeMatter: true },
    reason: '物业未付服务费，保洁公司欠四个月工资。',
  }),
  async play(stage) {
    await stage.act('operator', 'mediation.apply', { receivedOn: stage.today(), form: 'written' });
    await stage.act({ party: account(NAME, 'r1') }, 'mediation.consent', { party: 'r1', willing: true });
    // 数小时三方调解; 协议金额、期限、付款人截断.
    await mediate(stage, { session: 'room', ...terms(YOUNGER) });
    const linked = await stage.linked();
    await linked.until('case.split', 10);
    await agree(linked, terms(OVER_AGE));
    await pay(stage, paid(YOUNGER));
    await pay(linked, paid(OVER_AGE));
    for (const one of [stage, linked]) await followUp(one, { paidInFull: true, note: '导语称圆满解决' });
  },
  published: {
    outcome: { zh: '数小时三方调解，圆满解决', en: 'settled in a few hours between the three sides' },
    path: [
      ['intake', 'routed', 'rules'],
      ['mediation', 'agreement', 'source'],
      ['agreementPerformance', 'performed', 'rules'],
      ['followUp', 'archived', 'rules'],
    ],
    alongside: [
      [
        ['mediation', 'agreement', 'source'],
        ['agreementPerformance', 'performed', 'rules'],
        ['followUp', 'archived', 'rules'],
      ],
    ],
    clocks: [{ id: 'agreementPerformance.instalment', subject: 'o2.1', length: '30 calendarDays', from: 'rules' }],
  },
};
