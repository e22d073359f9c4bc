import type { LegalDay } from '../../domain/time/types.ts';
import type { PaperInput } from '../data.ts';
import { type DueDays, obligationsOf, type WrittenAgreement } from './agreement.ts';
import { baseOf, type CaseRecord, isByLabourLaw, lawOf, type PaperHead } from './case-record.ts';
import { numbered } from './claims.ts';
import { everybody, ofThose, sidesOf } from './parties.ts';

/** 调解仲裁法 第十六条: the money for which a payment order may be had on the agreement. */
const orderSubjects = ['wages', 'workInjuryMedical', 'economicCompensation', 'damages'];

/** The mediation agreement that another paper is about. */
export interface AgreementReference {
  agreement: WrittenAgreement;
  agreementNumber: string;
  signedOn: LegalDay;
  effectiveOn: LegalDay;
  organisation: string;
}

export const referenceOf = ({ agreementNumber, signedOn, effectiveOn, organisation }: AgreementReference) => ({
  ...{ agreementNumber, signedOn, effectiveOn, organisation },
});

interface NoticeGiven extends PaperHead, AgreementReference {
  /** The clocks of the parts, by their ids. */
  due?: DueDays;
  /** Last days of the two ways to make it enforceable, where they are open. */
  reviewLastDay?: LegalDay;
  confirmationLastDay?: LegalDay;
  contact?: string;
}

/** POL-01: told when the agreement takes effect (71号 第十二条): what is owed, until when, what follows otherwise. */
export function fillPerformanceNotice(all: CaseRecord, given: NoticeGiven): PaperInput<'performanceNotice'> {
  const record = ofThose(all, given.agreement.terms.coveredWorkers);
  return {
    ...baseOf(record, given),
    ...sidesOf(record),
    ...lawOf(record),
    ...referenceOf(given),
    ...obligationsOf(record, given.agreement, given.due),
    addressees: everybody(record),
    reviewLastDay: given.reviewLastDay ?? '',
    confirmationLastDay: given.confirmationLastDay ?? '',
    consequences: numbered(consequences(record)),
    contact: given.contact ?? '',
  };
}

function consequences(record: CaseRecord): string[] {
  if (!isByLabourLaw(record))
    return [
      '调解协议经人民法院裁定有效后，一方当事人不履行的，另一方当事人可以向人民法院申请执行（《中华人民共和国民事诉讼法》第二百零六条）。',
    ];
  return [
    '一方当事人在协议约定期限内不履行调解协议的，另一方当事人可以依法申请仲裁（《中华人民共和国劳动争议调解仲裁法》第十五条）。',
    ...(record.claims.some(({ subject }) => orderSubjects.includes(subject))
      ? [
          '因支付拖欠劳动报酬、工伤医疗费、经济补偿或者赔偿金事项达成的调解协议，用人单位在协议约定期限内不履行的，劳动者可以持调解协议书依法向人民法院申请支付令（《中华人民共和国劳动争议调解仲裁法》第十六条）。',
        ]
      : []),
    '经仲裁审查制作的调解书生效后，或者调解协议经人民法院裁定有效后，一方当事人不履行的，另一方当事人可以向人民法院申请执行（《中华人民共和国劳动争议调解仲裁法》第五十一条、《中华人民共和国民事诉讼法》第二百零六条）。',
  ];
}
