import { ORDER_17 } from './mediation-state.ts';
import type { NegotiationState } from './negotiation.ts';
import { signingActs } from './signing.ts';

/**
 * NEG-06: the settlement is drafted, put on paper and signed by everyone whom it binds. The time to negotiate runs on meanwhile: what
 * is not signed by its end has come to nothing (NEG-04).
 */
export const { draftAgreement: draftSettlement, sign } = signingActs<NegotiationState>({
  procedure: 'negotiation',
  ...{ kind: 'settlement', outcome: 'settled', within: 'negotiation.agreedPeriod' },
  draft: {
    event: 'negotiation.settlementDrafted',
    title: { zh: '拟定和解协议', en: 'Draft the settlement agreement' },
    ...{ legalRef: 'NEG-06', source: `${ORDER_17} 第十一条第一款`, by: ['operator', 'union'] },
  },
  sign: { legalRef: 'NEG-06', source: `${ORDER_17} 第十一条第一款` },
  signers: ['operator', 'union', 'party:applicant', 'party:respondent'],
  witnesses: [],
  drafting: ({ stage }) => stage === 'negotiating',
  since: ({ case: { registeredOn } }) => registeredOn,
  ...{ signingStage: 'negotiating', resume: { stage: 'negotiating' } },
});
