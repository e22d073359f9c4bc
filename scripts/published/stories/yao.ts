import { followUp, REGION, respondentsOf, type Story, workersOf } from '../story.ts';

const NAME = 'yao';

/** 18: a school and its teacher; the employer applies for arbitration, he claims against it, and both accept the award. */
export const yao: Story = {
  file: '18-school-yao-personnel',
  title: {
    zh: '北京：事业单位教师辞职违约金与档案转移，双方服从裁决',
    en: "Beijing: a school's penalty and a teacher's file; both accept the award",
  },
  shows: {
    zh: '人事争议由用人单位提出；裁决登记，双方各有十五日起诉期，均未起诉，裁决生效。',
    en: 'a personnel dispute brought by the employer; fifteen days to sue for each side, nobody does, the award is in force.',
  },
  registration: (file) => ({
    region: REGION,
    channel: 'window',
    requestedRoute: 'mediation',
    applicant: 'respondents',
    workers: workersOf(NAME, file, {
      first: '姚某',
      others: '教师',
      groups: ['publicInstitution'],
      claims: [
        { kind: 'contract', subject: 'contractPenalty', amount: 120_000, text: '学校请求支付违约金' },
        { kind: 'contract', subject: 'fileTransfer', text: '姚某反申请：办理档案转移手续' },
      ],
    }),
    respondents: respondentsOf(NAME, [{ name: '某大学附属中学', kind: 'employer' }]),
    facts: { relation: 'personnel', personnelKind: 'publicInstitution', negotiatedBefore: true },
    reason: '两次提出辞职，双方对服务期和违约金有争议。',
  }),
  async play(stage) {
    const on = stage.today();
    // 是否曾调解未载: it went to arbitration.
    await stage.act('operator', 'mediation.declineOffer');
    await stage.until('followUp.opened', 5);
    await stage.act('operator', 'case.recordArbitration', { party: 'r1', filedOn: on });
    await stage.until('arbitration.opened', 5);
    await stage.act('arbitrator', 'arbitration.recordDocketed', { on });
    await stage.act('arbitrator', 'arbitration.recordAward', {
      awardedOn: on,
      // 北京市2020年月最低工资标准.
      monthlyMinimumWage: 2_200,
      documents: [
        {
          stated: 'unstated',
          items: [
            { claim: 'c1', subject: 'contractPenalty', creditor: 'r1', amount: 80_000 },
            { claim: 'c2', subject: 'fileTransfer', creditor: 'w1' },
          ],
        },
      ],
    });
    for (const party of ['r1', 'w1'])
      await stage.act('arbitrator', 'arbitration.recordReceipt', { document: 'a1', party, receivedOn: on });
    await stage.until('arbitration.ended', 25);
    await followUp(stage, { note: '双方服裁息诉' });
  },
  published: {
    outcome: {
      zh: '裁决支付违约金8万元、十日内转移档案，双方服从',
      en: '80,000 of penalty, the file in ten days; both accept it',
    },
    path: [
      ['intake', 'routed', 'rules'],
      ['mediation', 'notApplied', 'rules'],
      ['followUp', 'archived', 'rules'],
      ['arbitration', 'inForce', 'source'],
    ],
    clocks: [
      { id: 'arbitration.suit', subject: 'a1:r1', length: '15 calendarDays', from: 'rules' },
      { id: 'arbitration.suit', subject: 'a1:w1', length: '15 calendarDays', from: 'rules' },
    ],
  },
};
