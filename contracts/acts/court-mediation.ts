import { z } from 'zod';
import { agreementTerms, draftAct } from './agreement.ts';
import { consentedBy, signsFor } from './collective.ts';
import { agreedBy, freeText, legalDay, mediatorId, partyId, withReason } from './common.ts';
import { type ActContract, act, actWithTime, plainFacts } from './contract.ts';
import { signAct } from './signing.ts';

const channel = z.enum(['room', 'phone', 'video', 'onSite']);

/** Where to meet is for the parties to read; it stays in the database. */
const link = freeText(500).optional().meta({ description: 'Address or number of an online session' });

const withoutWords = (body: Record<string, unknown>): Record<string, unknown> => {
  const { link: _, ...rest } = plainFacts(body);
  return { ...rest, channel: body.channel };
};

/** The acts of mediation for the court 法院委派、委托调解, and of what the court does after it. */
export const courtMediationActs: Record<string, ActContract> = {
  'preLitigationMediation.take': act({ takenOn: legalDay }),
  'preLitigationMediation.declineTaking': act({
    ...withReason,
    ground: z.enum(['conflictOfInterest', 'notSuitable', 'noCapacity', 'other']),
  }),
  'preLitigationMediation.invite': act({ invitedOn: legalDay }),
  'preLitigationMediation.consent': act({ party: partyId, willing: z.boolean() }),
  'preLitigationMediation.chooseMediator': act({ mediatorId, agreedBy }),
  'preLitigationMediation.nameMediator': act({ mediatorId }),
  'preLitigationMediation.arrangeSession': act({ on: legalDay, channel, link }, withoutWords),
  'preLitigationMediation.holdSession': act(
    { heldOn: legalDay, channel, concededFacts: agreementTerms.concededFacts },
    withoutWords,
  ),
  'preLitigationMediation.extend': actWithTime({ agreedBy }),
  'preLitigationMediation.draftAgreement': draftAct,
  'preLitigationMediation.sign': signAct({
    by: partyId,
    electronic: z.boolean().optional().meta({ description: '电子签章 (人民法院在线调解规则 第十九条)' }),
    ...signsFor,
  }),
  'preLitigationMediation.refuse': act({ ...withReason, party: partyId }),
  'preLitigationMediation.returnToCourt': act({
    ...withReason,
    ground: z.enum(['noAgreement', 'notSuitable', 'factsUnclear', 'unlawful', 'other']),
  }),
  'preLitigationMediation.withdraw': act({ ...withReason, consentedBy }),
  'agreementPerformance.recordCourtDocument': act({ receivedOn: legalDay }),
  'agreementPerformance.recordSuitWithdrawn': act({ withdrawnOn: legalDay }),
  'followUp.recordFiling': act({ filedOn: legalDay }),
};
