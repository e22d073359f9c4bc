import { z } from 'zod';
import { concessionFindings } from '../../domain/procedures/case-acts/examine-concession.ts';
import { settlementFlaws } from '../../domain/procedures/case-acts/review-settlement.ts';
import { agreedBy, legalDay, partyId, withReason } from './common.ts';
import { type ActContract, act } from './contract.ts';

/** Acts about what was conceded to settle, and about the settlement as evidence. */
export const settlementEvidenceActs: Record<string, ActContract> = {
  'case.consentToDisclosure': act({ agreedBy, consentedOn: legalDay }),
  'case.reviewSettlement': act({
    ...withReason,
    askedBy: partyId,
    reviewedOn: legalDay,
    flaw: z.enum(settlementFlaws).optional().meta({ description: 'Why it is no evidence; usable where none is named' }),
  }),
  'case.examineConcession': act({
    ...withReason,
    concededBy: partyId,
    examinedOn: legalDay,
    finding: z.enum(concessionFindings),
  }),
};
