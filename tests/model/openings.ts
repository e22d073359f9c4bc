import { addDays } from '../../domain/time/day.ts';
import { bodies } from './bodies.ts';
import type { Act, Model, RouteName, Who } from './model.ts';
import { nextEnd } from './play.ts';

/** An act, or time that passes until a day. */
export type Happening = Act | { until: string };

export const openings = [
  'none',
  'settled',
  'hearing',
  'agreed',
  'reviewed',
  'confirmed',
  'overdue',
  'breached',
  'served',
  'agreedForCourt',
] as const;
export type Opening = (typeof openings)[number];

/** How far a case is taken as the law would have it before anything is drawn, so that what is far off is reached too. */
export const goals: Record<Opening, { route?: Model['requestedRoute']; byCourt?: true; reached(m: Model): boolean }> = {
  none: { reached: () => true },
  settled: { route: 'negotiation', reached: (m) => m.procedure !== 'negotiation' },
  hearing: { route: 'mediation', reached: (m) => m.procedure !== 'mediation' || m.mediator },
  agreed: { route: 'mediation', reached: (m) => m.procedure !== 'mediation' },
  reviewed: { route: 'mediation', reached: (m) => m.beside.arbitrationReview?.stage === 'issued' },
  confirmed: { route: 'mediation', reached: (m) => m.beside.judicialConfirmation?.stage === 'objecting' },
  overdue: { route: 'negotiation', reached: (m) => m.path.length > 2 },
  breached: { route: 'mediation', reached: (m) => m.path.length > 2 },
  served: { route: 'mediation', reached: (m) => m.stage === 'awaitingPayment' },
  agreedForCourt: { byCourt: true, reached: (m) => m.procedure !== 'preLitigationMediation' },
};

/** Who does what while a mediation for the court goes its plain way. */
const forCourt: Record<string, [string, Who]> = {
  taking: ['take', 'mediator'],
  inviting: ['invite', 'mediator'],
  consenting: ['consent', 'r1'],
  choosing: ['chooseMediator', 'operator'],
  hearing: ['draftAgreement', 'mediator'],
  signing: ['sign', 'operator'],
};

/** The way to a paper: who does what at each stage of the procedure beside the chain. */
const papers: Partial<Record<Opening, { route: RouteName; steps: Record<string, [string, Who]> }>> = {
  reviewed: {
    route: 'arbitrationReview',
    steps: { deciding: ['accept', 'arbitrator'], reviewing: ['issue', 'arbitrator'] },
  },
  confirmed: {
    route: 'judicialConfirmation',
    steps: { deciding: ['accept', 'court'], reviewing: ['confirm', 'court'] },
  },
};

/** The next thing on the plain way to a goal, or nothing where it is reached. */
export function towards(m: Model, opening: Opening, terms: number): Happening | undefined {
  if (m.closed || m.procedure === 'followUp' || goals[opening].reached(m)) return undefined;
  const act = (name: string, by: Who = 'operator', body = 0): Act => ({
    name,
    by,
    body: bodies[name]?.(m)[body] ?? {},
  });
  const paper = papers[opening];
  if (paper && m.procedure === 'agreementPerformance') {
    const { route, steps } = paper;
    if (m.routes[route] === 'available') return act(`${route}.applyJointly`);
    const [verb, by] = steps[m.beside[route]?.stage ?? ''] ?? [];
    return verb === undefined ? undefined : act(`${route}.${verb}`, by);
  }
  if (m.procedure === 'preLitigationMediation') {
    const [verb, by] = forCourt[m.stage] ?? [];
    if (verb === undefined) return untilSilence(m);
    return act(`preLitigationMediation.${verb}`, by, m.stage === 'hearing' ? terms : 0);
  }
  switch (m.stage) {
    case 'serving':
      return act('negotiation.serveRequest');
    case 'awaitingAnswer':
      return act('negotiation.settle', 'union', terms);
    case 'offered':
      return act('mediation.apply');
    case 'consenting':
      return act('mediation.consent');
    case 'accepting':
      return act('mediation.accept', 'mediator');
    case 'hearing':
      return m.mediator ? act('mediation.draftAgreement', 'mediator', terms) : act('mediation.assignMediator');
    case 'signing': {
      const all = m.signatures.some(({ by }) => by === 'mediator');
      return all ? act('mediation.seal') : act('mediation.sign');
    }
    case 'confirming':
      return act('paymentOrder.apply');
    case 'docketing':
      return act('paymentOrder.accept', 'court');
    case 'examining':
      return act('paymentOrder.issue', 'court');
    case 'toBeServed':
      return act('paymentOrder.recordService', 'court');
    default:
      return untilSilence(m);
  }
}

/** Nobody does anything until the next clock has run out. */
export function untilSilence(m: Model): Happening | undefined {
  const end = nextEnd(m);
  return end === undefined ? undefined : { until: addDays(end, 1) };
}
