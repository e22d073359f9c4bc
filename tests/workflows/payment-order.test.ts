import { expect, it } from 'vitest';
import {
  orderAcceptanceGrounds,
  orderConditions,
  orderRejectionGrounds,
} from '../../domain/procedures/payment-order-state.ts';
import type { Registration } from '../../rehearsal/staged-case.ts';
import { agreed, hearing, settled } from '../support/openings.ts';
import { type Story, tell } from '../support/story.ts';
import { deed, owed } from '../support/terms.ts';

const four: Registration = {
  claims: [{ id: 'c1', worker: 'w1', kind: 'pay', subject: 'economicCompensation', amountFen: 300_000 }],
};

/** A mediation agreement about compensation, of which 3,000 yuan are not paid on 6 March: the order is offered on the 7th. */
async function breached(story: Story, given: Registration = four): Promise<void> {
  await agreed(story, [owed('w1', [{ amount: 3000, dueOn: '2030-03-06' }])], given);
  await story.runsOut('agreementPerformance.instalment', '2030-03-06', 'o1.1');
}

/** A settlement about wages that is not paid, and a mediation that the employer then refuses. */
async function unpaidWages(story: Story): Promise<void> {
  await settled(story, [owed('w1', [{ amount: 3000, dueOn: '2030-03-06' }])]);
  await story.runsOut('settlementPerformance.instalment', '2030-03-06', 'o1.1');
  await story.act('mediation.consent', { party: 'r1', willing: false }, 'r1');
}

const application = {
  appliedOn: '2030-03-07',
  ...{ amount: 3000, summary: '调解协议约定三月六日付清，至今未付', evidence: ['mediationAgreement'] },
  ...{ debtorCanBeServed: true, noOtherDebts: true, debtorInCountry: true, noCounterPerformance: true },
  ...{ noPreservation: true, courtOfDebtor: true },
};

const issued = async (story: Story, given?: Registration): Promise<void> => {
  await breached(story, given);
  await story.act('paymentOrder.apply', application, 'w1');
  await story.act('paymentOrder.accept', { on: '2030-03-07' }, 'court');
  await story.act('paymentOrder.issue', { on: '2030-03-07' }, 'court');
};

const served = async (story: Story, given?: Registration): Promise<void> => {
  await issued(story, given);
  await story.act('paymentOrder.recordService', { on: '2030-03-07' }, 'court');
};

const objection = { party: 'r1', filedOn: '2030-03-07', form: 'written', ground: 'disputesDebt' };

it('PO-01 a mediation agreement about compensation is not paid: the order is offered by itself, filled in, and arbitration stays open', () =>
  tell({}, async (story) => {
    await breached(story);
    expect(story.path()).toEqual(['mediation', 'agreementPerformance', 'paymentOrder']);
    expect(story.last('agreementPerformance.ended')).toMatchObject({
      ...{ legalRef: 'PO-01', source: '劳动争议调解仲裁法 第十五条、第十六条' },
      detail: { next: 'paymentOrder', prefill: 'agreement', rightToArbitrate: true },
    });
    expect(story.state()).toMatchObject({ stage: 'confirming', route: 'A', owedFen: 300_000 });
    expect(story.told('orderOffered')).toEqual(['applicant 2030-03-07']);
    expect(story.told('rightToArbitrate')).toEqual(['applicant 2030-03-07']);
    expect(story.clock('paymentOrder.offer').dueOn).toBe('2030-03-22');
  }));

