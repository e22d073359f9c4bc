import { sumOf } from '../case-file.ts';
import { today } from '../stage.ts';
import { followUp, pay, REGION, respondentsOf, type Story, workerIds, workersOf } from '../story.ts';

const NAME = 'autoparts';
const REPRESENTATIVES = ['w1', 'w2', 'w3'];

/** 16: before the tribunal, 142 workers agree with their employer; the mediation document gives it a hundred days to pay. */
export const autoparts: Story = {
  file: '16-autoparts-142-arbitration-mediation',
  title: {
    zh: '汽车配件：142 名农民工仲裁立案后调解，145 万元百日内付清',
    en: 'Auto parts: 142 migrant workers agree before the tribunal on 1.45 million within a hundred days',
  },
  shows: {
    zh: '仲裁庭委托调解十个工作日；推举代表签署；调解书生效后 100 日内付清。',
    en: 'entrusted by the tribunal for ten working days; representatives sign; a hundred days to pay.',
  },
  registeredBy: 'arbitrator',
  registration: (file) => ({
    region: REGION,
    channel: 'window',
    referral: { by: 'arbitration', kind: 'entrusted', receivedOn: today(), consentedOn: today(), ref: 'ZC-142' },
    workers: workersOf(NAME, file, {
      first: '王某',
      others: '农民工',
      groups: ['migrantWorker', 'collective'],
      claims: [{ kind: 'pay', subject: 'wages', text: '拖欠的工资' }],
    }),
    respondents: respondentsOf(NAME, [{ name: '某汽车配件公司', kind: 'employer' }]),
    facts: { relation: 'labour' },
    reason: '停产欠薪，寄发解除通知而未提所欠工资。',
  }),
  async play(stage, file) {
    const workers = workerIds(file);
    const others = workers.filter((id) => !REPRESENTATIVES.includes(id));
    const applicants = [...REPRESENTATIVES, 'r1'];
    const amount = sumOf(file);
    const signedOn = stage.today();
    // 是否推举代表人未载; with ten or more they may (调解仲裁法 第七条), and each consents by name.
    await stage.act('operator', 'case.chooseRepresentatives', { representatives: REPRESENTATIVES, signedBy: workers });
    await stage.act('mediator', 'mediation.accept', { acceptedOn: signedOn });
    await stage.act('operator', 'mediation.assignMediator', { mediatorId: 'M-01' });
    await stage.act('mediator', 'mediation.holdSession', { heldOn: signedOn, channel: 'room' });
    await stage.act('mediator', 'mediation.draftAgreement', {
      coveredWorkers: workers,
      content: { requests: '支付拖欠的工资', result: '调解书生效后100日内付清', performanceManner: '一次付清 at once' },
      // 每人金额未载: received by the representative w1.
      obligations: [
        { debtor: 'r1', creditor: 'w1', amount, what: '工资', instalments: [{ amount, daysAfterEffect: 100 }] },
      ],
    });
    await stage.acts('mediation.sign', [
      { voice: 'mediator', body: { by: 'w1', signedOn, signsFor: others, consentedBy: others } },
      ...['w2', 'w3', 'r1', 'mediator'].map((by) => ({ voice: 'mediator' as const, body: { by, signedOn } })),
    ]);
    await stage.act('mediator', 'mediation.seal', { sealedOn: signedOn });
    await stage.until('agreementPerformance.opened', 5);
    // 当庭制作并送达调解书.
    await stage.act('arbitrator', 'arbitrationReview.applyJointly', {
      ...{ appliedOn: signedOn, agreedBy: applicants },
      papers: ['application', 'agreement', 'identity', 'qualification', 'related'],
      serviceAddresses: applicants.map((party) => ({ party, address: '登记地址 as registered', phone: '000' })),
    });
    await stage.until('arbitrationReview.opened', 5);
    await stage.act('arbitrator', 'arbitrationReview.accept', { acceptedOn: signedOn });
    await stage.act('arbitrator', 'arbitrationReview.issue');
    for (const party of applicants)
      await stage.act('arbitrator', 'arbitrationReview.recordReceipt', { party, receivedOn: signedOn });
    await stage.until('agreementPerformance.paperTaken', 5);
    // 100日内是否履行未载.
    await pay(stage, [{ instalment: 'o1.1', amount }]);
    await followUp(stage, { paidInFull: true, note: '补充：按期付清 paid in time, filled in' });
  },
  published: {
    outcome: { zh: '仲裁调解结案', en: 'closed by a mediation document of the commission' },
    path: [
      ['intake', 'routed', 'source'],
      ['mediation', 'agreement', 'source'],
      ['arbitrationReview', 'issued', 'source'],
      ['agreementPerformance', 'performed', 'rules'],
      ['followUp', 'archived', 'rules'],
    ],
    clocks: [
      { id: 'mediation.entrusted', length: '10 workingDays', from: 'rules' },
      { id: 'agreementPerformance.instalment', subject: 'o1.1', length: '100 calendarDays', from: 'source' },
    ],
  },
};
