import { expect, it } from 'vitest';
import type { PerformanceState } from '../../domain/procedures/performance-state.ts';
import { loadRuleBook } from '../../rules/index.ts';
import { withPackCopy } from '../rules/support.ts';
import { settled } from '../support/openings.ts';
import { type Story, tell } from '../support/story.ts';
import { deed, owed } from '../support/terms.ts';

const items = (story: Story) =>
  story
    .state<PerformanceState>()
    .items.map(({ id, status, paidFen, pendingFen }) => ({ id, status, paidFen, pendingFen }));

const paid = (amount: number, more: Record<string, unknown> = {}) => ({
  ...{ instalment: 'o1.1', amount, paidOn: '2030-03-04', evidence: true },
  ...more,
});

it('NEG-09 PO-18 a settlement that falls due unpaid goes to mediation by itself, the application filled in, everyone concerned told, also of an order for wages', () =>
  tell({}, async (story) => {
    await settled(story, [
      owed('w1', [
        { amount: 5000, dueOn: '2030-03-12' },
        { amount: 7000, dueOn: '2030-04-12' },
      ]),
    ]);
    await story.act('settlementPerformance.recordPayment', paid(2000, { confirmedByPayee: true }));
    const acts = story.record.events.length;
    const silence = await story.runsOut('settlementPerformance.instalment', '2030-03-12', 'o1.1');
    expect(silence).toMatchObject({ legalRef: 'NEG-09', actor: { role: 'system' } });

    expect(story.path()).toEqual(['negotiation', 'settlementPerformance', 'mediation']);
    expect(
      story
        .events()
        .slice(acts)
        .every(({ actor }) => actor.role === 'system'),
    ).toBe(true);
    expect(story.last('settlementPerformance.ended')).toMatchObject({
      outcome: 'overdue',
      legalRef: 'NEG-09',
      // Every way that is open is told with its papers and what waiting costs.
      detail: {
        ...{ next: 'mediation', prefill: 'settlement' },
        remedies: [
          { remedy: 'arbitration', legalRef: 'NEG-09', papers: expect.any(Array) },
          { remedy: 'mediation', deadlineId: 'none', lostByWaiting: { zh: expect.stringContaining('时效') } },
          { remedy: 'paymentOrder', legalRef: 'PO-02', deadlineId: 'none', fee: { legalRef: 'PO-15' } },
        ],
      },
    });
    expect(story.told('overdue').sort()).toEqual(['r1 2030-03-13', 'union 2030-03-13', 'w1 2030-03-13']);
    expect(story.state()).toMatchObject({
      stage: 'consenting',
      receivedOn: '2030-03-13',
      consents: {},
      prefilledFrom: {
        agreement: 's1',
        unpaid: [
          { instalment: 'o1.1', debtor: 'r1', creditor: 'w1', amountFen: 300_000 },
          { instalment: 'o1.2', debtor: 'r1', creditor: 'w1', amountFen: 700_000 },
        ],
      },
    });
    expect(story.told('mediationOpened')).toEqual(['applicant 2030-03-13', 'respondent 2030-03-13']);
    expect(story.clock('settlementPerformance.instalment', 'o1.2').open).toBe(false);
  }));

it('NEG-06 each instalment has its own last day, moved where it falls on a day off, and the last one paid ends it', () =>
  tell({}, async (story) => {
    await settled(story, [
      owed('w1', [
        { amount: 1000, dueOn: '2030-03-09' },
        { amount: 1000, daysAfterEffect: 100 },
      ]),
    ]);
    // Saturday 2030-03-09 moves to Monday; the hundredth day after 2030-03-04 is 2030-06-12.
    expect(story.clock('settlementPerformance.instalment', 'o1.1').dueOn).toBe('2030-03-11');
    expect(story.clock('settlementPerformance.instalment', 'o1.2').dueOn).toBe('2030-06-12');
    await story.sleepUntil('2030-03-11T23:59');
    await story.act('settlementPerformance.confirmPerformed', { instalment: 'o1.1' }, 'w1');
    await story.sleepUntil('2030-03-20');
    expect(story.path()).toEqual(['negotiation', 'settlementPerformance']);
    await story.act('settlementPerformance.confirmPerformed', { instalment: 'o1.2' }, 'w1');
    expect(story.path()).toEqual(['negotiation', 'settlementPerformance', 'followUp']);
    expect(story.last('settlementPerformance.ended').outcome).toBe('performed');
    expect(await story.refused('settlementPerformance.confirmPerformed', { instalment: 'o1.2' }, 'w1')).toMatchObject({
      code: 'elsewhere',
    });
  }));

