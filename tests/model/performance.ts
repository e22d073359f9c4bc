import type { Answer, Body, Chapter, Item, Model, Payment, Rule, Who } from './model.ts';
import { bothParties, bothSides, day, isParty, staff, start, stop } from './model.ts';
import { end } from './path.ts';

type Kind = 'settlementPerformance' | 'agreementPerformance';

const itemOf = (m: Model, id: string | undefined): Item | undefined => m.items.find((item) => item.id === id);
const owes = ({ amount, paid }: Item): number => amount - paid;
const everyone = [...staff, ...bothParties];
const ongoing = ['performing', 'awaitingPaper'];

/** Instalments as they were agreed, each with its day: named, or so many days after the agreement took effect. */
export function beginPerformance(m: Model, kind: Kind): void {
  const { obligations = [], on = m.today } = m.agreement ?? {};
  Object.assign(m, { stage: 'performing', items: [], payments: [], breached: false });
  for (const [index, { debtor, creditor, form = 'money', instalments }] of obligations.entries())
    for (const [number, { amount = 0, dueOn, daysAfterEffect = 0 }] of instalments.entries()) {
      const id = `o${index + 1}.${number + 1}`;
      const money = form === 'money';
      m.items.push({ id, debtor, creditor, money, amount, paid: 0, pending: 0, status: 'open' });
      const term = dueOn === undefined ? { amount: daysAfterEffect, unit: 'calendarDays' as const } : { until: dueOn };
      start(m, `${kind}.instalment`, on, { ...term, about: id });
    }
}

/** Nothing more is owed on it; with the last one the agreement is performed. */
function done(m: Model, kind: Kind, item: Item): void {
  Object.assign(item, { status: 'done', paid: item.amount, pending: 0 });
  stop(m, `${kind}.instalment#${item.id}`);
  for (const payment of m.payments.filter(({ item: id }) => id === item.id)) {
    payment.status = 'closed';
    stop(m, `${kind}.confirmation#${payment.id}`);
  }
  if (m.items.every(({ status }) => status === 'done')) end(m, 'performed');
}

/** The payee's word, or its silence where proof was shown: the money counts. */
function count(m: Model, kind: Kind, payment: Payment): void {
  const item = close(m, kind, payment);
  if (!item) return;
  item.paid += payment.amount;
  if (item.paid >= item.amount) done(m, kind, item);
}

/** The payee denies it, or is silent where no proof was shown: it does not count, and the day may have passed. */
function discount(m: Model, kind: Kind, payment: Payment): void {
  const item = close(m, kind, payment);
  if (item) missed(m, kind, item);
}

function close(m: Model, kind: Kind, payment: Payment): Item | undefined {
  const item = itemOf(m, payment.item);
  if (item && payment.status === 'recorded') item.pending -= payment.amount;
  payment.status = 'closed';
  stop(m, `${kind}.confirmation#${payment.id}`);
  return item;
}

/** The day it was due on is over, whether or not anybody has looked. */
const hasPassed = (m: Model, kind: Kind, { id, status }: Item): boolean =>
  status !== 'done' && (m.clocks[`${kind}.instalment#${id}`]?.dueOn ?? m.today) < m.today;

/** NEG-09, MED-11: not performed within the time agreed. Money that is said to have been paid is waited for; there is no grace. */
function missed(m: Model, kind: Kind, item: Item): void {
  if (item.status !== 'open' || !hasPassed(m, kind, item)) return;
  if (item.money && item.paid + item.pending >= item.amount) return;
  item.status = 'overdue';
  broken(m, kind, kind === 'settlementPerformance' ? 'overdue' : 'breached');
}

/** What is broken waits for a paper that has been asked for: it decides between enforcement and arbitration. */
function broken(m: Model, kind: Kind, outcome: string): void {
  m.breached = true;
  m.stage = 'awaitingPaper';
  if (!Object.values(m.routes).includes('pending')) breakUp(m, kind, outcome);
}

export function breakUp(m: Model, kind: Kind, outcome: string): void {
  // L6: only what is due can be asked for by an order.
  m.owing = m.items.filter(
    (item) => hasPassed(m, kind, item) && !(item.money && item.paid + item.pending >= item.amount),
  );
  end(m, outcome);
}

function openItem(m: Model, id: string | undefined): Answer | undefined {
  const item = itemOf(m, id);
  if (!item) return 'unknown-instalment';
  return item.status === 'done' ? 'instalment-closed' : undefined;
}

