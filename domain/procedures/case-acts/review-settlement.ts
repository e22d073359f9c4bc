import type { PartyId } from '../../case/case.ts';
import { checkParty } from '../../case/known-party.ts';
import { firstRefusal } from '../../refusal.ts';
import type { LegalDay } from '../../time/types.ts';
import { type Act, checkPastDay, type ProcedureState } from '../definition.ts';

/** Why a settlement is no evidence: how it came about, or what it says (令17 第十一条第二款; 解释（一） 第三十五条). */
export const settlementFlaws = [
  'procedureFlawed',
  'violatesMandatoryLaw',
  'fraud',
  'coercion',
  'exploitation',
  'seriousMisunderstanding',
  'manifestlyUnfair',
] as const;

export interface ReviewSettlement {
  askedBy: PartyId;
  reviewedOn: LegalDay;
  /** What is wrong with it; usable as evidence where nothing is. */
  flaw?: (typeof settlementFlaws)[number];
}

/** 审查和解协议 NEG-07: the commission looks at how a settlement came about and what it says; valid, it may be used as evidence. */
export const reviewSettlement: Act<ProcedureState, ReviewSettlement> = {
  event: 'settlement.reviewed',
  title: { zh: '审查和解协议能否作为证据', en: 'Look whether the settlement may be used as evidence' },
  legalRef: 'NEG-07',
  source: '企业劳动争议协商调解规定 第十一条第二款；人社部发〔2022〕71号 第九条',
  by: ['arbitrator'],
  open: ({ case: { agreement, settlementEvidence } }) =>
    agreement?.kind === 'settlement' && settlementEvidence?.agreement !== agreement.id,
  refuses: ({ case: snapshot }, { askedBy, reviewedOn }, at) =>
    firstRefusal(
      () => checkParty(snapshot, askedBy, '/askedBy'),
      () => checkPastDay(reviewedOn, at, '/reviewedOn', snapshot.agreement?.effectiveOn),
    ),
  apply({ case: snapshot }, { askedBy, reviewedOn, flaw }) {
    const found = { on: reviewedOn, usable: flaw === undefined, ...(flaw === undefined ? {} : { flaw }) };
    snapshot.settlementEvidence = { agreement: snapshot.agreement?.id ?? '', ...found };
    return {
      detail: { askedBy, ...snapshot.settlementEvidence },
      tell: [
        { template: 'settlementReviewed', to: 'applicant' },
        { template: 'settlementReviewed', to: 'respondent' },
      ],
    };
  },
};
