import { addDays } from '../../domain/time/day.ts';
import { reviewPapers } from './agreement-performance.ts';
import { signatories } from './mediation.ts';
import type { Body, Model, Obligation } from './model.ts';
import { workers } from './model.ts';
import { conditions } from './payment-order.ts';

/** Days to write down: today, and what may be too late, too early or just far off. */
const daysOf = (m: Model): string[] => [0, -1, 1, -9, -40].map((offset) => addDays(m.today, offset));
const on = (m: Model, field: string, more: Body = {}): Body[] => daysOf(m).map((day) => ({ ...more, [field]: day }));

const reason = '…';
const both = (m: Model): string[] => [...workers(m), 'r1'];

/** Times to agree on: a length, working days, a last day ahead, and one that is not. */
const times = (m: Model, more: Body): Body[] => [
  { amount: 10, ...more },
  { amount: 4, unit: 'workingDays', ...more },
  { until: addDays(m.today, 45), ...more },
  { until: addDays(m.today, -1), ...more },
  { until: addDays(m.today, 1), ...more },
];

const owing = (creditor: string, instalments: Obligation['instalments'], debtor = 'r1'): Obligation => ({
  ...{ debtor, creditor, instalments },
  amount: instalments.reduce((sum, { amount = 0 }) => sum + amount, 0),
});

/** Terms of an agreement: some that can be agreed, then what cannot. */
function terms(m: Model, content: Record<string, string>): Body[] {
  const all = workers(m);
  const [first = 'w1'] = all;
  const soon = addDays(m.today, 5);
  const late = addDays(m.today, 20);
  const whole = (instalments: Obligation['instalments'], covered = all): Body => ({
    ...{ coveredWorkers: covered, content },
    obligations: covered.map((worker) => owing(worker, instalments)),
  });
  const one = (obligation: Obligation): Body => ({ coveredWorkers: [first], content, obligations: [obligation] });
  return [
    whole([{ amount: 100, dueOn: soon }]),
    whole([
      { amount: 60, dueOn: soon },
      { amount: 40, dueOn: late },
    ]),
    whole([{ amount: 70, daysAfterEffect: 10 }]),
    whole([{ amount: 50, dueOn: soon }], [first]),
    {
      ...whole([{ amount: 80, dueOn: soon }]),
      obligations: [
        owing(first, [{ amount: 80, dueOn: soon }]),
        { debtor: 'r1', creditor: first, form: 'certificate', instalments: [{ amount: 0, dueOn: late }] },
      ],
    },
    { ...whole([{ amount: 1, dueOn: soon }]), coveredWorkers: [] },
    { ...whole([{ amount: 1, dueOn: soon }]), coveredWorkers: ['w9'] },
    { ...whole([{ amount: 1, dueOn: soon }]), content: {} },
    one(owing('w9', [{ amount: 1, dueOn: soon }])),
    one(owing(first, [{ amount: 1, dueOn: soon }], first)),
    one({ ...owing(first, [{ amount: 1, dueOn: soon }]), amount: 2 }),
    one(owing(first, [{ amount: 1 }])),
    one(owing(first, [{ amount: 1, dueOn: addDays(m.today, -1) }])),
  ];
}

const settlement = { matter: '…', terms: '…' };
const mediationAgreement = { requests: '…', result: '…', performanceManner: '…' };

/** Who has yet to sign comes first, then who has, and who need not. */
function signatures(m: Model, witnesses: string[] = []): Body[] {
  const there = m.signatures.map(({ by }) => by);
  const all = [...signatories(m), ...witnesses];
  const signedOn = m.today;
  return [
    ...all.filter((by) => !there.includes(by)).map((by) => ({ by, signedOn })),
    ...all.filter((by) => there.includes(by)).map((by) => ({ by, signedOn })),
    { by: 'w9', signedOn },
    ...on(m, 'signedOn', { by: all.find((by) => !there.includes(by)) ?? 'w1' }),
  ];
}

