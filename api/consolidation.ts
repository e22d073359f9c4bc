import { findCase } from '../db/read-models.ts';
import { haveSameRespondent } from '../db/take-in-case.ts';
import { isBeforeAgreement, joinRequestOf, otherEmployer, takeInRefusal } from '../domain/case/consolidation.ts';
import type { AnyAct, ProcedureState } from '../domain/procedures/definition.ts';
import { refuse } from '../domain/refusal.ts';
import { type Caller, scopeOf } from './auth.ts';
import type { ApiDeps } from './deps.ts';
import { problem, refused } from './problems.ts';

/** An act on a case that was merged away names the one in which it goes on. */
export const merged = (caseNo: string, into: string, field?: string) =>
  refused(
    refuse('case-merged', `${caseNo} 已并入 ${into}。`, `${caseNo} was consolidated into ${into}.`, {
      ...(field === undefined ? {} : { field }),
    }),
  );

/**
 * Refuses to put a case into another one that would not take it in, before anything is asked of either. The case that takes in
 * looks again, since it may have gone on by then.
 */
export async function refuseConsolidation(
  { db }: ApiDeps,
  caller: Caller,
  { act, state, input }: { act: AnyAct<ProcedureState>; state: ProcedureState; input: Record<string, unknown> },
): Promise<void> {
  const into = act.asksCase?.(state, input);
  // What this case itself has against it comes first, and is for its workflow to say.
  if (into === undefined || !isBeforeAgreement(state)) return;
  const { caseNo } = state.case;
  if (into === caseNo) return;
  const field = '/into';
  const other = await findCase(db, into, scopeOf(caller));
  if (!other)
    throw problem('unknown-case', {
      errors: [{ field, code: 'unknown-case', zh: `没有案件 ${into}。`, en: `There is no case ${into}.` }],
    });
  if (other.mergedInto !== null) throw merged(into, other.mergedInto, field);
  if (other.stage === 'closed' || other.view === null)
    throw refused(refuse('other-case-closed', `${into} 不在办理中。`, `${into} is not under way.`, { field }));
  if (!(await haveSameRespondent(db, into, caseNo))) throw refused(otherEmployer(caseNo, into));
  const refusal = takeInRefusal(other.view, joinRequestOf(state));
  if (refusal) throw refused(refusal);
}
