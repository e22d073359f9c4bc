import type { Db } from '../../db/client.ts';
import { listEvidence } from '../../db/evidence.ts';
import type { PaperRow } from '../../db/papers.ts';
import { refuse } from '../../domain/refusal.ts';
import { shanghaiDay } from '../../domain/time/day.ts';
import type { LegalDay } from '../../domain/time/types.ts';
import { problem, refused } from '../problems.ts';

/** How somebody says that he signs, or has signed, a paper. */
export type Mark = { form: 'typed'; sha256: string; typed: string } | { form: 'hand'; scan: number };

/** What a scan of a signature may be. */
const readable = (contentType: string): boolean =>
  contentType === 'application/pdf' || contentType.startsWith('image/');

/** Refuses a mark on another file than the one kept, a scan that is not there or nobody can look at, and a day before there was a paper. */
export async function refuseMark(
  db: Db,
  {
    caseNo,
    paper,
    mark,
    signedOn,
    at,
  }: { caseNo: string; paper: PaperRow; mark: Mark; signedOn?: LegalDay; at: string },
): Promise<void> {
  if (mark.form === 'typed') {
    if (mark.sha256 !== paper.pdfSha256) throw wrong('paper-differs', `${at}/sha256`);
    return;
  }
  const scan = (await listEvidence(db, caseNo)).find(({ number, shielded }) => number === mark.scan && !shielded);
  if (scan === undefined) throw wrong('unknown-evidence', `${at}/scan`);
  if (!readable(scan.contentType)) throw wrong('scan-unreadable', `${at}/scan`);
  const madeOn = shanghaiDay(new Date(paper.madeAt).toISOString());
  if (signedOn !== undefined && signedOn < madeOn)
    throw refused(
      refuse(
        'day-too-early',
        `${signedOn} 早于文书制作之日 ${madeOn}。`,
        `${signedOn} lies before ${madeOn}, when the paper was made.`,
        { field: '/signedOn' },
      ),
    );
}

/** Refuses one of several versions of a paper that is not the one to sign. */
export const superseded = (field: string) =>
  refused(
    refuse(
      'paper-superseded',
      '这份文书已被新的文本代替，不能再签署。',
      'The paper has been replaced by another text and is not signed any more.',
      { field },
    ),
  );

/** A problem of the API at one place of the input. */
export function wrong(
  code: 'paper-differs' | 'unknown-evidence' | 'scan-unreadable' | 'wrong-paper' | 'unknown-paper' | 'signing-missing',
  field: string,
) {
  const { detail } = problem(code).problem;
  return problem(code, { errors: [{ field, code, ...detail }] });
}
