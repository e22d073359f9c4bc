import { aboutOf } from '../procedures/arbitration-state.ts';
import type { ProcedureState, Question } from '../procedures/definition.ts';
import type { PerformanceState } from '../procedures/performance-state.ts';
import type { FeeRule, MatchedRule, RemedyRule } from '../rules.ts';
import type { Bilingual, LegalDay } from '../time/types.ts';
import { type CaseSnapshot, type Clock, type PartyId, paperRoutes } from './case.ts';
import { brokenIn, enforceable } from './enforcement.ts';
import { feeFen } from './fee.ts';
import { LIMITATION } from './limitation.ts';
import { type OrderRoute, orderTaken, orderTried } from './payment-order.ts';

const breaches = ['breached', 'overdue', 'disputed'];
const ordersInVain = ['objected', 'suitDeclined', 'terminated', 'rejected', 'notAccepted', 'lapsed'];

/** Whether a payment order of the case ended in one of those ways. */
const orderEnded = ({ past }: CaseSnapshot, outcomes: string[]): boolean =>
  past.some(({ procedure, outcome }) => procedure === 'paymentOrder' && outcomes.includes(outcome));

/** The strongest paper a case has: what can be enforced before what only binds. */
function paperOf({ case: snapshot, ...state }: ProcedureState): string {
  const { agreement, routes } = snapshot;
  if (orderEnded(snapshot, ['enforceable'])) return 'paymentOrder';
  const granted = enforceable(routes, brokenIn(state as Partial<PerformanceState>));
  if (granted !== 'none') return granted;
  return agreement === undefined ? 'none' : agreement.kind === 'mediation' ? 'agreement' : 'settlement';
}

/** Whether what was agreed last has not been performed. */
const isBreached = (state: ProcedureState): boolean =>
  (state as Partial<PerformanceState>).breached === true ||
  (!orderEnded(state.case, ['paid']) &&
    breaches.includes(
      state.case.past.filter(({ procedure }) => procedure.endsWith('Performance')).at(-1)?.outcome ?? '',
    ));

/** An order is open while it is offered, and where the worker may still choose one; a broken settlement is mediated meanwhile. */
function orderOpen(state: ProcedureState): OrderRoute {
  const { paymentOrder = 'none', unpaid } = state.case;
  if (state.procedure === 'mediation' && unpaid !== undefined && !orderTried(state.case)) return paymentOrder;
  const isOffered = state.procedure === 'paymentOrder' && state.stage === 'confirming';
  const mayBeChosen = state.procedure === 'followUp' && !orderTried(state.case);
  return isOffered || mayBeChosen ? orderTaken(state) : 'none';
}

/**
 * What a party of the case may turn to as it stands: asked of the rules, which name the clock that ends each.
 * `running` are the ids of the clocks that still run.
 */
export function remedyQuestion(
  state: ProcedureState,
  running: ReadonlySet<string>,
  order: OrderRoute = orderOpen(state),
): Question {
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
      paper: paperOf(state),
      breached: isBreached(state),
      reviewOpen: isOpen('arbitrationReview'),
      confirmationOpen: isOpen('judicialConfirmation'),
      settlementUsable: snapshot.settlementEvidence?.usable === true,
      reviewRefused: snapshot.routes.some(
        ({ route, outcome }) => route === 'arbitrationReview' && (outcome === 'notAccepted' || outcome === 'refused'),
      ),
      paymentOrder: order,
      orderFailed: orderEnded(snapshot, ordersInVain),
      wagesOnly: snapshot.claims.every(({ subject }) => subject === 'wages'),
      arbitrationFiled: snapshot.arbitration !== undefined,
      arbitrationUnderWay: snapshot.referral?.by === 'arbitration',
      wageIou: snapshot.claims.every(({ subject, wageIou }) => subject === 'wages' && wageIou === true),
      inSuit: orderEnded(snapshot, ['turnedToSuit']),
    },
  };
}

