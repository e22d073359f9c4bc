import { sumOf } from '../case-file.ts';
import { today } from '../stage.ts';
import {
  account,
  agreeForCourt,
  confirmInCourt,
  followUp,
  pay,
  REGION,
  respondentsOf,
  type Story,
  workersOf,
} from '../story.ts';

const NAME = 'langya';

/** 15: a suit for the rest of a wage goes to the court's invited mediators first, and the agreement is confirmed. */
export const langya: Story = {
  file: '15-langya-1-judicial-confirmation',
  title: {
    zh: '滁州琅琊：瓦工起诉包工头，诉前调解后司法确认',
    en: 'Langya, Chuzhou: a bricklayer sues his contractor; mediation before the suit, and the court confirms',
  },
  shows: {
    zh: '劳务关系不能仲裁，由法院委派调解；三十日内调解，协议经司法确认。',
    en: 'a service relation is not for arbitration: the court delegates it; thirty days, and the court confirms.',
  },
  registeredBy: 'court',
  registration: (file) => ({
    region: REGION,
    channel: 'court',
    referral: { by: 'court', kind: 'delegated', receivedOn: today(), ref: 'LY-1' },
    workers: workersOf(NAME, file, {
      first: '黄某某',
      others: '瓦工',
      groups: ['migrantWorker'],
      claims: [{ kind: 'pay', subject: 'serviceFee', amount: sumOf(file), text: '结算后未付的余款' }],
    }),
    respondents: respondentsOf(NAME, [{ name: '杨某某', kind: 'individual' }]),
    facts: { relation: 'service' },
    reason: '日工170元，结算后已付15000元，余3090元多次催要未付。',
  }),
  async play(stage, file) {
    const amount = sumOf(file);
    await agreeForCourt(stage, {
      other: { party: account(NAME, 'r1') },
      requests: '支付余款',
      result: '9月1日前一次付清',
      // 7月28日调成，9月1日前付清: thirty-five days.
      obligations: [
        { debtor: 'r1', creditor: 'w1', amount, what: '余款', instalments: [{ amount, daysAfterEffect: 35 }] },
      ],
    });
    await stage.until('agreementPerformance.opened', 5);
    await confirmInCourt(stage, ['w1', 'r1']);
    // 9月1日是否付清未载.
    await pay(stage, [{ instalment: 'o1.1', amount }]);
    await followUp(stage, { paidInFull: true, note: '补充：按期付清 paid in time, filled in' });
  },
  published: {
    outcome: { zh: '司法确认裁定作出，协议有效', en: 'the court confirms the agreement' },
    path: [
      ['intake', 'routed', 'rules'],
      ['preLitigationMediation', 'agreement', 'source'],
      ['judicialConfirmation', 'confirmed', 'source'],
      ['agreementPerformance', 'performed', 'rules'],
      ['followUp', 'archived', 'rules'],
    ],
    clocks: [
      { id: 'preLitigationMediation.delegated', length: '30 calendarDays', from: 'rules' },
      { id: 'agreementPerformance.instalment', subject: 'o1.1', length: '35 calendarDays', from: 'source' },
    ],
  },
};
