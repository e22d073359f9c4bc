import { expect, it } from 'vitest';
import { snapshotFor } from '../../../domain/case/afterwards.ts';
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

it('JR-12 only an application not accepted, or a document not issued, opens arbitration about what was agreed', () => {
  const opens = (outcome: string, enforceable = false) =>
    remedyQuestion(reviewed(outcome, enforceable), new Set()).facts.reviewRefused;
  expect(['notAccepted', 'refused'].map((outcome) => opens(outcome))).toEqual([true, true]);
  expect(['withdrawn', 'lapsed', 'notReceived'].map((outcome) => opens(outcome))).toEqual([false, false, false]);
  expect(opens('issued', true)).toBe(false);
});
