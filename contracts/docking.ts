import { z } from 'zod';
import { caseNoPattern } from './ids.ts';
import { RegisterCase } from './intake.ts';

/** A court delegates or entrusts a case: what the window writes down, with the court's own number of it. */
export const Delegation = RegisterCase.refine(({ referral }) => referral?.by === 'court', {
  path: ['referral'],
  message: '须写明法院的委派、委托 / the referral of the court is required',
}).refine(({ referral }) => referral === undefined || referral.ref !== undefined, {
  path: ['referral', 'ref'],
  message: '须写明法院系统中的编号 / the number in the system of the court is required',
});

/** What a court may say of a case that it sent, and the act that it is here. */
export const courtResults = {
  mediatorNamed: 'preLitigationMediation.nameMediator',
  suitWithdrawn: 'preLitigationMediation.withdraw',
  mediationDocumentReceived: 'agreementPerformance.recordCourtDocument',
  withdrawalApproved: 'agreementPerformance.recordSuitWithdrawn',
  filed: 'followUp.recordFiling',
  confirmationDocketed: 'judicialConfirmation.accept',
  confirmationRefused: 'judicialConfirmation.refuseAcceptance',
  confirmed: 'judicialConfirmation.confirm',
  confirmationDismissed: 'judicialConfirmation.dismiss',
} as const;
export type CourtResultType = keyof typeof courtResults;

export const CourtResult = z.strictObject({
  case: z.string().regex(caseNoPattern, '案号 / a case number'),
  type: z.enum(Object.keys(courtResults) as [CourtResultType, ...CourtResultType[]]),
  input: z.record(z.string(), z.unknown()).default({}).meta({ description: 'The input of the act that it is' }),
});
