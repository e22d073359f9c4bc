import type { Db } from '../../db/client.ts';
import { listPapers, type PaperRow } from '../../db/papers.ts';
import type { CaseRow } from '../../db/read-models.ts';
import { findLastDraft, listSignatures, type SignatureRow } from '../../db/signatures.ts';
import type { CaseSnapshot, PartyId } from '../../domain/case/case.ts';
import { representedBy } from '../../domain/case/representation.ts';
import type { SigningState } from '../../domain/procedures/signing.ts';
import { signedByAct } from './signed-by-act.ts';

/** Who signs a paper, who has, and who has not yet. */
export interface PaperSigning {
  mustSign: string[];
  signed: SignatureRow[];
  missing: string[];
  /** Nobody signs it any more: a newer text has taken its place, or what it would have made has come to nothing. */
  superseded: boolean;
}

/** What a case has for it. */
interface CasePapers {
  papers: PaperRow[];
  signatures: SignatureRow[];
  /** The act that drafted the terms which are being signed now, if any are. */
  beingSigned: string | undefined;
  snapshot: CaseSnapshot | undefined;
}

/**
 * The signatures on a paper, and those that staff recorded for the same terms. On an application a representative signs for those
 * who chose him (MED-14); to an agreement each of them consents by name, and is among the signers then.
 */
function signingOf(paper: PaperRow, { papers, signatures, beingSigned, snapshot }: CasePapers): PaperSigning {
  const { number, kind, about, signers } = paper;
  const isAgreement = kind in signedByAct;
  const signed = signatures.filter(
    (one) => one.paper === number || (isAgreement && one.paper === null && one.about === about),
  );
  const there = new Set(signed.map(({ signer }) => signer));
  if (!isAgreement && snapshot) for (const id of representedThrough(snapshot, [...there])) there.add(id);
  const missing = signers.filter((who) => !there.has(who));
  const newer = papers.some((one) => one.kind === kind && one.about === about && one.number > number);
  const superseded = newer || (isAgreement && missing.length > 0 && about !== beingSigned);
  return { mustSign: signers, signed, missing: superseded ? [] : missing, superseded };
}

/** Those for whom any of these stands. */
const representedThrough = (snapshot: CaseSnapshot, signed: string[]): PartyId[] =>
  signed.flatMap((id) => representedBy(snapshot, id));

/** Papers of a case with who has signed each. */
export async function readSigning(
  db: Db,
  { caseNo, view }: Pick<CaseRow, 'caseNo' | 'view'>,
): Promise<Array<{ paper: PaperRow; signing: PaperSigning }>> {
  const isBeingSigned = (view as Partial<SigningState> | null)?.draft !== undefined;
  const [papers, signatures, drafted] = await Promise.all([
    listPapers(db, caseNo),
    listSignatures(db, caseNo),
    isBeingSigned ? findLastDraft(db, caseNo) : undefined,
  ]);
  const all = { papers, signatures, beingSigned: drafted, snapshot: view?.case };
  return papers.map((paper) => ({ paper, signing: signingOf(paper, all) }));
}
