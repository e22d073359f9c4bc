import type { Db } from '../../db/client.ts';
import { type EvidenceRow, listEvidence } from '../../db/evidence.ts';
import { listServices, type ServiceRow } from '../../db/services.ts';
import type { OnFile } from '../../domain/case/archive.ts';
import type { PerformanceState } from '../../domain/procedures/performance-state.ts';
import { type Dossier, lastRun } from '../papers/dossier.ts';
import { readSigning } from '../signing/on-paper.ts';
import { followUpOf } from './facts.ts';

/** Papers that a scan of this kind is about. */
const shownBy = (evidence: EvidenceRow[], kind: string): number[] =>
  evidence.filter((piece) => piece.kind === kind && !piece.shielded).flatMap(({ links }) => links.papers);

/** Whether something says that it was performed besides who paid: the payee, a proof shown, a piece of evidence. */
function isProven(dossier: Dossier, evidence: EvidenceRow[]): boolean {
  const state = lastRun(dossier, 'settlementPerformance', 'agreementPerformance')?.view as PerformanceState | undefined;
  const paid = (state?.payments ?? []).some(
    ({ evidence: shown, status }) => status === 'confirmed' || (status === 'deemed' && shown),
  );
  return (
    paid || evidence.some(({ links, shielded }) => !shielded && links.obligations.length + links.payments.length > 0)
  );
}

/** Papers of which the file has the proof that everybody to whom they were sent was served. */
function provenServed(services: ServiceRow[]): number[] {
  const isProven = ({ outcome }: ServiceRow) => outcome !== null && outcome.served !== 'no' && outcome.proof !== null;
  const reached = (one: ServiceRow) =>
    services.some((other) => other.paper === one.paper && other.party === one.party && isProven(other));
  const papers = [...new Set(services.map(({ paper }) => paper))];
  return papers.filter((paper) => services.filter((one) => one.paper === paper).every(reached));
}

/** What lies in the file of a case now, without texts that were superseded. A scan of signatures stands for those on its paper. */
export async function onFile(db: Db, dossier: Dossier): Promise<OnFile> {
  const { row } = dossier;
  const [evidence, signing, services] = await Promise.all([
    listEvidence(db, row.caseNo),
    readSigning(db, row),
    listServices(db, row.caseNo),
  ]);
  const signed = signing
    .filter(({ signing: { mustSign, missing } }) => mustSign.length > 0 && missing.length === 0)
    .map(({ paper: { number } }) => number);
  return {
    papers: signing.filter(({ signing: { superseded } }) => !superseded).map(({ paper }) => paper),
    signed: [...signed, ...shownBy(evidence, 'signatureScan')],
    served: [...provenServed(services), ...shownBy(evidence, 'serviceProof')],
    officialDocuments: evidence.filter(({ kind }) => kind === 'officialDocument').map(({ number }) => number),
    performanceProven: isProven(dossier, evidence),
    visited: followUpOf(dossier)?.visit !== undefined,
  };
}
