import type { LegalDay } from '../time/types.ts';
import type { CaseSnapshot } from './case.ts';

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
  /** The day on which both parties agreed to be entrusted to mediation by the tribunal: MED-16 counts from it. */
  consentedOn?: LegalDay;
  /** The procedure in which the court tries it; only where it was entrusted after filing. */
  trial?: 'ordinary' | 'simple';
  /** By way of the court's mediation platform. */
  online?: boolean;
  /** How many procedures the case had behind it when it was sent; absent where it was sent at its registration. */
  after?: number;
}

const facts = {
  court: { delegated: 'courtDelegated', entrusted: 'courtEntrusted', suggested: 'none' },
  arbitration: { delegated: 'none', entrusted: 'arbitrationEntrusted', suggested: 'arbitrationSuggested' },
} as const satisfies Record<Referral['by'], Record<Referral['kind'], ReferralFact>>;

/** The referral of a case as rules read it. */
export const referralFact = (referral: Referral | undefined): ReferralFact =>
  referral === undefined ? 'none' : facts[referral.by][referral.kind];

/** The referral while what it asked for has not ended; a later mediation of the case is its own. */
export function liveReferral({ referral, past }: Pick<CaseSnapshot, 'referral' | 'past'>): ReferralFact {
  const lives =
    referral?.after === undefined
      ? past.every(({ procedure }) => procedure === 'intake')
      : past.length === referral.after;
  return lives ? referralFact(referral) : 'none';
}

/** A referral of a case that is here already: it is for the mediation that comes next, after the return visit or at once. */
export const nthReferral = (referral: Referral, { past }: Pick<CaseSnapshot, 'past'>, atOnce: boolean): Referral => ({
  ...referral,
  after: past.length + (atOnce ? 0 : 1),
});

/** How a court sent the case to the mediation that has just ended; none where another procedure has. */
export const courtReferral = ({ referral, past }: Pick<CaseSnapshot, 'referral' | 'past'>): ReferralFact =>
  past.at(-1)?.procedure === 'preLitigationMediation' ? referralFact(referral) : 'none';

/** Who sent the case, as rules that do not ask how read it. */
export const referredBy = (referral: Referral | undefined): 'none' | Referral['by'] => referral?.by ?? 'none';
