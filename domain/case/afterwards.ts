import type { Effects, ProcedureState, Question, Tell } from '../procedures/definition.ts';
import type { PerformanceState } from '../procedures/performance-state.ts';
import type { Decision } from '../rules.ts';
import type { LegalDay } from '../time/types.ts';
import { applicationsOpen, isBroken } from './applications.ts';
import {
  type CaseSnapshot,
  type ChainProcedure,
  type Clock,
  type ClockStart,
  claimKindsOf,
  type Paper,
  type RouteState,
  type Side,
  type Unpaid,
  workersOf,
} from './case.ts';
import { collectiveOf, representativesQuestion } from './collective.ts';
import { brokenIn, ENFORCEMENT, enforceable, enforcementFrom, lastInstalmentOf } from './enforcement.ts';
import { LIMITATION } from './limitation.ts';
import { type OrderRoute, orderEligibility, orderTaken, orderTried, routeOf } from './payment-order.ts';
import { courtReferral, liveReferral, referredBy } from './referral.ts';
import { remediesAtBreach } from './remedies.ts';
import { TRANSFER } from './transfer.ts';

/** Where a case goes after a procedure, in the words of the rule. */
export interface Next {
  next: ChainProcedure | 'closed';
  origin?: CaseSnapshot['origin'];
  prefill?: string;
  tell?: string[];
  rightToArbitrate?: boolean;
  remedy?: { zh: string; en: string };
  /** Whether the court is asked if what was conceded was truly meant. */
  examineConcessions?: boolean;
}

const failures = ['overdue', 'breached', 'disputed'];

/** The paper by which what was broken can be enforced. */
const paperFor = (state: ProcedureState): ReturnType<typeof enforceable> =>
  enforceable(state.case.routes, brokenIn(state as Partial<PerformanceState>));

/** An agreement was broken, and no paper enforces it. */
const isBareBreach = (state: ProcedureState): boolean => state.outcome === 'breached' && paperFor(state) === 'none';

/** A settlement was not performed: mediation follows by itself, and the worker may ask for an order for wages instead (PO-18). */
export const isSettlementBroken = ({ procedure, outcome = '' }: ProcedureState): boolean =>
  procedure === 'settlementPerformance' && failures.includes(outcome);

/** Asked where money is left owed and no paper can be enforced: which way to a payment order is open. */
export function orderQuestion(state: ProcedureState): Question[] {
  const { outcome = '', procedure } = state;
  const unpaid = procedure === 'mediation' ? state.case.unpaid : unpaidOf(state);
  const breached = (procedure === 'agreementPerformance' && outcome === 'breached') || isSettlementBroken(state);
  // A settlement that was not performed, and a mediation that did not replace it.
  const settled = unpaid !== undefined && state.case.agreement?.kind !== 'mediation';
  const stillOwed = procedure === 'mediation' && settled && outcome !== 'agreement' && !orderTried(state.case);
  if (!(breached && paperFor(state) === 'none') && !stillOwed) return [];
  return [orderEligibility({ ...state.case, unpaid })];
}

/** Where a case goes from there. */
const nextQuestion = (
  snapshot: CaseSnapshot,
  from: { procedure: string; outcome: string; paymentOrder: OrderRoute },
  paper = enforceable(snapshot.routes),
): Question => ({
  point: 'procedure.next',
  facts: {
    ...from,
    enforceable: paper,
    scope: snapshot.scope,
    referral: liveReferral(snapshot),
  },
});

/** What is asked of the rules when a procedure of the chain has its outcome. */
export const questionsAtEnd = (state: ProcedureState, order: OrderRoute = orderTaken(state)): Question[] => [
  nextQuestion(
    state.case,
    { procedure: state.procedure, outcome: state.outcome ?? '', paymentOrder: order },
    paperFor(state),
  ),
  { point: 'limitation.interruption', facts: { procedure: state.procedure, outcome: state.outcome ?? '' } },
  ...remediesAtBreach(state, order),
];

/** What is asked when a closed case is opened again: where one goes that the return visit found unresolved, or was sent on. */
export const questionsAtReopening = (snapshot: CaseSnapshot, outcome: 'reopened' | 'referred'): Question[] => [
  nextQuestion(snapshot, { procedure: 'followUp', outcome, paymentOrder: 'none' }),
];

/** What is asked when a paper is revoked after the breach that was to be enforced with it: where the breach leads without. */
export function questionsAfterRevocation({ case: snapshot }: ProcedureState, paper: Paper): Question[] {
  if (paper.outcome !== 'revoked' || snapshot.agreement?.id !== paper.agreement || !isBroken(snapshot)) return [];
  // What was owed is not carried on into the return visit; arbitration is open for all of it.
  return [breachQuestion(snapshot)];
}

