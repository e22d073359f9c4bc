import type { LegalDay, Unit } from '../../domain/time/types.ts';

/** How long the law, or where no source says it the default of the house, lets somebody take. */
export interface Period {
  /** Row of the legal table. */
  row: string;
  amount: number;
  unit: Extract<Unit, 'calendarDays' | 'workingDays' | 'months'>;
}

const days = (row: string, amount: number): Period => ({ row, amount, unit: 'calendarDays' });
const workingDays = (row: string, amount: number): Period => ({ row, amount, unit: 'workingDays' });

/**
 * Every period, written down a second time from the legal table and not read from the packs: a wrong digit there, or a wrong unit,
 * is then a difference. Only the arithmetic of days is the product's own, which has tests of its own.
 */
export const law = {
  'negotiation.service': workingDays('NEG-01', 5),
  'negotiation.response': days('NEG-03', 5),
  'negotiation.agreedPeriod': days('NEG-04', 30),
  'mediation.offer': days('NEG-09', 15),
  'mediation.consent': workingDays('MED-03', 3),
  'mediation.acceptance': workingDays('MED-02', 3),
  'mediation.conclusion': days('MED-07', 15),
  'mediation.oneStop': days('MED-17', 15),
  'mediation.arbitrationGate': days('MED-09', 15),
  'settlementPerformance.instalment': days('NEG-09', 0),
  'settlementPerformance.confirmation': days('NEG-06', 5),
  'agreementPerformance.instalment': days('MED-11', 0),
  'agreementPerformance.confirmation': days('MED-11', 5),
  'agreementPerformance.notice': workingDays('POL-01', 3),
  'arbitrationReview.application': days('JR-01', 15),
  'arbitrationReview.acceptance': workingDays('JR-03', 5),
  'arbitrationReview.review': workingDays('JR-05', 5),
  'arbitrationReview.extendedReview': workingDays('JR-06', 5),
  'arbitrationReview.longstop': days('JR-05', 30),
  'arbitrationReview.receipt': days('JR-08', 15),
  'judicialConfirmation.application': days('JC-01', 30),
  'judicialConfirmation.acceptance': days('JC-04', 3),
  'judicialConfirmation.ruling': days('JC-05', 30),
  'judicialConfirmation.longstop': days('JC-05', 30),
  'judicialConfirmation.receipt': days('JC-08', 15),
  'judicialConfirmation.partyObjection': days('JC-08', 15),
  'judicialConfirmation.thirdPartyObjection': { row: 'JC-09', amount: 6, unit: 'months' },
  'judicialConfirmation.objectionDecision': days('JC-08', 30),
  'paymentOrder.offer': days('PO-01', 15),
  'paymentOrder.acceptance': days('PO-04', 5),
  'paymentOrder.issue': days('PO-05', 15),
  'paymentOrder.longstop': days('PO-05', 30),
  'paymentOrder.service': days('PO-13', 30),
  'paymentOrder.objection': days('PO-06', 15),
  'paymentOrder.ruling': days('PO-08', 15),
  'paymentOrder.suitDeclined': days('PO-10', 7),
  'preLitigationMediation.taking': workingDays('CRT-06', 3),
  'preLitigationMediation.delegated': days('CRT-01', 30),
  'preLitigationMediation.entrustedOrdinary': days('CRT-02', 15),
  'preLitigationMediation.entrustedSimple': days('CRT-02', 7),
  'preLitigationMediation.invitation': workingDays('CRT-07', 3),
  'preLitigationMediation.consent': workingDays('CRT-07', 3),
  'preLitigationMediation.mediatorChoice': workingDays('CRT-05', 2),
  'preLitigationMediation.mediatorNaming': workingDays('CRT-05', 3),
  'followUp.visit': days('POL-01', 30),
  'followUp.filing': days('CRT-10', 7),
  'followUp.archive': days('POL-01', 30),
} as const satisfies Record<string, Period>;

export type ClockName = keyof typeof law;
export type Law = Record<ClockName, Period>;

/** The day on which disputes of workers past retirement age came under the law (令第56号 第十九条, L7). */
export const OVER_AGE_FROM: LegalDay = '2026-07-01';
