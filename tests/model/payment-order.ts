import type { Chapter, Clock, Model, Order } from './model.ts';
import { day, running, sideOf, staff, start, stop } from './model.ts';
import { order, owed } from './order-way.ts';
import { end } from './path.ts';

const own = ({ order }: Model): Order => {
  if (!order) throw new Error('no payment order is under way');
  return order;
};

/** PO-03, L6: 民事诉讼法 第二百二十五条, 民诉解释 第二十三条、第四百二十七条. */
export const conditions = [
  ...['noOtherDebts', 'debtorCanBeServed', 'noCounterPerformance', 'debtorInCountry', 'courtOfDebtor'],
  'noPreservation',
];

/** The court is late: it is told so, and waited for up to a long stop. */
function late(m: Model, { dueOn }: Clock): void {
  if (!running(m, 'paymentOrder.longstop')) start(m, 'paymentOrder.longstop', dueOn);
}

/** 支付令, 民事诉讼法 第二百二十五条至第二百二十八条. */
export const paymentOrder: Chapter = {
  begin(m) {
    m.stage = 'confirming';
    m.order = { route: order(m) ?? 'B', owed: owed(m), paid: 0, disputed: 0, refs: [], appliedOn: m.today };
    start(m, 'paymentOrder.offer', m.today);
  },
  acts: {
    // PO-01 with the mediation agreement in hand; PO-03; L6.
    'paymentOrder.apply': {
      by: [...staff, 'party:applicant'],
      in: ['confirming'],
      unless(m, body) {
        const { appliedOn, amount = 0, evidence } = body;
        const wrongDay = day(m, appliedOn);
        if (wrongDay) return wrongDay;
        if (amount > own(m).owed) return 'more-than-owed';
        const shown = Array.isArray(evidence) && evidence.includes('mediationAgreement');
        if (own(m).route === 'A' && !shown) return 'evidence-missing';
        return conditions.every((condition) => body[condition] === true) ? undefined : 'order-not-available';
      },
      does(m, { appliedOn, amount }) {
        m.stage = 'docketing';
        Object.assign(own(m), { appliedOn, claimed: amount });
        stop(m, 'paymentOrder.offer');
        start(m, 'paymentOrder.acceptance', String(appliedOn));
      },
    },
    'paymentOrder.declineOffer': {
      by: [...staff, 'party:applicant'],
      in: ['confirming'],
      does: (m) => end(m, 'notApplied'),
    },
    'paymentOrder.accept': {
      by: ['court'],
      in: ['docketing'],
      unless: (m, { on }) => day(m, on, own(m).appliedOn),
      does(m, { on }) {
        m.stage = 'examining';
        own(m).acceptedOn = String(on);
        stop(m, 'paymentOrder.acceptance', 'paymentOrder.longstop');
        start(m, 'paymentOrder.issue', String(on));
      },
    },
    'paymentOrder.refuseAcceptance': { by: ['court'], in: ['docketing'], does: (m) => end(m, 'notAccepted') },
    'paymentOrder.issue': {
      by: ['court'],
      in: ['examining'],
      unless: (m, { on }) => day(m, on, own(m).acceptedOn),
      does(m, { on }) {
        m.stage = 'toBeServed';
        own(m).issuedOn = String(on);
        stop(m, 'paymentOrder.issue', 'paymentOrder.longstop');
        start(m, 'paymentOrder.service', String(on));
      },
    },
    'paymentOrder.reject': { by: ['court'], in: ['examining'], does: (m) => end(m, 'rejected') },
    'paymentOrder.recordService': {
      by: ['court', 'operator'],
      in: ['toBeServed'],
      unless: (m, { on }) => day(m, on, own(m).issuedOn),
      does(m, { on }) {
        m.stage = 'awaitingPayment';
        own(m).servedOn = String(on);
        stop(m, 'paymentOrder.service');
        start(m, 'paymentOrder.objection', String(on));
      },
    },
    // PO-14: only in writing, and only against the debt; against a part it leaves the rest as it is.
    'paymentOrder.object': {
      by: ['court', 'operator', 'party:respondent'],
      in: ['awaitingPayment'],
      unless(m, { party, filedOn, ground, disputedAmount }) {
        if (sideOf(m, party) !== 'respondent') return 'wrong-side';
        const wrongDay = day(m, filedOn, own(m).servedOn);
        if (wrongDay) return wrongDay;
        const { claimed = 0 } = own(m);
        const asSaid = (ground === 'disputesPart') === (disputedAmount !== undefined);
        return asSaid && (disputedAmount ?? 0) < claimed ? undefined : 'disputed-part';
      },
      does(m, { filedOn, form, ground, disputedAmount = 0 }) {
        if (form !== 'written' || (ground !== 'disputesDebt' && ground !== 'disputesPart')) return;
        if (ground === 'disputesPart') {
          own(m).disputed = disputedAmount;
          return;
        }
        // PO-08.
        m.stage = 'contested';
        own(m).objectedOn = String(filedOn);
        stop(m, 'paymentOrder.objection');
        start(m, 'paymentOrder.ruling', String(filedOn));
      },
    },
    'paymentOrder.recordPayment': {
      by: ['court', 'operator', 'union', 'party:applicant'],
      in: ['docketing', 'examining', 'toBeServed', 'awaitingPayment', 'contested', 'suing'],
      unless(m, { ref = '', paidOn, amount = 0 }) {
        if (own(m).refs.includes(ref)) return 'payment-already-recorded';
        const { claimed = 0, paid, appliedOn } = own(m);
        return day(m, paidOn, appliedOn) ?? (amount > claimed - paid ? 'overpayment' : undefined);
      },
      does(m, { ref = '', amount = 0 }) {
        own(m).refs.push(ref);
        own(m).paid += amount;
        // PO-06: nothing of what was asked for is left.
        if (own(m).paid >= (own(m).claimed ?? 0)) end(m, 'paid');
      },
    },
    // PO-10 with a mediation agreement; PO-11 without one there is no suit to turn into.
    'paymentOrder.recordRuling': {
      by: ['court', 'operator'],
      in: ['contested'],
      unless: (m, { on }) => day(m, on, own(m).objectedOn),
      does(m, { on }) {
        if (own(m).route === 'B') return end(m, 'objected');
        m.stage = 'suing';
        stop(m, 'paymentOrder.ruling');
        start(m, 'paymentOrder.suitDeclined', String(on));
      },
    },
    'paymentOrder.declineSuit': {
      by: ['court', 'operator', 'party:applicant'],
      in: ['suing'],
      does: (m) => end(m, 'suitDeclined'),
    },
    // 民诉解释 第四百三十条: sued elsewhere, or withdrawn before the debtor had it.
    'paymentOrder.terminate': {
      by: ['court'],
      in: ['docketing', 'examining', 'toBeServed', 'awaitingPayment'],
      unless: (m, { ground }) =>
        ground === 'withdrawnBeforeReceipt' && own(m).servedOn !== undefined ? 'order-received' : undefined,
      does: (m) => end(m, 'terminated'),
    },
  },
  silence: {
    'paymentOrder.offer': (m) => end(m, 'notApplied'),
    'paymentOrder.acceptance': late,
    'paymentOrder.issue': late,
    'paymentOrder.longstop': (m) => end(m, 'lapsed'),
    // PO-13.
    'paymentOrder.service': (m) => end(m, 'terminated'),
    // PO-07: neither paid nor objected to; where only the disputed part is left, nothing can be enforced.
    'paymentOrder.objection'(m) {
      const { claimed = 0, disputed, paid } = own(m);
      end(m, claimed - disputed - paid > 0 ? 'enforceable' : 'objected');
    },
    'paymentOrder.ruling': (m) => end(m, 'objected'),
    // PO-10: no word counts as a suit.
    'paymentOrder.suitDeclined': (m) => end(m, 'turnedToSuit'),
  },
};
