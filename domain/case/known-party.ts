import { type Refusal, refuse } from '../refusal.ts';
import { type CaseSnapshot, type PartyId, partyOf } from './case.ts';

/** Refuses whoever is named in `field` and is not a party to the case. */
export const checkParty = (snapshot: CaseSnapshot, id: PartyId, field: string): Refusal | undefined =>
  partyOf(snapshot, id) === undefined
    ? refuse('unknown-party', `${id} 不是本案当事人。`, `${id} is not a party to this case.`, { field })
    : undefined;
