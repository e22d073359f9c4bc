import type { Chapter, Model } from './model.ts';
import { workers } from './model.ts';
import { order, tried } from './order-way.ts';

/** Where a procedure leads: docs/paths.md, read as a lawyer would. */
interface Next {
  to: string;
  origin?: Model['origin'];
  /** NEG-09, MED-11, MED-13: arbitration is open, and the applicant is told so in writing. */
  arbitration?: boolean;
}

/** 协商不成、和解逾期、调解不成、不履行: what follows. Platform work may not go to arbitration (MED-17). */
function next(m: Model, outcome: string): Next {
  const arbitration = m.scope !== 'newEmploymentForm';
  switch (m.procedure) {
    case 'intake':
      return { to: outcome === 'notAdmissible' ? 'closed' : first(m) };
    case 'negotiation':
      if (outcome === 'settled') return { to: 'settlementPerformance' };
      return outcome === 'withdrawn' ? { to: 'followUp' } : { to: 'mediation', origin: 'offer' };
    case 'settlementPerformance':
      return outcome === 'performed' ? { to: 'followUp' } : { to: 'mediation', origin: 'escalation' };
    case 'mediation':
      if (outcome === 'agreement') return { to: 'agreementPerformance' };
      if (outcome === 'withdrawn') return { to: 'followUp' };
      // What a settlement left unpaid is due all the same: wages may be asked for by a payment order (PO-02, PO-18).
      return m.agreement?.kind !== 'mediation' && m.owing && !tried(m) && order(m) === 'B'
        ? { to: 'paymentOrder', arbitration: true }
        : { to: 'followUp', arbitration };
    // CRT-02, CRT-10: the court files the case, or goes on with its trial.
    case 'preLitigationMediation':
      return { to: outcome === 'agreement' ? 'agreementPerformance' : 'followUp' };
    case 'agreementPerformance':
      if (outcome === 'performed') return { to: 'followUp' };
      if (Object.values(m.routes).includes('granted')) return { to: 'followUp' };
      return order(m) === undefined ? { to: 'followUp', arbitration } : { to: 'paymentOrder', arbitration: true };
    case 'paymentOrder':
      return { to: 'followUp', arbitration: !['paid', 'enforceable', 'turnedToSuit'].includes(outcome) };
    default:
      if (outcome === 'reopened') return { to: 'mediation', origin: 'offer' };
      return { to: outcome === 'orderChosen' ? 'paymentOrder' : 'closed' };
  }
}

/** Where an admissible case goes first: as a court sent it, as asked, else platform work to one-stop mediation, else negotiation comes first. */
function first(m: Model): string {
  if (m.referral) return 'preLitigationMediation';
  if (m.requestedRoute !== 'any') return m.requestedRoute;
  return m.scope === 'newEmploymentForm' || m.facts.negotiatedBefore ? 'mediation' : 'negotiation';
}

/** L10: who mediates. Only organisations of article 10 open the way to a payment order on the agreement. */
function organisation(m: Model): string {
  const referred = m.channel === 'court';
  if (m.facts.relation === 'newEmploymentForm' || referred || workers(m).length >= 10)
    return 'joint or one-stop centre';
  return m.facts.enterpriseCommittee ? 'enterpriseCommittee' : 'townshipStreet';
}

/**
 * JR-04: no review of a confirmed relationship; L3: no confirmation of one. JC-10: confirmation in labour disputes is for payment
 * only. Platform work does not go to the commission (MED-17). What a court entrusted after filing is closed by its own document.
 */
function routes(m: Model): Model['routes'] {
  const forCourt = m.past.at(-1)?.procedure === 'preLitigationMediation';
  if (forCourt && m.referral?.kind === 'entrusted') return {};
  if (m.claims.some(({ kind }) => kind === 'relationship')) return {};
  const paymentOnly = m.agreement?.obligations.every(({ form = 'money' }) => form === 'money') ?? false;
  const platform = m.scope === 'newEmploymentForm';
  return {
    ...(platform ? {} : { arbitrationReview: 'available' }),
    ...(platform || paymentOnly ? { judicialConfirmation: 'available' } : {}),
  };
}

/** Ends the procedure with an outcome and enters the next one. */
export function end(m: Model, outcome: string): void {
  const { to, origin = 'direct', arbitration = false } = next(m, outcome);
  m.past.push({ procedure: m.procedure, outcome });
  m.clocks = {};
  if (to === 'closed') {
    Object.assign(m, { stage: 'ended', outcome, closed: true });
    return;
  }
  Object.assign(m, { procedure: to, origin, rightToArbitrate: arbitration, stage: '' });
  m.path.push(to);
  if (to === 'mediation') m.organisation = organisation(m);
  if (to === 'agreementPerformance') m.routes = routes(m);
  chapterOf(m).begin(m);
}

const chapters = new Map<string, Chapter>();

/** Puts the procedures into the book, so that one can lead to another. */
export function bind(all: Record<string, Chapter>): void {
  for (const [name, chapter] of Object.entries(all)) chapters.set(name, chapter);
}

export function chapterOf({ procedure }: { procedure: string }): Chapter {
  const chapter = chapters.get(procedure);
  if (!chapter) throw new Error(`the model knows no ${procedure}`);
  return chapter;
}
