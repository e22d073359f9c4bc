import { expect, it } from 'vitest';
import { conclusionRule, type MediationState } from '../../../domain/procedures/mediation-state.ts';

const mediatedBy = (scope: string, kind: string) =>
  conclusionRule({ case: { scope, organisation: { kind } } } as unknown as MediationState);

it('MED-17 platform work has its fifteen days and fifteen more at most, also in a sub-centre that a district calls otherwise', () => {
  expect(mediatedBy('newEmploymentForm', 'oneStop')).toBe('mediation.oneStop');
  // 金山区新就业形态劳动争议调解分中心.
  expect(mediatedBy('newEmploymentForm', 'jointCentre')).toBe('mediation.oneStop');
  expect(mediatedBy('labour', 'jointCentre')).toBe('mediation.conclusion');
});
