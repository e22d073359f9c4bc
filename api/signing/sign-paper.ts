import { randomUUID } from 'node:crypto';
import { z } from '@hono/zod-openapi';
import { legalDay, partyId } from '../../contracts/acts/common.ts';
import { byHand, byTyping } from '../../contracts/acts/signing.ts';
import { actorIdOf } from '../../db/acts.ts';
import { listPapers } from '../../db/papers.ts';
import { type CaseRow, listParties, type PartyRow } from '../../db/read-models.ts';
import { keepSignature, NotSigned } from '../../db/signatures.ts';
import { findDone } from '../../db/without-workflow.ts';
import { checkPastDay } from '../../domain/procedures/definition.ts';
import { notOwnAccount } from '../../domain/procedures/signing.ts';
import { refuse } from '../../domain/refusal.ts';
import { shanghaiDay } from '../../domain/time/day.ts';
import { type PaperKind, paperKinds } from '../../papers/index.ts';
import { type Caller, requireRegion, requireRole } from '../auth.ts';
import { actorOf, ownParties } from '../authorise.ts';
import { merged } from '../consolidation.ts';
import type { ApiDeps } from '../deps.ts';
import { helpers } from '../papers/definition.ts';
import { problem, refused } from '../problems.ts';
import { requestHash } from '../request.ts';
import { refuseMark, superseded } from './mark.ts';
import { signedByAct } from './signed-by-act.ts';

const by = partyId.meta({ description: '签名人 The party that signs' });

/** A signature on a paper that no act of a procedure signs: typed on the signer's own account, or by hand with its scan. */
export const SignPaper = z.discriminatedUnion('form', [
  z.strictObject({ by, ...byHand, signedOn: legalDay }),
  z.strictObject({ by, ...byTyping }),
]);
export type SignPaper = z.output<typeof SignPaper>;

interface SigningRequest {
  row: CaseRow;
  caller: Caller;
  number: number;
  body: SignPaper;
  key: string;
}

/** Puts a signature to a paper, which is an event of the case; the same key again changes nothing. */
export async function signPaper({ db }: ApiDeps, { row, caller, number, body, key }: SigningRequest): Promise<void> {
  const { caseNo } = row;
  if (row.mergedInto !== null) throw merged(caseNo, row.mergedInto);
  const parties = await listParties(db, caseNo);
  const party = actingParty(caller, row, parties, body);
  const actorId = await actorIdOf(db, caller.subject);
  const hash = requestHash(caseNo, 'papers.sign', number, body);
  const known = await findDone(db, actorId, key);
  if (known && known.requestHash !== hash) throw problem('idempotency-key-reused');
  if (known) return;

  const paper = (await listPapers(db, caseNo)).find((one) => one.number === number);
  if (paper === undefined) throw problem('unknown-paper');
  const { title, legalRef, source } = paperKinds[paper.kind as PaperKind];
  if (paper.kind in signedByAct) throw byAct(paper.kind as keyof typeof signedByAct);
  const isHere = parties.some(({ id, movedTo }) => id === body.by && movedTo === null);
  if (!isHere || !paper.signers.includes(body.by))
    throw problem('not-a-signatory', {
      about: {
        zh: `${body.by} 不在《${title.zh}》的签名人之列。`,
        en: `${body.by} is not among those who sign this paper: ${title.en}.`,
      },
      source,
    });
  const now = new Date().toISOString();
  const today = shanghaiDay(now);
  const actor = actorOf(caller, actorId, party);
  const signedOn = body.form === 'hand' ? body.signedOn : today;
  const future = checkPastDay(signedOn, { now, today, actor }, '/signedOn');
  if (future) throw refused(future);
  await refuseMark(db, { caseNo, paper, mark: body, signedOn, at: '' });
  await keepSignature(
    db,
    {
      ...{ actId: randomUUID(), caseNo, act: 'papers.sign', procedure: row.stage, actor },
      ...{ idempotencyKey: key, requestHash: hash, words: { signing: { ...body, paper: number } } },
      event: {
        type: 'paper.signed',
        title: { zh: `签署${title.zh}`, en: `Paper signed: ${title.en}` },
        ...{ legalRef, source },
      },
    },
    paper,
    {
      ...{ signer: body.by, signedOn, form: body.form },
      proof: body.form === 'hand' ? { scan: body.scan } : { sha256: body.sha256 },
    },
    now,
  ).catch((error: Error) => {
    if (!(error instanceof NotSigned)) throw error;
    throw error.because === 'paper-superseded'
      ? superseded('/by')
      : refused(refuse('already-signed', '已经签过。', 'This signature is there already.', { field: '/by' }));
  });
}

/** A party signs for itself; staff record what was signed by hand, and type for nobody. Gives the party that acts. */
function actingParty(caller: Caller, row: CaseRow, parties: PartyRow[], body: SignPaper): string | undefined {
  if (caller.role === 'party') {
    if (!ownParties(caller, parties).some(({ id }) => id === body.by)) throw problem('not-your-party');
    return body.by;
  }
  requireRole(caller, ...helpers);
  requireRegion(caller, row.region, row.secondRegion);
  if (body.form === 'typed') throw refused(notOwnAccount('/form'));
  return undefined;
}

function byAct(kind: keyof typeof signedByAct) {
  const acts = signedByAct[kind].join(', ');
  return problem('signed-by-act', {
    about: {
      zh: `${paperKinds[kind].title.zh}的签名使协议生效，用操作 ${acts} 签署。`,
      en: `The signatures on an agreement make it; it is signed by the act ${acts}.`,
    },
  });
}
