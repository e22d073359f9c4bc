import { amountOf } from '../case-file.ts';
import {
  account,
  confirmInCourt,
  followUp,
  mediate,
  REGION,
  respondentsOf,
  type Story,
  workerIds,
  workersOf,
  yuan,
} from '../story.ts';

const NAME = 'longgang';
const courier = { party: account(NAME, 'w1') };
const principal = { party: account(NAME, 'r1') };
const contractorA = { party: account(NAME, 'r2') };

/** Those whom the rules call in for a case by petition. */
const offices = ['politicsAndLaw', 'operator', 'justice', 'court', 'union', 'employersOrganisation', 'petitionOffice'];

/** 02: couriers without an employment; three payers, one of them pays for another; confirmed by the court. */
export const longgang: Story = {
  file: '02-longgang-20-couriers',
  title: {
    zh: '深圳龙岗：20 名快递员与快递公司、两家承包商',
    en: 'Longgang, Shenzhen: twenty couriers, the courier company and two contractors',
  },
  shows: {
    zh: '没有劳动关系的新就业形态：不走仲裁，走一站式调解和司法确认；三个付款人各有各的期限。',
    en: 'platform work without employment: no arbitration, but one-stop mediation and the court; three payers, each with days of its own.',
  },
  registration: (file) => ({
    region: REGION,
    channel: 'petition',
    workers: workersOf(NAME, file, {
      first: '黄某',
      others: '快递员',
      groups: ['newEmploymentForm', 'collective'],
      claims: [{ kind: 'pay', subject: 'serviceFee', text: '2024年8月至10月间的报酬' }],
    }),
    respondents: respondentsOf(NAME, [
      { name: '某快递公司', kind: 'platform' },
      { name: '承包商A公司', kind: 'contractor' },
      { name: '承包商B公司', kind: 'contractor' },
    ]),
    facts: { relation: 'newEmploymentForm', employed: false },
    reason: '站点承包商经营不善，转让站点后欠付快递员报酬。',
  }),
  async play(stage, file) {
    const [advanced, ownOfA, ownOfB] = [amountOf(file, 0), amountOf(file, 1), amountOf(file, 2)];
    const first = Math.round((advanced / 2) * 100) / 100;
    const second = Math.round((advanced - first) * 100) / 100;
    const today = () => stage.today();
    stage.says(
      'source',
      '2024年12月，15名快递员（后为20名）反映被欠报酬；A转让站点、B不认前账。',
      'December 2024: fifteen couriers (later twenty) report unpaid work; A has handed the station on, B owns up to nothing.',
    );
    stage.says(
      'look',
      '▼ 十人以上同一请求、经信访提出：按规则列为重大争议，应急联合调处在案件旁边进行。',
      '▼ More than ten with one claim, by petition: by the rules a major dispute, answered beside the case.',
    );
    await stage.act('operator', 'emergencyResponse.assemble', { members: offices });
    await stage.act('operator', 'emergencyResponse.plan', { summary: '到场了解情况，查明站点转让和欠款' });
    await stage.act(courier, 'mediation.apply', { receivedOn: today(), form: 'oral' });
    await stage.act(principal, 'mediation.consent', { party: 'r1', willing: true });
    stage.says(
      'source',
      '人社局、街道人民调解委员会和法院联合调解，找到上游快递公司垫付。',
      'the labour bureau, the street committee and the court mediate together; the company upstream pays for A.',
    );
    await stage.act('operator', 'emergencyResponse.report', { situation: 'easing', summary: '上游公司同意垫付' });
    await stage.act('operator', 'emergencyResponse.standDown', { reason: '各方愿意调解' });
    await mediate(stage, {
      session: 'onSite',
      workers: workerIds(file),
      respondents: ['r1', 'r2', 'r3'],
      requests: '支付报酬',
      result: '快递公司分两期代A垫付，A、B各付一部分',
      obligations: [
        {
          debtor: 'r1',
          creditor: 'w1',
          amount: advanced,
          what: '代承包商A垫付',
          instalments: [
            { amount: first, daysAfterEffect: 10 },
            { amount: second, daysAfterEffect: 20 },
          ],
        },
        {
          debtor: 'r2',
          creditor: 'w1',
          amount: ownOfA,
          what: '报酬',
          instalments: [{ amount: ownOfA, daysAfterEffect: 25 }],
        },
        {
          debtor: 'r3',
          creditor: 'w1',
          amount: ownOfB,
          what: '2024年11月费用',
          instalments: [{ amount: ownOfB, daysAfterEffect: 15 }],
        },
      ],
      says: () => {
        stage.says(
          'source',
          `快递公司分两期垫付 ${yuan(advanced)} 元，A 付 ${yuan(ownOfA)} 元，B 付 ${yuan(ownOfB)} 元。`,
          `the company advances ${yuan(advanced)} yuan in two instalments, A pays ${yuan(ownOfA)}, B pays ${yuan(ownOfB)}.`,
        );
        stage.says(
          'filledIn',
          '每期金额、各付款日、每人金额未载：两期各半，第 10、20 日；B 第 15 日，A 第 25 日；由代表黄某（w1）代收。',
          'amounts of each part, days and shares: halves after 10 and 20 days, B after 15, A after 25; the representative w1 receives.',
        );
      },
    });
    await stage.until('agreementPerformance.opened', 5);
    await stage.act('mediator', 'agreementPerformance.serveNotice', { servedOn: today() });
    stage.says('source', '龙岗区法院司法确认。', 'the Longgang court confirms the agreement.');
    await confirmInCourt(stage, [...workerIds(file), 'r1', 'r2', 'r3']);
    stage.says(
      'filledIn',
      '是否付清原文未载；这里按期付清。A 的付款有凭证而无人确认，五日后视为已付。',
      'whether it was paid is not said; here it is. Nobody confirms what A paid, but there is proof: after five days it counts as paid.',
    );
    const pay = (voice: Parameters<typeof stage.act>[0], instalment: string, amount: number) =>
      stage.act(voice, 'agreementPerformance.recordPayment', { instalment, amount, paidOn: today(), evidence: true });
    await pay(contractorA, 'o2.1', ownOfA);
    await pay(courier, 'o1.1', first);
    await pay(courier, 'o3.1', ownOfB);
    await pay(courier, 'o1.2', second);
    stage.says('look', '▼ 只等最后一笔的确认期。', '▼ Only the last payment waits for its confirmation.');
    await stage.until('agreementPerformance.ended', 15);
    await followUp(stage, { paidInFull: true, note: '补充：回访 a return visit, filled in' });
  },
  published: {
    outcome: { zh: '调解协议经区法院司法确认', en: 'the agreement is confirmed by the district court' },
    path: [
      ['intake', 'routed', 'rules'],
      ['mediation', 'agreement', 'source'],
      ['judicialConfirmation', 'confirmed', 'source'],
      ['agreementPerformance', 'performed', 'rules'],
      ['followUp', 'archived', 'rules'],
    ],
  },
};
