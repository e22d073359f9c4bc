import { agreementPerformanceProcedure } from './agreement-performance.ts';
import { arbitrationProcedure } from './arbitration.ts';
import { arbitrationReviewProcedure } from './arbitration-review.ts';
import { actsOf, caseActs } from './case-acts/index.ts';
import { courtMediationProcedure } from './court-mediation.ts';
import type { AnyAct, ProcedureDefinition, ProcedureState } from './definition.ts';
import { emergencyResponseProcedure } from './emergency-response.ts';
import { followUpProcedure } from './follow-up.ts';
import { judicialConfirmationProcedure } from './judicial-confirmation.ts';
import { limitationWatchProcedure } from './limitation-watch.ts';
import { mediationProcedure } from './mediation.ts';
import { negotiationProcedure } from './negotiation.ts';
import { paymentOrderProcedure } from './payment-order.ts';
import { settlementPerformanceProcedure } from './performance.ts';

// biome-ignore lint/suspicious/noExplicitAny: each definition is typed by its own state; this table is looked up by name
export type AnyProcedure = ProcedureDefinition<any>;

/** Every procedure that takes acts, by name. */
export const procedures = {
  negotiation: negotiationProcedure,
  settlementPerformance: settlementPerformanceProcedure,
  mediation: mediationProcedure,
  preLitigationMediation: courtMediationProcedure,
  agreementPerformance: agreementPerformanceProcedure,
  arbitrationReview: arbitrationReviewProcedure,
  judicialConfirmation: judicialConfirmationProcedure,
  emergencyResponse: emergencyResponseProcedure,
  paymentOrder: paymentOrderProcedure,
  followUp: followUpProcedure,
  arbitration: arbitrationProcedure,
  limitationWatch: limitationWatchProcedure,
} satisfies Record<string, AnyProcedure>;

export type ActingProcedure = keyof typeof procedures;

/** Every act by the name it has in the URL, with the procedure that takes it; `case` where every procedure of the chain does. */
const actsByName = new Map<string, { procedure: ActingProcedure | 'case'; act: AnyAct<ProcedureState> }>([
  ...Object.entries(procedures).flatMap(([procedure, { acts }]) =>
    Object.entries(acts as Record<string, AnyAct<ProcedureState>>).map(
      ([name, act]) => [name, { procedure: procedure as ActingProcedure, act }] as const,
    ),
  ),
  ...Object.entries(caseActs).map(([name, act]) => [name, { procedure: 'case', act }] as const),
]);

/** The procedure that takes the act, and the act. */
export const findAct = (name: string) => actsByName.get(name);

/** Every act, in the order of the procedures. */
export const allActs: ReadonlyArray<readonly [string, AnyAct<ProcedureState>]> = [...actsByName].map(
  ([name, { act }]) => [name, act],
);

/** The acts that the procedure of a state takes. */
export const actsIn = (state: ProcedureState): Array<[string, AnyAct<ProcedureState>]> =>
  state.procedure in procedures
    ? Object.entries(actsOf(procedures[state.procedure as ActingProcedure] as AnyProcedure))
    : [];