/** What the region offers a party beside the procedures. */
export const serviceQuestion = ({ scope, facts }: CaseSnapshot): Question => ({
  point: 'case.services',
  facts: { scope, drivers: facts.drivers ?? 'none', employerSize: facts.employerSize ?? 'unknown' },
});

/** Asked when a performance ends in a breach, so that everybody is told what may be turned to then. */
export const remediesAtBreach = (state: ProcedureState, order: OrderRoute): Question[] =>
  breaches.includes(state.outcome ?? '')
    ? [remedyQuestion(state, new Set(applicationsOpen(state).map(({ deadlineId }) => deadlineId)), order)]
    : [];

/** The times to apply jointly that a breach finds unspent: the law leaves them to the parties, though the performance has ended. */
export const applicationsOpen = ({ clocks, outcome = '' }: ProcedureState): Bound[] =>
  breaches.includes(outcome)
    ? clocks
        .filter(
          ({ deadlineId, expired }) => !expired && paperRoutes.some((route) => deadlineId === `${route}.application`),
        )
        .map(({ key, deadlineId, dueOn, provisional }) => ({ key, deadlineId, dueOn, provisional }))
    : [];

/** One way that is open to a party: until when, with which papers, at what cost, and what waiting would cost. */
export interface OpenRemedy {
  remedy: string;
  title: Bilingual;
  legalRef: string;
  article: string;
  deadlineId: string;
  /** The last day; absent where no time is set, or none runs yet. */
  lastDay?: LegalDay;
  provisional?: boolean;
  /** Whose it is, and against which document of an award, where each party has a time of its own. */
  party?: PartyId;
  document?: string;
  /** The one of several workers against whom an employer has it. */
  against?: PartyId;
  papers: Bilingual[];
  lostByWaiting: Bilingual;
  /** What it costs, where the rules say so: the sum in yuan for what is owed, and how it is found. */
  fee?: { title: Bilingual; article: string; legalRef: string; amount?: number; suitAmount?: number };
}

/** A clock as far as a remedy is bound by it. */
export type Bound = Pick<Clock, 'key' | 'deadlineId' | 'dueOn' | 'provisional'> & { subject?: string | null };

/** The limitation has one name in the rules for all its kinds. */
const bounds = ({ key, deadlineId }: Bound, named: string): boolean =>
  named === 'limitation.arbitration' ? key === LIMITATION : deadlineId === named;

/** The remedies of the rules that matched, each with the clock that ends it; for each party where each has one. */
export function openRemedies(matched: MatchedRule[], clocks: Bound[], owedFen: number): OpenRemedy[] {
  return matched.flatMap(({ title, legalRef, source, outcome }) => {
    const { remedy, deadlineId, papers, lostByWaiting, fee } = outcome as unknown as RemedyRule;
    const said: OpenRemedy = {
      ...{ remedy, title, legalRef, article: source, deadlineId, papers, lostByWaiting },
      ...(fee ? { fee: feeOf(fee, owedFen) } : {}),
    };
    const own = clocks.filter((clock) => bounds(clock, deadlineId));
    const apart = own.filter(({ subject }) => aboutOf(subject).party !== undefined);
    const bound = apart.length > 0 ? apart : own.slice(-1);
    return bound.length === 0
      ? [said]
      : bound.map(({ dueOn, provisional, subject }) => ({
          ...{ ...said, lastDay: dueOn, provisional },
          ...(apart.length > 0 ? aboutOf(subject) : {}),
        }));
  });
}

function feeOf(rule: FeeRule, owedFen: number): OpenRemedy['fee'] {
  const { title, article, legalRef, suitYuan } = rule;
  const fen = feeFen(rule, owedFen);
  return {
    ...{ title, article, legalRef },
    ...(fen === undefined ? {} : { amount: fen / 100 }),
    ...(suitYuan === undefined ? {} : { suitAmount: suitYuan }),
  };
}