/** Only the one who is owed can say that it was paid, or that it was not. */
const payee = (m: Model, id: string | undefined, who: Who): Answer | undefined =>
  isParty(who) && itemOf(m, id)?.creditor !== who ? 'wrong-side' : undefined;

function recorded(m: Model, { payment: id }: Body, who: Who): Answer | undefined {
  const payment = m.payments.find((one) => one.id === id);
  if (!payment) return 'unknown-payment';
  return payment.status === 'recorded' ? payee(m, payment.item, who) : 'payment-closed';
}

const onPayment = (kind: Kind, does: (m: Model, kind: Kind, payment: Payment) => void): Rule => ({
  by: everyone,
  in: ongoing,
  when: (m) => m.payments.some(({ status }) => status === 'recorded'),
  unless: recorded,
  does(m, body) {
    const payment = m.payments.find(({ id }) => id === body.payment);
    if (payment) does(m, kind, payment);
  },
});

/** What the performances of a settlement and of a mediation agreement have in common. */
export const performanceActs = (kind: Kind): Chapter['acts'] => ({
  [`${kind}.recordPayment`]: {
    by: everyone,
    in: ongoing,
    unless(m, { instalment, paidOn, confirmedByPayee, ref, amount = 0 }, who) {
      const item = itemOf(m, instalment);
      return (
        openItem(m, instalment) ??
        day(m, paidOn) ??
        (confirmedByPayee ? payee(m, instalment, who) : undefined) ??
        (ref !== undefined && m.payments.some((one) => one.ref === ref) ? 'payment-already-recorded' : undefined) ??
        (item && amount > owes(item) - item.pending ? 'overpayment' : undefined)
      );
    },
    does(m, { instalment = '', confirmedByPayee, ref, amount = 0, evidence }, who) {
      const item = itemOf(m, instalment);
      if (!item) return;
      const id = `p${m.payments.length + 1}`;
      const payment: Payment = { id, item: instalment, amount, evidence: evidence === true, ref, status: 'recorded' };
      m.payments.push(payment);
      item.pending += amount;
      if (confirmedByPayee || who === item.creditor) count(m, kind, payment);
      else start(m, `${kind}.confirmation`, m.today, { about: id });
    },
  },
  [`${kind}.confirmPayment`]: onPayment(kind, count),
  [`${kind}.disputePayment`]: onPayment(kind, discount),
  [`${kind}.confirmPerformed`]: {
    by: everyone,
    in: ongoing,
    unless: (m, { instalment }, who) => openItem(m, instalment) ?? payee(m, instalment, who),
    does(m, { instalment }) {
      const item = itemOf(m, instalment);
      if (item) done(m, kind, item);
    },
  },
  // 民法典 第五百四十三条: changed by those whom it binds.
  [`${kind}.reschedule`]: {
    by: staff,
    in: ['performing'],
    unless(m, { instalment, agreedBy = [], dueOn = '' }) {
      const item = itemOf(m, instalment);
      const signed = item && agreedBy.includes(item.debtor) && agreedBy.includes(item.creditor);
      return (
        openItem(m, instalment) ??
        bothSides(m, agreedBy) ??
        (signed ? undefined : 'signature-missing') ??
        (dueOn < m.today ? 'due-before-today' : undefined)
      );
    },
    does: (m, { instalment, dueOn }) => start(m, `${kind}.instalment`, m.today, { until: dueOn, about: instalment }),
  },
  [`${kind}.reportBreach`]: {
    by: everyone,
    in: ['performing'],
    unless: (m, { instalment }, who) => openItem(m, instalment) ?? payee(m, instalment, who),
    does: (m) => broken(m, kind, kind === 'settlementPerformance' ? 'disputed' : 'breached'),
  },
  [`${kind}.urge`]: {
    by: staff,
    in: ongoing,
    unless: (m, { instalment }) => openItem(m, instalment),
    does: () => {},
  },
});

export const performanceSilence = (kind: Kind): Chapter['silence'] => ({
  [`${kind}.instalment`]: (m: Model, _clock: unknown, about: string) => {
    const item = itemOf(m, about);
    if (item) missed(m, kind, item);
  },
  [`${kind}.confirmation`]: (m: Model, _clock: unknown, about: string) => {
    const payment = m.payments.find(({ id }) => id === about);
    if (payment) (payment.evidence ? count : discount)(m, kind, payment);
  },
});

/** 和解协议履行, 企业劳动争议协商调解规定 第十一条、第十二条. */
export const settlementPerformance: Chapter = {
  begin: (m) => beginPerformance(m, 'settlementPerformance'),
  acts: performanceActs('settlementPerformance'),
  silence: performanceSilence('settlementPerformance'),
};