/** Payments, whole and in part, with proof and without, and what cannot be recorded. */
function payments(m: Model): Body[] {
  const open = m.items.filter(({ status }) => status !== 'done');
  const { id: instalment, amount = 1, paid = 0, pending = 0 } = open[0] ?? m.items[0] ?? { id: 'o1.1' };
  const left = Math.max(1, amount - paid - pending);
  const paidOn = m.today;
  const plain = { instalment, amount: left, paidOn, evidence: true };
  return [
    plain,
    { ...plain, confirmedByPayee: true },
    { ...plain, evidence: false },
    { ...plain, amount: Math.max(1, Math.floor(left / 2)), ref: 'r-1' },
    { ...plain, instalment: open.at(-1)?.id ?? 'o1.1', amount: 1, confirmedByPayee: true },
    { ...plain, amount: left + 1 },
    { ...plain, paidOn: addDays(m.today, 1) },
    { ...plain, instalment: 'o9.9' },
  ];
}

function performance(kind: string): Record<string, (m: Model) => Body[]> {
  const ids = (m: Model) => [...m.items.filter(({ status }) => status !== 'done'), ...m.items].map(({ id }) => id);
  const instalments = (m: Model, more: Body = {}): Body[] =>
    [...ids(m), 'o9.9'].map((instalment) => ({ instalment, ...more }));
  const recorded = (m: Model, more: Body = {}): Body[] =>
    [...m.payments.filter(({ status }) => status === 'recorded'), ...m.payments, { id: 'p9' }].map(({ id }) => ({
      ...{ payment: id, ...more },
    }));
  return {
    [`${kind}.recordPayment`]: payments,
    [`${kind}.confirmPayment`]: recorded,
    [`${kind}.disputePayment`]: (m) => recorded(m, { reason }),
    [`${kind}.confirmPerformed`]: instalments,
    [`${kind}.reschedule`]: (m) => [
      ...instalments(m, { dueOn: addDays(m.today, 9), agreedBy: both(m) }),
      ...instalments(m, { dueOn: addDays(m.today, -1), agreedBy: both(m) }),
      ...instalments(m, { dueOn: addDays(m.today, 9), agreedBy: ['r1'] }),
      ...instalments(m, { dueOn: addDays(m.today, 9), agreedBy: [workers(m)[0] ?? 'w1', 'r1'] }),
    ],
    [`${kind}.reportBreach`]: (m) => instalments(m, { ground: 'refusesToPerform', reason }),
    [`${kind}.urge`]: instalments,
  };
}

const handedIn = (reachable: string[]): Body => ({
  papers: reviewPapers,
  serviceAddresses: reachable.map((party) => ({ party, address: '…', phone: '000' })),
});

const withParty = (m: Model, more: Body = {}): Body[] =>
  ['r1', ...workers(m), 'w9'].map((party) => ({ party, ...more }));

const receipts = (m: Model): Body[] => [
  ...withParty(m, { receivedOn: m.today }),
  ...on(m, 'receivedOn', { party: 'w1' }),
];

const order = (m: Model, more: Body = {}): Body => ({
  ...{ appliedOn: m.today, amount: Math.max(1, m.order?.owed ?? 1), summary: '…', evidence: ['mediationAgreement'] },
  ...Object.fromEntries(conditions.map((condition) => [condition, true])),
  ...more,
});

const nothing = (): Body[] => [{}];
const because =
  (more: Body = {}) =>
  (): Body[] => [{ reason, ...more }];

/**
 * What people may send with each act as a case stands: first what the law takes, then what it does not. All of it passes the
 * contract, which has tests of its own.
 */
