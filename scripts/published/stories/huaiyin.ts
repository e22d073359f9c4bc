import { sumOf } from '../case-file.ts';
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
} from '../story.ts';

const NAME = 'huaiyin';
const worker = { party: account(NAME, 'w1') };
const boss = { party: account(NAME, 'r1') };

/** 04: people's mediation, confirmed by the court, not performed: the remedy is enforcement. */
export const huaiyin: Story = {
  file: '04-huaiyin-9-confirmed-unperformed-enforced',
  title: {
    zh: '淮安淮阴：9 名工人的调解协议经司法确认后未履行',
    en: "Huaiyin, Huai'an: nine workers' agreement, confirmed by the court, is not performed",
  },
  shows: {
    zh: '每一次沉默都有法律后果：不回应即视为不愿协商；确认过的协议到期不付，系统指明申请强制执行。',
    en: 'every silence has its consequence: no answer counts as no; a confirmed agreement that is not paid leads to enforcement.',
  },
  registration: (file) => ({
    region: REGION,
    channel: 'window',
    requestedRoute: 'negotiation',
    workers: workersOf(NAME, file, {
      first: '管某',
      others: '工人',
      groups: ['migrantWorker', 'overAge'],
      claims: [{ kind: 'pay', subject: 'wages', text: '2019年工程工资' }],
    }),
    respondents: respondentsOf(NAME, [
      { name: '陈某', kind: 'individual' },
      { name: '费某', kind: 'individual' },
    ]),
    facts: { relation: 'labour', overAge: true, overAgeMatter: true, employed: false },
    reason: '承包工程的工资4万多元，年底完工后没有给付。',
  }),
  async play(stage, file) {
    const half = sumOf(file) / 2;
    const today = () => stage.today();
    stage.says(
      'source',
      '9名农民工（多数60岁以上）向陈某、费某索要工资未果。',
      'nine workers, most over sixty, ask Chen and Fei for their wages, in vain.',
    );
    stage.says(
      'look',
      '超龄劳动者的劳动报酬争议可以受理（人社部令第56号 第十九条）；受理依据见上。',
      'Pay disputes of workers over retirement age are taken too (Order 56, article 19); see the article above.',
    );
    await stage.act(worker, 'negotiation.serveRequest', { servedOn: today(), method: 'hand' });
    stage.says('look', '▼ 对方不回应，没有人操作。', '▼ The other side says nothing, and nobody does anything.');
    await stage.until('mediation.opened', 15);
    stage.says(
      'source',
      '双方在淮阴区人民调解委员会达成协议，约定10月1日前给付。',
      "before the people's mediation committee both agree: to be paid before 1 October.",
    );
    await stage.act(worker, 'mediation.apply', { receivedOn: today(), form: 'oral' });
    await stage.act(boss, 'mediation.consent', { party: 'r1', willing: true });
    await mediate(stage, {
      session: 'onSite',
      workers: workerIds(file),
      respondents: ['r1', 'r2'],
      requests: '支付工资',
      result: '约定期限前付清',
      obligations: ['r1', 'r2'].map((debtor) => ({
        debtor,
        creditor: 'w1',
        amount: half,
        what: '工资',
        instalments: [{ amount: half, daysAfterEffect: 9 }],
      })),
      says: () =>
        stage.says(
          'filledIn',
          '调解日期、每人金额未载：4 万元由两人各半，签订后第 9 日到期，由代表管某（w1）代收。',
          'day and shares are not given: 40,000 in two halves, due after 9 days, received by the representative w1.',
        ),
    });
    await stage.until('agreementPerformance.opened', 5);
    await stage.act('mediator', 'agreementPerformance.serveNotice', { servedOn: today() });
    stage.says('source', '淮阴法院司法确认。', 'the Huaiyin court confirms the agreement.');
    await confirmInCourt(stage, [...workerIds(file), 'r1', 'r2']);
    stage.says('source', '对方一直没有履行。', 'nothing is paid.');
    stage.says(
      'look',
      '▼ 期限临近有提醒，到期仍然没有人付款。',
      '▼ There are reminders; the day comes, and nobody pays.',
    );
    await stage.until('agreementPerformance.ended', 25);
    const ended = stage.find('agreementPerformance.ended');
    const remedy = ended?.detail.remedy as { zh: string; en: string } | undefined;
    if (remedy) stage.says('look', `▲ 系统告知双方：${remedy.zh}`, `▲ Both sides are told: ${remedy.en}`);
    stage.says(
      'source',
      '9人11月中旬申请强制执行；12月28日工资款全部到位。',
      'mid-November they apply for enforcement; on 28 December all of it has been paid out.',
    );
    await followUp(stage, { paidInFull: true, note: '原文：12月28日工资款发到9人手中' });
  },
  published: {
    outcome: { zh: '申请强制执行，4 万多元工资款全部到位', en: 'enforcement; some 40,000 yuan of wages all paid' },
    path: [
      ['intake', 'routed', 'rules'],
      ['negotiation', 'noResponse', 'source'],
      ['mediation', 'agreement', 'source'],
      ['judicialConfirmation', 'confirmed', 'source'],
      ['agreementPerformance', 'breached', 'source'],
      ['followUp', 'archived', 'rules'],
    ],
    remedy: '强制执行',
  },
};
