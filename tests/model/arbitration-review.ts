import { paper } from './agreement-performance.ts';
import type { Beside, Chapter, Model } from './model.ts';
import { bothParties, day, running, sideOf, start, stop } from './model.ts';

const own = (m: Model): Beside => {
  const beside = m.beside.arbitrationReview;
  if (!beside) throw new Error('no review has been applied for');
  return beside;
};

function over(m: Model, outcome: string, enforceable = false): void {
  Object.assign(own(m), { stage: 'ended', outcome, clocks: {} });
  paper(m, 'arbitrationReview', outcome, enforceable);
}

/** The commission is late: it is told so, and waited for up to a long stop. */
function late(m: Model, { dueOn }: { dueOn: string }): void {
  if (!running(m, 'arbitrationReview.longstop')) start(m, 'arbitrationReview.longstop', dueOn);
}

/** 仲裁审查, 劳动人事争议仲裁办案规则 第七十四条至第七十九条. */
export const arbitrationReview: Chapter = {
  begin: () => {},
  acts: {
    'arbitrationReview.accept': {
      by: ['arbitrator'],
      in: ['deciding'],
      unless: (m, { acceptedOn }) => day(m, acceptedOn, own(m).appliedOn),
      does(m, { acceptedOn }) {
        Object.assign(own(m), { stage: 'reviewing', docketedOn: acceptedOn });
        stop(m, 'arbitrationReview.acceptance', 'arbitrationReview.longstop');
        start(m, 'arbitrationReview.review', String(acceptedOn));
      },
    },
    // L2.
    'arbitrationReview.refuseAcceptance': {
      by: ['arbitrator'],
      in: ['deciding'],
      does: (m) => over(m, 'notAccepted'),
    },
    // JR-06: five more working days, once.
    'arbitrationReview.extend': {
      by: ['arbitrator'],
      in: ['reviewing'],
      within: 'arbitrationReview.review',
      unless: (m) => ('arbitrationReview.extendedReview' in own(m).clocks ? 'extension-used-up' : undefined),
      does(m) {
        const { dueOn = m.today } = running(m, 'arbitrationReview.review') ?? {};
        stop(m, 'arbitrationReview.review');
        start(m, 'arbitrationReview.extendedReview', dueOn);
      },
    },
    'arbitrationReview.issue': {
      by: ['arbitrator'],
      in: ['reviewing'],
      does(m) {
        Object.assign(own(m), { stage: 'issued', clocks: {} });
        start(m, 'arbitrationReview.receipt', m.today);
      },
    },
    // L1.
    'arbitrationReview.refuse': { by: ['arbitrator'], in: ['reviewing'], does: (m) => over(m, 'refused') },
    // JR-08: in effect when everybody whom it binds has signed for it.
    'arbitrationReview.recordReceipt': {
      by: ['arbitrator', 'operator'],
      in: ['issued'],
      unless(m, { party, receivedOn }) {
        if (party === undefined || sideOf(m, party) === undefined) return 'unknown-party';
        return day(m, receivedOn, own(m).docketedOn) ?? (own(m).received[party] ? 'act-not-open' : undefined);
      },
      does(m, { party = '', receivedOn }) {
        own(m).received[party] = String(receivedOn);
        if (m.parties.every(({ id }) => own(m).received[id])) over(m, 'issued', true);
      },
    },
    // JR-07: before it is served.
    'arbitrationReview.withdraw': {
      by: ['operator', 'arbitrator', ...bothParties],
      in: ['deciding', 'reviewing', 'issued'],
      unless: (m) => (Object.keys(own(m).received).length > 0 ? 'act-not-open' : undefined),
      does: (m) => over(m, 'withdrawn'),
    },
  },
  silence: {
    'arbitrationReview.acceptance': late,
    'arbitrationReview.review': late,
    'arbitrationReview.extendedReview': late,
    'arbitrationReview.longstop': (m) => over(m, 'lapsed'),
    'arbitrationReview.receipt': (m) => over(m, 'notReceived'),
  },
};
