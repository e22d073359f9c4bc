import type { Db } from '../../db/client.ts';
import { type EvidenceRow, listEvidence } from '../../db/evidence.ts';
import type { OnFile } from '../../domain/case/archive.ts';
import type { PerformanceState } from '../../domain/procedures/performance-state.ts';
import { type Dossier, lastRun } from '../papers/dossier.ts';
import { newestPapers } from '../papers/newest.ts';
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

/** What lies in the file of a case now. */
export async function onFile(db: Db, dossier: Dossier): Promise<OnFile> {
  const evidence = await listEvidence(db, dossier.row.caseNo);
  return {
    papers: newestPapers(dossier.papers),
    signed: shownBy(evidence, 'signatureScan'),
    served: shownBy(evidence, 'serviceProof'),
    officialDocuments: evidence.filter(({ kind }) => kind === 'officialDocument').map(({ number }) => number),
    performanceProven: isProven(dossier, evidence),
    visited: followUpOf(dossier)?.visit !== undefined,
  };
}
