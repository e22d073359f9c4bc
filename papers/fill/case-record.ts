import type { Claim, Party, PartyId } from '../../domain/case/case.ts';
import type { Scope } from '../../domain/rules.ts';
import type { LegalDay } from '../../domain/time/types.ts';

/** A party with what the database alone knows of it. */
export interface PartyRecord extends Party {
  name: string;
  idNumber?: string;
  phone?: string;
  address?: string;
}

export interface ClaimRecord extends Claim {
  /** The claim in its own words. */
  text?: string;
}

/**
 * What papers take from the record of a case. There is no place in it for facts conceded to settle (NEG-08): they lie in a table of
 * their own, which nothing here reads.
 */
export interface CaseRecord {
  caseNo: string;
  registeredOn: LegalDay;
  /** Of which law the dispute is, as the rules found at intake. */
  scope: Scope;
  /** A court delegated or entrusted the mediation (`referral.by`). */
  forCourt?: boolean;
  /** What happened, as the window wrote it down. */
  reason?: string;
  parties: PartyRecord[];
  claims: ClaimRecord[];
  /** Those whom the workers chose to speak for them (MED-14). */
  representatives?: PartyId[];
}

/** What every paper gets from the office that makes it. */
export interface PaperHead {
  number: string;
  madeOn: LegalDay;
}

export const baseOf = ({ caseNo }: CaseRecord, { number, madeOn }: PaperHead) => ({ number, madeOn, caseNo });

const disputes: Record<Scope, string> = {
  labour: '劳动争议',
  personnel: '人事争议',
  newEmploymentForm: '新就业形态劳动纠纷',
  civil: '纠纷',
  none: '纠纷',
};

/** Whether 调解仲裁法 and 令17 are the law of the dispute: a paper does not rest on articles that do not cover it. */
export const isByLabourLaw = ({ scope }: CaseRecord): boolean => scope === 'labour' || scope === 'personnel';

export const lawOf = (record: CaseRecord) => ({ dispute: disputes[record.scope], labourLaw: isByLabourLaw(record) });
