import { type MediationState, ORDER_17, staff } from './mediation-state.ts';
import { draftOfMediation, signingActs } from './signing.ts';

/** MED-10: both sides, the mediator and the seal make the agreement. */
export const { draftAgreement, sign, seal } = signingActs<MediationState>({
  procedure: 'mediation',
  ...{ kind: 'mediation', outcome: 'agreement', within: 'mediation.conclusion' },
  draft: draftOfMediation('mediation', { legalRef: 'MED-10', source: `${ORDER_17} 第二十六条` }),
  sign: { legalRef: 'MED-10', source: `劳动争议调解仲裁法 第十四条；${ORDER_17} 第二十六条` },
  mediator: `${ORDER_17} 第二十五条`,
  signers: [...staff, 'party:applicant', 'party:respondent'],
  witnesses: ['mediator', 'seal'],
  drafting: ({ stage }) => stage === 'hearing' || stage === 'signing',
  since: ({ acceptedOn }) => acceptedOn,
  ...{ signingStage: 'signing', resume: { stage: 'hearing' } },
});
