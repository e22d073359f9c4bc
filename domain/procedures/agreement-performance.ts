import type { CaseSnapshot, Paper, PartyId } from '../case/case.ts';
import { checkParty } from '../case/known-party.ts';
import type { LegalDay } from '../time/types.ts';
import { courtPaperActs } from './court-paper.ts';
import { addressee, DEEMED, isLeft, type LeftOrPosted, leave, received } from './deemed-service.ts';
import { type Act, checkPastDay, clockKey, type Effects, type ProcedureDefinition, startClock } from './definition.ts';
import {
  beginPerformance,
  performanceReminds,
  performanceSilence,
  performanceSilenceFacts,
  performanceSilences,
} from './performance.ts';
import { performanceActs } from './performance-acts.ts';
import type { PerformanceState } from './performance-state.ts';

export interface ServeNotice extends LeftOrPosted {
  /** The day on which it was received; left or put up, the day on which that was done. */
  servedOn: LegalDay;
  /** Whom it was served on; the first of the side that owes, unless named. */
  to?: PartyId;
}

const NOTICE = 'agreementPerformance.notice';

const serveNotice: Act<PerformanceState, ServeNotice> = {
  event: 'agreementPerformance.noticeServed',
  title: { zh: '发放履行告知书', en: 'Serve the performance notice' },
  legalRef: 'POL-01',
  source: '人社部发〔2022〕71号 第十二条',
  by: ['operator', 'union', 'mediator'],
  open: (state) => state.stage !== 'ended' && state.noticeServedOn === undefined,
  refuses: (state, input, at) =>
    checkPastDay(input.servedOn, at, '/servedOn', state.agreement.effectiveOn) ??
    (input.to === undefined ? undefined : checkParty(state.case, input.to, '/to')),
  apply(state, input, at) {
    if (!isLeft(input)) return serve(state, input.servedOn);
    const subject = addressee(state, 'respondent', input.to);
    state.noticeLeftAt = [...(state.noticeLeftAt ?? []), subject];
    const left = leave(state, input, { on: input.servedOn, subject }, at);
    return { ...left, stop: [clockKey(state, NOTICE)] };
  },
};

function serve(state: PerformanceState, servedOn: LegalDay): Effects {
  state.noticeServedOn = servedOn;
  return {
    stop: [clockKey(state, NOTICE), ...received(state, state.noticeLeftAt ?? [])],
    tell: [
      { template: 'performanceNotice', to: 'applicant' },
      { template: 'performanceNotice', to: 'respondent' },
    ],
    detail: { servedOn },
  };
}

export const agreementPerformanceProcedure: ProcedureDefinition<PerformanceState> = {
  procedure: 'agreementPerformance',
  title: { zh: '调解协议履行', en: 'Performance of the mediation agreement' },
  legalRef: 'MED-10',
  source: '劳动争议调解仲裁法 第十四条',
  outcomes: ['performed', 'breached'],
  begin(snapshot, at) {
    const { state, start } = beginPerformance('agreementPerformance', snapshot);
    const effect = { on: state.agreement.effectiveOn, at };
    return {
      state,
      effects: {
        start: [
          startClock(state, NOTICE, effect),
          ...snapshot.routes.map(({ route }) => startClock(state, `${route}.application`, effect)),
          ...start,
        ],
        tell: [
          { template: 'agreementMade', to: 'applicant' },
          { template: 'agreementMade', to: 'respondent' },
        ],
      },
    };
  },
  acts: {
    ...performanceActs('agreementPerformance'),
    'agreementPerformance.serveNotice': serveNotice,
    ...courtPaperActs,
  },
  silenceFacts: performanceSilenceFacts,
  silencesOf: { ...performanceSilences, notice: ['noticeSent'] },
  endsInSilence: ['breached'],
  silence(state, clock, outcome, at) {
    // Nobody has served it: it goes out by itself.
    if (clock.deadlineId === NOTICE) return serve(state, at.today);
    if (clock.deadlineId === DEEMED) return serve(state, clock.dueOn);
    return performanceSilence(state, clock, outcome, at);
  },
  reminds: performanceReminds,
  takePaper,
};

/** What a decided application changes in the chain: the route, and a breach that was waiting for it. */
function takePaper(state: PerformanceState, paper: Paper): boolean {
  const news = applyPaper(state.case, paper);
  if (state.breached && state.outcome === undefined && !state.case.routes.some(({ stage }) => stage === 'pending')) {
    state.stage = 'ended';
    state.outcome = 'breached';
  }
  return news;
}

/**
 * Records what came of an application, and says whether it is news: a paper told again is none. One that was withdrawn
 * may be made again while the time runs.
 */
export function applyPaper({ agreement, routes }: CaseSnapshot, paper: Paper): boolean {
  if (agreement?.id !== paper.agreement) return true;
  const route = routes.find((candidate) => candidate.route === paper.route);
  if (!route) return true;
  const stage = paper.enforceable ? 'granted' : paper.outcome === 'withdrawn' ? 'available' : 'refused';
  const same = (route.without ?? []).join() === (paper.without ?? []).join();
  if (route.stage === stage && same) return false;
  route.stage = stage;
  route.outcome = paper.outcome;
  if (!same) route.without = paper.without;
  return true;
}
