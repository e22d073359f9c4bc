import type { LegalDay } from '../../domain/time/types.ts';
import type { ClockName } from './law.ts';
import { sign, signatories, unsigned } from './mediation.ts';
import type { Chapter, May, Model } from './model.ts';
import { bothParties, bothSides, day, isParty, later, prolong, sideOf, start, stop } from './model.ts';
import { end } from './path.ts';
import { terms } from './terms.ts';

const office: May[] = ['operator', 'mediator'];
const takenOn: string[] = ['inviting', 'consenting', 'choosing', 'naming', 'hearing', 'signing'];
const underWay = ['hearing', 'signing'];

/** Whoever is asked first, then people's mediation; no source gives the court's roster an order. */
const organisations = ({ scope }: Model): string[] => [
  scope === 'newEmploymentForm' ? 'oneStop' : 'arbitrationCourtCentre',
  'peopleMediation',
];

/** CRT-01, CRT-02: thirty days before filing; fifteen after it, seven in the simple procedure. */
function conclusion({ referral }: Model): ClockName {
  if (referral?.kind === 'delegated') return 'preLitigationMediation.delegated';
  return referral?.trial === 'simple'
    ? 'preLitigationMediation.entrustedSimple'
    : 'preLitigationMediation.entrustedOrdinary';
}

/** CRT-06: the next organisation is asked; after the last one the case goes back. */
function assign(m: Model, on: LegalDay): void {
  const organisation = organisations(m)[m.asked];
  if (organisation === undefined) {
    end(m, 'returned');
    return;
  }
  Object.assign(m, { organisation, asked: m.asked + 1 });
  start(m, 'preLitigationMediation.taking', on, { about: `a${m.asked}` });
}

/** CRT-05: both choose a mediator. */
function choose(m: Model, on: LegalDay): void {
  m.stage = 'choosing';
  start(m, 'preLitigationMediation.mediatorChoice', on);
}

function hear(m: Model): void {
  Object.assign(m, { stage: 'hearing', mediator: true });
  stop(m, 'preLitigationMediation.mediatorChoice', 'preLitigationMediation.mediatorNaming');
}

