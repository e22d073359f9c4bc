import type { PaperKind } from '../../papers/index.ts';

/** Papers whose signatures make the agreement: they are signed by acts of its procedure, and drafted by one of these. */
export const signedByAct = {
  settlementAgreement: {
    acts: ['negotiation.sign'],
    drafts: ['negotiation.draftSettlement'],
  },
  mediationAgreement: {
    acts: ['mediation.sign', 'mediation.seal', 'preLitigationMediation.sign'],
    drafts: ['mediation.draftAgreement', 'preLitigationMediation.draftAgreement'],
  },
} as const satisfies Partial<Record<PaperKind, { acts: readonly string[]; drafts: readonly string[] }>>;

/** The kind of paper that an act signs, if it signs one. */
export const signs = (act: string): keyof typeof signedByAct | undefined =>
  (Object.keys(signedByAct) as Array<keyof typeof signedByAct>).find((kind) =>
    signedByAct[kind].acts.some((one) => one === act),
  );
