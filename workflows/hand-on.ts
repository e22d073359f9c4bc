import { makeContinueAsNewFunc, patched } from '@temporalio/workflow';
import {
  enforcementAtEnd,
  isSettlementBroken,
  lasting,
  type Next,
  orderQuestion,
  prepare,
  questionsAtEnd,
  questionsBefore,
  snapshotFor,
  tellAtEnd,
} from '../domain/case/afterwards.ts';
import type { CaseSnapshot, ClockStart } from '../domain/case/case.ts';
import { endsEmergency } from '../domain/case/collective.ts';
import { interrupted } from '../domain/case/limitation.ts';
import { routeOf } from '../domain/case/payment-order.ts';
import { applicationsOpen } from '../domain/case/remedies.ts';
import { watchedAfter } from '../domain/case/watch.ts';
import type { Effects, ProcedureDefinition, ProcedureState } from '../domain/procedures/definition.ts';
import type { Decision } from '../domain/rules.ts';
import { openBeside, tellCaseOver, tellChainMoved } from './beside.ts';
import { moment } from './moment.ts';
import { patches } from './patches.ts';
import type { Run } from './run.ts';
import { attributesOf } from './search-attributes.ts';

/** Continues as new into the workflow type of the next procedure, with one plain-JSON snapshot. Never returns. */
export function continueInto(next: string, snapshot: CaseSnapshot): Promise<never> {
  return makeContinueAsNewFunc<(snapshot: CaseSnapshot) => Promise<void>>({
    workflowType: next,
    initialVersioningBehavior: 'AUTO_UPGRADE',
    typedSearchAttributes: attributesOf(next, snapshot),
  })(snapshot);
}

/**
 * The one way from a procedure of the chain to the next: the rules say where, the event says why,
 * and the chain continues as new into that type. Returns only when the case is closed.
 */
export async function handOn<S extends ProcedureState>(
  run: Run<S>,
  definition: ProcedureDefinition<S>,
  also: { effects?: Effects; decisions?: Decision[]; next?: Next } = {},
): Promise<void> {
  const { state } = run;
  await run.quiet();
  const mayAsk = !also.next && (!isSettlementBroken(state) || patched(patches.orderAtSettlement));
  const eligible = await run.ask(mayAsk ? orderQuestion(state) : []);
  const order = eligible[0] && (routeOf(eligible[0].outcome) ?? 'none');
  const decisions = await run.ask(also.next ? questionsAtEnd(state).slice(1) : questionsAtEnd(state, order));
  const next = also.next ?? (decisions[0]?.outcome as unknown as Next);
  const prepared = await run.ask(questionsBefore(next, snapshotFor(state, next, moment().today)));
  const applications = applicationsOpen(state);
  const at = moment();
  const interrupts = decisions.find(({ point }) => point === 'limitation.interruption')?.outcome.interrupts === true;
  const start = [
    ...(also.effects?.start ?? []),
    ...(interrupts ? interrupted(state.clocks, at.today, at.now) : []),
    ...enforcementAtEnd(state, at.now),
  ];
  const watched = next.next === 'closed' ? watchedAfter(state) : [];
  const goesOn = next.next === 'closed' ? watched.map(({ key }) => key) : lasting;
  const stop = state.clocks.filter(({ key }) => !goesOn.includes(key)).map(({ key }) => key);
  await run.commit({
    dedup: `ended:${state.run}`,
    event: {
      type: `${definition.procedure}.ended`,
      title: { zh: `${definition.title.zh}结束`, en: `${definition.title.en} ends` },
      ...articleOf(decisions, also.decisions, definition),
    },
    effects: {
      start,
      stop,
      tell: [...(also.effects?.tell ?? []), ...tellAtEnd(state, next)],
      detail: {
        outcome: state.outcome,
        next: next.next,
        ...(state.case.mergedInto === undefined ? {} : { into: state.case.mergedInto }),
        ...(next.prefill === undefined ? {} : { prefill: next.prefill }),
        ...(next.rightToArbitrate === undefined ? {} : { rightToArbitrate: next.rightToArbitrate }),
        ...(next.remedy === undefined ? {} : { remedy: next.remedy }),
        ...(applications.length === 0 ? {} : { applications }),
        ...also.effects?.detail,
      },
    },
    decisions: [...(also.decisions ?? []), ...eligible, ...decisions, ...prepared],
    next: next.next,
  });
  await run.quiet();
  const over = endsEmergency(state, next.next);
  if (over) await tellCaseOver(state.case.caseNo, over);
  await tellArbitration(snapshotFor(state, next, at.today), next.next);
  if (next.next === 'closed') return watchOn(snapshotFor(state, next, at.today), watched);
  await continueInto(next.next, prepare(snapshotFor(state, next, at.today), [...eligible, ...prepared]));
}

/** An arbitration of the case hears where it goes: it may be waiting for what comes of a mediation, or send it to one. */
async function tellArbitration(snapshot: CaseSnapshot, to: Next['next']): Promise<void> {
  const { arbitration, caseNo, past } = snapshot;
  const last = past.at(-1);
  if (arbitration === undefined || last === undefined || !patched(patches.arbitrationHears)) return;
  const { procedure: from, outcome, on } = last;
  const closed = to === 'closed' ? { ...snapshot, closedAtStep: snapshot.step } : undefined;
  await tellChainMoved(caseNo, { from, outcome, to, on, past, ...(closed ? { closed } : {}) });
}

/** A case that closes unsettled leaves the time that still runs to a watch beside it. */
async function watchOn(snapshot: CaseSnapshot, clocks: ClockStart[]): Promise<void> {
  if (clocks.length === 0 || !patched(patches.limitationWatch)) return;
  const closed = { ...snapshot, closedAtStep: snapshot.step };
  await openBeside(closed, { procedure: 'limitationWatch', attempt: 1, clocks });
}

/** The article under which the case goes on: that of the rule that decided it. */
function articleOf(
  decisions: Decision[],
  also: Decision[] | undefined,
  fallback: { legalRef: string; source: string },
): { legalRef: string; source: string } {
  const taken = [...(also ?? []), ...decisions];
  const rule = (['procedure.next', 'intake.firstProcedure', 'intake.admissible'] as const)
    .map((point) => taken.find((decision) => decision.point === point)?.matched[0])
    .find((matched) => matched !== undefined);
  return rule
    ? { legalRef: rule.legalRef, source: rule.source }
    : { legalRef: fallback.legalRef, source: fallback.source };
}
