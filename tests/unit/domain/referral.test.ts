import { expect, it } from 'vitest';
import { type Referral, referralFact, referralFacts, referredBy } from '../../../domain/case/referral.ts';

it('CRT-01 CRT-02 MED-15 MED-16: each way in which a case is sent has one name, and no other combination has one', () => {
  const bys: Referral['by'][] = ['court', 'arbitration'];
  const kinds: Referral['kind'][] = ['delegated', 'entrusted', 'suggested'];
  const sent = bys.flatMap((by) => kinds.map((kind): Referral => ({ by, kind, receivedOn: '2030-03-04' })));
  expect(sent.map(referralFact)).toEqual([
    ...['courtDelegated', 'courtEntrusted', 'none'],
    ...['none', 'arbitrationEntrusted', 'arbitrationSuggested'],
  ]);
  expect([...new Set([undefined, ...sent].map(referralFact))].sort()).toEqual([...referralFacts].sort());
  expect([
    referredBy(undefined),
    ...bys.map((by) => referredBy({ by, kind: 'entrusted', receivedOn: '2030-03-04' })),
  ]).toEqual(['none', 'court', 'arbitration']);
});
