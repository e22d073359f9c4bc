import { expect, it } from 'vitest';
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

it('JR-12 only an application not accepted, or a document not issued, opens arbitration about what was agreed', () => {
  const opens = (outcome: string, enforceable = false) =>
    remedyQuestion(reviewed(outcome, enforceable), new Set()).facts.reviewRefused;
  expect(['notAccepted', 'refused'].map((outcome) => opens(outcome))).toEqual([true, true]);
  expect(['withdrawn', 'lapsed', 'notReceived'].map((outcome) => opens(outcome))).toEqual([false, false, false]);
  expect(opens('issued', true)).toBe(false);
});
