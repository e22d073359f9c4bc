import type { Claim, Party, PartyId } from '../../domain/case/case.ts';
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
