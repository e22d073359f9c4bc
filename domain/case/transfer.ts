import type { OfficeKind } from '../offices.ts';
import type { ProcedureState, Tell } from '../procedures/definition.ts';
import { type Refusal, refuse } from '../refusal.ts';
import type { LegalDay } from '../time/types.ts';

/** 71号 asks for one window that takes disputes and passes them on; it gives neither forms nor days. */
export const ONE_WINDOW = '人社部发〔2022〕71号 第十四条';

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

const offices: Record<TransferBody, OfficeKind> = {
  inspection: 'labourInspection',
  arbitration: 'commission',
  court: 'court',
  petition: 'petitionOffice',
  union: 'union',
  otherRegion: 'operator',
};

/** The office that is asked to take the case over. */
export const officeOf = ({ to, region }: Transfer): Tell['to'] =>
  region === undefined ? offices[to] : { office: offices[to], region };

/** The region outside the case that may see it, since its office is asked to take it over or has done so. */
export const handedTo = (transfer: Transfer | undefined): string | undefined =>
  transfer?.stage === 'waiting' || transfer?.stage === 'accepted' ? transfer.region : undefined;

export const isWaiting = ({ case: { transfer } }: ProcedureState): boolean => transfer?.stage === 'waiting';

/** Why a case cannot be changed as a whole while another body is asked to take it over. */
export const whileWaiting = (state: ProcedureState): Refusal | undefined =>
  isWaiting(state)
    ? refuse(
        'transfer-waiting',
        `${state.case.caseNo} 已移送，正在等待对方机构答复。`,
        `${state.case.caseNo} has been handed over; the answer of the other body is awaited.`,
        { source: ONE_WINDOW },
      )
    : undefined;
