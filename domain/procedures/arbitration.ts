import {
  type ArbitrationOpening,
  type CaseSnapshot,
  chainProcedures,
  type Moment,
  type PartyId,
  type WatchOpening,
} from '../case/case.ts';
import { enforcementFrom } from '../case/enforcement.ts';
import { LIMITATION } from '../case/limitation.ts';
import type { Decision } from '../rules.ts';
import type { LegalDay } from '../time/types.ts';
import { awardActs, deemReceived, deemServed } from './arbitration-award.ts';
import { courtActs, noWord } from './arbitration-court.ts';
import { filingActs } from './arbitration-filing.ts';
import { mediationActs } from './arbitration-mediation.ts';
import { COURT, inForceFor, lapseRight } from './arbitration-shares.ts';
import { type ArbitrationState, aboutOf, arbitrationOutcomes, LAW, rightClocks, sides } from './arbitration-state.ts';
import { DEEMED } from './deemed-service.ts';
import { type ProcedureDefinition, type Question, startClock, type Tell } from './definition.ts';
import { limitationClock } from './intake.ts';
import { isLate } from './late-authority.ts';

function beginArbitration(snapshot: CaseSnapshot, filed: Omit<ArbitrationOpening, 'procedure'>, at: Moment) {
  const { attempt, appliedOn, by, limitationOver, during } = filed;
  const state: ArbitrationState = {
    ...{ procedure: 'arbitration', stage: 'deciding', case: snapshot, clocks: [], documents: [] },
    run: `${snapshot.runNo}-arbitration-${attempt}`,
    ...{ attempt, filedOn: appliedOn, filedBy: by, limitationOver, suitOpen: false },
    chainAt: snapshot.closedAtStep === undefined ? chainProcedures.find((name) => name === during) : 'closed',
  };
  const anchor = { on: appliedOn, at };
  return { state, effects: { start: [startClock(state, 'arbitration.acceptance', anchor)] } };
}

/**
 * 仲裁: what comes in of an arbitration that others conduct. Its filing, whether it is taken, its award, which of it is final,
 * and what each party may do against it until when (ARB-01, ARB-05, L9, FIN-01 to FIN-05).
 */
export const arbitrationProcedure: ProcedureDefinition<ArbitrationState> & { beginWith: typeof beginArbitration } = {
  procedure: 'arbitration',
  title: { zh: '仲裁（结果登记）', en: 'Arbitration (what comes of it)' },
  legalRef: 'ARB-01',
  source: `${LAW} 第二十七条至第五十一条`,
  outcomes: arbitrationOutcomes,
  begin: (snapshot, at) =>
    beginArbitration(snapshot, { attempt: 1, appliedOn: at.today, by: 'applicant', limitationOver: false }, at),
  beginWith: beginArbitration,
  acts: { ...filingActs, ...mediationActs, ...awardActs, ...courtActs },
  silenceFacts: () => ({ side: 'organisation' }),
  silences: ['suitOpen', 'deemedReceived', 'noWord', 'notUsed'],
  silencesOf: { longstop: ['lapsed'] },
  silence(state, clock, outcome, at) {
    if (outcome === 'suitOpen') {
      state.suitOpen = true;
      const who = state.stage === 'deciding' ? [state.filedBy] : sides;
      const late = isLate(state, clock, 'arbitration.longstop', 'commission', at);
      return { ...late, tell: [...(late.tell ?? []), ...who.map((to): Tell => ({ template: 'suitOpen', to }))] };
    }
    if (outcome === 'deemedReceived') return deemReceived(state, clock.dueOn, at);
    if (clock.deadlineId === DEEMED) return deemServed(state, clock, at);
    if (outcome === 'noWord') return noWord(state, clock);
    return outcome === 'notUsed' ? lapseRight(state, clock) : undefined;
  },
  reminds(state, { deadlineId, subject }) {
    if (deadlineId === 'arbitration.suitAfterRefusal') return [state.filedBy];
    const { party } = aboutOf(subject);
    return [party === undefined || deadlineId === COURT ? 'operator' : { party }];
  },
};

/**
 * What a party may turn to as the arbitration stands. `running` are the ids of the clocks that still run. Where the award is in
 * force for some workers only, it is asked for them apart (解释（一） 第十七条).
 */
export function arbitrationRemedyQuestions(
  state: ArbitrationState,
  running: ReadonlySet<string>,
): Array<Question & { workers?: PartyId[] }> {
  const { stage, suitOpen, limitationOver, outcome = 'none' } = state;
  const point = 'arbitration.remedies' as const;
  const facts = { stage, suitOpen, limitationOver, outcome, running: rightClocks.filter((id) => running.has(id)) };
  const workers = outcome === 'inForce' ? [] : inForceFor(state);
  return workers.length === 0
    ? [{ point, facts }]
    : [
        { point, facts },
        { point, facts: { ...facts, stage: 'ended', outcome: 'inForce', running: [] }, workers },
      ];
}

/**
 * From which day the limitation goes on: the application has interrupted it, where it was withdrawn; so has the agreement,
 * by which the other side promises to perform (LIM-02).
 */
const goesOn = ({ outcome, filedOn, mediation }: ArbitrationState) =>
  outcome === 'withdrawn' ? filedOn : outcome === 'mediated' ? mediation?.backOn : undefined;

/** Asked when it has ended: which limitation runs on. */
export const watchQuestion = (state: ArbitrationState): Question[] =>
  goesOn(state) === undefined ? [] : [limitationClock(state.case)];

/**
 * A final award is in force from the day on which it was made (FIN-01), unless a court finds otherwise; any other from the day on
 * which nobody may sue any more.
 */
const inForceSince = ({ documents, awardedOn }: ArbitrationState): LegalDay | undefined =>
  documents.some(({ final, shares }) => final === true && shares.some(({ fate = 'inForce' }) => fate === 'inForce'))
    ? awardedOn
    : undefined;

/**
 * What is to be watched after it: the limitation that goes on, the time to enforce an award in force (ENF-01). Of several documents
 * or workers the first in force begins it, once: that is too early for the others, and too late for nobody.
 */
export function watchAfterArbitration(
  state: ArbitrationState,
  answers: Decision[],
  at: Moment,
): WatchOpening | undefined {
  const opening = { procedure: 'limitationWatch' as const, attempt: state.attempt + 1 };
  if (inForceFor(state).length > 0) {
    if (state.enforcementWatched) return undefined;
    state.enforcementWatched = true;
    return { ...opening, clocks: [enforcementFrom(inForceSince(state) ?? at.today, at.now)] };
  }
  const deadlineId = answers[0]?.outcome.deadlineId;
  const anchorOn = goesOn(state);
  if (anchorOn === undefined || typeof deadlineId !== 'string' || deadlineId === 'none') return undefined;
  return state.limitationOver
    ? undefined
    : { ...opening, clocks: [{ key: LIMITATION, deadlineId, anchorOn, anchorAt: at.now }] };
}
