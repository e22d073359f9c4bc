export { type AgreementWords, type DueDays, type WrittenAgreement, writtenAgreement } from './agreement.ts';
export { fillConfirmationApplication, fillPaymentOrderApplication, fillReviewApplication } from './applications.ts';
export { type FiledPaper, fillArchiveCover, fillArchiveIndex } from './archive.ts';
export type { CaseRecord, ClaimRecord, PaperHead, PartyRecord } from './case-record.ts';
export { subjectText } from './claims.ts';
export { fillMediationSuggestion, fillTransferLetter } from './letters.ts';
export {
  fillAcceptanceNotice,
  fillFailureNotice,
  fillMediationAgreement,
  fillMediationApplication,
  fillMediationRecord,
  fillRefusalNotice,
  type LastDay,
} from './mediation.ts';
export { fillNegotiationRequest, fillSettlementAgreement } from './negotiation.ts';
export { type AgreementReference, fillPerformanceNotice } from './performance.ts';
