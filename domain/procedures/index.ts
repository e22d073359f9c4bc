import { agreementPerformanceProcedure } from './agreement-performance.ts';
import { arbitrationReviewProcedure } from './arbitration-review.ts';
import type { AnyAct, ProcedureDefinition, ProcedureState } from './definition.ts';
import { followUpProcedure } from './follow-up.ts';
import { judicialConfirmationProcedure } from './judicial-confirmation.ts';
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
  agreementPerformance: agreementPerformanceProcedure,
  arbitrationReview: arbitrationReviewProcedure,
  judicialConfirmation: judicialConfirmationProcedure,
  paymentOrder: paymentOrderProcedure,
  followUp: followUpProcedure,
} satisfies Record<string, AnyProcedure>;

export type ActingProcedure = keyof typeof procedures;

/** The procedure that takes the act, and the act. Joint applications are acts of the performance (see there). */
export function findAct(name: string): { procedure: ActingProcedure; act: AnyAct<ProcedureState> } | undefined {
  for (const [procedure, definition] of Object.entries(procedures)) {
    const acts = definition.acts as Record<string, AnyAct<ProcedureState>>;
    // Only its own: every object answers to `constructor`.
    const act = Object.hasOwn(acts, name) ? acts[name] : undefined;
    if (act) return { procedure: procedure as ActingProcedure, act };
  }
  return undefined;
}
