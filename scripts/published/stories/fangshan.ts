import { sumOf } from '../case-file.ts';
import {
  account,
  confirmInCourt,
  followUp,
  mediate,
  pay,
  REGION,
  respondentsOf,
  type Story,
  workerIds,
  workersOf,
} from '../story.ts';

const NAME = 'fangshan';

/** 03: mediated in half a day, an obligation for each of twenty-one workers, and confirmed by the court on the spot. */
export const fangshan: Story = {
  file: '03-fangshan-21-one-stop',
  title: {
    zh: '北京房山：21 名职工当天调解、当场司法确认',
    en: 'Fangshan, Beijing: twenty-one workers mediate and are confirmed by the court on one day',
  },
  shows: {
    zh: '每人一项债务、分两期，全部写进一份协议；申请、受理、裁定在同一天。',
    en: 'an obligation in two parts for each worker in one agreement; applied for, docketed and confirmed on the same day.',
  },
  registration: (file) => ({
    region: REGION,
    channel: 'inspection',
    requestedRoute: 'mediation',
    workers: workersOf(NAME, file, {
      first: '张某某',
      others: '职工',
      groups: ['collective'],
      claims: [{ kind: 'pay', subject: 'wages', text: '2020年8月起未发的工资' }],
    }),
    respondents: respondentsOf(NAME, [{ name: '某电气科技发展公司', kind: 'employer' }]),
    facts: { relation: 'labour', employed: true },
    reason: '2020年8月起停发工资，21名职工向区人社局投诉。',
  }),
  async play(stage, file) {
    const workers = workerIds(file);
    const share = Math.floor(sumOf(file) / workers.length / 2);
    const halves = (worker: number) => [1, 2].map((part) => ({ instalment: `o${worker + 1}.${part}`, amount: share }));
    await stage.act('operator', 'mediation.apply', { receivedOn: stage.today(), form: 'written' });
    await stage.act({ party: account(NAME, 'r1') }, 'mediation.consent', { party: 'r1', willing: true });
    // 当天下午谈成分期付款；期数、日期、每人金额未载.
    await mediate(stage, {
      session: 'onSite',
      workers,
      respondents: ['r1'],
      requests: '支付拖欠的工资',
      result: '公司分期支付',
      obligations: workers.map((creditor) => ({
        ...{ debtor: 'r1', creditor, amount: share * 2, what: '工资' },
        instalments: [30, 60].map((daysAfterEffect) => ({ amount: share, daysAfterEffect })),
      })),
    });
    await stage.until('agreementPerformance.opened', 5);
    await confirmInCourt(stage, [...workers, 'r1']);
    await pay(
      stage,
      workers.flatMap((_, worker) => halves(worker)),
    );
    await followUp(stage, { paidInFull: true, note: '标题称职工领回260余万元' });
  },
  published: {
    outcome: {
      zh: '调解协议均获司法确认，职工领回工资',
      en: 'the agreements are confirmed; the workers get their wages',
    },
    path: [
      ['intake', 'routed', 'rules'],
      ['mediation', 'agreement', 'source'],
      ['judicialConfirmation', 'confirmed', 'source'],
      ['agreementPerformance', 'performed', 'source'],
      ['followUp', 'archived', 'rules'],
    ],
    clocks: [
      { id: 'agreementPerformance.instalment', subject: 'o21.2', length: '60 calendarDays', from: 'rules' },
      { id: 'judicialConfirmation.acceptance', length: '3 calendarDays', from: 'rules' },
      { id: 'judicialConfirmation.application', length: '30 calendarDays', from: 'rules' },
    ],
  },
};
