import type { CaseSnapshot, Moment, WatchOpening } from '../case/case.ts';
import type { LegalDay } from '../time/types.ts';
import { isForArbitration, recordArbitration } from './case-acts/record-arbitration.ts';
import { recordInterruption } from './case-acts/record-interruption.ts';
import {
  type Act,
  type AnyAct,
  checkPastDay,
  type Effects,
  type ProcedureDefinition,
  type ProcedureState,
  type Tell,
} from './definition.ts';

const LAW = '劳动争议调解仲裁法';

export interface WatchState extends ProcedureState {
  procedure: 'limitationWatch';
  stage: 'watching' | 'ended';
  attempt: number;
}

interface RecordFiling {
  kind: 'suit' | 'enforcement';
  filedOn: LegalDay;
}
interface RecordPaid {
  paidOn: LegalDay;
}
type Nothing = Record<string, never>;

function end(state: WatchState, outcome: string): Effects {
  state.stage = 'ended';
  state.outcome = outcome;
  return {};
}

const staff = ['operator', 'union', 'mediator', 'arbitrator', 'court'] as const;
const isWatching = ({ stage }: WatchState): boolean => stage === 'watching';

const fileArbitration: Act<WatchState, Parameters<typeof recordArbitration.apply>[1]> = {
  ...recordArbitration,
  open: (state) => isWatching(state) && isForArbitration(state),
  apply: (state, input, at) => ({ ...recordArbitration.apply(state, input, at), ...end(state, 'arbitrationFiled') }),
};

const recordFiling: Act<WatchState, RecordFiling> = {
  event: 'limitationWatch.filed',
  title: { zh: '登记已经起诉或者申请执行', en: 'Record a suit, or an application for enforcement' },
  legalRef: 'LIM-02',
  source: `${LAW} 第二十七条第二款；民事诉讼法 第二百五十条`,
  by: staff,
  open: isWatching,
  refuses: (_state, { filedOn }, at) => checkPastDay(filedOn, at, '/filedOn'),
  apply: (state, { kind, filedOn }) => ({ ...end(state, 'filed'), detail: { kind, filedOn } }),
};

const recordPaid: Act<WatchState, RecordPaid> = {
  event: 'limitationWatch.paid',
  title: { zh: '登记请求已经清偿', en: 'Record that the claim was paid' },
  legalRef: 'LIM-02',
  source: `${LAW} 第二十七条第二款`,
  by: staff,
  costsTime: true,
  open: isWatching,
  refuses: (_state, { paidOn }, at) => checkPastDay(paidOn, at, '/paidOn'),
  apply: (state, { paidOn }) => ({ ...end(state, 'paid'), detail: { paidOn } }),
};

/** A closed case goes on where the rules send one that the return visit found unresolved, and takes the clock with it. */
const reopen: Act<WatchState, Nothing> = {
  event: 'limitationWatch.reopened',
  title: { zh: '时效未满，重新启动案件', en: 'Reopen the case: the limitation still runs' },
  legalRef: 'NEG-09',
  source: `${LAW} 第五条`,
  by: ['operator', 'union', 'mediator'],
  open: (state) => isWatching(state) && state.case.closedAtStep !== undefined,
  apply: (state) => end(state, 'reopened'),
};

function beginWatch(snapshot: CaseSnapshot, opening: Omit<WatchOpening, 'procedure'>, _at: Moment) {
  const { attempt, clocks } = opening;
  const state: WatchState = {
    ...{ procedure: 'limitationWatch', stage: 'watching', case: snapshot, clocks: [] },
    run: `${snapshot.runNo}-limitationWatch-${attempt}`,
    attempt,
  };
  const tell = clocks.map(({ key }): Tell => ({ template: 'timeWatched', to: 'applicant', clockKey: key }));
  return { state, effects: { start: clocks, tell } };
}

/**
 * 时效留观: after the case is closed unsettled, the time in which the claim can still be brought is watched on
 * (LIM-01 to LIM-05; ENF-01 where a paper can be enforced).
 */
export const limitationWatchProcedure: ProcedureDefinition<WatchState> & { beginWith: typeof beginWatch } = {
  procedure: 'limitationWatch',
  title: { zh: '时效留观', en: 'Limitation watch' },
  legalRef: 'LIM-01',
  source: `${LAW} 第二十七条`,
  outcomes: ['arbitrationFiled', 'filed', 'paid', 'ranOut', 'reopened'],
  begin: (snapshot, at) => beginWatch(snapshot, { attempt: 1, clocks: [] }, at),
  beginWith: beginWatch,
  acts: {
    'limitationWatch.recordInterruption': recordInterruption as AnyAct<WatchState>,
    'limitationWatch.recordArbitration': fileArbitration,
    'limitationWatch.recordFiling': recordFiling,
    'limitationWatch.recordPaid': recordPaid,
    'limitationWatch.reopen': reopen,
  },
  passed: (state) => end(state, 'ranOut'),
};
