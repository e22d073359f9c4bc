import { today } from '../stage.ts';
import { account, followUp, mediate, pay, REGION, respondentsOf, type Story, workersOf } from '../story.ts';

const NAME = 'shouguang';
/** 2024年10月至12月工资, as claimed. What was agreed is cut off in the source. */
const WAGES = 4_700;

/** 14: the commission cannot docket a streamer's case for want of evidence and suggests mediation; he gets his pay. */
export const shouguang: Story = {
  file: '14-shouguang-streamer-not-docketed',
  title: {
    zh: '山东寿光：网络主播仲裁未能当场立案，转一站式调解追回报酬',
    en: "Shouguang: the commission could not docket a streamer's case on the spot, and mediation recovers his pay",
  },
  shows: {
    zh: '仲裁委员会建议先行调解，双方同意后暂缓受理；答复期限五日。',
    en: 'the commission suggests mediation; with the consent of both it suspends acceptance; five days to answer.',
  },
  registeredBy: 'arbitrator',
  registration: (file) => ({
    region: REGION,
    channel: 'window',
    referral: { by: 'arbitration', kind: 'suggested', receivedOn: today(), ref: 'SG-1' },
    workers: workersOf(NAME, file, {
      first: '韩某',
      others: '主播',
      groups: ['newEmploymentForm'],
      claims: [
        { kind: 'pay', subject: 'wages', amount: WAGES, text: '2024年10月至12月工资' },
        { kind: 'pay', subject: 'doubleWage', amount: 4_700, text: '未签订劳动合同二倍工资差额' },
        { kind: 'pay', subject: 'economicCompensation', amount: 3_000, text: '辞退补偿' },
      ],
    }),
    respondents: respondentsOf(NAME, [{ name: '某文化传媒公司', kind: 'employer' }]),
    facts: { relation: 'labour' },
    reason: '没有签订书面合同，缺少劳动关系的初步证据。',
  }),
  async play(stage) {
    for (const party of ['w1', 'r1'])
      await stage.act({ party: account(NAME, party) }, 'mediation.consent', { party, willing: true });
    await mediate(stage, {
      session: 'phone',
      workers: ['w1'],
      respondents: ['r1'],
      requests: '工资、二倍工资差额、辞退补偿',
      result: '公司支付拖欠的报酬',
      obligations: [
        {
          ...{ debtor: 'r1', creditor: 'w1', amount: WAGES, what: '报酬' },
          instalments: [{ amount: WAGES, daysAfterEffect: 10 }],
        },
      ],
    });
    await pay(stage, [{ instalment: 'o1.1', amount: WAGES }]);
    await followUp(stage, { paidInFull: true, note: '导语称为韩某追回报酬' });
  },
  published: {
    outcome: { zh: '调解追回报酬', en: 'mediation recovers the pay' },
    path: [
      ['intake', 'routed', 'rules'],
      ['mediation', 'agreement', 'source'],
      ['agreementPerformance', 'performed', 'source'],
      ['followUp', 'archived', 'rules'],
    ],
    clocks: [
      { id: 'mediation.acceptance', length: '3 workingDays', from: 'rules' },
      { id: 'mediation.oneStop', length: '15 calendarDays', from: 'rules' },
    ],
  },
};