it('JR-01 JC-01 JC-07 while the order is offered the review lapses, and a confirmation asked for in time makes the agreement enforceable; the order is left to the worker', () =>
  tell({}, async (story) => {
    await breached(story);
    const lapsed = await story.runsOut('arbitrationReview.application', '2030-03-19');
    expect(lapsed.detail).toMatchObject({ outcome: 'lapsed' });
    // Both had been reminded, and both are told.
    expect(story.told('deadlinePassed').slice(-2)).toEqual(['applicant 2030-03-20', 'respondent 2030-03-20']);
    const joint = { appliedOn: '2030-03-20', agreedBy: ['w1', 'r1'] };
    expect(await story.refused('arbitrationReview.applyJointly', joint)).toMatchObject({ code: 'deadline-passed' });
    await story.act('judicialConfirmation.applyJointly', joint);
    await story.act('judicialConfirmation.accept', { acceptedOn: '2030-03-20' }, 'court');
    await story.act('judicialConfirmation.confirm', {}, 'court');
    await story.record.seen('the paper', ({ type }) => type === 'paymentOrder.paperTaken');
    expect(story.state()).toMatchObject({ procedure: 'paymentOrder', stage: 'confirming' });
    expect(story.clock('enforcement.application')).toMatchObject({ anchorOn: '2030-03-06', legalRef: 'ENF-01' });
    await story.act('paymentOrder.declineOffer', {}, 'w1');
    expect(story.last('paymentOrder.ended')).toMatchObject({ legalRef: 'JC-07', detail: { rightToArbitrate: false } });
  }));

it('PO-01 nobody confirms the application: after fifteen days no order is applied for, and the worker is told of arbitration', () =>
  tell({}, async (story) => {
    // Of two debts of one day the first to run out ends the performance; both are due. The third is not yet.
    const dueOn = '2030-03-06';
    const debts = [
      owed('w1', [{ amount: 3000, dueOn }]),
      owed('w1', [
        { amount: 500, dueOn },
        { amount: 100, dueOn: '2030-04-01' },
      ]),
    ];
    await agreed(story, debts, four);
    await story.runsOut('agreementPerformance.instalment', dueOn, 'o1.1');
    expect(story.state()).toMatchObject({ owedFen: 350_000 });
    const out = await story.runsOut('paymentOrder.offer', '2030-03-22');
    expect(out.detail).toMatchObject({ outcome: 'notApplied' });
    expect(story.last('paymentOrder.ended').detail).toMatchObject({ next: 'followUp', rightToArbitrate: true });
    expect(await story.refused('followUp.choosePaymentOrder', {}, 'w1')).toMatchObject({ code: 'act-not-open' });
  }));

it('PO-01 the worker chooses otherwise at once', () =>
  tell({}, async (story) => {
    await breached(story);
    await story.act('paymentOrder.declineOffer', {}, 'w1');
    expect(story.last('paymentOrder.ended').outcome).toBe('notApplied');
  }));

it('PO-04 PO-05 PO-06 PO-07 ENF-01 accepted within five days, issued within fifteen, neither paid nor objected to within fifteen of service: enforceable for two years', () =>
  tell({}, async (story) => {
    await breached(story);
    await story.act('paymentOrder.apply', application, 'w1');
    expect(story.clock('paymentOrder.acceptance')).toMatchObject({ dueOn: '2030-03-12', legalRef: 'PO-04' });
    await story.sleepUntil('2030-03-12T23:59');
    await story.act('paymentOrder.accept', { on: '2030-03-12' }, 'court');
    expect(story.clock('paymentOrder.issue')).toMatchObject({ dueOn: '2030-03-27', legalRef: 'PO-05' });
    await story.sleepUntil('2030-03-27T23:59');
    await story.act('paymentOrder.issue', { on: '2030-03-27' }, 'court');
    expect(story.clock('paymentOrder.service')).toMatchObject({ dueOn: '2030-04-26', legalRef: 'PO-13' });
    await story.sleepUntil('2030-04-01');
    await story.act('paymentOrder.recordService', { on: '2030-04-01' }, 'court');
    expect(story.told('authorityLate')).toEqual([]);
    expect(story.told('orderServed')).toEqual(['applicant 2030-04-01', 'respondent 2030-04-01']);
    await story.runsOut('paymentOrder.objection', '2030-04-16');
    expect(story.last('paymentOrder.ended')).toMatchObject({
      ...{ outcome: 'enforceable', legalRef: 'PO-07' },
      detail: { next: 'followUp', rightToArbitrate: false },
    });
    expect(story.clock('enforcement.application')).toMatchObject({
      dueOn: '2032-04-16',
      legalRef: 'ENF-01',
      open: true,
    });
  }));

