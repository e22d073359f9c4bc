import { z } from 'zod';
import { transferBodies } from '../../domain/case/transfer.ts';
import { caseNoPattern } from '../ids.ts';
import { legalDay, partyId, regionCode, releaseHash, withReason } from './common.ts';
import { type ActContract, act, plainFacts } from './contract.ts';

/** Acts by which a case changes hands or rules: handed over, split, consolidated, moved to another release. */
export const oneWindowActs: Record<string, ActContract> = {
  'case.transfer': {
    schema: z
      .strictObject({
        ...withReason,
        to: z.enum(transferBodies),
        region: regionCode.optional().meta({ description: 'Whose office, where it goes to another region' }),
        handedOverOn: legalDay,
      })
      .refine(({ to, region }) => (to === 'otherRegion') === (region !== undefined), {
        path: ['region'],
        message: '移送另一地区时写明地区，其他情形不写 / name the region where it goes to another one, and only then',
      }),
    facts: plainFacts,
  },
  'case.answerTransfer': act({
    accepted: z.boolean(),
    answeredOn: legalDay,
    ref: z
      .string()
      .regex(/^[A-Za-z0-9-]{1,64}$/)
      .optional()
      .meta({ description: 'The number under which the other body goes on with it' }),
  }),
  'case.split': act({ ...withReason, workers: z.array(partyId).min(1).max(2000) }),
  'case.moveToRelease': act({ ...withReason, sha256: releaseHash }),
  'case.consolidate': act({ ...withReason, into: z.string().regex(caseNoPattern, '案号 / a case number') }),
};
