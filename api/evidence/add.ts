import { randomUUID } from 'node:crypto';
import { z } from '@hono/zod-openapi';
import { freeText, partyId } from '../../contracts/acts/common.ts';
import { actorIdOf } from '../../db/acts.ts';
import {
  type EvidenceAnswer,
  type EvidenceRow,
  findSameEvidence,
  keepEvidence,
  SameEvidence,
} from '../../db/evidence.ts';
import { type CaseRow, listParties, type PartyRow } from '../../db/read-models.ts';
import { findDone } from '../../db/without-workflow.ts';
import { isDisclosed, SHIELD } from '../../domain/case/disclosure.ts';
import { refuse } from '../../domain/refusal.ts';
import { type Caller, requireRegion, requireRole, roles } from '../auth.ts';
import { actorOf, ownParties } from '../authorise.ts';
import { merged } from '../consolidation.ts';
import type { ApiDeps } from '../deps.ts';
import { hashOf } from '../hash.ts';
import { problem, refused } from '../problems.ts';
import { parse, requestHash } from '../request.ts';
import { typeOf } from './file-type.ts';
import { type EvidenceKind, evidenceKindNames, evidenceKinds } from './kinds.ts';
import { checkLinks, Links } from './links.ts';
import type { Upload } from './upload.ts';

/** What comes with the file. */
export const AboutEvidence = z.strictObject({
  kind: z.enum(evidenceKindNames).meta({
    description: '证据材料、签名扫描件、送达证明、其他 Evidence, scan of signatures, proof of service, other',
  }),
  title: freeText(200).meta({ description: '证据名称 What it is called; kept in the database only' }),
  party: partyId.optional().meta({ description: 'Who brings it, where an office writes it down' }),
  shielded: z.boolean().default(false).meta({
    description: '为和解而提出或者认可的材料（NEG-08） Brought only to settle: shown by a look alone, and in no bundle',
  }),
  links: Links.default({ claims: [], obligations: [], payments: [], papers: [] }),
});

/** Everybody who sees the case but administrators. */
const bringers = roles.filter((role) => role !== 'administrator');

/** It goes into the file of the case. */
const FILE = { legalRef: 'POL-01', source: '人社部发〔2022〕71号 第十二条' };

interface Bringing {
  row: CaseRow;
  caller: Caller;
  upload: Upload;
  key: string;
}

/**
 * Takes a piece of evidence in, which is an event of the case. The same key again gives the same piece, and so does the same file
 * (`known`). Refused, and nothing kept: who may not, a file that is not what it says, a link to what the case does not have.
 */
export async function addEvidence(deps: ApiDeps, bringing: Bringing): Promise<EvidenceAnswer & { known: boolean }> {
  const { db } = deps;
  const { row, caller, upload, key } = bringing;
  const { caseNo } = row;
  requireRole(caller, ...bringers);
  requireRegion(caller, row.region, row.secondRegion);
  const { content, fileName, declared } = upload;
  const about = parse(AboutEvidence, upload.about);
  const [actorId, parties] = await Promise.all([actorIdOf(db, caller.subject), listParties(db, caseNo)]);
  const sha256 = hashOf(content);
  const hash = requestHash(caseNo, 'evidence.add', about, fileName, declared, sha256);
  const done = await findDone<EvidenceAnswer>(db, actorId, key);
  if (done && done.requestHash !== hash) throw problem('idempotency-key-reused');
  if (done) return { ...done.answer, known: false };
  if (row.mergedInto !== null) throw merged(caseNo, row.mergedInto);

  const party = bringerOf(caller, parties, about);
  const type = await typeOf(content, fileName, declared);
  const { kind, title, shielded, links } = about;
  await checkLinks(deps, row, links);
  const same = theSame(row, await findSameEvidence(db, caseNo, sha256), { shielded, party });
  if (same) return { number: same.number, known: true };
  const { zh, en } = evidenceKinds[kind as EvidenceKind];
  try {
    const kept = await keepEvidence(
      db,
      {
        ...{ actId: randomUUID(), caseNo, act: 'evidence.add', procedure: row.stage },
        ...{ actor: actorOf(caller, actorId, party), idempotencyKey: key, requestHash: hash, words: {} },
        event: {
          type: 'evidence.added',
          title: { zh: `收到${zh}`, en: `Received: ${en}` },
          ...(shielded ? { legalRef: 'NEG-08', source: SHIELD } : FILE),
        },
      },
      {
        ...{ kind, title, fileName, ...type, size: content.length, sha256, content, shielded, links },
        party: party ?? null,
      },
      new Date().toISOString(),
    );
    if (kept) return { ...kept, known: false };
  } catch (error) {
    if (!(error instanceof SameEvidence)) throw error;
  }
  // Another try, under the key or with the file, was quicker: what it brought is the answer.
  return addEvidence(deps, bringing);
}

/** The party that brings it: one of the caller's own, or the one that an office names. */
function bringerOf(
  caller: Caller,
  parties: PartyRow[],
  { party, shielded }: z.output<typeof AboutEvidence>,
): string | undefined {
  if (caller.role === 'party') {
    const own = ownParties(caller, parties);
    const bringer = party === undefined ? own[0] : own.find(({ id }) => id === party);
    if (!bringer) throw problem('not-your-party');
    return bringer.id;
  }
  if (party === undefined && shielded)
    throw problem('bad-input', {
      errors: [
        {
          ...{ field: '/party', code: 'required' },
          zh: '须写明是哪一方为和解提出的。',
          en: 'Say which party brought it to settle.',
        },
      ],
    });
  if (party !== undefined && !parties.some(({ id, movedTo }) => id === party && movedTo === null))
    throw refused(
      refuse('unknown-party', `${party} 不是本案当事人。`, `${party} is not a party to this case.`, {
        field: '/party',
      }),
    );
  return party;
}

/**
 * The piece that holds the same file, if there is one. What a party brought to settle only does not become evidence by being brought
 * again by somebody else (NEG-08).
 */
function theSame(
  { view }: CaseRow,
  same: EvidenceRow[],
  { shielded, party }: { shielded: boolean; party: string | undefined },
): EvidenceRow | undefined {
  const open = same.find((piece) => !piece.shielded);
  if (open) return open;
  if (shielded) return same.find((piece) => piece.party === party);
  const isOpenTo = (by: string | null) => by === party || (by !== null && view !== null && isDisclosed(view.case, by));
  if (!same.every((piece) => isOpenTo(piece.party))) throw problem('facts-shielded');
  return undefined;
}
