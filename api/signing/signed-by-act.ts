import type { PaperKind } from '../../papers/index.ts';

/** Papers whose signatures make the agreement: they are signed by acts of its procedure. */
export const signedByAct = {
  settlementAgreement: ['negotiation.sign'],
  mediationAgreement: ['mediation.sign', 'mediation.seal', 'preLitigationMediation.sign'],
} as const satisfies Partial<Record<PaperKind, readonly string[]>>;

/** The kind of paper that an act signs, if it signs one. */
export const signs = (act: string): keyof typeof signedByAct | undefined =>
  (Object.keys(signedByAct) as Array<keyof typeof signedByAct>).find((kind) =>
    signedByAct[kind].some((one) => one === act),
  );
