import type { Bilingual } from '../domain/time/types.ts';

/** A paper that an office makes: what it is called and which article asks for it. */
export interface PaperKindInfo {
  title: Bilingual;
  /** Row of legal.md. */
  legalRef: string;
  /** The article the paper rests on, as cited. */
  source: string;
  /** Whether it may leave the organisation: a party, a commission or a court gets it, and a bundle may hold it. */
  outside: boolean;
}

const MEDIATION_RULES = '企业劳动争议协商调解规定';
const LABOUR_LAW = '劳动争议调解仲裁法';
const ARBITRATION_RULES = '劳动人事争议仲裁办案规则';
const POLICY_71 = '人社部发〔2022〕71号';

/** Every paper, in the order in which a case meets them. */
export const paperKinds = {
  negotiationRequest: {
    title: { zh: '协商要求书', en: 'Request for negotiation' },
    ...{ legalRef: 'NEG-01', source: `${MEDIATION_RULES} 第八条、第十条第一款`, outside: true },
  },
  settlementAgreement: {
    title: { zh: '和解协议书', en: 'Settlement agreement' },
    ...{ legalRef: 'NEG-06', source: `${MEDIATION_RULES} 第十一条第一款`, outside: true },
  },
  mediationApplication: {
    title: { zh: '调解申请书', en: 'Application for mediation' },
    ...{ legalRef: 'MED-01', source: `${MEDIATION_RULES} 第二十一条；${LABOUR_LAW} 第十二条`, outside: true },
  },
  acceptanceNotice: {
    title: { zh: '调解受理通知书', en: 'Notice of acceptance for mediation' },
    ...{ legalRef: 'MED-02', source: `${MEDIATION_RULES} 第二十二条`, outside: true },
  },
  refusalNotice: {
    title: { zh: '不予受理调解通知书', en: 'Notice of refusal of mediation' },
    ...{ legalRef: 'MED-03', source: `${MEDIATION_RULES} 第二十二条`, outside: true },
  },
  mediationRecord: {
    title: { zh: '调解笔录', en: 'Record of a mediation session' },
    // What was said there to reach an agreement is kept apart from any bundle (NEG-08).
    ...{ legalRef: 'MED-13', source: `${MEDIATION_RULES} 第三十条、第三十二条`, outside: false },
  },
  mediationAgreement: {
    title: { zh: '调解协议书', en: 'Mediation agreement' },
    ...{ legalRef: 'MED-10', source: `${LABOUR_LAW} 第十四条；${MEDIATION_RULES} 第二十六条`, outside: true },
  },
  failureNotice: {
    title: { zh: '调解终结告知书', en: 'Notice that mediation ended, with the right to arbitrate' },
    ...{ legalRef: 'MED-13', source: `${MEDIATION_RULES} 第三十条`, outside: true },
  },
  performanceNotice: {
    title: { zh: '履行告知书', en: 'Performance notice' },
    ...{ legalRef: 'POL-01', source: `${POLICY_71} 第十二条`, outside: true },
  },
  reviewApplication: {
    title: { zh: '调解协议仲裁审查申请书', en: 'Joint application for arbitration review' },
    ...{ legalRef: 'JR-02', source: `${ARBITRATION_RULES} 第七十四条`, outside: true },
  },
  confirmationApplication: {
    title: { zh: '司法确认申请书', en: 'Joint application for judicial confirmation' },
    ...{ legalRef: 'JC-01', source: '民事诉讼法 第二百零五条', outside: true },
  },
  paymentOrderApplication: {
    title: { zh: '支付令申请书', en: 'Application for a payment order' },
    ...{ legalRef: 'L6', source: '民事诉讼法 第二百二十五条', outside: true },
  },
  mediationSuggestion: {
    title: { zh: '调解建议书', en: 'Suggestion of mediation' },
    ...{ legalRef: 'MED-15', source: `${ARBITRATION_RULES} 第六十九条`, outside: true },
  },
  transferLetter: {
    title: { zh: '案件移送函', en: 'Letter of transfer' },
    ...{ legalRef: 'POL-01', source: `${POLICY_71} 第十四条`, outside: true },
  },
  archiveCover: {
    title: { zh: '调解卷宗', en: 'Cover of the file' },
    ...{ legalRef: 'POL-01', source: `${POLICY_71} 第十二条；${MEDIATION_RULES} 第三十二条`, outside: true },
  },
  archiveIndex: {
    title: { zh: '卷内目录', en: 'Index of the file' },
    ...{ legalRef: 'POL-01', source: `${POLICY_71} 第十二条；${MEDIATION_RULES} 第三十二条`, outside: true },
  },
} as const satisfies Record<string, PaperKindInfo>;

export type PaperKind = keyof typeof paperKinds;

export const paperKindNames = Object.keys(paperKinds) as PaperKind[];