it('PO-04 a court that is late is told so, waited for thirty days more, and the procedure ends: suit on the agreement', () =>
  tell({}, async (story) => {
    await breached(story);
    await story.act('paymentOrder.apply', application);
    await story.runsOut('paymentOrder.acceptance', '2030-03-12');
    expect(story.told('authorityLate')).toEqual(['court 2030-03-13']);
    await story.runsOut('paymentOrder.longstop', '2030-04-11');
    expect(story.last('paymentOrder.ended')).toMatchObject({ outcome: 'lapsed', legalRef: 'PO-12' });
  }));

it('PO-05 a court that accepted and does not issue is waited for in the same way', () =>
  tell({}, async (story) => {
    await breached(story);
    await story.act('paymentOrder.apply', application);
    await story.act('paymentOrder.accept', { on: '2030-03-07' }, 'court');
    await story.runsOut('paymentOrder.issue', '2030-03-22');
    expect(story.told('authorityLate')).toEqual(['court 2030-03-23']);
    await story.sleepUntil('2030-03-25');
    await story.act('paymentOrder.issue', { on: '2030-03-25' }, 'court');
    expect(story.state().stage).toBe('toBeServed');
    expect(story.clock('paymentOrder.longstop').open).toBe(false);
  }));

it('PO-13 an order that cannot be served in thirty days ends the procedure', () =>
  tell({}, async (story) => {
    await issued(story);
    await story.runsOut('paymentOrder.service', '2030-04-08');
    expect(story.last('paymentOrder.ended')).toMatchObject({ outcome: 'terminated', legalRef: 'PO-12' });
  }));

it('PO-14 an oral objection, or one that only pleads poverty, delay or another manner, leaves the order in effect', () =>
  tell({}, async (story) => {
    await served(story);
    await story.act('paymentOrder.object', { ...objection, form: 'oral' }, 'r1');
    for (const ground of ['unableToPay', 'asksForDelay', 'asksForOtherManner'])
      await story.act('paymentOrder.object', { ...objection, ground }, 'r1');
    expect(story.events('paymentOrder.objected').map(({ detail }) => detail.effect)).toEqual(Array(4).fill('none'));
    expect(story.told('objectionWithoutEffect')).toEqual(Array(4).fill('r1 2030-03-07'));
    await story.runsOut('paymentOrder.objection', '2030-03-22');
    expect(story.last('paymentOrder.ended').outcome).toBe('enforceable');
  }));

it('PO-14 an objection to a part leaves the rest in effect; paid, nothing is left to enforce', () =>
  tell({}, async (story) => {
    await served(story);
    const part = { ...objection, ground: 'disputesPart' };
    for (const disputedAmount of [undefined, 3000])
      expect(await story.refused('paymentOrder.object', { ...part, disputedAmount }, 'r1')).toMatchObject({
        ...{ code: 'disputed-part', field: '/disputedAmount' },
      });
    expect(await story.refused('paymentOrder.object', { ...objection, disputedAmount: 10 }, 'r1')).toMatchObject({
      code: 'disputed-part',
    });
    await story.act('paymentOrder.object', { ...part, disputedAmount: 1000 }, 'r1');
    expect(story.state().stage).toBe('awaitingPayment');
    await story.act('paymentOrder.recordPayment', { amount: 2000, paidOn: '2030-03-07', ref: 'T-1' });
    await story.runsOut('paymentOrder.objection', '2030-03-22');
    expect(story.last('paymentOrder.ended')).toMatchObject({ outcome: 'objected', legalRef: 'PO-12' });
  }));

