import type { Bilingual } from './time/types.ts';

/** A figure of the register's statistics: what it counts, and by which day a thing belongs to a period. */
export interface FigureInfo {
  title: Bilingual;
  /** What one count is, in the words an office would use. */
  counts: Bilingual;
}

/**
 * The figures of 统计报告 (人社部发〔2022〕71号 第十二条). The view `counted` has a row for each thing that one of them counts
 * (db/migrations/0021_statistics.sql), so a figure always equals the length of its list.
 */
export const figures = {
  settled: {
    title: { zh: '协商调解化解', en: 'Settled by negotiation and mediation' },
    counts: {
      zh: '协商和解、调解（含法院委派委托调解）达成协议并已全部履行的案件，按协议履行完毕之日',
      en: 'Cases settled by negotiation or by mediation, a court’s included, and performed in full, by the day of performance',
    },
  },
  ended: {
    title: { zh: '办结', en: 'Ended' },
    counts: {
      zh: '已有结果（进入回访或者已归档）的案件，按结果之日；撤回的计入；不予受理、移送其他机构、并入他案的不计入，分案后各计一件；重新启动的，再有结果时才计入',
      en: 'Cases that came to an end (return visit or closed), by that day. Withdrawn ones count; refused at intake, handed over and consolidated ones do not; each case of a split counts; a reopened one counts when it ends again',
    },
  },
  notCounted: {
    title: { zh: '未计入办结', en: 'Ended without a result of its own' },
    counts: {
      zh: '不予受理、移送其他机构、并入他案的案件',
      en: 'Cases refused at intake, handed over to another body, or consolidated into another case',
    },
  },
  registered: {
    title: { zh: '登记', en: 'Registered' },
    counts: { zh: '一窗登记的案件，按登记之日；分案不另计', en: 'Cases registered, by that day; a split is none' },
  },
  splitOff: {
    title: { zh: '分案', en: 'Split off' },
    counts: { zh: '由他案分出的案件，按分出之日', en: 'Cases made by a split, by that day' },
  },
  accepted: {
    title: { zh: '受理', en: 'Accepted' },
    counts: { zh: '登记后予以受理的案件，按决定之日', en: 'Cases taken at intake, by the day of the decision' },
  },
  refused: {
    title: { zh: '不予受理', en: 'Refused' },
    counts: { zh: '登记后不予受理的案件，按决定之日', en: 'Cases refused at intake, by the day of the decision' },
  },
  mediationAccepted: {
    title: { zh: '调解组织受理', en: 'Accepted for mediation' },
    counts: { zh: '调解组织受理、接受委派委托的次数，按受理之日', en: 'Times an organisation accepted a mediation' },
  },
  mediationDeclined: {
    title: { zh: '调解组织不予受理', en: 'Declined for mediation' },
    counts: { zh: '调解组织不予受理的次数，按不予受理之日', en: 'Times an organisation declined a mediation' },
  },
  results: {
    title: { zh: '各程序结果', en: 'Results' },
    counts: { zh: '结束的程序，按程序和结果，按结束之日', en: 'Procedures that ended, by procedure and outcome' },
  },
  performedOnTime: {
    title: { zh: '按期履行', en: 'Performed on time' },
    counts: { zh: '各期均按期履行的协议，按履行完毕之日', en: 'Agreements performed, each instalment by its last day' },
  },
  performedLate: {
    title: { zh: '逾期履行', en: 'Performed late' },
    counts: { zh: '履行完毕，但至少一期逾期的协议', en: 'Agreements performed, at least one instalment late' },
  },
  breached: {
    title: { zh: '未履行', en: 'Not performed' },
    counts: {
      zh: '到期未履行或者履行发生争议的协议',
      en: 'Agreements not performed, or whose performance is disputed',
    },
  },
  silence: {
    title: { zh: '无人作为', en: 'Silence' },
    counts: {
      zh: '期限届满而无人作为、按规则处理的次数，按期限',
      en: 'Times a wait ended because nobody acted, and the rule’s default took its place, by clock',
    },
  },
  duration: {
    title: { zh: '办理时长', en: 'Time taken' },
    counts: { zh: '结束的程序从开始到结束的日数', en: 'Procedures that ended: days from beginning to end' },
  },
} as const satisfies Record<string, FigureInfo>;

export type Figure = keyof typeof figures;
export const figureNames = Object.keys(figures) as [Figure, ...Figure[]];

/** How a case ended, as the share settled counts it (view `case_endings`). */
const results: Record<string, Bilingual> = {
  settled: { zh: '协商和解并履行', en: 'settled by negotiation, performed' },
  mediated: { zh: '调解并履行', en: 'settled by mediation, performed' },
  courtMediated: { zh: '法院委派委托调解并履行', en: 'settled in mediation for a court, performed' },
  agreementBroken: { zh: '达成协议但未履行', en: 'agreed and not performed' },
  paidByOrder: { zh: '经支付令清偿', en: 'paid under a payment order' },
  notSettled: { zh: '未达成协议', en: 'no agreement' },
  withdrawn: { zh: '撤回', en: 'withdrawn' },
  transferred: { zh: '移送其他机构', en: 'handed over to another body' },
  merged: { zh: '并入另一案件', en: 'consolidated into another case' },
  notAdmissible: { zh: '不予受理', en: 'refused at intake' },
};

/** How a case ended in words; its own name where it has none, which a test forbids. */
export const resultTitle = (result: string): Bilingual => results[result] ?? { zh: result, en: result };

/** Along what the figures may be told apart. */
export const groupings = ['month', 'region', 'organisation', 'procedure'] as const;
export type Grouping = (typeof groupings)[number];

/** The share in per cent with one decimal, as reports give it; null where nothing ended. */
export const shareOf = (settled: number, ended: number): number | null =>
  ended === 0 ? null : Math.round((settled * 1000) / ended) / 10;
