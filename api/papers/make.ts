import { randomUUID } from 'node:crypto';
import { actorIdOf } from '../../db/acts.ts';
import { findTemplateInForce } from '../../db/office-templates.ts';
import { keepPaper, nextPaperNo, type PaperAnswer, SignedBefore } from '../../db/papers.ts';
import type { CaseRow } from '../../db/read-models.ts';
import { findDone } from '../../db/without-workflow.ts';
import { checkParty } from '../../domain/case/known-party.ts';
import { firstRefusal } from '../../domain/refusal.ts';
import { type PaperInput, type PaperRefusal, paperKinds } from '../../papers/index.ts';
import { type Caller, requireRegion, requireRole } from '../auth.ts';
import { actorOf } from '../authorise.ts';
import type { ApiDeps } from '../deps.ts';
import { type ProblemError, problem, refused } from '../problems.ts';
import { requestHash } from '../request.ts';
import { signedByAct } from '../signing/signed-by-act.ts';
import { casePapers, fillPaper, type MakePaper } from './case-papers.ts';
import { type Dossier, readDossier } from './dossier.ts';
import { print } from './print.ts';

interface PaperRequest {
  row: CaseRow;
  caller: Caller;
  body: MakePaper;
  key: string;
}

/**
 * Makes a paper of a case and keeps it, which is an event of the case. The same key again gives the same paper. Refused, and
 * nothing kept: what the caller may not make, what the case has nothing for, a paper that would lack what the law asks for.
 */
export async function makeCasePaper(deps: ApiDeps, request: PaperRequest): Promise<PaperAnswer> {
  const { db } = deps;
  const { row, caller, body, key } = request;
  const { caseNo } = row;
  const { kind } = body;
  const { by, sign } = casePapers[kind];
  requireRole(caller, ...by);
  requireRegion(caller, row.region, row.secondRegion);
  const actorId = await actorIdOf(db, caller.subject);
  const hash = requestHash(caseNo, 'papers.make', body);
  const known = await findDone<PaperAnswer>(db, actorId, key);
  if (known && known.requestHash !== hash) throw problem('idempotency-key-reused');
  if (known) return known.answer;

  const dossier = await readDossier(deps, row);
  if (dossier) refuseStrangers(dossier, body);
  const draft = fillPaper(dossier, body);
  if (dossier === undefined || draft === undefined) throw notOpen(kind);
  const [refusal] = draft.refusals;
  if (refusal) throw refusedPaper(refusal);
  const year = Number(dossier.today.slice(0, 4));
  const registerNo = await nextPaperNo(db, { region: row.region, year, sign });
  const data = { ...draft.data, number: registerNo };
  const template = await findTemplateInForce(db, { region: row.region, kind, day: deps.releases.today() });
  const made = await print(deps, {
    ...{ kind, data: data as PaperInput<typeof kind>, local: dossier.local[kind] },
    ...(template === undefined ? {} : { template }),
  });
  if ('refusal' in made) throw refusedPaper(made.refusal);
  const { docx, pdf, templateSha256, missingGlyphs } = made.paper;
  const { title, legalRef, source } = paperKinds[kind];
  const kept = await keepPaper(
    db,
    {
      ...{ actId: randomUUID(), caseNo, act: 'papers.make', procedure: row.stage, actor: actorOf(caller, actorId) },
      ...{ idempotencyKey: key, requestHash: hash, words: {} },
      event: {
        type: 'paper.made',
        title: { zh: `制作${title.zh}`, en: `Paper made: ${title.en}` },
        ...{ legalRef, source },
      },
    },
    {
      ...{ registerNo, kind, about: draft.about, data, templateSha256, byHand: missingGlyphs, docx, pdf },
      ...{ signers: draft.signers, onceSigned: kind in signedByAct },
    },
    new Date().toISOString(),
  ).catch((error: Error) => {
    throw error instanceof SignedBefore ? problem('paper-signed', { source }) : error;
  });
  // Another try under the key was quicker: its paper is the answer.
  return kept ?? makeCasePaper(deps, request);
}

/** Whoever the body names is a party of the case. */
function refuseStrangers({ snapshot }: Dossier, body: MakePaper): void {
  const { shares = [], serviceAddresses = [] } = body as {
    shares?: Array<{ creditor: string }>;
    serviceAddresses?: Array<{ party: string }>;
  };
  const check = (id: string, field: string) => () => checkParty(snapshot, id, field);
  const stranger = firstRefusal(
    ...shares.map(({ creditor }, index) => check(creditor, `/shares/${index}/creditor`)),
    ...serviceAddresses.map(({ party }, index) => check(party, `/serviceAddresses/${index}/party`)),
  );
  if (stranger) throw refused(stranger);
}

function notOpen(kind: MakePaper['kind']): ProblemError {
  const { title, source } = paperKinds[kind];
  return problem('paper-not-open', {
    about: {
      zh: `案件目前没有可以写入《${title.zh}》的事项（${source}）。`,
      en: `The case has nothing for this paper now: ${title.en}.`,
    },
    source,
  });
}

/** A paper that lacks something, or whose data cannot be taken; anything else is a fault of ours. */
function refusedPaper({ code, ...refusal }: PaperRefusal): Error {
  if (code !== 'paper-content-missing' && code !== 'paper-data-invalid') return new Error(code);
  return refused({ code, ...refusal });
}