export const bodies: Record<string, (m: Model) => Body[]> = {
  'negotiation.serveRequest': (m) => on(m, 'servedOn', { method: 'hand' }),
  'negotiation.respond': (m) => [
    { party: 'r1', willing: true, form: 'oral' },
    { party: 'r1', willing: false, form: 'oral' },
    { party: workers(m)[0], willing: true, form: 'written' },
  ],
  'negotiation.agreePeriod': (m) => [
    ...times(m, { agreedBy: both(m) }),
    ...times(m, { agreedBy: ['r1'] }),
    ...times(m, { agreedBy: ['w9', 'r1'] }),
  ],
  'negotiation.extend': (m) => [...times(m, { agreedBy: both(m) }), ...times(m, { agreedBy: workers(m) })],
  'negotiation.inviteHelper': () => ['w1', 'r1', 'w9'].map((id) => ({ kind: 'union', for: id })),
  'negotiation.recordSession': (m) => on(m, 'heldOn', { channel: 'talk' }),
  'negotiation.draftSettlement': (m) => terms(m, settlement),
  'negotiation.sign': (m) => [
    ...signatures(m).map((body) => ({ ...body, signing: { form: 'hand', paper: 1, scan: 1 } })),
    ...signatures(m).map((body) => ({ ...body, signing: { form: 'hand', paper: 2, scan: 1 } })),
  ],
  'negotiation.settle': (m) => [
    ...terms(m, settlement).map((body) => ({ ...body, signedOn: m.today, agreedBy: both(m) })),
    ...terms(m, settlement).map((body) => ({ ...body, signedOn: m.today, agreedBy: ['r1'] })),
    ...on(m, 'signedOn', { ...terms(m, settlement)[0], agreedBy: both(m) }),
  ],
  'negotiation.breakOff': (m) => withParty(m, { reason }),
  'negotiation.withdraw': because(),
  ...performance('settlementPerformance'),
  'mediation.apply': (m) => on(m, 'receivedOn', { form: 'oral' }),
  'mediation.declineOffer': nothing,
  'mediation.consent': (m) => {
    const missing = m.consents.respondent === undefined ? 'r1' : workers(m)[0];
    return [{ party: missing, willing: true }, ...withParty(m, { willing: true }), { party: missing, willing: false }];
  },
  'mediation.accept': (m) => on(m, 'acceptedOn'),
  'mediation.decline': because({ ground: 'other' }),
  'mediation.assignMediator': () => [{ mediatorId: 'M-1' }],
  'mediation.holdSession': (m) => on(m, 'heldOn', { channel: 'room' }),
  'mediation.extend': (m) => [...times(m, { agreedBy: both(m) }), ...times(m, { agreedBy: ['r1'] })],
  'mediation.draftAgreement': (m) => terms(m, mediationAgreement),
  'mediation.sign': (m) => signatures(m, ['mediator']),
  'mediation.seal': (m) => on(m, 'sealedOn'),
  'mediation.fail': because(),
  'mediation.withdraw': because(),
  ...performance('agreementPerformance'),
  'agreementPerformance.serveNotice': (m) => on(m, 'servedOn'),
  'arbitrationReview.applyJointly': (m) => [
    ...on(m, 'appliedOn', { agreedBy: both(m), ...handedIn(both(m)) }),
    ...on(m, 'appliedOn', { agreedBy: workers(m), ...handedIn(both(m)) }),
    { appliedOn: m.today, agreedBy: both(m), ...handedIn(['r1']) },
    { appliedOn: m.today, agreedBy: both(m) },
  ],
  'arbitrationReview.accept': (m) => on(m, 'acceptedOn'),
  'arbitrationReview.refuseAcceptance': because({ ground: 'outOfTime' }),
  'arbitrationReview.extend': because({ approvedBy: 'director' }),
  'arbitrationReview.issue': nothing,
  'arbitrationReview.refuse': because({ ground: 'unclear' }),
  'arbitrationReview.recordReceipt': receipts,
  'arbitrationReview.withdraw': because(),
  'judicialConfirmation.applyJointly': (m) => [
    ...on(m, 'appliedOn', { agreedBy: both(m) }),
    ...on(m, 'appliedOn', { agreedBy: ['r1'] }),
  ],
  'judicialConfirmation.accept': (m) => on(m, 'acceptedOn'),
  'judicialConfirmation.refuseAcceptance': because({ ground: 'noJurisdiction' }),
  'judicialConfirmation.extend': (m) => times(m, { approvedBy: 'president', reason }),
  'judicialConfirmation.confirm': nothing,
  'judicialConfirmation.dismiss': because({ ground: 'unclear' }),
  'judicialConfirmation.withdraw': because(),
  'judicialConfirmation.recordReceipt': receipts,
  'judicialConfirmation.object': (m) =>
    ['r1', 'w1', 'interestedParty', 'w9'].flatMap((by) => on(m, 'filedOn', { by, reason })),
  'judicialConfirmation.upholdObjection': () => ['b1', 'b2', 'b9'].map((objection) => ({ objection, reason })),
  'judicialConfirmation.rejectObjection': () => ['b1', 'b2', 'b9'].map((objection) => ({ objection, reason })),
  'paymentOrder.apply': (m) => [
    order(m),
    order(m, { amount: (m.order?.owed ?? 0) + 1 }),
    order(m, { evidence: ['payslip'] }),
    ...conditions.map((condition) => order(m, { [condition]: false })),
    ...on(m, 'appliedOn').map((body) => order(m, body)),
  ],
  'paymentOrder.declineOffer': nothing,
  'paymentOrder.accept': (m) => on(m, 'on'),
  'paymentOrder.refuseAcceptance': because({ ground: 'notMoney' }),
  'paymentOrder.issue': (m) => on(m, 'on'),
  'paymentOrder.reject': because({ ground: 'wrongParty' }),
  'paymentOrder.recordService': (m) => on(m, 'on'),
  'paymentOrder.object': (m) => {
    const plain = { party: 'r1', filedOn: m.today, form: 'written', ground: 'disputesDebt' };
    const part = { ...plain, ground: 'disputesPart', disputedAmount: 1 };
    return [
      plain,
      part,
      { ...plain, form: 'oral' },
      { ...plain, ground: 'unableToPay' },
      { ...plain, party: 'w1' },
      { ...part, disputedAmount: 1_000_000 },
      { ...plain, ground: 'disputesPart' },
      ...on(m, 'filedOn').map((body) => ({ ...plain, ...body })),
    ];
  },
  'paymentOrder.recordPayment': (m) => {
    const left = Math.max(1, (m.order?.claimed ?? 1) - (m.order?.paid ?? 0));
    const plain = { amount: left, paidOn: m.today, ref: `n-${m.order?.refs.length ?? 0}` };
    return [
      { ...plain, amount: Math.max(1, Math.floor(left / 2)) },
      plain,
      { ...plain, amount: left + 1 },
      { ...plain, ref: 'n-0' },
      { ...plain, paidOn: addDays(m.today, 1) },
    ];
  },
  'paymentOrder.recordRuling': (m) => on(m, 'on'),
  'paymentOrder.declineSuit': nothing,
  'paymentOrder.terminate': () => ['suedElsewhere', 'withdrawnBeforeReceipt'].map((ground) => ({ ground, reason })),
  'preLitigationMediation.take': (m) => on(m, 'takenOn'),
  'preLitigationMediation.declineTaking': () => [{ ground: 'noCapacity', reason }],
  'preLitigationMediation.invite': (m) => on(m, 'invitedOn'),
  'preLitigationMediation.consent': (m) => [...withParty(m, { willing: true }), { party: 'r1', willing: false }],
  'preLitigationMediation.chooseMediator': (m) => [
    { mediatorId: 'M-1', agreedBy: both(m) },
    { mediatorId: 'M-1', agreedBy: ['r1'] },
    { mediatorId: 'M-1', agreedBy: ['w9', 'r1'] },
  ],
  'preLitigationMediation.nameMediator': () => [{ mediatorId: 'M-2' }],
  'preLitigationMediation.arrangeSession': (m) => on(m, 'on', { channel: 'room' }),
  'preLitigationMediation.holdSession': (m) => on(m, 'heldOn', { channel: 'room' }),
  'preLitigationMediation.extend': (m) => [...times(m, { agreedBy: both(m) }), ...times(m, { agreedBy: ['r1'] })],
  'preLitigationMediation.draftAgreement': (m) => terms(m, mediationAgreement),
  'preLitigationMediation.sign': (m) => signatures(m),
  'preLitigationMediation.refuse': (m) => withParty(m, { reason }),
  'preLitigationMediation.returnToCourt': because({ ground: 'noAgreement' }),
  'preLitigationMediation.withdraw': because(),
  'followUp.recordFiling': (m) => on(m, 'filedOn'),
  'followUp.recordVisit': (m) => [...on(m, 'visitedOn'), ...on(m, 'visitedOn', { paidInFull: false })],
  'followUp.archive': nothing,
  'followUp.choosePaymentOrder': nothing,
  'followUp.reopen': because(),
};
