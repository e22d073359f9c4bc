import { yuan } from '../../domain/case/agreement.ts';
import type { PartyId } from '../../domain/case/case.ts';
import type { confirmationPapers } from '../../domain/procedures/confirmation-application.ts';
import type { orderEvidence, PaymentOrderRoute } from '../../domain/procedures/payment-order-state.ts';
import type { reviewPapers } from '../../domain/procedures/review-application.ts';
import type { LegalDay } from '../../domain/time/types.ts';
import type { PaperInput } from '../data.ts';
import { moneyInWords } from '../words.ts';
import { obligationsOf } from './agreement.ts';
import { baseOf, type CaseRecord, lawOf, type PaperHead } from './case-record.ts';
import { matterOf, numbered, subjectText } from './claims.ts';
import { nameOf, ofThose, partiesOf } from './parties.ts';
import { type AgreementReference, referenceOf } from './performance.ts';

interface JointGiven extends PaperHead, AgreementReference {
  appliedOn: LegalDay;
  /** Of the application's clock. */
  lastDay: LegalDay;
}

const reviewTitles: Record<(typeof reviewPapers)[number], string> = {
  application: '仲裁审查申请书',
  agreement: '调解协议',
  identity: '身份证明',
  qualification: '资格证明',
  related: '其他与调解协议相关的证明材料',
};

interface ReviewGiven extends JointGiven {
  commission: string;
  papers: Array<keyof typeof reviewTitles>;
  serviceAddresses: Array<{ party: PartyId; address: string; phone: string }>;
}

/** JR-01, JR-02: both ask the commission for a mediation document. */
export function fillReviewApplication(all: CaseRecord, given: ReviewGiven): PaperInput<'reviewApplication'> {
  const record = ofThose(all, given.agreement.terms.coveredWorkers);
  return {
    ...baseOf(record, given),
    ...partiesOf(record),
    ...referenceOf(given),
    dispute: lawOf(record).dispute,
    matter: matterOf(record).replace(/争议$/, ''),
    lastDay: given.lastDay,
    appliedOn: given.appliedOn,
    commission: given.commission,
    papers: numbered(given.papers.map((paper) => reviewTitles[paper])),
    serviceAddresses: given.serviceAddresses.map((one) => ({ ...one, party: nameOf(record, one.party) })),
  };
}

const confirmationTitles: Record<(typeof confirmationPapers)[number], string> = {
  agreement: '调解协议',
  proofOfMediation: '调解组织主持调解的证明',
  identity: '双方当事人的身份证明',
  contacts: '双方当事人的住所、联系方式',
  proofOfProperty: '与调解协议相关的财产权利证明',
};

interface ConfirmationGiven extends JointGiven {
  court: string;
  papers: Array<keyof typeof confirmationTitles>;
}

/** JC-01, JC-03: both ask the court to find the agreement valid. */
export function fillConfirmationApplication(
  all: CaseRecord,
  given: ConfirmationGiven,
): PaperInput<'confirmationApplication'> {
  const record = ofThose(all, given.agreement.terms.coveredWorkers);
  return {
    ...baseOf(record, given),
    ...partiesOf(record),
    ...referenceOf(given),
    matter: matterOf(record).replace(/争议$/, ''),
    result: given.agreement.content.result ?? '',
    obligations: obligationsOf(record, given.agreement).obligations,
    lastDay: given.lastDay,
    appliedOn: given.appliedOn,
    court: given.court,
    papers: numbered(given.papers.map((paper) => confirmationTitles[paper])),
  };
}

const evidenceTitles: Record<(typeof orderEvidence)[number], string> = {
  mediationAgreement: '调解协议书',
  iou: '工资欠条',
  payslip: '工资条、工资结算单',
  attendance: '考勤记录',
  bankRecord: '银行流水',
  other: '其他证据',
};

interface OrderGiven extends PaperHead {
  route: PaymentOrderRoute;
  /** What each creditor asks for, in fen. */
  shares: Array<{ creditor: PartyId; amountFen: number }>;
  facts: string;
  evidence: Array<keyof typeof evidenceTitles>;
  court: string;
  appliedOn: LegalDay;
  /** On route A, the agreement that was not performed. */
  on?: Pick<AgreementReference, 'agreementNumber' | 'effectiveOn'>;
}

/** L6: the creditors are the workers, whoever began the case; the debtors are the other side. */
export function fillPaymentOrderApplication(all: CaseRecord, given: OrderGiven): PaperInput<'paymentOrderApplication'> {
  const creditors = given.shares.map(({ creditor }) => creditor);
  const record = ofThose(all, creditors);
  const asked = record.parties.map((party) => ({
    ...party,
    side: party.kind === 'worker' ? ('applicant' as const) : ('respondent' as const),
  }));
  const fen = given.shares.reduce((sum, { amountFen }) => sum + amountFen, 0);
  return {
    ...baseOf(record, given),
    ...partiesOf({ ...record, parties: asked }),
    subject: [...new Set(record.claims.filter(({ amountFen }) => amountFen !== undefined).map(subjectText))].join('、'),
    amount: yuan(fen),
    amountInWords: moneyInWords(fen),
    facts: given.facts,
    onAgreement: given.route === 'A',
    onWages: given.route === 'B',
    agreementNumber: given.on?.agreementNumber ?? '',
    effectiveOn: given.on?.effectiveOn ?? '',
    evidence: numbered(given.evidence.map((one) => evidenceTitles[one])),
    court: given.court,
    appliedOn: given.appliedOn,
    shares: given.shares.map(({ creditor, amountFen }, index) => ({
      ...{ no: String(index + 1), name: nameOf(record, creditor), amount: yuan(amountFen) },
    })),
  };
}
