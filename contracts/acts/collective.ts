import { z } from 'zod';
import { MOST_WORKERS } from '../../domain/case/size.ts';
import { officeKinds } from '../../domain/offices.ts';
import { situations } from '../../domain/procedures/emergency-state.ts';
import { majorGrounds } from '../../domain/rules.ts';
import { claimFacts, newWorker } from '../intake.ts';
import { agreedBy, freeText, legalDay, partyId, withReason } from './common.ts';
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
  'case.joinWorkers': act(
    {
      joining: z.array(newWorker).min(1).max(MOST_WORKERS),
      agreedBy: agreedBy.optional().meta({
        description:
          'Of the other side, those who agree to mediate with the new ones too; once it has agreed to mediate',
      }),
    },
    (body: { joining: Array<z.output<typeof newWorker>>; agreedBy?: string[] }) => ({
      joining: body.joining.map(({ groups, claims }) => ({ groups, claims: claims.map(claimFacts) })),
      ...(body.agreedBy === undefined ? {} : { agreedBy: body.agreedBy }),
    }),
  ),
  'case.reportPublicOpinion': act({ seenOn: legalDay }),
  'emergencyResponse.declare': act({ ...withReason, ground: z.enum(majorGrounds).exclude(['none']) }),
  'emergencyResponse.assemble': act({ members: z.array(z.enum(officeKinds)).min(1).max(20) }),
  'emergencyResponse.plan': told({}),
  'emergencyResponse.report': told({ situation: z.enum(situations) }),
  'emergencyResponse.standDown': act(withReason),
  'emergencyResponse.escalate': act(withReason),
};
