import type { ProcedureState } from '../procedures/definition.ts';
import { type CaseSnapshot, type Clock, type Paper, paperRoutes } from './case.ts';

/** Ways in which an order ends that leave nothing of the agreement to be made enforceable: it is paid, enforced, or before the court. */
const orderDecided = ['paid', 'enforceable', 'turnedToSuit'];

/** Whether what ends leaves a broken agreement behind that both sides may still make enforceable. */
function leavesBroken({ procedure, outcome = '' }: { procedure: string; outcome?: string }): boolean {
  if (procedure === 'agreementPerformance') return outcome === 'breached';
  if (procedure === 'paymentOrder') return !orderDecided.includes(outcome);
  return procedure === 'followUp' && outcome === 'orderChosen';
}

/** The times to apply jointly that go on with the case: the law leaves them to the parties after a breach too (JR-01, JC-01). */
export const applicationsOpen = (state: ProcedureState): Clock[] =>
  leavesBroken(state) && !state.case.routes.some(({ stage }) => stage === 'granted')
    ? state.clocks.filter(
        ({ deadlineId, expired }) => !expired && paperRoutes.some((route) => deadlineId === `${route}.application`),
      )
    : [];

/** The agreement of the case is broken, and no order has settled what it left owed. */
export function isBroken({ past }: CaseSnapshot): boolean {
  const performed = past.findLastIndex(({ procedure }) => procedure === 'agreementPerformance');
  const since = past.slice(performed).filter(({ procedure }) => procedure !== 'followUp');
  return performed >= 0 && since.every(leavesBroken);
}

/** Whether a paper still comes for a broken agreement, and makes it enforceable. Asked before it is taken. */
export const makesEnforceable = (snapshot: CaseSnapshot, paper: Paper): boolean =>
  paper.enforceable &&
  snapshot.agreement?.id === paper.agreement &&
  isBroken(snapshot) &&
  snapshot.routes.some(({ route, stage }) => route === paper.route && stage !== 'granted');
