import type { CaseSnapshot, Clock, ClockStart, Moment } from '../case/case.ts';
import { chainRun, type Effects, type ProcedureDefinition, type Tell } from './definition.ts';
import { performanceActs } from './performance-acts.ts';
import {
  breach,
  count,
  discount,
  instalmentClock,
  itemOf,
  lapsed,
  type PerformanceProcedure,
  type PerformanceState,
} from './performance-state.ts';

/** All that a silence may mean, by the clock. */
export const performanceSilences = {
  instalment: ['overdue'],
  grace: ['overdue'],
  confirmation: ['deemedPaid', 'unconfirmed'],
};

/** What silence does at an instalment's due moment, at the end of grace, and when the payee says nothing. */
export function performanceSilence(state: PerformanceState, clock: Clock, outcome: string, at: Moment): Effects {
  const payment = state.payments.find(({ id }) => id === clock.subject);
  if (payment?.status === 'recorded')
    return outcome === 'deemedPaid' ? count(state, payment, 'deemed') : discount(state, payment, 'unconfirmed', at);
  const item = clock.subject === undefined ? undefined : itemOf(state, clock.subject);
  if (item?.status !== 'open') return {};
  if (clock.deadlineId === `${state.procedure}.instalment`) return lapsed(state, item, at);
  item.status = 'overdue';
  return {
    ...breach(state, state.procedure === 'settlementPerformance' ? 'overdue' : 'breached', at),
    detail: { instalment: item.id, unpaidFen: item.amountFen - item.paidFen },
  };
}

/** The debtor is reminded of an instalment, the payee of a payment to confirm. */
export function performanceReminds(state: PerformanceState, clock: Clock): Array<Tell['to']> {
  const payment = state.payments.find(({ id }) => id === clock.subject);
  const item = itemOf(state, payment?.item ?? clock.subject ?? '');
  if (!item) return ['operator'];
  return [{ party: payment ? item.creditor : item.debtor }];
}

/** Whether evidence was shown for the payment a confirmation clock is about. */
export const performanceSilenceFacts = (state: PerformanceState, clock: Clock) => ({
  side: 'none' as const,
  evidence: state.payments.find(({ id }) => id === clock.subject)?.evidence ?? false,
});

/** State and clocks of a performance that begins. Throws when the snapshot has no agreement: the path rules are then wrong. */
export function beginPerformance(
  procedure: PerformanceProcedure,
  snapshot: CaseSnapshot,
): { state: PerformanceState; start: ClockStart[] } {
  const agreement = snapshot.agreement;
  if (!agreement) throw new Error(`${procedure} needs an agreement in the snapshot of ${snapshot.caseNo}`);
  const state: PerformanceState = {
    procedure,
    run: chainRun(snapshot),
    case: snapshot,
    stage: 'performing',
    clocks: snapshot.clocks,
    agreement,
    breached: false,
    payments: [],
    items: agreement.obligations.flatMap((obligation) =>
      obligation.instalments.map((instalment) => ({
        id: instalment.id,
        obligation: obligation.id,
        debtor: obligation.debtor,
        creditor: obligation.creditor,
        form: obligation.form,
        amountFen: instalment.amountFen,
        paidFen: 0,
        pendingFen: 0,
        status: 'open' as const,
      })),
    ),
  };
  const effect = { on: agreement.effectiveOn, at: agreement.effectiveAt };
  const terms = agreement.obligations.flatMap((obligation) => obligation.instalments);
  return { state, start: terms.map((term) => instalmentClock(state, term.id, term, effect)) };
}

export const settlementPerformanceProcedure: ProcedureDefinition<PerformanceState> = {
  procedure: 'settlementPerformance',
  title: { zh: '和解协议履行', en: 'Performance of the settlement' },
  legalRef: 'NEG-06',
  source: '企业劳动争议协商调解规定 第十一条',
  outcomes: ['performed', 'overdue', 'disputed'],
  begin(snapshot) {
    const { state, start } = beginPerformance('settlementPerformance', snapshot);
    return {
      state,
      effects: {
        start,
        tell: [
          { template: 'settlementMade', to: 'applicant' },
          { template: 'settlementMade', to: 'respondent' },
        ],
      },
    };
  },
  acts: performanceActs('settlementPerformance'),
  silenceFacts: performanceSilenceFacts,
  silencesOf: performanceSilences,
  silence: performanceSilence,
  reminds: performanceReminds,
};
