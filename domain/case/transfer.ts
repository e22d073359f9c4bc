import type { Office, Tell } from '../procedures/definition.ts';
import type { LegalDay } from '../time/types.ts';

/** Key of the clock of a hand-over's answer: it outlives procedures. */
export const TRANSFER = 'transfer';

/** Bodies to which a case may be handed over. */
export const transferBodies = ['otherRegion', 'inspection', 'arbitration', 'court', 'petition', 'union'] as const;
export type TransferBody = (typeof transferBodies)[number];

/** A hand-over to another body, and what came of it. */
export interface Transfer {
  to: TransferBody;
  /** Of another region's office. */
  region?: string;
  handedOverOn: LegalDay;
  stage: 'waiting' | 'accepted' | 'refused' | 'unanswered';
  answeredOn?: LegalDay;
  /** The number under which the other body goes on with it. */
  ref?: string;
}

const offices: Record<TransferBody, Office> = {
  inspection: 'inspection',
  arbitration: 'commission',
  court: 'court',
  petition: 'petition',
  union: 'union',
  otherRegion: 'operator',
};

/** The office that is asked to take the case over. */
export const officeOf = ({ to, region }: Transfer): Tell['to'] =>
  region === undefined ? offices[to] : { office: offices[to], region };

/** The region outside the case that may see it, since its office is asked to take it over or has done so. */
export const handedTo = (transfer: Transfer | undefined): string | undefined =>
  transfer?.stage === 'waiting' || transfer?.stage === 'accepted' ? transfer.region : undefined;
