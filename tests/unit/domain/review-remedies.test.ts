import { expect, it } from 'vitest';
import { lastingOf, snapshotFor } from '../../../domain/case/afterwards.ts';
import { makesEnforceable } from '../../../domain/case/applications.ts';
import type { CaseSnapshot, RouteState } from '../../../domain/case/case.ts';
import { remedyQuestion } from '../../../domain/case/remedies.ts';
import { applyPaper } from '../../../domain/procedures/agreement-performance.ts';
import type { ProcedureState } from '../../../domain/procedures/definition.ts';

/** A case whose agreement was brought to the commission, with what came of it. */
function reviewed(outcome: string, enforceable = false): ProcedureState {
  const route: RouteState = { route: 'arbitrationReview', stage: 'pending', attempt: 1 };
  const snapshot = { agreement: { id: 'm1', kind: 'mediation' }, routes: [route], past: [], claims: [] };
  const paper = { agreement: 'm1', route: 'arbitrationReview', outcome, enforceable, on: '2030-03-04' } as const;
  applyPaper(snapshot as unknown as CaseSnapshot, paper);
  return { procedure: 'agreementPerformance', case: snapshot } as unknown as ProcedureState;
}

it('PO-02 PO-18 while a broken settlement is mediated, and only then, the order for wages stays among the ways', () => {
  const mediating = (more: Record<string, unknown>): ProcedureState => {
    const agreement = { id: 's1', kind: 'settlement' };
    const snapshot = { agreement, routes: [], past: [], claims: [], paymentOrder: 'B', unpaid: [], ...more };
    return { procedure: 'mediation', outcome: 'agreement', clocks: [], case: snapshot } as unknown as ProcedureState;
  };
  const route = (more: Record<string, unknown>) => remedyQuestion(mediating(more), new Set()).facts.paymentOrder;
  expect(route({})).toBe('B');
  expect(route({ unpaid: undefined })).toBe('none');
  expect(route({ past: [{ procedure: 'paymentOrder', outcome: 'notApplied', on: '2030-03-04' }] })).toBe('none');
  // A mediation that replaced the settlement ends it.
  expect(snapshotFor(mediating({}), { next: 'agreementPerformance' }, '2030-03-04').paymentOrder).toBeUndefined();
});

it('JR-01 JC-01 the times to apply outlive a breach, and what it leads to, until something can be enforced or is decided', () => {
  const clock = (deadlineId: string) => ({ key: `3:${deadlineId}`, deadlineId, expired: false });
  const clocks = [clock('arbitrationReview.application'), clock('paymentOrder.offer')];
  const goOn = (procedure: string, outcome: string, stage: RouteState['stage'] = 'available') => {
    const routes: RouteState[] = [{ route: 'arbitrationReview', stage, attempt: 0 }];
    const state = { procedure, outcome, clocks, case: { routes } } as unknown as ProcedureState;
    return lastingOf(state).includes('3:arbitrationReview.application');
  };
  expect(goOn('agreementPerformance', 'breached')).toBe(true);
  expect(goOn('agreementPerformance', 'performed')).toBe(false);
  expect(goOn('agreementPerformance', 'breached', 'granted')).toBe(false);
  expect(['notApplied', 'objected', 'lapsed'].map((outcome) => goOn('paymentOrder', outcome))).toEqual([
    true,
    true,
    true,
  ]);
  expect(['paid', 'enforceable', 'turnedToSuit'].map((outcome) => goOn('paymentOrder', outcome))).toEqual([
    ...[false, false, false],
  ]);
  expect([goOn('followUp', 'orderChosen'), goOn('followUp', 'archived')]).toEqual([true, false]);
});

it('JR-01 JC-01 a paper counts for a broken agreement once, and for that agreement only', () => {
  const routes: RouteState[] = [{ route: 'arbitrationReview', stage: 'pending', attempt: 1 }];
  const past = [{ procedure: 'agreementPerformance', outcome: 'breached', on: '2030-03-04' }];
  const snapshot = { agreement: { id: 'm1' }, routes, past } as unknown as CaseSnapshot;
  const paper = { agreement: 'm1', route: 'arbitrationReview', outcome: 'issued', enforceable: true } as const;
  const counts = (more: object, of: Partial<CaseSnapshot> = {}) =>
    makesEnforceable({ ...snapshot, ...of }, { ...paper, on: '2030-03-10', ...more });
  expect(counts({})).toBe(true);
  expect([counts({ enforceable: false }), counts({ agreement: 'm2' })]).toEqual([false, false]);
  expect(counts({}, { past: [] })).toBe(false);
  const paid = { procedure: 'paymentOrder' as const, outcome: 'paid', on: '2030-03-09' };
  expect(counts({}, { past: [...snapshot.past, paid] })).toBe(false);
  applyPaper(snapshot, { ...paper, on: '2030-03-10' });
  expect(counts({})).toBe(false);
});

it('JR-12 only an application not accepted, or a document not issued, opens arbitration about what was agreed', () => {
  const opens = (outcome: string, enforceable = false) =>
    remedyQuestion(reviewed(outcome, enforceable), new Set()).facts.reviewRefused;
  expect(['notAccepted', 'refused'].map((outcome) => opens(outcome))).toEqual([true, true]);
  expect(['withdrawn', 'lapsed', 'notReceived'].map((outcome) => opens(outcome))).toEqual([false, false, false]);
  expect(opens('issued', true)).toBe(false);
});
