import type { ProcedureState, Question } from '../procedures/definition.ts';
import type { PerformanceState } from '../procedures/performance-state.ts';
import { enforceable } from './afterwards.ts';
import type { CaseSnapshot } from './case.ts';
import { type OrderRoute, orderTaken, orderTried } from './payment-order.ts';

const breaches = ['breached', 'overdue', 'disputed'];
const ordersInVain = ['objected', 'suitDeclined', 'terminated', 'rejected', 'notAccepted', 'lapsed'];

/** The strongest paper a case has: what can be enforced before what only binds. */
function paperOf({ agreement, routes, past }: CaseSnapshot): string {
  if (past.some(({ procedure, outcome }) => procedure === 'paymentOrder' && outcome === 'enforceable'))
    return 'paymentOrder';
  const granted = enforceable(routes);
  if (granted !== 'none') return granted;
  return agreement === undefined ? 'none' : agreement.kind === 'mediation' ? 'agreement' : 'settlement';
}

/** Whether what was agreed last has not been performed. */
const isBreached = (state: ProcedureState): boolean =>
  (state as Partial<PerformanceState>).breached === true ||
  breaches.includes(state.case.past.filter(({ procedure }) => procedure.endsWith('Performance')).at(-1)?.outcome ?? '');

/** An order is open while it is offered, and where the worker may still choose one. */
function orderOpen(state: ProcedureState): OrderRoute {
  const isOffered = state.procedure === 'paymentOrder' && state.stage === 'confirming';
  const mayBeChosen = state.procedure === 'followUp' && !orderTried(state.case);
  return isOffered || mayBeChosen ? orderTaken(state) : 'none';
}

/**
 * What a party of the case may turn to as it stands: asked of the rules, which name the clock that ends each.
 * `running` are the ids of the clocks that still run.
 */
export function remedyQuestion(state: ProcedureState, running: ReadonlySet<string>): Question {
  const { case: snapshot } = state;
  const free = !snapshot.routes.some(({ stage }) => stage === 'pending' || stage === 'granted');
  const isOpen = (route: string) =>
    free &&
    running.has(`${route}.application`) &&
    snapshot.routes.some((own) => own.route === route && own.stage === 'available');
  return {
    point: 'case.remedies',
    facts: {
      scope: snapshot.scope,
      procedure: state.procedure,
      paper: paperOf(snapshot),
      breached: isBreached(state),
      reviewOpen: isOpen('arbitrationReview'),
      confirmationOpen: isOpen('judicialConfirmation'),
      paymentOrder: orderOpen(state),
      orderFailed: snapshot.past.some(
        ({ procedure, outcome }) => procedure === 'paymentOrder' && ordersInVain.includes(outcome),
      ),
      wagesOnly: snapshot.claims.every(({ subject }) => subject === 'wages'),
      arbitrationFiled: snapshot.arbitration !== undefined,
    },
  };
}
