import type { PartyId, Side, Unpaid } from '../case/case.ts';
import type { LegalDay } from '../time/types.ts';
import type { Effects } from './definition.ts';
import type { SigningState } from './signing.ts';

/** 企业劳动争议协商调解规定（人社部令第17号）. */
export const ORDER_17 = '企业劳动争议协商调解规定';

export interface MediationState extends SigningState {
  procedure: 'mediation';
  stage: 'offered' | 'consenting' | 'accepting' | 'hearing' | 'signing' | 'ended';
  /** The day the organisation received the application: MED-02 and MED-09 count from it. */
  receivedOn?: LegalDay;
  /** Filled from the settlement that was not performed: what is still owed under it. */
  prefilledFrom?: { agreement: string; unpaid: Unpaid[] };
  consents: Partial<Record<Side, boolean>>;
  acceptedOn?: LegalDay;
  sessions: number;
  extensions: number;
}

export interface Apply {
  receivedOn: LegalDay;
  form: 'oral' | 'written';
}
export interface Consent {
  party: PartyId;
  willing: boolean;
}
export interface Accept {
  acceptedOn: LegalDay;
}
export interface Decline {
  ground: 'outOfScope' | 'noConsent' | 'noJurisdiction' | 'other';
}
export interface AssignMediator {
  /** Number in the roster of mediators; never a name. */
  mediatorId: string;
}
export interface HoldSession {
  heldOn: LegalDay;
  channel: 'room' | 'phone' | 'video' | 'onSite';
}
export type Nothing = Record<string, never>;

/**
 * The rule that says when it ends: mediation of platform work has its own (MED-17), whatever its centre is called in the region.
 * The clock's key is the same in every mediation.
 */
export const conclusionRule = ({ case: { scope } }: MediationState): string =>
  scope === 'newEmploymentForm' ? 'mediation.oneStop' : 'mediation.conclusion';

/** Ends mediation with an outcome. */
export const end = (state: MediationState, outcome: string): Effects => {
  state.stage = 'ended';
  state.outcome = outcome;
  return {};
};

/** Members of staff who help parties along. */
export const staff = ['operator', 'union', 'mediator'] as const;
