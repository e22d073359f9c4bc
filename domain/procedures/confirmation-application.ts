import type { CaseSnapshot } from '../case/case.ts';
import { firstRefusal, type Refusal, refuse } from '../refusal.ts';
import type { ProcedureState } from './definition.ts';
import type { ApplyJointly } from './review-application.ts';

/** JC-02: the courts that may confirm, 民事诉讼法 第二百零五条. */
export const confirmationCourts = ['inviting', 'partyDomicile', 'subjectMatter', 'organisation'] as const;
export type ConfirmationCourt = (typeof confirmationCourts)[number];

/** JC-03: what lies with the application, 民诉解释 第三百五十四条. */
export const confirmationPapers = ['agreement', 'proofOfMediation', 'identity', 'contacts', 'proofOfProperty'] as const;

/** A proof of property is asked for where the agreement is about some; whether it is, the court sees. */
const neededPapers = {
  agreement: { zh: '调解协议', en: 'the mediation agreement' },
  proofOfMediation: { zh: '调解组织主持调解的证明', en: 'proof that the organisation mediated' },
  identity: { zh: '双方当事人的身份', en: 'who both parties are' },
  contacts: { zh: '双方当事人的住所、联系方式', en: 'addresses and contacts of both' },
} as const satisfies Partial<Record<(typeof confirmationPapers)[number], { zh: string; en: string }>>;

const JURISDICTION = '民事诉讼法 第二百零五条第一款';

/** Whether a court asked the organisation to mediate first. */
const isInvited = ({ referral, channel }: CaseSnapshot): boolean => referral?.by === 'court' || channel === 'court';

/** Refuses a court that has no jurisdiction, and an application that lacks a paper, naming each. */
export const checkConfirmationApplication = (
  { case: snapshot }: ProcedureState,
  { court, papers }: ApplyJointly,
): Refusal | undefined =>
  firstRefusal(
    () => checkCourt(snapshot, court),
    () => checkPapers(papers),
  );

function checkCourt(snapshot: CaseSnapshot, court: ConfirmationCourt | undefined): Refusal | undefined {
  if (court === undefined || (court === 'inviting') === isInvited(snapshot)) return undefined;
  return isInvited(snapshot)
    ? refuse(
        'wrong-court',
        '人民法院邀请调解组织先行调解的，向作出邀请的人民法院提出。',
        'Where a court invited the organisation to mediate, the application goes to that court.',
        { field: '/court', source: `${JURISDICTION}第（一）项` },
      )
    : refuse(
        'wrong-court',
        '本案不是人民法院邀请调解的，向当事人住所地、标的物所在地或者调解组织所在地的基层人民法院提出。',
        'No court invited this mediation; the application goes to the basic court of a party, of the thing in dispute or of the organisation.',
        { field: '/court', source: `${JURISDICTION}第（二）项` },
      );
}

function checkPapers(papers: string[] | undefined): Refusal | undefined {
  const missing = Object.entries(neededPapers).filter(([paper]) => papers?.includes(paper) === false);
  if (missing.length === 0) return undefined;
  const names = (language: 'zh' | 'en', between: string) => missing.map(([, paper]) => paper[language]).join(between);
  return refuse('paper-missing', `缺少：${names('zh', '、')}。`, `Missing: ${names('en', '; ')}.`, {
    field: '/papers',
    source: '最高人民法院关于适用《民事诉讼法》的解释 第三百五十四条',
  });
}
