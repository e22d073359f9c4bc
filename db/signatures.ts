import type { LegalDay } from '../domain/time/types.ts';
import type { Db, Tx } from './client.ts';
import type { PaperRow } from './papers.ts';
import { type DoneBeside, writeBeside } from './without-workflow.ts';

/** A signature on a paper of a case. Whose account it was, and what was typed, is not read. */
export interface SignatureRow {
  /** Number of the paper; null where what was signed is not kept here. */
  paper: number | null;
  /** The act whose terms were signed, on an agreement. */
  about: string | null;
  /** A party, the mediator, or the seal. */
  signer: string;
  signedOn: LegalDay;
  form: 'hand' | 'typed' | 'recorded';
  /** Of the file that the signer confirmed. */
  sha256: string | null;
  /** Number of the piece of evidence that shows the signature. */
  scan: number | null;
  at: string;
  actorRole: string;
}

const select = (db: Db | Tx) => db`
  select paper, about, signer, signed_on as "signedOn", form, sha256, scan, at, actor_role as "actorRole" from signatures`;

/** All signatures of a case, in the order in which they came. */
export const listSignatures = (db: Db, caseNo: string): Promise<SignatureRow[]> =>
  db<SignatureRow[]>`${select(db)} where case_no = ${caseNo} order by seq, signer`;

/** The act that drafted the newest terms of a case. */
export async function findLastDraft(db: Db, caseNo: string): Promise<string | undefined> {
  const [row] = await db<Array<{ actId: string }>>`
    select act_id as "actId" from events e
    where case_no = ${caseNo} and type in ${db(drafted)}
      and exists (select 1 from steps s where s.workflow_id = e.workflow_id and s.dedup = e.dedup and s.seq = e.seq)
    order by seq desc limit 1`;
  return row?.actId;
}

const drafted = [
  'negotiation.settlementDrafted',
  'mediation.agreementDrafted',
  'preLitigationMediation.agreementDrafted',
];

/** Whether anybody has signed this paper. */
export async function isSigned(tx: Db | Tx, caseNo: string, paper: number): Promise<boolean> {
  const found = await tx`select 1 from signatures where case_no = ${caseNo} and paper = ${paper} limit 1`;
  return found.length > 0;
}

/** Why a signature is not taken, seen under the lock of the case: nothing is written. */
export class NotSigned extends Error {
  constructor(readonly because: 'already-signed' | 'paper-superseded') {
    super(because);
  }
}

export interface NewSignature {
  signer: string;
  signedOn: LegalDay;
  form: 'hand' | 'typed';
  /** The file that was confirmed, or the piece of evidence that shows it. */
  proof: { sha256: string } | { scan: number };
}

/**
 * Keeps a signature on a paper that no act of a procedure signs: its words with the act, the rest in the event. Throws `NotSigned`.
 */
export const keepSignature = (
  db: Db,
  done: DoneBeside,
  { number, kind, about }: PaperRow,
  { signer, signedOn, form, proof }: NewSignature,
  at: string,
): Promise<{ number: number } | undefined> =>
  writeBeside(db, done, at, async (tx) => {
    const { caseNo } = done;
    const newer = await tx`
      select 1 from papers where case_no = ${caseNo} and kind = ${kind} and about = ${about} and number > ${number}`;
    if (newer.length > 0) throw new NotSigned('paper-superseded');
    const before = await tx`
      select 1 from signatures where case_no = ${caseNo} and paper = ${number} and signer = ${signer}`;
    if (before.length > 0) throw new NotSigned('already-signed');
    return { detail: { paper: number, kind, by: signer, on: signedOn, form, ...proof }, answer: { number } };
  });
