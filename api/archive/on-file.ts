import type { Db } from '../../db/client.ts';
import { type EvidenceRow, listEvidence } from '../../db/evidence.ts';
import type { OnFile } from '../../domain/case/archive.ts';
import type { PerformanceState } from '../../domain/procedures/performance-state.ts';
import { type Dossier, lastRun } from '../papers/dossier.ts';
import { readSigning } from '../signing/on-paper.ts';
import { followUpOf } from './facts.ts';

/** Papers that a scan of this kind is about. */
const shownBy = (evidence: EvidenceRow[], kind: string): number[] =>
  evidence.filter((piece) => piece.kind === kind && !piece.shielded).flatMap(({ links }) => links.papers);

/** Whether something beside the record's own word says that it was performed: a proof shown, the payee's confirmation, a piece of evidence. */
function isProven(dossier: Dossier, evidence: EvidenceRow[]): boolean {
  const state = lastRun(dossier, 'settlementPerformance', 'agreementPerformance')?.view as PerformanceState | undefined;
  const paid = (state?.payments ?? []).some(
    ({ evidence: shown, status }) => status === 'confirmed' || (status === 'deemed' && shown),
  );
  return (
    paid || evidence.some(({ links, shielded }) => !shielded && links.obligations.length + links.payments.length > 0)
  );
}

/** What lies in the file of a case now, texts that were superseded left out. A scan of signatures that is about a paper stands for the signatures on it. */
export async function onFile(db: Db, dossier: Dossier): Promise<OnFile> {
  const [evidence, signing] = await Promise.all([listEvidence(db, dossier.row.caseNo), readSigning(db, dossier.row)]);
  const signed = signing
    .filter(({ signing: { mustSign, missing } }) => mustSign.length > 0 && missing.length === 0)
    .map(({ paper: { number } }) => number);
  return {
    papers: signing.filter(({ signing: { superseded } }) => !superseded).map(({ paper }) => paper),
    signed: [...signed, ...shownBy(evidence, 'signatureScan')],
    served: shownBy(evidence, 'serviceProof'),
    officialDocuments: evidence.filter(({ kind }) => kind === 'officialDocument').map(({ number }) => number),
    performanceProven: isProven(dossier, evidence),
    visited: followUpOf(dossier)?.visit !== undefined,
  };
}
