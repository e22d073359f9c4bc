import type { PartyId } from '../../domain/case/case.ts';
import { paper } from './agreement-performance.ts';
import type { Answer, Beside, Body, Chapter, Clock, Model, Rule, Who } from './model.ts';
import { bothParties, day, isParty, later, prolong, running, sideOf, start, stop } from './model.ts';

const own = (m: Model): Beside => {
  const beside = m.beside.judicialConfirmation;
  if (!beside) throw new Error('no confirmation has been applied for');
  return beside;
};

/** 民诉解释 第三百七十二条: each party to the agreement receives the ruling, and has its days, for itself. */
const bound = (m: Model): PartyId[] => m.parties.map(({ id }) => id);
const byParty = (party: PartyId): string => `judicialConfirmation.partyObjection#${party}`;

function over(m: Model, outcome: string): void {
  Object.assign(own(m), { stage: 'ended', outcome, clocks: {} });
  if (outcome !== 'confirmed') paper(m, 'judicialConfirmation', outcome, false);
}

/** The court is late: it is told so, and waited for up to a long stop. */
function late(m: Model, { dueOn }: Clock, about = ''): void {
  const name = about === '' ? 'judicialConfirmation.longstop' : `judicialConfirmation.longstop#${about}`;
  if (!running(m, name)) start(m, 'judicialConfirmation.longstop', dueOn, about === '' ? {} : { about });
}

/** JC-08, JC-09: the ruling stands when everybody's time to object is over and no objection is left undecided. */
function stands(m: Model): void {
  const { clocks, objections } = own(m);
  const names = ['judicialConfirmation.thirdPartyObjection', ...bound(m).map(byParty)];
  if (names.every((name) => clocks[name]?.over) && !objections.some(({ open }) => open)) over(m, 'confirmed');
}

const decided = (does: (m: Model, id: string) => void): Rule => ({
  by: ['court'],
  in: ['objecting'],
  when: (m) => own(m).objections.some(({ open }) => open),
  unless: (m, { objection }) =>
    own(m).objections.some(({ id, open }) => open && id === objection) ? undefined : 'unknown-objection',
  does: (m, { objection = '' }) => does(m, objection),
});

function close(m: Model, id: string): void {
  for (const one of own(m).objections) if (one.id === id) one.open = false;
  stop(m, `judicialConfirmation.objectionDecision#${id}`, `judicialConfirmation.longstop#${id}`);
}

function objectable(m: Model, { by = '', filedOn }: Body, who: Who): Answer | undefined {
  const third = by === 'interestedParty';
  if (!third && sideOf(m, by) === undefined) return 'unknown-party';
  if (isParty(who) && by !== who) return 'wrong-side';
  const wrongDay = day(m, filedOn, own(m).confirmedOn);
  if (wrongDay) return wrongDay;
  const time = own(m).clocks[byParty(by)];
  // What was filed in time may be written down later by a clerk, not by the party itself.
  if (time && (String(filedOn) > time.dueOn || (isParty(who) && time.over))) return 'deadline-passed';
  return !third && own(m).objections.some((one) => one.by === by && one.open) ? 'objection-pending' : undefined;
}

/** 司法确认, 民事诉讼法 第二百零五条、第二百零六条; 民诉解释 第三百五十五条至第三百七十二条. */
export const judicialConfirmation: Chapter = {
  begin: () => {},
  acts: {
    'judicialConfirmation.accept': {
      by: ['court'],
      in: ['deciding'],
      unless: (m, { acceptedOn }) => day(m, acceptedOn, own(m).appliedOn),
      does(m, { acceptedOn }) {
        own(m).stage = 'reviewing';
        stop(m, 'judicialConfirmation.acceptance', 'judicialConfirmation.longstop');
        start(m, 'judicialConfirmation.ruling', String(acceptedOn));
      },
    },
    // L3.
    'judicialConfirmation.refuseAcceptance': { by: ['court'], in: ['deciding'], does: (m) => over(m, 'notAccepted') },
    // JC-05: longer with the president's approval.
    'judicialConfirmation.extend': {
      by: ['court'],
      in: ['reviewing'],
      within: 'judicialConfirmation.ruling',
      unless: (m, body) => later(m, 'judicialConfirmation.ruling', body),
      does: (m, body) => prolong(m, 'judicialConfirmation.ruling', body),
    },
    // JC-07: it can be enforced at once, and objected to.
    'judicialConfirmation.confirm': {
      by: ['court'],
      in: ['reviewing'],
      does(m) {
        Object.assign(own(m), { stage: 'objecting', confirmedOn: m.today, clocks: {} });
        start(m, 'judicialConfirmation.receipt', m.today);
        start(m, 'judicialConfirmation.thirdPartyObjection', m.today);
        paper(m, 'judicialConfirmation', 'confirmed', true);
      },
    },
    'judicialConfirmation.dismiss': { by: ['court'], in: ['reviewing'], does: (m) => over(m, 'dismissed') },
    // 民诉解释 第三百五十七条: before the ruling.
    'judicialConfirmation.withdraw': {
      by: ['operator', 'court', ...bothParties],
      in: ['deciding', 'reviewing'],
      does: (m) => over(m, 'withdrawn'),
    },
    'judicialConfirmation.recordReceipt': {
      by: ['court', 'operator'],
      in: ['objecting'],
      unless(m, { party, receivedOn }) {
        if (party === undefined || sideOf(m, party) === undefined) return 'unknown-party';
        return day(m, receivedOn, own(m).confirmedOn) ?? (own(m).received[party] ? 'act-not-open' : undefined);
      },
      does(m, { party = '', receivedOn }) {
        own(m).received[party] = String(receivedOn);
        start(m, 'judicialConfirmation.partyObjection', String(receivedOn), { about: party });
        if (bound(m).every((one) => own(m).received[one])) stop(m, 'judicialConfirmation.receipt');
      },
    },
    'judicialConfirmation.object': {
      by: ['court', 'operator', ...bothParties],
      in: ['objecting'],
      unless: objectable,
      does(m, { by = '', filedOn }) {
        const id = `b${own(m).objections.length + 1}`;
        own(m).objections.push({ id, by, open: true });
        start(m, 'judicialConfirmation.objectionDecision', String(filedOn), { about: id });
      },
    },
    'judicialConfirmation.upholdObjection': decided((m) => over(m, 'revoked')),
    'judicialConfirmation.rejectObjection': decided((m, id) => {
      close(m, id);
      stands(m);
    }),
  },
  silence: {
    'judicialConfirmation.acceptance': late,
    'judicialConfirmation.ruling': late,
    'judicialConfirmation.longstop'(m, _clock, about) {
      if (about === '') return over(m, 'lapsed');
      close(m, about);
      stands(m);
    },
    // Nobody has written down that it was received: the time to object begins all the same.
    'judicialConfirmation.receipt'(m, { dueOn }) {
      for (const party of bound(m))
        if (!own(m).received[party]) start(m, 'judicialConfirmation.partyObjection', dueOn, { about: party });
    },
    'judicialConfirmation.partyObjection': stands,
    'judicialConfirmation.thirdPartyObjection': stands,
    'judicialConfirmation.objectionDecision': late,
  },
};