it('NEG-06 part payments add up, the payee confirms them, and too much or the same receipt twice is refused', () =>
  tell({}, async (story) => {
    await settled(story, [owed('w1', [{ amount: 1000, dueOn: '2030-04-08' }])]);
    const pay = (amount: number, ref: string) =>
      story.act('settlementPerformance.recordPayment', paid(amount, { ref }), 'r1');
    const refusedPay = (more: Record<string, unknown>, amount = 100) =>
      story.refused('settlementPerformance.recordPayment', paid(amount, more));

    await pay(400, 'B-1');
    expect(story.told('paymentRecorded')).toEqual(['w1 2030-03-04']);
    expect(await refusedPay({ ref: 'B-1' })).toMatchObject({ code: 'payment-already-recorded', field: '/ref' });
    expect(await refusedPay({ ref: 'B-2' }, 600.01)).toMatchObject({ code: 'overpayment', field: '/amount' });
    expect(await refusedPay({ paidOn: '2030-03-05' })).toMatchObject({ code: 'day-in-the-future' });
    expect(await refusedPay({ instalment: 'o9.1' })).toMatchObject({ code: 'unknown-instalment' });
    expect(await story.refused('settlementPerformance.confirmPayment', { payment: 'p9' }, 'w1')).toMatchObject({
      code: 'unknown-payment',
    });
    expect(await story.refused('settlementPerformance.confirmPayment', { payment: 'p1' }, 'r1')).toMatchObject({
      code: 'wrong-side',
    });
    await story.act('settlementPerformance.confirmPayment', { payment: 'p1' }, 'w1');
    expect(items(story)).toEqual([{ id: 'o1.1', status: 'open', paidFen: 40_000, pendingFen: 0 }]);
    expect(story.clock('settlementPerformance.confirmation', 'p1').open).toBe(false);
    expect(await story.refused('settlementPerformance.confirmPayment', { payment: 'p1' }, 'w1')).toMatchObject({
      code: 'act-not-open',
    });
    await pay(600, 'B-2');
    await story.act('settlementPerformance.confirmPayment', { payment: 'p2' }, 'w1');
    expect(story.path()).toEqual(['negotiation', 'settlementPerformance', 'followUp']);
  }));

it('NEG-06 a payee who says nothing for five days is taken to have been paid where a receipt was shown', () =>
  tell({}, async (story) => {
    await settled(story, [owed('w1', [{ amount: 1000, dueOn: '2030-03-06' }])]);
    await story.act('settlementPerformance.recordPayment', paid(1000), 'r1');
    // Its day passes while the payee is asked: the money recorded holds the mediation off.
    await story.runsOut('settlementPerformance.instalment', '2030-03-06', 'o1.1');
    expect(story.path()).toEqual(['negotiation', 'settlementPerformance']);
    const silence = await story.runsOut('settlementPerformance.confirmation', '2030-03-11', 'p1');
    expect(silence).toMatchObject({ legalRef: 'NEG-06', detail: { outcome: 'deemedPaid' } });
    expect(story.last('settlementPerformance.ended').outcome).toBe('performed');
  }));

it('NEG-06 whose silence counts as receipt of a part is told so, and so is the one who paid', () =>
  tell({}, async (story) => {
    await settled(story, [owed('w1', [{ amount: 1000, dueOn: '2030-04-08' }])]);
    await story.act('settlementPerformance.recordPayment', paid(400), 'r1');
    await story.act('settlementPerformance.recordPayment', paid(300, { evidence: false }), 'r1');
    await story.runsOut('settlementPerformance.confirmation', '2030-03-11', 'p1');
    expect(items(story)).toEqual([{ id: 'o1.1', status: 'open', paidFen: 40_000, pendingFen: 0 }]);
    const about = (payment: string) =>
      story
        .noticesOf('deadlinePassed')
        .filter(({ clockKey }) => clockKey?.endsWith(payment))
        .map(({ to }) => to);
    expect(about('p1')).toEqual([{ party: 'w1' }, { party: 'r1' }]);
    expect(about('p2')).toEqual([{ party: 'r1' }]);
  }));

