import { followUp, REGION, respondentsOf, type Story, workersOf } from '../story.ts';

const NAME = 'tangshan';

/** 22: the commission does not take the case; with the union's lawyer the workers sue, and the court gives them all of it. */
export const tangshan: Story = {
  file: '22-tangshan-29-not-accepted',
  title: {
    zh: '唐山：29 名清包工仲裁不予受理，工会法律援助起诉',
    en: 'Tangshan: the commission does not take the case of twenty-nine workers; the union helps them sue',
  },
  shows: {
    zh: '催要无果视为不愿协商；仲裁不予受理的，可以向法院起诉。',
    en: 'no answer counts as no; what the commission does not take may be sued for.',
  },
  registration: (file) => ({
    region: REGION,
    channel: 'union',
    requestedRoute: 'negotiation',
    workers: workersOf(NAME, file, {
      first: '李某某',
      others: '农民工',
      groups: ['migrantWorker', 'collective'],
      claims: [{ kind: 'pay', subject: 'wages', text: '16天工资' }],
    }),
    // The owner of the works became a second defendant before the court only.
    respondents: respondentsOf(NAME, [{ name: '唐山市某劳务服务公司', kind: 'employer' }]),
    facts: { relation: 'labour', employed: false },
    reason: '停工时欠16天工资，多次催要未果。',
  }),
  async play(stage) {
    const on = stage.today();
    await stage.act('union', 'negotiation.serveRequest', { servedOn: on, method: 'hand' });
    await stage.until('mediation.opened', 10);
    await stage.act('union', 'mediation.declineOffer');
    await stage.until('followUp.opened', 5);
    await stage.act('union', 'case.recordArbitration', { party: 'w1', filedOn: on });
    await stage.until('arbitration.opened', 5);
    await stage.act('arbitrator', 'arbitration.recordRefusal', { on, reason: '不属于受案范围' });
    await stage.act('court', 'arbitration.recordSuit', { party: 'w1', filedOn: on });
    stage.says('source', '路北区法院判令劳务公司付174192元，业主连带', 'the court grants all of it against both');
    await stage.act('court', 'arbitration.recordSuitEnded', { how: 'judged', receivedOn: on });
    await stage.until('arbitration.ended', 5);
    await followUp(stage, { note: '律师代理起诉，一审支持全部请求；是否履行未载' });
  },
  published: {
    outcome: {
      zh: '仲裁不予受理后起诉，一审支持全部请求',
      en: 'not accepted by the commission; the court grants all of it',
    },
    path: [
      ['intake', 'routed', 'rules'],
      ['negotiation', 'noResponse', 'source'],
      ['mediation', 'notApplied', 'rules'],
      ['followUp', 'archived', 'rules'],
      ['arbitration', 'sued', 'source'],
    ],
    clocks: [
      { id: 'negotiation.response', length: '5 calendarDays', from: 'rules' },
      { id: 'arbitration.acceptance', length: '5 workingDays', from: 'rules' },
      { id: 'arbitration.suitAfterRefusal', length: '1 years', from: 'rules' },
      { id: 'arbitration.court', length: '1 years', from: 'rules' },
    ],
  },
};
