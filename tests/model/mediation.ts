import type { PartyId } from '../../domain/case/case.ts';
import { addDays, daysBetween, laterDay } from '../../domain/time/day.ts';
import type { LegalDay } from '../../domain/time/types.ts';
import type { Answer, Body, Chapter, Model } from './model.ts';
import { bothParties, bothSides, day, isParty, later, prolong, sideOf, staff, start, stop } from './model.ts';
import { end } from './path.ts';
import { split } from './split.ts';
import { terms } from './terms.ts';

/** MED-07; MED-17 for platform work, which both may extend by fifteen days and no more (MED-08). */
const conclusion = ({ facts }: Model) =>
  facts.relation === 'newEmploymentForm' ? 'mediation.oneStop' : 'mediation.conclusion';
const MOST = 15;

function tooLong(m: Model, time: Body): Answer | undefined {
  const clock = m.clocks['mediation.oneStop'];
  if (!clock) return undefined;
  const all = [...clock.extensions, time].reduce((sum, { amount = 0, unit, until }) => {
    if (until !== undefined) return daysBetween(addDays(clock.from, MOST), String(until));
    return sum + (unit === 'workingDays' ? Math.ceil((Number(amount) / 5) * 7) : Number(amount));
  }, 0);
  return all > MOST ? 'extension-used-up' : undefined;
}
const bench: Array<'operator' | 'mediator'> = ['operator', 'mediator'];

/** Two clocks run from receipt (L11): acceptance by the organisation, and the way to arbitration. Both sides are asked. */
function received(m: Model, on: LegalDay): void {
  m.stage = 'consenting';
  m.receivedOn = on;
  start(m, 'mediation.consent', on);
  start(m, 'mediation.acceptance', on);
  start(m, 'mediation.arbitrationGate', on);
}

/** Everybody it covers, who owes or is owed under it, and somebody of each side. */
export function signatories({ draft, parties, ...m }: Model): PartyId[] {
  const { covered = [], obligations = [] } = draft ?? {};
  const named = [...covered, ...obligations.flatMap(({ debtor, creditor }) => [debtor, creditor])];
  const sides = named.map((id) => sideOf({ ...m, parties }, id));
  return [...new Set([...named, ...parties.filter(({ side }) => !sides.includes(side)).map(({ id }) => id)])];
}

/** Nobody signs twice, tomorrow, before the talks were taken on, or another paper than those before. */
export function unsigned(m: Model, by: string, on: unknown, paper?: number, since = m.acceptedOn): Answer | undefined {
  if (m.signatures.some((one) => one.by === by)) return 'already-signed';
  const other = m.signatures.some((one) => one.paper !== undefined && one.paper !== paper);
  return day(m, on, since) ?? (paper !== undefined && other ? 'paper-superseded' : undefined);
}

/** Which paper is signed, where it is one of the case. */
export const paperOf = ({ signing }: Body): number | undefined => (signing as { paper: number } | undefined)?.paper;

/** NEG-06, MED-10: in effect from the day of the last signature; that of a mediation has the mediator's, and its seal. */
export function sign(
  m: Model,
  { by, on, paper }: Model['signatures'][number],
  { kind, witnesses }: { kind: 'settlement' | 'mediation'; witnesses: readonly string[] },
): void {
  m.signatures.push({ by, on, paper });
  const there = m.signatures.map((one) => one.by);
  if (![...signatories(m), ...witnesses].every((who) => there.includes(who)) || !m.draft) return;
  const effect = m.signatures.map((one) => one.on).reduce(laterDay);
  const { covered, obligations } = m.draft;
  split(m, covered);
  const stage = kind === 'settlement' ? 'negotiating' : 'hearing';
  if (m.leftOut) Object.assign(m.leftOut, { stage, draft: undefined, signatures: [] });
  m.agreement = { kind, on: effect, covered, obligations };
  end(m, kind === 'settlement' ? 'settled' : 'agreement');
}

const sealed = { kind: 'mediation', witnesses: ['mediator', 'seal'] } as const;