it('PO-02 PO-18 what a settlement left unpaid is still owed when a mediation that was withdrawn is taken up again', () =>
  tell({}, async (story) => {
    await settled(story, [owed('w1', [{ amount: 3000, dueOn: '2030-03-06' }])]);
    await story.runsOut('settlementPerformance.instalment', '2030-03-06', 'o1.1');
    await story.act('mediation.withdraw', { reason: '自行商量' });
    await story.act('followUp.reopen', { reason: '仍未支付' });
    await story.act('mediation.declineOffer', {}, 'w1');
    expect(story.path().slice(2)).toEqual(['mediation', 'followUp', 'mediation', 'paymentOrder']);
    expect(story.state()).toMatchObject({ route: 'B', owedFen: 300_000 });
  }));

it('PO-06 PO-14 who has objected to a part and then pays the whole has paid', () =>
  tell({}, async (story) => {
    await served(story);
    await story.act('paymentOrder.object', { ...objection, ground: 'disputesPart', disputedAmount: 1000 }, 'r1');
    await story.act('paymentOrder.recordPayment', { amount: 2500, paidOn: '2030-03-07', ref: 'T-1' });
    expect(story.state().stage).toBe('awaitingPayment');
    await story.act('paymentOrder.recordPayment', { amount: 500, paidOn: '2030-03-07', ref: 'T-2' });
    expect(story.last('paymentOrder.ended')).toMatchObject({ outcome: 'paid', legalRef: 'PO-06' });
  }));

it('PO-08 PO-09 PO-10 a written objection voids the order; seven days after the ruling without a word the case is a suit', () =>
  tell({}, async (story) => {
    await served(story);
    await story.act('paymentOrder.object', objection, 'r1');
    expect(story.clock('paymentOrder.objection').open).toBe(false);
    expect(story.told('orderContested')).toEqual(['applicant 2030-03-07']);
    expect(await story.refused('paymentOrder.declineSuit', {}, 'w1')).toMatchObject({ code: 'act-not-open' });
    await story.sleepUntil('2030-03-11');
    await story.act('paymentOrder.recordRuling', { on: '2030-03-11' }, 'court');
    expect(story.clock('paymentOrder.suitDeclined')).toMatchObject({ dueOn: '2030-03-18', legalRef: 'PO-10' });
    await story.runsOut('paymentOrder.suitDeclined', '2030-03-18');
    expect(story.last('paymentOrder.ended')).toMatchObject({
      ...{ outcome: 'turnedToSuit', legalRef: 'PO-10' },
      detail: { rightToArbitrate: false },
    });
  }));

it('PO-10 PO-12 on the seventh day the worker says that no suit is wanted; the agreement can still be sued on', () =>
  tell({}, async (story) => {
    await served(story);
    await story.act('paymentOrder.object', objection, 'court');
    await story.act('paymentOrder.recordRuling', { on: '2030-03-07' }, 'court');
    await story.sleepUntil('2030-03-14T23:59');
    await story.act('paymentOrder.declineSuit', {}, 'w1');
    expect(story.last('paymentOrder.ended')).toMatchObject({
      ...{ outcome: 'suitDeclined', legalRef: 'PO-12' },
      detail: { rightToArbitrate: true },
    });
  }));

it('PO-08 no ruling comes: the order is void all the same', () =>
  tell({}, async (story) => {
    await served(story);
    await story.act('paymentOrder.object', objection, 'r1');
    await story.runsOut('paymentOrder.ruling', '2030-03-22');
    expect(story.last('paymentOrder.ended').outcome).toBe('objected');
  }));