/** Where the breach leads, with the paper that the agreement has or has not by now. */
export const breachQuestion = (snapshot: CaseSnapshot): Question =>
  nextQuestion(snapshot, { procedure: 'agreementPerformance', outcome: 'breached', paymentOrder: 'none' });

/** ENF-01: a paper that comes after the breach; an order that can be enforced already keeps its own, earlier or later, time. */
export const enforcementAfterBreach = (
  { clocks, case: { lastInstalmentOn } }: ProcedureState,
  now: string,
): ClockStart[] =>
  lastInstalmentOn === undefined || clocks.some(({ key }) => key === ENFORCEMENT)
    ? []
    : [enforcementFrom(lastInstalmentOn, now)];

/** What is asked before a procedure is entered, so that it starts with the answer. */
export function questionsBefore({ next, rightToArbitrate }: Next, snapshot: CaseSnapshot): Question[] {
  const claimKinds = claimKindsOf(snapshot);
  const newEmploymentForm = snapshot.facts.relation === 'newEmploymentForm';
  if (next === 'mediation')
    return [
      {
        point: 'mediation.organisation',
        facts: {
          enterpriseCommittee: snapshot.facts.enterpriseCommittee,
          newEmploymentForm,
          workers: workersOf(snapshot).length,
          claimKinds,
          referredBy: snapshot.channel === 'court' ? 'court' : referredBy(snapshot.referral),
        },
      },
      ...representativesQuestion(snapshot),
    ];
  if (next === 'negotiation') return representativesQuestion(snapshot);
  if (next === 'preLitigationMediation')
    return [{ point: 'court.organisations', facts: { scope: snapshot.scope } }, ...representativesQuestion(snapshot)];
  if (next === 'agreementPerformance')
    return [
      {
        point: 'agreement.routes',
        facts: {
          claimKinds,
          scope: snapshot.scope,
          organisationKind: snapshot.organisation?.kind ?? 'townshipStreet',
          paymentOnly: (snapshot.agreement?.obligations ?? []).every(({ form }) => form === 'money'),
          referral: courtReferral(snapshot),
        },
      },
    ];
  // Where the dispute is not settled, the worker may still choose an order for wages (PO-02), once.
  return next === 'followUp' && rightToArbitrate && !orderTried(snapshot) ? [orderEligibility(snapshot)] : [];
}

/** Puts the answers to `questionsBefore` where the next procedure looks for them. */
export function prepare(snapshot: CaseSnapshot, decisions: Decision[]): CaseSnapshot {
  const prepared = { ...snapshot };
  for (const { point, outcome } of decisions) {
    if (point === 'mediation.organisation') prepared.organisation = outcome as unknown as CaseSnapshot['organisation'];
    if (point === 'case.representatives') prepared.collective = collectiveOf(outcome);
    if (point === 'court.organisations') prepared.organisations = outcome.items as CaseSnapshot['organisations'];
    if (point === 'paymentOrder.eligibility') prepared.paymentOrder = routeOf(outcome);
    if (point === 'agreement.routes')
      prepared.routes = (outcome.items as Array<{ route: RouteState['route'] }>).map(({ route }) => ({
        route,
        stage: 'available',
        attempt: 0,
      }));
  }
  return prepared;
}

/** Clocks that outlive a procedure: those of the case, and after a breach the times to apply for a paper. */
export const lastingOf = (state: ProcedureState): string[] => [
  ...[LIMITATION, ENFORCEMENT, TRANSFER],
  ...applicationsOpen(state).map(({ key }) => key),
];

/** The rules ask about facts conceded for a settlement that failed, and there are some. */
const asksAboutConcessions = ({ case: { conceded } }: ProcedureState, { examineConcessions }: Next): boolean =>
  examineConcessions === true && conceded === true;

/** The snapshot with which the next procedure of the chain starts. */
export function snapshotFor(state: ProcedureState, next: Next, on: LegalDay): CaseSnapshot {
  const { resume: _, ...snapshot } = state.case;
  const lasting = lastingOf(state);
  return {
    ...snapshot,
    origin: next.origin ?? 'direct',
    remedy: next.remedy,
    rightToArbitrate: next.rightToArbitrate,
    ...(asksAboutConcessions(state, next) ? { concessionsAsked: true } : {}),
    // A paper that leaves out what was broken is none for what follows.
    routes: isBareBreach(state)
      ? snapshot.routes.map((route) => (route.stage === 'granted' ? { ...route, stage: 'refused' as const } : route))
      : snapshot.routes,
    // What is owed stays owed, whatever the case goes through, until another agreement has been performed or not.
    // A mediation that replaces a settlement, or fails to, has the way to an order looked at anew.
    ...(state.procedure === 'mediation' ? { paymentOrder: undefined } : {}),
    unpaid: unpaidOf(state) ?? snapshot.unpaid,
    runNo: snapshot.runNo + 1,
    clocks: state.clocks.filter(({ key }) => lasting.includes(key)),
    past: [...snapshot.past, { procedure: state.procedure as ChainProcedure, outcome: state.outcome ?? '', on }],
  };
}

