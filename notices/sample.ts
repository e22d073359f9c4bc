import type { OpenRemedy } from '../domain/case/remedies.ts';
import type { Notice, NoticeTemplate } from '../domain/notices.ts';

/** A notice of nobody's, with every fact that a text may name. */
export const sampleNotice = (template: NoticeTemplate, caseNo = '000000-2026-000001'): Notice & { region: string } => ({
  ...{ template, caseNo, region: '000000', paper: '000000-2026-样-000001' },
  deadline: {
    ...{ titleZh: '期限（样例）', titleEn: 'A time limit (sample)', source: '条文（样例）' },
    ...{ dueOn: '2026-12-31', dueAt: '2026-12-31T16:00:00.000Z', provisional: false },
  },
  data: {
    detail: {
      ...{ outcome: 'overdue', next: 'mediation', prefill: 'settlement', ability: 'likely' },
      suggest: [{ zh: '建议（样例）', en: 'A suggestion (sample)' }],
      remedies: [remedy],
    },
  },
});

const remedy = {
  ...{ title: { zh: '途径（样例）', en: 'A way (sample)' }, article: '条文（样例）', lastDay: '2026-12-31' },
  ...{ papers: [{ zh: '材料（样例）', en: 'a paper (sample)' }], lostByWaiting: { zh: '（样例）', en: '(sample)' } },
} as OpenRemedy;
