import type { Clock, PaperRoute, RouteState, Side } from '../../case/case.ts';
import { firstRefusal, refuse } from '../../refusal.ts';
import { checkConfirmationApplication } from '../confirmation-application.ts';
import { type Act, checkBothSides, checkPastDay, type Effects, type ProcedureState } from '../definition.ts';
import { type ApplyJointly, checkReviewPapers } from '../review-application.ts';

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

const isTaken = ({ stage }: RouteState): boolean => stage === 'pending' || stage === 'granted';

const routeOf = (state: ProcedureState, name: PaperRoute): RouteState | undefined =>
  state.case.routes.find((route) => route.route === name);

/**
 * The joint application, while the agreement is performed and, as long as its time runs, in what follows a breach. It is an act of
 * the chain, so that one workflow decides between the two routes and they exclude each other without a race; the procedure it
 * opens runs beside.
 */
export const applyJointly = (route: PaperRoute): Act<ProcedureState, ApplyJointly> => ({
  event: `${route}.applied`,
  title: { zh: applications[route].zh, en: applications[route].en },
  legalRef: applications[route].legalRef,
  source: applications[route].source,
  by: ['operator', 'mediator', 'arbitrator', 'court'],
  within: `${route}.application`,
  open: (state) =>
    state.procedure === 'agreementPerformance'
      ? state.stage === 'performing'
      : state.stage !== 'ended' && state.clocks.some(({ deadlineId }) => deadlineId === `${route}.application`),
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
        return isTaken(own)
          ? refuse('route-taken', '已经提出申请。', 'The application has been made already.')
          : undefined;
      },
      () =>
        state.case.routes.some((other) => other.route !== route && isTaken(other))
          ? refuse(
              'route-taken',
              '仲裁审查与司法确认只能择一，另一途径已在进行或已完成。',
              'Arbitration review and judicial confirmation exclude each other; the other one is under way or done.',
              { source: '劳动人事争议仲裁办案规则 第七十五条第二款' },
            )
          : undefined,
      () => checkPastDay(input.appliedOn, at, '/appliedOn', state.case.agreement?.effectiveOn),
      () => checkBothSides(state, input.agreedBy, applications[route].source),
      () =>
        route === 'arbitrationReview' ? checkReviewPapers(state, input) : checkConfirmationApplication(state, input),
    ),
  apply(state, { appliedOn, agreedBy, paper, papers, reachable, court }) {
    const own = routeOf(state, route);
    if (!own) return {};
    own.stage = 'pending';
    own.attempt += 1;
    return {
      open: { procedure: route, attempt: own.attempt, appliedOn },
      detail: {
        ...{ appliedOn, agreedBy },
        ...(paper === undefined ? {} : { paper }),
        ...(papers === undefined ? {} : { papers }),
        ...(route === 'arbitrationReview' ? { reachable } : {}),
        ...(court === undefined ? {} : { court }),
      },
    };
  },
});

/** Nobody has applied in time: that way is closed. What has been applied for does not lapse, and nobody is told that it did. */
export function applicationSilence({ case: { routes } }: ProcedureState, { deadlineId }: Clock): Effects | undefined {
  const route = routes.find((candidate) => deadlineId === `${candidate.route}.application`);
  if (!route) return undefined;
  if (isTaken(route)) return { tell: [] };
  route.stage = 'lapsed';
  return {};
}

/** Both are reminded of the time to apply; nobody is pressed where an application, this or the other, has been made. */
export const applicationReminds = ({ case: { routes } }: ProcedureState, { deadlineId }: Clock): Side[] | undefined =>
  deadlineId.endsWith('.application') && routes.some(({ route }) => deadlineId === `${route}.application`)
    ? routes.some(isTaken)
      ? []
      : ['applicant', 'respondent']
    : undefined;
