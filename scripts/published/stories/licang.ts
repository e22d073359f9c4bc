import { amountOf } from '../case-file.ts';
import { account, followUp, mediate, REGION, respondentsOf, type Story, workerIds, workersOf } from '../story.ts';

const NAME = 'licang';
const worker = { party: account(NAME, 'w1') };
const company = { party: account(NAME, 'r1') };

/** 06: a settlement that is paid in part. What is overdue goes to mediation with nobody touching it. */
export const licang: Story = {
  file: '06-licang-21-partial-settlement',
  title: {
    zh: '青岛李沧：21 名职工的和解协议只付了一部分',
    en: 'Licang, Qingdao: the settlement of 21 workers is paid only in part',
  },
  shows: {
    zh: '和解逾期，没有任何人操作，案件自动转入调解，并通知工会和双方。',
    en: 'a settlement goes overdue; nobody touches it; the case opens mediation by itself and tells the union and both sides.',
  },
  registration: (file) => ({
    region: REGION,
    channel: 'window',
    requestedRoute: 'negotiation',
    workers: workersOf(NAME, file, {
      first: '苗某',
      others: '职工',
      groups: ['collective'],
      claims: [
        { kind: 'pay', subject: 'economicCompensation', text: '经济补偿金等' },
        { kind: 'contract', subject: 'other', text: '协商解除劳动关系' },
      ],
    }),
    respondents: respondentsOf(NAME, [{ name: '某公司', kind: 'employer' }]),
    facts: { relation: 'labour', employed: false },
    reason: '公司与21名职工协商解除劳动关系，商定经济补偿金等。',
  }),
  async play(stage, file) {
    const paid = amountOf(file, 0);
    const rest = amountOf(file, 1);
    const today = () => stage.today();
    stage.says(
      'filledIn',
      '登记、送达、回应；原文从签订协议说起。',
      'registration, service and answer; the source begins with the signing.',
    );
    await stage.act('operator', 'negotiation.serveRequest', { servedOn: today(), method: 'meeting' });
    await stage.act(company, 'negotiation.respond', { willing: true, form: 'oral', party: 'r1' });
    await stage.act(worker, 'negotiation.inviteHelper', { kind: 'union', for: 'w1' });
    stage.says(
      'source',
      '2023年5月，公司与21名职工签订协商解除劳动关系协议，应付经济补偿金等共53万余元。',
      'May 2023: the company and 21 workers sign; some 530,000 yuan of compensation are to be paid.',
    );
    stage.says(
      'filledIn',
      '付款期限未载，取签订后第 3 日 33 万元、第 7 日 20 万元；每人金额未载，由推举的代表苗某（w1）代收（调解仲裁法 第七条）。',
      'the due days are not given: 330,000 after 3 days, 200,000 after 7; nor is each share, so the representative w1 receives (article 7).',
    );
    await stage.act('union', 'negotiation.settle', {
      signedOn: today(),
      agreedBy: [...workerIds(file), 'r1'],
      coveredWorkers: workerIds(file),
      content: { matter: '协商解除劳动关系', terms: '经济补偿金等分两期支付' },
      obligations: [
        {
          debtor: 'r1',
          creditor: 'w1',
          amount: paid + rest,
          what: '经济补偿金等',
          instalments: [
            { amount: paid, daysAfterEffect: 3 },
            { amount: rest, daysAfterEffect: 7 },
          ],
        },
      ],
    });
    await stage.until('settlementPerformance.opened', 5);
    stage.says('source', '公司已付33万余元。', 'the company pays some 330,000 yuan.');
    await stage.act(company, 'settlementPerformance.recordPayment', {
      instalment: 'o1.1',
      amount: paid,
      paidOn: today(),
      evidence: true,
    });
    await stage.act(worker, 'settlementPerformance.confirmPayment', { payment: 'p1' });
    stage.says('source', '余款未付。', 'the rest is not paid.');
    stage.says('look', '▼ 从这里起没有人操作，只有日子在走。', '▼ From here nobody does anything; only the days pass.');
    const opened = await stage.until('mediation.opened', 20);
    stage.says(
      'look',
      `▲ 第 ${stage.dayOf(opened)} 天：逾期当即转入调解，申请书已预填，工会和双方都收到了通知。`,
      `▲ Day ${stage.dayOf(opened)}: overdue, and in mediation at once; the application is prefilled, the union and both sides are told.`,
    );
    await stage.showMail('union@demo.example', '工会收到的邮件', 'The mail that the union got');
    stage.says(
      'source',
      '职工起诉到法院；公司希望分期，职工怕对方不认账。法院集体调解，立案当天调解结案。',
      'the workers sue; the company wants instalments, the workers doubt it. The court mediates for all at once, on the day of filing.',
    );
    stage.says(
      'look',
      '原文中职工只能起诉；这里调解已经开着，当天就谈。',
      'There the workers had to sue first; here mediation is open already, and they meet the same day.',
    );
    await stage.acts('mediation.consent', [
      { voice: worker, body: { party: 'w1', willing: true } },
      { voice: company, body: { party: 'r1', willing: true } },
    ]);
    await mediate(stage, {
      session: 'room',
      workers: workerIds(file),
      respondents: ['r1'],
      requests: '支付和解协议未付部分',
      result: '余款分两期付清',
      obligations: [
        {
          debtor: 'r1',
          creditor: 'w1',
          amount: rest,
          what: '经济补偿金等余款',
          instalments: [
            { amount: rest / 2, daysAfterEffect: 3 },
            { amount: rest / 2, daysAfterEffect: 6 },
          ],
        },
      ],
      says: () =>
        stage.says(
          'filledIn',
          '新的分期条款原文截断，取两期各半，第 3 日、第 6 日。',
          'the new terms are cut off in the source: two halves, after 3 and 6 days.',
        ),
    });
    await stage.until('agreementPerformance.opened', 5);
    stage.says(
      'look',
      '演示里一天只有一秒，24 次签名盖章也占去一两天；实际一个上午即可办完。',
      'A day is only a second here, so 24 signatures take a day or two; in earnest they are one morning.',
    );
    stage.says('filledIn', '其后是否付清原文未载；这里按期付清。', 'whether it was then paid is not said; here it is.');
    await stage.act('mediator', 'agreementPerformance.serveNotice', { servedOn: today() });
    for (const instalment of ['o1.1', 'o1.2']) {
      await stage.rest(1);
      await stage.act(worker, 'agreementPerformance.recordPayment', {
        instalment,
        amount: rest / 2,
        paidOn: today(),
        evidence: true,
      });
    }
    await followUp(stage, { paidInFull: true, note: '补充：回访 a return visit, filled in' });
  },
  published: {
    outcome: { zh: '立案当天调解结案', en: 'mediated and closed on the day of filing' },
    path: [
      ['intake', 'routed', 'rules'],
      ['negotiation', 'settled', 'source'],
      ['settlementPerformance', 'overdue', 'source'],
      ['mediation', 'agreement', 'source'],
      ['agreementPerformance', 'performed', 'rules'],
      ['followUp', 'archived', 'rules'],
    ],
  },
};