it('PO-02 PO-11 PO-18 an unpaid settlement about wages takes the other way; void by objection, arbitration comes first', () =>
  tell({}, async (story) => {
    await unpaidWages(story);
    expect(story.state()).toMatchObject({ procedure: 'paymentOrder', route: 'B', owedFen: 300_000 });
    await story.act('paymentOrder.apply', { ...application, evidence: ['iou'] }, 'w1');
    await story.act('paymentOrder.accept', { on: '2030-03-07' }, 'court');
    await story.act('paymentOrder.issue', { on: '2030-03-07' }, 'court');
    await story.act('paymentOrder.recordService', { on: '2030-03-07' }, 'operator');
    await story.act('paymentOrder.object', objection, 'r1');
    await story.act('paymentOrder.recordRuling', { on: '2030-03-07' }, 'court');
    expect(story.last('paymentOrder.ended')).toMatchObject({
      ...{ outcome: 'objected', legalRef: 'PO-11' },
      detail: { rightToArbitrate: true },
    });
  }));

it('PO-18 an unpaid settlement about compensation opens no payment order', () =>
  tell({}, async (story) => {
    await settled(story, [owed('w1', [{ amount: 3000, dueOn: '2030-03-06' }])], four);
    await story.runsOut('settlementPerformance.instalment', '2030-03-06', 'o1.1');
    await story.act('mediation.consent', { party: 'r1', willing: false }, 'r1');
    expect(story.path().at(-1)).toBe('followUp');
    expect(await story.refused('followUp.choosePaymentOrder', {}, 'w1')).toMatchObject({ code: 'act-not-open' });
  }));

it('PO-02 wages without any agreement: where mediation fails the worker may choose an order at the return visit, once', () =>
  tell({}, async (story) => {
    const wages: Registration = {
      claims: [
        { id: 'c1', worker: 'w1', kind: 'pay', subject: 'wages', amountFen: 120_000 },
        { id: 'c2', worker: 'w1', kind: 'pay', subject: 'economicCompensation', amountFen: 50_000 },
      ],
    };
    await hearing(story, wages);
    await story.act('mediation.fail', { reason: '差距过大' }, 'mediator');
    await story.act('followUp.choosePaymentOrder', {}, 'w1');
    expect(story.state()).toMatchObject({ procedure: 'paymentOrder', route: 'B', owedFen: 120_000 });
    await story.act('paymentOrder.declineOffer', {}, 'w1');
    expect(await story.refused('followUp.choosePaymentOrder', {}, 'w1')).toMatchObject({ code: 'act-not-open' });
  }));

it('PO-03 only what is due is asked for: an instalment still to come is not in the order', () =>
  tell({}, async (story) => {
    const parts = [
      { amount: 1000, dueOn: '2030-03-06' },
      { amount: 2000, dueOn: '2030-05-06' },
    ];
    await agreed(story, [owed('w1', parts), deed('certificate', 'w1', '2030-05-06')], four);
    await story.runsOut('agreementPerformance.instalment', '2030-03-06', 'o1.1');
    expect(story.state()).toMatchObject({ procedure: 'paymentOrder', owedFen: 100_000 });
  }));

it('L6 PO-03 the application is checked: sum, evidence and each condition of the law, and each refusal changes nothing', () =>
  tell({}, async (story) => {
    await breached(story);
    const why = (more: Record<string, unknown>) =>
      story.refused('paymentOrder.apply', { ...application, ...more }, 'w1');
    expect(await why({ amount: 3000.01 })).toMatchObject({ code: 'more-than-owed', field: '/amount' });
    expect(await why({ evidence: ['payslip'] })).toMatchObject({ code: 'evidence-missing', field: '/evidence' });
    for (const [condition, { source }] of Object.entries(orderConditions))
      expect(await why({ [condition]: false })).toMatchObject({
        ...{ code: 'order-not-available', field: `/${condition}`, source },
      });
    expect(await why({ appliedOn: '2030-03-08' })).toMatchObject({ code: 'day-in-the-future' });
    expect(story.state().stage).toBe('confirming');
  }));

