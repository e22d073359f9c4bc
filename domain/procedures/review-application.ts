import type { PartyId } from '../case/case.ts';
import { type Refusal, refuse } from '../refusal.ts';
import type { LegalDay } from '../time/types.ts';
import type { ConfirmationCourt } from './confirmation-application.ts';
import type { ProcedureState } from './definition.ts';

/** What a joint application for arbitration review may hand in; which of it the law asks for is in `contents.json`. */
export const reviewPapers = ['application', 'agreement', 'identity', 'qualification', 'related'] as const;

/** A joint application for a paper that makes the agreement enforceable. */
export interface ApplyJointly {
  appliedOn: LegalDay;
  agreedBy: PartyId[];
  /** Number of the application within the papers of the case, which all who agreed have signed. */
  paper?: number;
  /** What was handed in (JR-02, JC-03). */
  papers?: string[];
  /** For arbitration review: whose address for service and telephone were given. */
  reachable?: PartyId[];
  /** For confirmation: which court is asked (JC-02). */
  court?: ConfirmationCourt;
}

const titles: Record<string, { zh: string; en: string }> = {
  application: { zh: '仲裁审查申请书', en: 'the application' },
  agreement: { zh: '调解协议', en: 'the agreement' },
  identity: { zh: '身份证明', en: 'proof of identity' },
  qualification: { zh: '资格证明', en: 'proof of capacity' },
  serviceAddresses: {
    zh: '双方当事人的送达地址、电话号码',
    en: 'the addresses for service and telephone numbers of both',
  },
};

/** JR-02: refuses an application without one of the papers, or without the way to reach everybody who applies. */
export function checkReviewPapers(
  { case: { contents } }: ProcedureState,
  { papers = [], reachable = [], agreedBy }: ApplyJointly,
): Refusal | undefined {
  const given: string[] = [
    ...papers,
    ...(agreedBy.every((party) => reachable.includes(party)) ? ['serviceAddresses'] : []),
  ];
  const missing = (contents.reviewApplication ?? []).find((paper) => !given.includes(paper));
  if (missing === undefined) return undefined;
  const { zh, en } = titles[missing] ?? { zh: missing, en: missing };
  return refuse('paper-missing', `申请材料缺少${zh}。`, `The application lacks ${en}.`, {
    field: missing === 'serviceAddresses' ? '/serviceAddresses' : '/papers',
    source: '劳动人事争议仲裁办案规则 第七十四条第二款',
  });
}
