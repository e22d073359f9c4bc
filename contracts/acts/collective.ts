import { z } from 'zod';
import { officeKinds } from '../../domain/offices.ts';
import { situations } from '../../domain/procedures/emergency-state.ts';
import { majorGrounds } from '../../domain/rules.ts';
import { freeText, legalDay, partyId, withReason } from './common.ts';
import { type ActContract, act } from './contract.ts';

/** Words under `summary` stay in the database, like every reason. */
const told = (shape: z.ZodRawShape): ActContract =>
  act({ ...shape, summary: freeText() }, (body: Record<string, unknown>) =>
    Object.fromEntries(Object.keys(shape).map((name) => [name, body[name]])),
  );

export const consentedBy = z
  .array(partyId)
  .max(2000)
  .optional()
  .meta({ description: 'Those represented who consented, by name, as on the paper they signed' });

/** A representative's signature for those who chose it. */
export const signsFor = {
  signsFor: z
    .array(partyId)
    .max(2000)
    .optional()
    .meta({ description: 'Those represented, where a representative signs' }),
  consentedBy,
};

/** What workers do together, and the joint response to a major dispute. */
export const collectiveActs: Record<string, ActContract> = {
  'case.chooseRepresentatives': act({
    representatives: z.array(partyId).min(1).max(20),
    signedBy: z.array(partyId).min(1).max(2000).meta({ description: 'Those who chose them; they are represented' }),
  }),
  'case.reportPublicOpinion': act({ seenOn: legalDay }),
  'emergencyResponse.declare': act({ ...withReason, ground: z.enum(majorGrounds).exclude(['none']) }),
  'emergencyResponse.assemble': act({ members: z.array(z.enum(officeKinds)).min(1).max(20) }),
  'emergencyResponse.plan': told({}),
  'emergencyResponse.report': told({ situation: z.enum(situations) }),
  'emergencyResponse.standDown': act(withReason),
  'emergencyResponse.escalate': act(withReason),
};
