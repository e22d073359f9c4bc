import { expect, it } from 'vitest';
import type { CaseSnapshot } from '../../../domain/case/case.ts';
import { isDisclosed } from '../../../domain/case/disclosure.ts';

it('NEG-08 a concession is open when who made it and everybody on the other side agree', () => {
  const parties = ['w1', 'w2', 'r1'].map((id) => ({ id, side: id === 'r1' ? 'respondent' : 'applicant' }));
  const disclosed = (...disclosureBy: string[]) =>
    ['w1', 'w2', 'r1'].filter((id) => isDisclosed({ parties, disclosureBy } as unknown as CaseSnapshot, id));
  expect(disclosed()).toEqual([]);
  expect(disclosed('w1', 'w2')).toEqual([]);
  expect(disclosed('w1', 'r1')).toEqual(['w1']);
  expect(disclosed('w1', 'w2', 'r1')).toEqual(['w1', 'w2', 'r1']);
  expect(isDisclosed({ parties, disclosureBy: ['w9', 'w1', 'w2', 'r1'] } as unknown as CaseSnapshot, 'w9')).toBe(false);
});
