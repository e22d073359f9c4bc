import type { CaseSnapshot, Paper, PaperRoute, RouteState } from '../case/case.ts';
import { firstRefusal, refuse } from '../refusal.ts';
import type { LegalDay } from '../time/types.ts';
import { checkConfirmationApplication } from './confirmation-application.ts';
import { courtPaperActs } from './court-paper.ts';
import {
  type Act,
  checkBothSides,
  checkPastDay,
  clockKey,
  type Effects,
  type ProcedureDefinition,
  startClock,
} from './definition.ts';
import { beginPerformance, performanceReminds, performanceSilence, performanceSilenceFacts } from './performance.ts';
import { performanceActs } from './performance-acts.ts';
import type { PerformanceState } from './performance-state.ts';
import { type ApplyJointly, checkReviewPapers } from './review-application.ts';

export interface ServeNotice {
  servedOn: LegalDay;
}

const NOTICE = 'agreementPerformance.notice';

const serveNotice: Act<PerformanceState, ServeNotice> = {
  event: 'agreementPerformance.noticeServed',
  title: { zh: '发放履行告知书', en: 'Serve the performance notice' },
  legalRef: 'POL-01',
  source: '人社部发〔2022〕71号 第十二条',
  by: ['operator', 'union', 'mediator'],
  open: (state) => state.stage !== 'ended' && state.noticeServedOn === undefined,
  refuses: (state, input, at) => checkPastDay(input.servedOn, at, '/servedOn', state.agreement.effectiveOn),
  apply: (state, input) => ({ ...serve(state, input.servedOn), stop: [clockKey(state, NOTICE)] }),
};

function serve(state: PerformanceState, servedOn: LegalDay): Effects {
  state.noticeServedOn = servedOn;
  return {
    tell: [
      { template: 'performanceNotice', to: 'applicant' },
      { template: 'performanceNotice', to: 'respondent' },
    ],
    detail: { servedOn },
  };
}

const applications: Record<PaperRoute, { zh: string; en: string; legalRef: string; source: string }> = {
  arbitrationReview: {
    zh: '共同申请仲裁审查',
    en: 'Apply jointly for arbitration review',
    legalRef: 'JR-01',
    source: '劳动人事争议仲裁办案规则 第七十四条第一款',
  },
  judicialConfirmation: {
    zh: '共同申请司法确认',
    en: 'Apply jointly for judicial confirmation',
    legalRef: 'JC-01',
    source: '民事诉讼法 第二百零五条',
  },
};

const routeOf = (state: PerformanceState, name: PaperRoute): RouteState | undefined =>
  state.case.routes.find((route) => route.route === name);

/**
 * The joint application. It is an act of the chain, so that one workflow decides between the two routes
 * and they exclude each other without a race; the procedure it opens runs beside.
 */
const applyJointly = (route: PaperRoute): Act<PerformanceState, ApplyJointly> => ({
  event: `${route}.applied`,
  title: { zh: applications[route].zh, en: applications[route].en },
  legalRef: applications[route].legalRef,
  source: applications[route].source,
  by: ['operator', 'mediator', 'arbitrator', 'court'],
  within: `${route}.application`,
  open: (state) => state.stage === 'performing',
  refuses: (state, input, at) =>
    firstRefusal(
      () => {
        const own = routeOf(state, route);
        if (!own)
          return refuse(
            'route-not-available',
            '本协议不能走这条确认途径。',
            'This way of confirmation is not open to this agreement.',
            { source: applications[route].source },
          );
        if (own.stage === 'lapsed')
          return refuse('deadline-passed', '申请期限已过。', 'The time to apply has passed.', {
            source: applications[route].source,
          });
        return own.stage === 'pending' || own.stage === 'granted'
          ? refuse('route-taken', '已经提出申请。', 'The application has been made already.')
          : undefined;
      },
      () =>
        state.case.routes.some((other) => other.route !== route && ['pending', 'granted'].includes(other.stage))
          ? refuse(
              'route-taken',
              '仲裁审查与司法确认只能择一，另一途径已在进行或已完成。',
              'Arbitration review and judicial confirmation exclude each other; the other one is under way or done.',
              { source: '劳动人事争议仲裁办案规则 第七十五条第二款' },
            )
          : undefined,
      () => checkPastDay(input.appliedOn, at, '/appliedOn', state.agreement.effectiveOn),
      () => checkBothSides(state, input.agreedBy, applications[route].source),
      () =>
        route === 'arbitrationReview' ? checkReviewPapers(state, input) : checkConfirmationApplication(state, input),
    ),
  apply(state, { appliedOn, agreedBy, papers, reachable, court }) {
    const own = routeOf(state, route);
    if (!own) return {};
    own.stage = 'pending';
    own.attempt += 1;
    return {
      open: { procedure: route, attempt: own.attempt, appliedOn },
      detail: {
        ...{ appliedOn, agreedBy },
        ...(papers === undefined ? {} : { papers }),
        ...(route === 'arbitrationReview' ? { reachable } : {}),
        ...(court === undefined ? {} : { court }),
      },
    };
  },
});

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
    'arbitrationReview.applyJointly': applyJointly('arbitrationReview'),
    'judicialConfirmation.applyJointly': applyJointly('judicialConfirmation'),
  },
  silenceFacts: performanceSilenceFacts,
  silence(state, clock, outcome, at) {
    // Nobody has served it: it goes out by itself.
    if (clock.deadlineId === NOTICE) return serve(state, at.today);
    const route = state.case.routes.find((candidate) => clock.deadlineId === `${candidate.route}.application`);
    if (!route) return performanceSilence(state, clock, outcome, at);
    // What has been applied for does not lapse, and nobody is told that it did.
    if (route.stage === 'pending' || route.stage === 'granted') return { tell: [] };
    route.stage = 'lapsed';
    return {};
  },
  reminds(state, clock) {
    if (!clock.deadlineId.endsWith('.application')) return performanceReminds(state, clock);
    // Nobody is pressed to apply where an application, this or the other, has been made.
    return state.case.routes.some(({ stage }) => stage === 'pending' || stage === 'granted')
      ? []
      : ['applicant', 'respondent'];
  },
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
