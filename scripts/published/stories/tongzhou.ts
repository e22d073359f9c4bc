import { account, followUp, REGION, respondentsOf, type Story, workersOf } from '../story.ts';

const NAME = 'tongzhou';

/** 11: worked in one city, employed in another; both offices mediate, the wages are paid, the arbitration is withdrawn. */
export const tongzhou: Story = {
  file: '11-tongzhou-wuqing-cross-region',
  title: {
    zh: '通武廊：两地协同调解，劳动者拿到工资后撤回仲裁',
    en: 'Tongzhou and Wuqing: two cities mediate together; paid, the worker withdraws his arbitration',
  },
  shows: {
    zh: '两地一案，由一地主办；申请仲裁的同时调解，付清后撤回。',
    en: 'two regions on one case, led by one; mediation while arbitration is applied for; paid, it is withdrawn.',
  },
  registration: (file) => ({
    region: REGION,
    secondRegion: '120114',
    leadBy: REGION,
    leadReason: '演示辖区以秒计日，由其主办',
    channel: 'inspection',
    requestedRoute: 'mediation',
    workers: workersOf(NAME, file, {
      first: '刘某',
      others: '劳动者',
      groups: ['crossRegion'],
      claims: [{ kind: 'pay', subject: 'wages', text: '工资发放争议' }],
    }),
    respondents: respondentsOf(NAME, [{ name: '武清区某公司', kind: 'employer' }]),
    facts: { relation: 'labour', employed: true },
    reason: '受雇于武清的公司，被派到通州上班，因工资发生争议。',
  }),
  async play(stage) {
    const on = stage.today();
    await stage.act('operator', 'case.recordArbitration', { party: 'w1', filedOn: on });
    await stage.act('operator', 'mediation.apply', { receivedOn: on, form: 'oral' });
    await stage.act({ party: account(NAME, 'r1') }, 'mediation.consent', { party: 'r1', willing: true });
    await stage.act('mediator', 'mediation.accept', { acceptedOn: on });
    await stage.act('operator', 'mediation.assignMediator', { mediatorId: 'M-01' });
    await stage.act('mediator', 'mediation.holdSession', { heldOn: on, channel: 'phone' });
    // 是否签订书面调解协议未载: paid on the spot, nothing is left to agree on.
    await stage.act({ party: account(NAME, 'w1') }, 'mediation.withdraw', { reason: '已经拿到工资' });
    await stage.until('arbitration.opened', 5);
    await stage.act('arbitrator', 'arbitration.recordWithdrawal', { reason: '已经拿到工资' });
    await stage.until('arbitration.ended', 5);
    await followUp(stage, { paidInFull: true, note: '劳动者拿到报酬' });
  },
  published: {
    outcome: { zh: '劳动者拿到报酬，撤回仲裁申请', en: 'the worker is paid and withdraws the arbitration' },
    path: [
      ['intake', 'routed', 'rules'],
      ['mediation', 'withdrawn', 'rules'],
      ['followUp', 'archived', 'rules'],
      ['arbitration', 'withdrawn', 'source'],
    ],
  },
};