/** 委派、委托调解, 民事诉讼法 第一百二十五条; 特邀调解的规定 第二十七条; 在线调解规则. */
export const preLitigationMediation: Chapter = {
  begin(m) {
    Object.assign(m, { stage: 'taking', asked: 0, acceptedOn: undefined, mediator: false });
    Object.assign(m, { draft: undefined, signatures: [] });
    assign(m, m.referral?.receivedOn ?? m.today);
  },
  acts: {
    'preLitigationMediation.take': {
      by: office,
      in: ['taking'],
      unless: (m, body) => day(m, body.takenOn, m.referral?.receivedOn),
      does(m, body) {
        m.acceptedOn = String(body.takenOn);
        stop(m, `preLitigationMediation.taking#a${m.asked}`);
        start(m, conclusion(m), m.acceptedOn);
        // What is entrusted after filing has the consent of both already.
        if (m.referral?.kind === 'entrusted') return choose(m, m.acceptedOn);
        m.stage = 'inviting';
        start(m, 'preLitigationMediation.invitation', m.acceptedOn);
      },
    },
    'preLitigationMediation.declineTaking': {
      by: office,
      in: ['taking'],
      does(m) {
        stop(m, `preLitigationMediation.taking#a${m.asked}`);
        assign(m, m.today);
      },
    },
    // CRT-07: the other side is told and asked.
    'preLitigationMediation.invite': {
      by: office,
      in: ['inviting'],
      unless: (m, { invitedOn }) => day(m, invitedOn, m.acceptedOn),
      does(m, { invitedOn }) {
        m.stage = 'consenting';
        stop(m, 'preLitigationMediation.invitation');
        start(m, 'preLitigationMediation.consent', String(invitedOn));
      },
    },
    'preLitigationMediation.consent': {
      by: ['operator', 'mediator', 'union', 'party:respondent'],
      in: ['inviting', 'consenting'],
      within: 'preLitigationMediation.consent',
      unless(m, { party }) {
        const side = sideOf(m, party);
        // Whoever sued has agreed when the court delegated the case.
        return side === undefined ? 'unknown-party' : side === 'applicant' ? 'already-done' : undefined;
      },
      does(m, { willing }) {
        if (willing !== true) return end(m, 'refused');
        stop(m, 'preLitigationMediation.invitation', 'preLitigationMediation.consent');
        choose(m, m.today);
      },
    },
    'preLitigationMediation.chooseMediator': {
      by: ['operator', 'mediator', 'union'],
      in: ['choosing'],
      within: 'preLitigationMediation.mediatorChoice',
      unless: (m, { agreedBy }) => bothSides(m, agreedBy),
      does: hear,
    },
    // CRT-05: not chosen in time; online it is for the court.
    'preLitigationMediation.nameMediator': {
      by: ['court', ...office],
      in: ['naming'],
      unless: (m, _body, who) => (m.referral?.online === true && who !== 'court' ? 'wrong-side' : undefined),
      does: hear,
    },
    'preLitigationMediation.arrangeSession': {
      by: office,
      in: underWay,
      unless: (m, body) => (String(body.on) < m.today ? 'day-too-early' : undefined),
      does: () => {},
    },
    'preLitigationMediation.holdSession': {
      by: office,
      in: underWay,
      unless: (m, { heldOn }) => day(m, heldOn, m.acceptedOn),
      does: () => {},
    },
    'preLitigationMediation.extend': {
      by: office,
      in: underWay,
      unless: (m, body) => bothSides(m, body.agreedBy) ?? later(m, conclusion(m), body),
      does: (m, body) => prolong(m, conclusion(m), body),
    },
    'preLitigationMediation.draftAgreement': {
      by: office,
      in: underWay,
      when: (m) => m.signatures.length === 0,
      unless: (m, body) => terms(m, 'mediation', body),
      does(m, { coveredWorkers = [], obligations = [] }) {
        m.stage = 'signing';
        m.draft = { covered: coveredWorkers, obligations };
      },
    },
    // CRT-04: in effect when all parties have signed; no seal is asked for.
    'preLitigationMediation.sign': {
      by: ['operator', 'union', 'mediator', ...bothParties],
      in: ['signing'],
      unless(m, { by = '', signedOn }, who) {
        if (by !== 'mediator' && !signatories(m).includes(by)) return 'unknown-party';
        return isParty(who) && by !== who ? 'wrong-side' : unsigned(m, by, signedOn);
      },
      does: (m, { by = '', signedOn }) => sign(m, { by, on: String(signedOn) }, { kind: 'mediation', witnesses: [] }),
    },
    // CRT-10: who does not want to be mediated is not.
    'preLitigationMediation.refuse': {
      by: ['operator', 'mediator', 'union', ...bothParties],
      in: takenOn,
      unless: (m, { party }) => (sideOf(m, party) === undefined ? 'unknown-party' : undefined),
      does: (m) => end(m, 'refused'),
    },
    'preLitigationMediation.returnToCourt': { by: office, in: takenOn, does: (m) => end(m, 'returned') },
    // 民事诉讼法 第一百四十八条: after filing the court rules on a withdrawal.
    'preLitigationMediation.withdraw': {
      by: ['operator', 'mediator', 'court', 'party:applicant'],
      in: ['taking', ...takenOn],
      unless: (m, _body, who) => (m.referral?.kind === 'entrusted' && who !== 'court' ? 'wrong-side' : undefined),
      does: (m) => end(m, 'withdrawn'),
    },
  },
  silence: {
    'preLitigationMediation.taking': (m, { dueOn }) => assign(m, dueOn),
    'preLitigationMediation.invitation': () => {},
    // Silence is no consent.
    'preLitigationMediation.consent': (m) => end(m, 'refused'),
    'preLitigationMediation.mediatorChoice'(m, { dueOn }) {
      m.stage = 'naming';
      start(m, 'preLitigationMediation.mediatorNaming', dueOn);
    },
    'preLitigationMediation.mediatorNaming': () => {},
    'preLitigationMediation.delegated': (m) => end(m, 'expired'),
    'preLitigationMediation.entrustedOrdinary': (m) => end(m, 'expired'),
    'preLitigationMediation.entrustedSimple': (m) => end(m, 'expired'),
  },
};