it('NEG-06 without a receipt the silence of the payee proves nothing, and the debt is overdue when its day has passed', () =>
  tell({}, async (story) => {
    await settled(story, [owed('w1', [{ amount: 1000, dueOn: '2030-03-06' }])]);
    await story.act('settlementPerformance.recordPayment', paid(1000, { evidence: false }), 'r1');
    await story.runsOut('settlementPerformance.instalment', '2030-03-06', 'o1.1');
    expect(story.path()).toEqual(['negotiation', 'settlementPerformance']);
    const silence = await story.runsOut('settlementPerformance.confirmation', '2030-03-11', 'p1');
    expect(silence.detail.outcome).toBe('unconfirmed');
    await story.record.seen('mediation', ({ type }) => type === 'mediation.opened');
    expect(story.last('settlementPerformance.ended').outcome).toBe('overdue');
  }));

it('NEG-06 a payee who denies the payment before its day leaves it owed; after its day the debt is overdue at once', () =>
  tell({}, async (story) => {
    await settled(story, [owed('w1', [{ amount: 1000, dueOn: '2030-03-06' }])]);
    await story.act('settlementPerformance.recordPayment', paid(1000, { ref: 'B-1' }), 'r1');
    await story.act('settlementPerformance.disputePayment', { payment: 'p1', reason: '未到账' }, 'w1');
    expect(items(story)).toEqual([{ id: 'o1.1', status: 'open', paidFen: 0, pendingFen: 0 }]);
    await story.act('settlementPerformance.recordPayment', paid(1000, { ref: 'B-2' }), 'r1');
    await story.runsOut('settlementPerformance.instalment', '2030-03-06', 'o1.1');
    await story.sleepUntil('2030-03-07');
    await story.act('settlementPerformance.disputePayment', { payment: 'p2', reason: '未到账' }, 'w1');
    await story.record.seen('mediation', ({ type }) => type === 'mediation.opened');
    expect(story.last('settlementPerformance.ended').outcome).toBe('overdue');
    expect(await story.today()).toBe('2030-03-07');
  }));

it('NEG-06 both may put off an instalment in writing; the debtor alone may not, and the new day is reminded of anew', () =>
  tell({}, async (story) => {
    await settled(story, [owed('w1', [{ amount: 1000, dueOn: '2030-03-08' }])]);
    await story.sleepUntil('2030-03-08T12:00');
    expect(story.told('reminder')).toEqual(['r1 2030-03-06', 'r1 2030-03-08']);
    const later = { instalment: 'o1.1', dueOn: '2030-03-20', agreedBy: ['w1', 'r1'] };
    expect(await story.refused('settlementPerformance.reschedule', { ...later, agreedBy: ['r1'] })).toMatchObject({
      code: 'both-sides-needed',
    });
    expect(await story.refused('settlementPerformance.reschedule', { ...later, dueOn: '2030-03-07' })).toMatchObject({
      code: 'due-before-today',
    });
    await story.act('settlementPerformance.reschedule', later);
    expect(story.told('rescheduled')).toEqual(['r1 2030-03-08', 'w1 2030-03-08']);
    await story.sleepUntil('2030-03-12');
    expect(story.path()).toEqual(['negotiation', 'settlementPerformance']);
    await story.runsOut('settlementPerformance.instalment', '2030-03-20', 'o1.1');
    expect(story.told('reminder')).toEqual(['r1 2030-03-06', 'r1 2030-03-08', 'r1 2030-03-18', 'r1 2030-03-20']);
    expect(story.last('settlementPerformance.ended').outcome).toBe('overdue');
  }));

it('NEG-09 a region may grant five days of grace: reminded after the day, each time once, then overdue; a later day agreed in grace counts', () =>
  withPackCopy(async (packs) => {
    await packs.write(
      '510000-sichuan/deadlines.json',
      JSON.stringify([{ id: 'settlementPerformance.grace', amount: 5, source: '测试用宽限' }]),
    );
    const book = await loadRuleBook(packs.dir);
    await tell({ book }, async (story) => {
      await settled(story, [owed('w1', [{ amount: 1000, dueOn: '2030-03-06' }])], { region: '510100' });
      await story.runsOut('settlementPerformance.instalment', '2030-03-06', 'o1.1');
      expect(story.path()).toEqual(['negotiation', 'settlementPerformance']);
      expect(story.clock('settlementPerformance.grace', 'o1.1').dueOn).toBe('2030-03-11');
      await story.sleepUntil('2030-03-10');
      expect(story.told('overdueReminder')).toEqual(['r1 2030-03-08', 'r1 2030-03-10']);
      await story.act('settlementPerformance.reschedule', {
        ...{ instalment: 'o1.1', dueOn: '2030-03-13', agreedBy: ['w1', 'r1'] },
      });
      expect(story.clock('settlementPerformance.grace', 'o1.1').open).toBe(false);
      await story.runsOut('settlementPerformance.instalment', '2030-03-13', 'o1.1');
      expect(story.path()).toEqual(['negotiation', 'settlementPerformance']);
      const silence = await story.runsOut('settlementPerformance.grace', '2030-03-18', 'o1.1');
      expect(silence.detail).toMatchObject({ instalment: 'o1.1', unpaidFen: 100_000, outcome: 'overdue' });
      expect(story.told('overdueReminder')).toEqual([
        ...['r1 2030-03-08', 'r1 2030-03-10', 'r1 2030-03-15', 'r1 2030-03-17'],
      ]);
      expect(story.path()).toEqual(['negotiation', 'settlementPerformance', 'mediation']);
    });
  }));