/** 调解, 企业劳动争议协商调解规定 第二十一条至第三十条; 劳动争议调解仲裁法 第十条至第十六条. */
export const mediation: Chapter = {
  begin(m) {
    Object.assign(m, { consents: {}, acceptedOn: undefined, mediator: false, draft: undefined, signatures: [] });
    m.stage = 'offered';
    // NEG-09, 71号 第九条: a settlement not performed goes to mediation by itself.
    if (m.origin === 'escalation') received(m, m.today);
    else start(m, 'mediation.offer', m.today);
  },
  acts: {
    // MED-01: orally or in writing; who applies has agreed.
    'mediation.apply': {
      by: [...staff, ...bothParties],
      in: ['offered'],
      unless: (m, { receivedOn }) => day(m, receivedOn),
      does(m, { receivedOn }, who) {
        stop(m, 'mediation.offer');
        received(m, String(receivedOn));
        m.consents[sideOf(m, who) ?? 'applicant'] = true;
      },
    },
    'mediation.declineOffer': {
      by: [...staff, 'party:applicant'],
      in: ['offered'],
      does: (m) => end(m, 'notApplied'),
    },
    // MED-02: both must agree; MED-15: the commission may have asked them.
    'mediation.consent': {
      by: [...staff, 'arbitrator', ...bothParties],
      in: ['consenting'],
      unless(m, { party }) {
        const side = sideOf(m, party);
        if (side === undefined) return 'unknown-party';
        return m.consents[side] === undefined ? undefined : 'already-done';
      },
      does(m, { party, willing }) {
        const side = sideOf(m, party);
        if (willing !== true || side === undefined) return end(m, 'refused');
        m.consents[side] = true;
        if (!m.consents.applicant || !m.consents.respondent) return;
        m.stage = 'accepting';
        stop(m, 'mediation.consent');
      },
    },
    'mediation.accept': {
      by: bench,
      in: ['consenting', 'accepting'],
      unless: (m, { acceptedOn }) => (m.stage === 'consenting' ? 'consent-missing' : day(m, acceptedOn, m.receivedOn)),
      does(m, { acceptedOn }) {
        m.stage = 'hearing';
        m.acceptedOn = String(acceptedOn);
        stop(m, 'mediation.acceptance');
        start(m, conclusion(m), m.acceptedOn);
      },
    },
    // MED-03.
    'mediation.decline': { by: bench, in: ['consenting', 'accepting'], does: (m) => end(m, 'declined') },
    // MED-06.
    'mediation.assignMediator': {
      by: bench,
      in: ['accepting', 'hearing', 'signing'],
      does(m) {
        m.mediator = true;
      },
    },
    'mediation.holdSession': {
      by: bench,
      in: ['hearing', 'signing'],
      unless: (m, { heldOn }) => (m.mediator ? day(m, heldOn, m.acceptedOn) : 'mediator-missing'),
      does: () => {},
    },
    // MED-08.
    'mediation.extend': {
      by: bench,
      in: ['hearing', 'signing'],
      unless: (m, body) => bothSides(m, body.agreedBy) ?? later(m, conclusion(m), body) ?? tooLong(m, body),
      does: (m, body) => prolong(m, conclusion(m), body),
    },
    'mediation.draftAgreement': {
      by: bench,
      in: ['hearing', 'signing'],
      when: (m) => m.signatures.length === 0,
      unless: (m, body) => (m.mediator ? terms(m, 'mediation', body) : 'mediator-missing'),
      does(m, { coveredWorkers = [], obligations = [] }) {
        m.stage = 'signing';
        m.draft = { covered: coveredWorkers, obligations };
      },
    },
    'mediation.sign': {
      by: [...staff, ...bothParties],
      in: ['signing'],
      unless(m, { by = '', signedOn }, who) {
        if (by !== 'mediator' && !signatories(m).includes(by)) return 'unknown-party';
        return isParty(who) && by !== who ? 'wrong-side' : unsigned(m, by, signedOn);
      },
      does: (m, { by = '', signedOn }) => sign(m, { by, on: String(signedOn) }, sealed),
    },
    'mediation.seal': {
      by: bench,
      in: ['signing'],
      unless: (m, { sealedOn }) => unsigned(m, 'seal', sealedOn),
      does: (m, { sealedOn }) => sign(m, { by: 'seal', on: String(sealedOn) }, sealed),
    },
    // MED-13.
    'mediation.fail': { by: bench, in: ['hearing', 'signing'], does: (m) => end(m, 'failed') },
    'mediation.withdraw': {
      by: [...staff, 'party:applicant'],
      in: ['consenting', 'accepting', 'hearing', 'signing'],
      does: (m) => end(m, 'withdrawn'),
    },
  },
  silence: {
    'mediation.offer': (m) => end(m, 'notApplied'),
    // Silence is no consent.
    'mediation.consent': (m) => end(m, 'refused'),
    // The organisation is reminded; the applicant need not wait for it longer than MED-09 says.
    'mediation.acceptance': () => {},
    'mediation.arbitrationGate': (m) => (m.acceptedOn === undefined ? end(m, 'expired') : undefined),
    // MED-07: no agreement in the time is none.
    'mediation.conclusion': (m) => end(m, 'expired'),
    'mediation.oneStop': (m) => end(m, 'expired'),
  },
};