/** What an ended performance leaves owed. */
export function unpaidOf(state: ProcedureState): Unpaid[] | undefined {
  if (!('items' in state)) return undefined;
  return (state as PerformanceState).items
    .filter(({ status }) => status !== 'done')
    .map(({ id, debtor, creditor, form, amountFen, paidFen, status }) => ({
      instalment: id,
      debtor,
      creditor,
      form,
      amountFen: amountFen - paidFen,
      due: status === 'overdue',
    }));
}

/** ENF-01: an agreement that can be enforced and was breached: two years from the last day of its last instalment. */
export function enforcementAtEnd(state: ProcedureState, now: string): ClockStart[] {
  const { procedure, outcome } = state;
  if (procedure !== 'agreementPerformance' || outcome !== 'breached' || paperFor(state) === 'none') return [];
  const last = lastInstalmentOf(state);
  return last === undefined ? [] : [enforcementFrom(last, now)];
}

/** Whether the limitation has run out; arbitration is open still, and the other side may plead it. */
const isOver = ({ clocks, case: { limitationRanOut } }: ProcedureState): boolean =>
  limitationRanOut === true || clocks.some(({ key, expired }) => key === LIMITATION && expired);

/** Who is told that a procedure has ended: those the rule names, both sides where there is a result, the right to arbitrate. */
export function tellAtEnd(state: ProcedureState, next: Next): Tell[] {
  const outcome = state.outcome ?? '';
  const template = failures.includes(outcome) ? 'overdue' : 'result';
  const named = (next.tell ?? []).flatMap((who) => recipients(state, who)).map((to): Tell => ({ template, to }));
  // The other side hears of a case when the request is served, not when it is registered.
  const sides = state.procedure === 'intake' ? (['applicant'] as const) : (['applicant', 'respondent'] as const);
  const both: Tell[] = named.length > 0 || state.procedure === 'followUp' ? [] : sides.map((to) => ({ template, to }));
  const right: Tell[] =
    next.rightToArbitrate && state.case.arbitration === undefined
      ? [
          {
            template: isOver(state) ? 'rightToArbitrateLate' : 'rightToArbitrate',
            to: 'applicant',
            clockKey: LIMITATION,
          },
        ]
      : [];
  const asked: Tell[] = asksAboutConcessions(state, next) ? [{ template: 'concessionsAsked', to: 'court' }] : [];
  // The region that takes part is told what came of it.
  const { secondRegion } = state.case;
  const elsewhere: Tell[] =
    secondRegion === undefined ? [] : [{ template, to: { office: 'operator', region: secondRegion } }];
  return [...named, ...both, ...right, ...asked, ...elsewhere];
}

/**
 * Who is told of a silence that keeps the procedure going: those its rule names and the procedure has not told already.
 * An instalment whose day has passed is told of when the grace after it is over, an end by `tellAtEnd`.
 */
export function tellOfSilence(
  state: ProcedureState,
  clock: Clock,
  decision: Decision | undefined,
  { tell }: Effects,
): Tell[] {
  if (state.outcome !== undefined || tell?.length === 0 || clock.deadlineId.endsWith('.instalment')) return [];
  const named = (decision?.outcome.tell as string[] | undefined) ?? [];
  return named
    .map((who): Tell['to'] => (who === 'debtor' || who === 'creditor' ? partyTo(state, clock, who) : (who as Side)))
    .filter((to) => !tell?.some((told) => told.to === to))
    .map((to) => ({ template: 'deadlinePassed', to, clockKey: clock.key }));
}

/** The one who owes, or is owed, what a clock of a performance is about. */
function partyTo(state: ProcedureState, clock: Clock, who: 'debtor' | 'creditor'): Tell['to'] {
  const { items = [], payments = [] } = state as Partial<PerformanceState>;
  const subject = payments.find(({ id }) => id === clock.subject)?.item ?? clock.subject;
  const item = items.find(({ id }) => id === subject);
  return item ? { party: item[who] } : 'operator';
}

function recipients(state: ProcedureState, who: string): Array<Tell['to']> {
  if (who !== 'debtor' && who !== 'creditor') return [who as Tell['to']];
  const obligations = state.case.agreement?.obligations ?? [];
  return [...new Set(obligations.map((obligation) => obligation[who]))].map((party) => ({ party }));
}
