import type { Answer, Body, Chapter, Model, Route, RouteName, Rule } from './model.ts';
import { bothSides, day, staff, start, stop } from './model.ts';
import { beginPerformance, breakUp, performanceActs, performanceSilence } from './performance.ts';

export const reviewPapers = ['application', 'agreement', 'identity', 'qualification'];

/** L11, JR-04: one of the two ways, not both. */
const taken = (route: Route | undefined): boolean => route === 'pending' || route === 'granted';

/** JR-02: what is handed in for a review, and where everybody who applies can be reached. */
function handedIn({ papers = [], serviceAddresses = [], agreedBy = [] }: Body): Answer | undefined {
  const reachable = serviceAddresses.map(({ party }) => party);
  const complete = reviewPapers.every((paper) => papers.includes(paper));
  return complete && agreedBy.every((id) => reachable.includes(id)) ? undefined : 'paper-missing';
}

/** JR-01, JC-01: jointly, within fifteen or thirty days of the agreement's taking effect. */
const applyJointly = (name: RouteName, other: RouteName, begin: (m: Model, appliedOn: string) => void): Rule => ({
  by: ['operator', 'mediator', 'arbitrator', 'court'],
  in: ['performing'],
  within: `${name}.application`,
  unless(m, body) {
    if (m.routes[name] === undefined) return 'route-not-available';
    if (taken(m.routes[name]) || taken(m.routes[other])) return 'route-taken';
    return (
      day(m, body.appliedOn, m.agreement?.on) ??
      bothSides(m, body.agreedBy) ??
      (name === 'arbitrationReview' ? handedIn(body) : undefined)
    );
  },
  does(m, { appliedOn }) {
    m.routes[name] = 'pending';
    begin(m, String(appliedOn));
  },
});

/** What came of an application reaches the agreement it was about; a breach that waited for it goes on. */
export function paper(m: Model, name: RouteName, outcome: string, enforceable: boolean): void {
  if (m.routes[name] === undefined) return;
  m.routes[name] = enforceable ? 'granted' : outcome === 'withdrawn' ? 'available' : 'refused';
  if (m.procedure === 'agreementPerformance' && m.breached && !Object.values(m.routes).includes('pending'))
    breakUp(m, 'agreementPerformance', 'breached');
}

const beside = (name: RouteName) => (m: Model, appliedOn: string) => {
  m.beside[name] = {
    ...{ procedure: name, stage: 'deciding', clocks: {}, appliedOn, received: {}, objections: [] },
  };
  start(m, `${name}.acceptance`, appliedOn);
};

const lapse = (name: RouteName) => (m: Model) => {
  // What has been applied for does not lapse.
  if (!taken(m.routes[name])) m.routes[name] = 'lapsed';
};

/** 调解协议履行, 劳动争议调解仲裁法 第十四条、第十五条; 办案规则 第七十四条; 民事诉讼法 第二百零五条. */
export const agreementPerformance: Chapter = {
  begin(m) {
    const on = m.agreement?.on ?? m.today;
    m.noticeServed = false;
    beginPerformance(m, 'agreementPerformance');
    start(m, 'agreementPerformance.notice', on);
    for (const name of Object.keys(m.routes) as RouteName[]) start(m, `${name}.application`, on);
  },
  acts: {
    ...performanceActs('agreementPerformance'),
    // 71号 第十二条.
    'agreementPerformance.serveNotice': {
      by: staff,
      in: ['performing', 'awaitingPaper'],
      when: (m) => !m.noticeServed,
      unless: (m, { servedOn }) => day(m, servedOn, m.agreement?.on),
      does(m) {
        m.noticeServed = true;
        stop(m, 'agreementPerformance.notice');
      },
    },
    'arbitrationReview.applyJointly': applyJointly(
      'arbitrationReview',
      'judicialConfirmation',
      beside('arbitrationReview'),
    ),
    'judicialConfirmation.applyJointly': applyJointly(
      'judicialConfirmation',
      'arbitrationReview',
      beside('judicialConfirmation'),
    ),
  },
  silence: {
    ...performanceSilence('agreementPerformance'),
    // 71号 第十二条: where nobody has served the notice, it goes out by itself.
    'agreementPerformance.notice'(m) {
      m.noticeServed = true;
    },
    'arbitrationReview.application': lapse('arbitrationReview'),
    'judicialConfirmation.application': lapse('judicialConfirmation'),
  },
};
