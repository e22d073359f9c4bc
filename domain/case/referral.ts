import type { LegalDay } from '../time/types.ts';

/** Every way in which a court or an arbitration commission hands a dispute to mediation, as rules read it. */
export const referralFacts = [
  'none',
  'courtDelegated',
  'courtEntrusted',
  'arbitrationSuggested',
  'arbitrationEntrusted',
] as const;
export type ReferralFact = (typeof referralFacts)[number];

/** 委派（立案前）、委托（立案后）、调解建议: who sent the case, and how. */
export interface Referral {
  by: 'court' | 'arbitration';
  kind: 'delegated' | 'entrusted' | 'suggested';
  /** The case in the sender's own system. Never a name. */
  ref?: string;
  /** The day on which the sender handed the case over. */
  receivedOn: LegalDay;
  /** The procedure in which the court tries it; only where it was entrusted after filing. */
  trial?: 'ordinary' | 'simple';
  /** By way of the court's mediation platform. */
  online?: boolean;
}

const facts = {
  court: { delegated: 'courtDelegated', entrusted: 'courtEntrusted', suggested: 'none' },
  arbitration: { delegated: 'none', entrusted: 'arbitrationEntrusted', suggested: 'arbitrationSuggested' },
} as const satisfies Record<Referral['by'], Record<Referral['kind'], ReferralFact>>;

/** The referral of a case as rules read it. */
export const referralFact = (referral: Referral | undefined): ReferralFact =>
  referral === undefined ? 'none' : facts[referral.by][referral.kind];

/** Who sent the case, as rules that do not ask how read it. */
export const referredBy = (referral: Referral | undefined): 'none' | Referral['by'] => referral?.by ?? 'none';
