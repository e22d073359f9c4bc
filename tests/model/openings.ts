import { addDays } from '../../domain/time/day.ts';
import { bodies } from './bodies.ts';
import type { Act, Model, Who } from './model.ts';
import { nextEnd } from './play.ts';

/** An act, or time that passes until a day. */
export type Happening = Act | { until: string };

export type Opening = 'none' | 'settled' | 'hearing' | 'agreed' | 'overdue' | 'breached';

/** How far a case is taken as the law would have it before anything is drawn, so that what is far off is reached too. */
export const goals: Record<Opening, { route?: Model['requestedRoute']; reached(m: Model): boolean }> = {
  none: { reached: () => true },
  settled: { route: 'negotiation', reached: (m) => m.procedure !== 'negotiation' },
  hearing: { route: 'mediation', reached: (m) => m.procedure !== 'mediation' || m.mediator },
  agreed: { route: 'mediation', reached: (m) => m.procedure !== 'mediation' },
  overdue: { route: 'negotiation', reached: (m) => m.path.length > 2 },
  breached: { route: 'mediation', reached: (m) => m.path.length > 2 },
};

/** The next thing on the plain way to a goal, or nothing where it is reached. */
export function towards(m: Model, opening: Opening, terms: number): Happening | undefined {
  if (m.closed || m.procedure === 'followUp' || goals[opening].reached(m)) return undefined;
  const act = (name: string, by: Who = 'operator', body = 0): Act => ({
    name,
    by,
    body: bodies[name]?.(m)[body] ?? {},
  });
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
    default:
      return untilSilence(m);
  }
}

/** Nobody does anything until the next clock has run out. */
export function untilSilence(m: Model): Happening | undefined {
  const end = nextEnd(m);
  return end === undefined ? undefined : { until: addDays(end, 1) };
}