it('NEG-06 what is not money has a day and a proof of its own: a certificate not handed over sends the case on', () =>
  tell({}, async (story) => {
    await settled(story, [
      owed('w1', [{ amount: 1000, dueOn: '2030-03-15' }]),
      deed('certificate', 'w1', '2030-03-08'),
      deed('fileTransfer', 'w1', '2030-03-12'),
    ]);
    expect(await story.refused('settlementPerformance.recordPayment', paid(10, { instalment: 'o2.1' }))).toMatchObject({
      code: 'overpayment',
    });
    expect(await story.refused('settlementPerformance.confirmPerformed', { instalment: 'o2.1' }, 'r1')).toMatchObject({
      code: 'wrong-side',
    });
    await story.act('settlementPerformance.confirmPerformed', { instalment: 'o2.1' }, 'w1');
    await story.act('settlementPerformance.urge', { instalment: 'o3.1' }, 'union');
    expect(story.told('urged')).toEqual(['r1 2030-03-04']);
    expect(await story.refused('settlementPerformance.confirmPerformed', { instalment: 'o2.1' }, 'w1')).toMatchObject({
      code: 'instalment-closed',
    });
    await story.runsOut('settlementPerformance.instalment', '2030-03-12', 'o3.1');
    expect(story.state()).toMatchObject({
      procedure: 'mediation',
      prefilledFrom: { unpaid: [{ instalment: 'o1.1' }, { instalment: 'o3.1', form: 'fileTransfer' }] },
    });
  }));

it('NEG-09 the one who is owed may report that the other refuses to perform, without waiting for the day', () =>
  tell({}, async (story) => {
    await settled(story, [owed('w1', [{ amount: 1000, dueOn: '2030-03-15' }])]);
    const report = { instalment: 'o1.1', ground: 'refusesToPerform', reason: '明确表示不付' };
    expect(await story.refused('settlementPerformance.reportBreach', report, 'r1')).toMatchObject({
      code: 'wrong-side',
    });
    await story.act('settlementPerformance.reportBreach', report, 'w1');
    expect(story.last('settlementPerformance.ended').outcome).toBe('disputed');
    expect(story.state()).toMatchObject({ procedure: 'mediation', stage: 'consenting' });
    expect(story.told('overdue').sort()).toEqual(['r1 2030-03-04', 'union 2030-03-04', 'w1 2030-03-04']);
  }));

it('NEG-06 a third party may owe and pay under a settlement, and the reminder goes to that party', () =>
  tell({}, async (story) => {
    await story.register({
      parties: [
        { id: 'w1', side: 'applicant', kind: 'worker' },
        { id: 'r1', side: 'respondent', kind: 'dispatchFirm' },
        { id: 'r2', side: 'respondent', kind: 'contractor' },
      ],
    });
    await story.act('negotiation.serveRequest', { servedOn: '2030-03-04', method: 'meeting' });
    const terms = {
      ...{ coveredWorkers: ['w1'], signedOn: '2030-03-04', agreedBy: ['w1', 'r1'] },
      obligations: [owed('w1', [{ amount: 800, dueOn: '2030-03-08' }], 'r2')],
      content: { matter: '工资', terms: '由总包代付' },
    };
    expect(await story.refused('negotiation.settle', terms)).toMatchObject({ code: 'signature-missing' });
    await story.act('negotiation.settle', { ...terms, agreedBy: ['w1', 'r1', 'r2'] });
    await story.runsOut('settlementPerformance.instalment', '2030-03-08', 'o1.1');
    expect(story.told('reminder')).toEqual(['r2 2030-03-06', 'r2 2030-03-08']);
    expect(story.told('overdue').sort()).toEqual(['r2 2030-03-09', 'union 2030-03-09', 'w1 2030-03-09']);
  }));
