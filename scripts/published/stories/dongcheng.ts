import type { CaseFile } from '../case-file.ts';
import { today } from '../stage.ts';
import {
  account,
  agreeForCourt,
  followUp,
  pay,
  REGION,
  type Registration,
  respondentsOf,
  type Story,
  workersOf,
} from '../story.ts';

const NAME = 'dongcheng';
/** 金额未载. */
const FEE = 1_000;

/** As a service relation, which is what the office found; since 2026-07-01 it would be asked about 令第56号 as well. */
const registration = (file: CaseFile): Registration => ({
  region: REGION,
  channel: 'window',
  workers: workersOf(NAME, file, {
    first: '张女士',
    others: '劳动者',
    groups: ['overAge'],
    claims: [{ kind: 'pay', subject: 'serviceFee', amount: FEE, text: '拖欠的劳务费' }],
  }),
  respondents: respondentsOf(NAME, [{ name: '某民办幼儿园', kind: 'employer' }]),
  facts: { relation: 'service' },
  reason: '年满六十返聘，劳务费被拖欠。',
});

/** 20: not for arbitration; the one-stop centre sends her to mediation before a suit. */
export const dongcheng: Story = {
  file: '20-dongcheng-overage-rerouted',
  title: {
    zh: '北京东城：返聘劳务费不属仲裁受理范围，转法院诉前调解',
    en: "Dongcheng, Beijing: a re-hired worker's fee is not for arbitration; the court's mediation settles it",
  },
  shows: {
    zh: '窗口不予受理并告知去处；法院委派后两周谈成。',
    en: 'the window turns her away and says where to go; delegated by the court, it is settled in two weeks.',
  },
  registeredBy: 'court',
  registration: (file) => ({
    ...registration(file),
    channel: 'court',
    referral: { by: 'court', kind: 'delegated', receivedOn: today(), ref: 'DC-1' },
  }),
  async play(stage, file) {
    const turnedAway = await stage.another(registration(file));
    await turnedAway.until('intake.ended', 5);
    await agreeForCourt(stage, {
      other: { party: account(NAME, 'r1') },
      requests: '支付劳务费',
      result: '园方支付劳务费',
      obligations: [
        {
          debtor: 'r1',
          creditor: 'w1',
          amount: FEE,
          what: '劳务费',
          instalments: [{ amount: FEE, daysAfterEffect: 10 }],
        },
      ],
    });
    // 是否司法确认、是否履行未载.
    await pay(stage, [{ instalment: 'o1.1', amount: FEE }]);
    await followUp(stage, { paidInFull: true, note: '补充：按期付清 paid in time, filled in' });
  },
  published: {
    outcome: { zh: '两周联合调解后达成一致', en: 'agreed after two weeks of joint mediation' },
    path: [
      ['intake', 'routed', 'source'],
      ['preLitigationMediation', 'agreement', 'source'],
      ['agreementPerformance', 'performed', 'rules'],
      ['followUp', 'archived', 'rules'],
    ],
    alongside: [[['intake', 'notAdmissible', 'source']]],
    clocks: [{ id: 'preLitigationMediation.delegated', length: '30 calendarDays', from: 'rules' }],
  },
};
