import type { CaseFacts, Claim, Party } from '../../domain/case/case.ts';
import type { Referral } from '../../domain/case/referral.ts';
import type { LegalDay } from '../../domain/time/types.ts';
import { type Law, law, OVER_AGE_FROM } from './law.ts';
import type { Chapter, Model } from './model.ts';
import { end } from './path.ts';

/** What is written down at the window. */
export interface Registration {
  on: LegalDay;
  region: string;
  channel: string;
  requestedRoute: Model['requestedRoute'];
  parties: Party[];
  claims: Claim[];
  facts: CaseFacts;
  referral?: Referral;
}

/** L7, L8, 令第56号: what kind of tie the dispute is about, or `none` where it is not for us. */
function scope({ facts, claims, on }: Registration): string {
  const { relation, exclusion, personnelKind, overAge, overAgeMatter } = facts;
  if (exclusion !== 'none') return 'none';
  if (relation === 'newEmploymentForm') return 'newEmploymentForm';
  if (relation === 'personnel') return personnelKind === 'none' ? 'none' : 'personnel';
  // Past retirement age it is the matter that counts, whatever the contract is called.
  if (overAge && ['labour', 'service'].includes(relation) && on >= OVER_AGE_FROM)
    return overAgeMatter ? 'labour' : 'none';
  return relation === 'labour' && claims.length > 0 ? 'labour' : 'none';
}

/** 受理登记: decides and moves on at once; nobody acts in it. */
export const intake: Chapter = { begin: () => {}, acts: {}, silence: {} };

/** A case as it is after registration. */
export function register(given: Registration, by: Law = law): Model {
  const { on, ...written } = given;
  const m: Model = {
    ...written,
    ...{ law: by, today: on, registeredOn: on, scope: scope(given) },
    ...{ procedure: 'intake', stage: 'registered', clocks: {}, origin: 'direct', path: [], past: [] },
    ...{ closed: false, rightToArbitrate: false, items: [], payments: [], breached: false, routes: {}, beside: {} },
    ...{ organisation: '', asked: 0, noticeServed: false, consents: {}, mediator: false, signatures: [] },
  };
  end(m, m.scope === 'none' ? 'notAdmissible' : 'routed');
  return m;
}
