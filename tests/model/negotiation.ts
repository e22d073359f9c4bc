import { paperOf, sign, signatories, unsigned } from './mediation.ts';
import { bothParties, bothSides, type Chapter, day, isParty, later, prolong, sideOf, start, stop } from './model.ts';
import { end } from './path.ts';
import { split } from './split.ts';
import { terms } from './terms.ts';

const response = 'negotiation.response';
const period = 'negotiation.agreedPeriod';

/** 协商, 企业劳动争议协商调解规定 第八条至第十二条. */
export const negotiation: Chapter = {
  begin(m) {
    Object.assign(m, { stage: 'serving', draft: undefined, signatures: [] });
    start(m, 'negotiation.service', m.today);
  },
  acts: {
    // 第八条: one side asks the other to negotiate; it is asked when it has been served.
    'negotiation.serveRequest': {
      by: ['operator', 'union', 'party:applicant'],
      in: ['serving'],
      unless: (m, { servedOn }) => day(m, servedOn),
      does(m, { servedOn }) {
        m.stage = 'awaitingAnswer';
        stop(m, 'negotiation.service');
        start(m, response, String(servedOn));
      },
    },
    // 第十条第一款: an answer within five days; an unwilling one ends it.
    'negotiation.respond': {
      by: ['operator', 'union', 'party:respondent'],
      in: ['awaitingAnswer'],
      unless: (m, { party }) => (sideOf(m, party) === 'respondent' ? undefined : 'wrong-side'),
      does(m, { willing }) {
        if (willing !== true) return end(m, 'refused');
        m.stage = 'negotiating';
        stop(m, response);
        start(m, period, m.today);
      },
    },
    // 第十条第二款: a period agreed in writing, and longer in writing.
    'negotiation.agreePeriod': {
      by: ['operator', 'union'],
      in: ['negotiating'],
      unless: (m, { agreedBy, until }) =>
        bothSides(m, agreedBy) ?? (until !== undefined && until < m.today ? 'due-before-today' : undefined),
      does: (m, { amount, unit, until }) =>
        start(m, period, m.today, until === undefined ? { amount, unit: unit ?? 'calendarDays' } : { until }),
    },
    'negotiation.extend': {
      by: ['operator', 'union'],
      in: ['negotiating'],
      unless: (m, body) => bothSides(m, body.agreedBy) ?? later(m, period, body),
      does: (m, body) => prolong(m, period, body),
    },
    // 第九条.
    'negotiation.inviteHelper': {
      by: ['operator', 'union', ...bothParties],
      in: ['serving', 'awaitingAnswer', 'negotiating'],
      unless: (m, body) => (sideOf(m, body.for) === undefined ? 'unknown-party' : undefined),
      does: () => {},
    },
    'negotiation.recordSession': {
      by: ['operator', 'union'],
      in: ['awaitingAnswer', 'negotiating'],
      unless: (m, { heldOn }) => day(m, heldOn),
      does: () => {},
    },
    // 第十一条: drafted, then signed by everybody; whatever is not signed in the time has come to nothing.
    'negotiation.draftSettlement': {
      by: ['operator', 'union'],
      in: ['negotiating'],
      when: (m) => m.signatures.length === 0,
      unless: (m, body) => terms(m, 'settlement', body),
      does(m, { coveredWorkers = [], obligations = [] }) {
        m.draft = { covered: coveredWorkers, obligations };
      },
    },
    'negotiation.sign': {
      by: ['operator', 'union', ...bothParties],
      in: ['negotiating'],
      when: (m) => m.draft !== undefined,
      unless(m, { by = '', signedOn, ...body }, who) {
        if (!signatories(m).includes(by)) return 'unknown-party';
        return isParty(who) && by !== who ? 'wrong-side' : unsigned(m, by, signedOn, paperOf(body), m.registeredOn);
      },
      does: (m, { by = '', signedOn, ...body }) =>
        sign(m, { by, on: String(signedOn), paper: paperOf(body) }, { kind: 'settlement', witnesses: [] }),
    },
    // 第十一条: in writing, and it binds those who signed it.
    'negotiation.settle': {
      by: ['operator', 'union'],
      in: ['awaitingAnswer', 'negotiating'],
      unless(m, body) {
        const { signedOn, agreedBy = [], coveredWorkers = [], obligations = [] } = body;
        const bound = [...coveredWorkers, ...obligations.map(({ debtor }) => debtor)];
        const signed = bound.every((id) => agreedBy.includes(id));
        return (
          day(m, signedOn, m.registeredOn) ??
          terms(m, 'settlement', body) ??
          bothSides(m, agreedBy) ??
          (signed ? undefined : 'signature-missing')
        );
      },
      does(m, { signedOn, coveredWorkers: covered = [], obligations = [] }) {
        split(m, covered);
        if (m.leftOut) Object.assign(m.leftOut, { draft: undefined, signatures: [] });
        m.agreement = { kind: 'settlement', on: String(signedOn), covered, obligations };
        end(m, 'settled');
      },
    },
    // 第三十一条第二项: no longer willing.
    'negotiation.breakOff': {
      by: ['operator', 'union', ...bothParties],
      in: ['negotiating'],
      unless: (m, { party }) => (sideOf(m, party) === undefined ? 'unknown-party' : undefined),
      does: (m) => end(m, 'brokenOff'),
    },
    'negotiation.withdraw': {
      by: ['operator', 'union', 'party:applicant'],
      in: ['serving', 'awaitingAnswer', 'negotiating'],
      does: (m) => end(m, 'withdrawn'),
    },
  },
  silence: {
    'negotiation.service': (m) => end(m, 'unserved'),
    // NEG-03: no word is unwillingness. NEG-04: no agreement in the period is none.
    'negotiation.response': (m) => end(m, 'noResponse'),
    'negotiation.agreedPeriod': (m) => end(m, 'expired'),
  },
};
