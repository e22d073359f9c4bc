import { describe, expect, it } from 'vitest';
import type { Next } from '../../domain/case/afterwards.ts';
import type { CaseSnapshot, ChainProcedure } from '../../domain/case/case.ts';
import { feeFen } from '../../domain/case/fee.ts';
import { remedyQuestion } from '../../domain/case/remedies.ts';
import type { ProcedureState } from '../../domain/procedures/definition.ts';
import type { OutcomeOf } from '../../domain/rules.ts';
import { loadRuleBook } from '../../rules/index.ts';

const book = await loadRuleBook();
const remediesOf = async (facts: ReturnType<typeof remedyQuestion>['facts']) =>
  ((await book.decide('000000', 'case.remedies', facts)).outcome.items as Array<OutcomeOf['case.remedies']>) ?? [];

type Ended = { procedure: ChainProcedure; outcome: string };
type Facts = { enforceable: 'none' | 'reviewed' | 'confirmed'; paymentOrder: 'none' | 'A' | 'B'; scope: string };

/** Every end that leaves somebody to turn elsewhere, with what the law can have made of it by then. */
const ends: Ended[] = [
  ...['refused', 'declined', 'failed', 'expired', 'notApplied'].map((outcome) => ({
    procedure: 'mediation' as const,
    outcome,
  })),
  { procedure: 'agreementPerformance', outcome: 'breached' },
  ...[
    ...['paid', 'enforceable', 'objected', 'turnedToSuit', 'suitDeclined', 'terminated'],
    ...['rejected', 'notAccepted', 'lapsed', 'notApplied'],
  ].map((outcome) => ({ procedure: 'paymentOrder' as const, outcome })),
];

function* everyEnd(): Generator<Ended & Facts> {
  for (const ended of ends)
    for (const scope of ['labour', 'personnel', 'newEmploymentForm'])
      for (const paymentOrder of ['none', 'A', 'B'] as const)
        for (const enforceable of ['none', 'reviewed', 'confirmed'] as const) {
          const { procedure, outcome } = ended;
          const paper = procedure === 'agreementPerformance' ? enforceable : 'none';
          if (paper !== enforceable) continue;
          if (enforceable !== 'none' && paymentOrder !== 'none') continue;
          if (procedure === 'paymentOrder' && (paymentOrder === 'none' || scope === 'newEmploymentForm')) continue;
          if (scope === 'newEmploymentForm' && paymentOrder !== 'none') continue;
          // Without a mediation agreement there is no way A, and nothing to turn into a suit (PO-11, PO-18).
          if (procedure === 'mediation' && paymentOrder === 'A') continue;
          if (outcome === 'turnedToSuit' && paymentOrder === 'B') continue;
          yield { ...ended, scope, paymentOrder, enforceable };
        }
}

/** The case as the next procedure finds it. */
function afterwards({ procedure, outcome, scope, paymentOrder, enforceable }: Ended & Facts, next: Next) {
  const agreed = procedure === 'agreementPerformance' || (procedure === 'paymentOrder' && paymentOrder === 'A');
  const unpaidSettlement = paymentOrder === 'B' && procedure !== 'agreementPerformance';
  const breach = { procedure: 'agreementPerformance' as const, outcome: 'breached', on: '2030-03-04' };
  const overdue = { procedure: 'settlementPerformance' as const, outcome: 'overdue', on: '2030-03-04' };
  const snapshot = {
    scope,
    claims: [{ id: 'c1', worker: 'w1', kind: 'pay', subject: 'wages' }],
    ...(agreed ? { agreement: { kind: 'mediation' } } : unpaidSettlement ? { agreement: { kind: 'settlement' } } : {}),
    routes:
      enforceable === 'none'
        ? []
        : [
            {
              route: enforceable === 'confirmed' ? 'judicialConfirmation' : 'arbitrationReview',
              stage: 'granted',
              attempt: 1,
            },
          ],
    ...(paymentOrder === 'none' ? {} : { paymentOrder }),
    past: [
      ...(agreed && procedure !== 'agreementPerformance' ? [breach] : []),
      ...(unpaidSettlement ? [overdue] : []),
      { procedure, outcome, on: '2030-03-05' },
    ],
  } as unknown as CaseSnapshot;
  const stage = next.next === 'paymentOrder' ? 'confirming' : 'visiting';
  return { procedure: next.next, stage, case: snapshot } as unknown as ProcedureState;
}

describe('what a rule of the path says, and what may be turned to then', () => {
  it('MED-11 PO-11 PO-12: arbitration is among the remedies wherever the path gives the right to it, and nowhere else', async () => {
    let rights = 0;
    for (const ended of everyEnd()) {
      const { matched, outcome } = await book.decide('000000', 'procedure.next', { ...ended, referral: 'none' });
      const next = outcome as unknown as Next;
      const remedies = await remediesOf(remedyQuestion(afterwards(ended, next), new Set()).facts);
      const names = remedies.map(({ remedy }) => remedy);
      const told = `${matched[0]?.id} ${JSON.stringify(ended)}: ${names}`;
      expect(names.includes('arbitration'), told).toBe(next.rightToArbitrate === true);
      if (next.rightToArbitrate) rights += 1;
      // What the rule's words name is open, and nothing else is named.
      const words = next.remedy?.zh ?? '';
      if (words.includes('强制执行')) expect(names, told).toContain('enforcement');
      if (words.includes('支付令依法') || words.includes('申请支付令，')) expect(names, told).toContain('paymentOrder');
      if (/(可以|也可以)[^，。]*提起诉讼/.test(words))
        expect(names.includes('suitOnAgreement') || names.includes('suit'), told).toBe(true);
      if (next.next === 'paymentOrder') expect(names, told).toContain('paymentOrder');
    }
    expect(rights).toBeGreaterThan(20);
  });
});

describe('what a remedy costs', () => {
  it('PO-15 a payment order: a third of the fee of a case about property, by bands; confirmation costs nothing (JC-11)', async () => {
    const base = { scope: 'labour', procedure: 'followUp', paper: 'none', breached: false, orderFailed: false };
    const facts = {
      ...base,
      reviewOpen: false,
      reviewRefused: false,
      settlementUsable: false,
      confirmationOpen: true,
      paymentOrder: 'B',
      wagesOnly: true,
    };
    const remedies = await remediesOf({
      ...facts,
      wageIou: false,
      inSuit: false,
      arbitrationUnderWay: false,
      arbitrationFiled: false,
    });
    const fee = remedies.find(({ remedy }) => remedy === 'paymentOrder')?.fee;
    if (!fee) throw new Error('no fee');
    expect(fee).toMatchObject({ legalRef: 'PO-15', oneIn: 3, suitYuan: 10 });
    // 50; 50 + 2.5 % of what lies above 10 000; … + 2 % above 100 000; a third of each, rounded to fen.
    expect([500_000, 1_000_000, 2_000_000, 15_000_000].map((fen) => feeFen(fee, fen))).toEqual([
      1667,
      1667,
      Math.round((5_000 + 25_000) / 3),
      Math.round((5_000 + 225_000 + 100_000) / 3),
    ]);
    expect(feeFen(fee, 0)).toBeUndefined();
    const free = remedies.find(({ remedy }) => remedy === 'judicialConfirmation')?.fee;
    expect(free).toMatchObject({ legalRef: 'JC-11' });
    expect(free && feeFen(free, 100)).toBe(0);
  });
});