it('L6 not accepted on each ground of article 427, rejected on each of article 428, ended by article 430', () =>
  tell({}, async (story) => {
    // Agreement and order on one day each time: what is due on the day it takes effect is due at its end.
    const again = async () => {
      const today = await story.today();
      await agreed(story, [owed('w1', [{ amount: 3000, dueOn: today }])], four);
      await story.untilRunOut('agreementPerformance.grace');
      const on = await story.today();
      await story.act('paymentOrder.apply', { ...application, appliedOn: on }, 'w1');
      return on;
    };
    for (const ground of orderAcceptanceGrounds) {
      await again();
      await story.act('paymentOrder.refuseAcceptance', { ground, reason: '…' }, 'court');
      expect(story.last('paymentOrder.ended')).toMatchObject({ outcome: 'notAccepted', legalRef: 'PO-12' });
    }
    for (const ground of orderRejectionGrounds) {
      await story.act('paymentOrder.accept', { on: await again() }, 'court');
      await story.act('paymentOrder.reject', { ground, reason: '…' }, 'court');
      expect(story.last('paymentOrder.rejected').detail).toEqual({ ground });
    }
    const on = await again();
    await story.act('paymentOrder.accept', { on }, 'court');
    await story.act('paymentOrder.issue', { on }, 'court');
    await story.act('paymentOrder.recordService', { on }, 'court');
    const withdrawn = { ground: 'withdrawnBeforeReceipt', reason: '…' };
    expect(await story.refused('paymentOrder.terminate', withdrawn, 'court')).toMatchObject({ code: 'order-received' });
    await story.act('paymentOrder.terminate', { ground: 'suedElsewhere', reason: '…' }, 'court');
    expect(story.last('paymentOrder.ended').outcome).toBe('terminated');
    await again();
    await story.act('paymentOrder.terminate', withdrawn, 'court');
    expect(story.last('paymentOrder.terminated').detail).toEqual({ ground: 'withdrawnBeforeReceipt' });
  }));

it('LIM-02 the application interrupts the limitation', () =>
  tell({}, async (story) => {
    await breached(story, { ...four, facts: { knownOn: '2029-09-03' } });
    await story.sleepUntil('2030-03-11');
    await story.act('paymentOrder.apply', { ...application, appliedOn: '2030-03-11' }, 'w1');
    expect(story.clock('limitation.arbitration')).toMatchObject({ anchorOn: '2030-03-11', dueOn: '2031-03-11' });
  }));

it('PO-06 paid in part and then in full: the same payment sent twice counts once, and the case is at its end', () =>
  tell({}, async (story) => {
    await served(story);
    const pay = (amount: number, ref: string) => ({ amount, paidOn: '2030-03-07', ref });
    await story.act('paymentOrder.recordPayment', pay(1000, 'T-1'));
    expect(await story.refused('paymentOrder.recordPayment', pay(1000, 'T-1'))).toMatchObject({
      ...{ code: 'payment-already-recorded', field: '/ref' },
    });
    expect(await story.refused('paymentOrder.recordPayment', pay(2000.01, 'T-2'))).toMatchObject({
      code: 'overpayment',
    });
    await story.act('paymentOrder.recordPayment', pay(2000, 'T-2'));
    expect(story.last('paymentOrder.ended')).toMatchObject({ outcome: 'paid', legalRef: 'PO-06' });
  }));

it('ENF-01 a confirmed agreement that is breached can be enforced for two years from its last instalment', () =>
  tell({}, async (story) => {
    await agreed(story, [owed('w1', [{ amount: 3000, dueOn: '2030-03-06' }])], four);
    await story.act('judicialConfirmation.applyJointly', { appliedOn: '2030-03-04', agreedBy: ['w1', 'r1'] });
    await story.act('judicialConfirmation.accept', { acceptedOn: '2030-03-04' }, 'court');
    await story.act('judicialConfirmation.confirm', {}, 'court');
    await story.runsOut('agreementPerformance.instalment', '2030-03-06', 'o1.1');
    expect(story.path().at(-1)).toBe('followUp');
    expect(story.clock('enforcement.application').dueOn).toBe('2032-03-08');
  }));
