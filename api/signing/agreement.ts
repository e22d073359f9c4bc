import type { Db } from '../../db/client.ts';
import { listPapers } from '../../db/papers.ts';
import type { CaseRow } from '../../db/read-models.ts';
import { findLastDraft } from '../../db/signatures.ts';
import type { SigningState } from '../../domain/procedures/signing.ts';
import { shanghaiDay } from '../../domain/time/day.ts';
import type { LegalDay } from '../../domain/time/types.ts';
import type { Caller } from '../auth.ts';
import { type Mark, refuseMark, superseded, wrong } from './mark.ts';
import { signs } from './signed-by-act.ts';

type Signing = Mark & { paper: number };

/**
 * Before an agreement is signed: refuses a party that does not say which paper and how, a paper of another case or kind, one that has
 * been replaced, another file, a scan that is not there. Staff may record what was signed on a paper that is not kept here.
 */
export async function refuseSigning(
  db: Db,
  { row, caller, act, body }: { row: CaseRow; caller: Caller; act: string; body: Record<string, unknown> },
): Promise<void> {
  const kind = signs(act);
  if (kind === undefined) return;
  const signing = body.signing as Signing | undefined;
  if (signing === undefined) {
    if (caller.role === 'party') throw wrong('signing-missing', '/signing');
    return;
  }
  const { caseNo } = row;
  const [papers, about] = await Promise.all([listPapers(db, caseNo), findLastDraft(db, caseNo)]);
  const paper = papers.find(({ number }) => number === signing.paper);
  if (paper === undefined) throw wrong('unknown-paper', '/signing/paper');
  if (paper.kind !== kind) throw wrong('wrong-paper', '/signing/paper');
  const newest = papers.findLast((one) => one.kind === kind && one.about === about);
  const signed = (row.view as SigningState | null)?.signatures?.find((one) => one.signing !== undefined)?.signing;
  // What somebody has signed is what the others sign, whatever was made since.
  if (signing.paper !== (signed?.paper ?? newest?.number)) throw superseded('/signing/paper');
  const signedOn = (body.signedOn ?? body.sealedOn) as LegalDay | undefined;
  await refuseMark(db, { caseNo, paper, mark: signing, signedOn, at: '/signing' });
}

/**
 * What goes to the workflow besides: of which draft the paper is, and the day of what is typed now. Where the record knows of no draft the
 * paper is of none, and the workflow refuses it.
 */
export function signingFacts(row: CaseRow, act: string, body: Record<string, unknown>): Record<string, unknown> {
  const signing = body.signing as Signing | undefined;
  if (signs(act) === undefined || signing === undefined) return {};
  const { form, paper } = signing;
  const { drafts = 0 } = (row.view ?? {}) as Partial<SigningState>;
  return {
    signing: { form, paper, draft: drafts },
    ...(form === 'typed' ? { signedOn: shanghaiDay(new Date().toISOString()) } : {}),
  };
}
