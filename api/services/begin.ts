import { randomUUID } from 'node:crypto';
import { z } from '@hono/zod-openapi';
import { legalDay, partyId } from '../../contracts/acts/common.ts';
import { actorIdOf } from '../../db/acts.ts';
import { listPapers, type PaperRow } from '../../db/papers.ts';
import { type CaseRow, listParties } from '../../db/read-models.ts';
import { keepService, type ServiceAnswer } from '../../db/services.ts';
import { findDone } from '../../db/without-workflow.ts';
import { refuse } from '../../domain/refusal.ts';
import { serviceMethods } from '../../domain/service.ts';
import { shanghaiDay } from '../../domain/time/day.ts';
import { type PaperKind, paperKinds } from '../../papers/index.ts';
import { type Caller, requireRegion, requireRole } from '../auth.ts';
import { actorOf, ownParties } from '../authorise.ts';
import { merged } from '../consolidation.ts';
import type { ApiDeps } from '../deps.ts';
import { refuseUnknownEvidence } from '../evidence/named.ts';
import { problem, refused } from '../problems.ts';
import { requestHash } from '../request.ts';

/** An attempt to serve a paper. */
export const BeginService = z.strictObject({
  to: partyId.meta({ description: '受送达人 Whom it goes to' }),
  method: z.enum(serviceMethods).meta({
    description: '直接、邮寄、电子邮件、电子系统、留置、张贴 By hand, post, e-mail, into a system; left, put up',
  }),
  sentOn: legalDay,
  consent: z.int().positive().optional().meta({
    description: '同意电子送达的证据编号 The piece of evidence that shows the consent to electronic service',
  }),
});
export type BeginService = z.output<typeof BeginService>;

/** Who serves papers; a party only the request by which it asks the other side to negotiate. */
const servers = ['operator', 'union', 'mediator', 'arbitrator', 'court'] as const;
const byElectronicMeans: readonly string[] = ['email', 'electronic'];

interface Beginning {
  row: CaseRow;
  caller: Caller;
  paper: number;
  body: BeginService;
  key: string;
}

/**
 * Begins an attempt, which is an event of the case; the same key again gives the same attempt. Refused, and nothing kept: a paper or a
 * party that the case does not have, a day before the paper or to come, electronic means without a consent that is kept.
 */
export async function beginService(deps: ApiDeps, beginning: Beginning): Promise<ServiceAnswer> {
  const { db } = deps;
  const { row, caller, body, key } = beginning;
  const { caseNo } = row;
  requireRole(caller, ...servers, 'party');
  requireRegion(caller, row.region, row.secondRegion);
  const [actorId, parties, papers] = await Promise.all([
    actorIdOf(db, caller.subject),
    listParties(db, caseNo),
    listPapers(db, caseNo),
  ]);
  const hash = requestHash(caseNo, 'services.begin', beginning.paper, body);
  const known = await findDone<ServiceAnswer>(db, actorId, key);
  if (known && known.requestHash !== hash) throw problem('idempotency-key-reused');
  if (known) return known.answer;
  if (row.mergedInto !== null) throw merged(caseNo, row.mergedInto);

  const paper = servable(
    caller,
    papers.find(({ number }) => number === beginning.paper),
  );
  if (!parties.some(({ id, movedTo }) => id === body.to && movedTo === null))
    throw refused(
      refuse('unknown-party', `${body.to} 不是本案当事人。`, `${body.to} is not a party to this case.`, {
        field: '/to',
      }),
    );
  refuseWrongDay(body.sentOn, paper);
  if (byElectronicMeans.includes(body.method) && body.consent === undefined)
    throw refused(
      refuse(
        'consent-missing',
        '电子送达须有受送达人的同意，并写明其证据编号。',
        'Electronic service needs the consent of the addressee: name the piece of evidence that shows it.',
        { field: '/consent', source: '劳动人事争议仲裁办案规则 第二十条第三款；民事诉讼法 第九十条' },
      ),
    );
  await refuseUnknownEvidence(db, caseNo, body);
  const { to: party, method, sentOn, consent = null } = body;
  const kept = await keepService(
    db,
    {
      ...{ actId: randomUUID(), caseNo, act: 'services.begin', procedure: row.stage, idempotencyKey: key },
      ...{ actor: actorOf(caller, actorId, ownParties(caller, parties)[0]?.id), requestHash: hash, words: {} },
      event: {
        type: 'service.begun',
        title: {
          zh: `送达${paperKinds[paper.kind as PaperKind].title.zh}`,
          en: `Service begun: ${paperKinds[paper.kind as PaperKind].title.en}`,
        },
        ...{ legalRef: 'ARB-06', source: '劳动人事争议仲裁办案规则 第二十条' },
      },
    },
    { paper: paper.number, party, method, sentOn, consent },
    new Date().toISOString(),
  );
  // Another try under the key was quicker: its attempt is the answer.
  return kept ?? beginService(deps, beginning);
}

/** A paper of the case that goes outside, and that this caller serves. */
function servable({ role }: Caller, paper: PaperRow | undefined): PaperRow {
  if (paper === undefined) throw problem('unknown-paper');
  if (!paperKinds[paper.kind as PaperKind].outside || (role === 'party' && paper.kind !== 'negotiationRequest'))
    throw problem('not-allowed');
  return paper;
}

function refuseWrongDay(sentOn: string, { madeAt }: PaperRow): void {
  const [madeOn, today] = [shanghaiDay(madeAt), shanghaiDay(new Date().toISOString())];
  if (sentOn > today)
    throw refused(
      refuse('day-in-the-future', `${sentOn} 尚未到来。`, `${sentOn} has not come yet.`, { field: '/sentOn' }),
    );
  if (sentOn < madeOn) {
    const about = {
      zh: `文书作于 ${madeOn}，不能在此之前送达。`,
      en: `The paper was made on ${madeOn}; it cannot have been served before.`,
    };
    throw problem('service-before-paper', {
      about,
      errors: [{ field: '/sentOn', code: 'service-before-paper', ...about }],
    });
  }
}
