import type { Referral } from '../domain/case/referral.ts';
import type { ProcedureState } from '../domain/procedures/definition.ts';
import { tellSentToMediation } from './beside.ts';
import { reopenChain } from './reopen-chain.ts';
import type { Run } from './run.ts';

/** Sends the case to mediation from beside: its chain is told, and one that has closed is taken up again. */
export async function refer(
  { state, ask }: Pick<Run<ProcedureState>, 'state' | 'ask'>,
  referral: Referral,
): Promise<void> {
  if (state.case.closedAtStep === undefined) return tellSentToMediation(state.case.caseNo, referral);
  state.case.referral = referral;
  await reopenChain({ state, ask }, 'referred');
}
