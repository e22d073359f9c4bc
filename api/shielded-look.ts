import { randomUUID } from 'node:crypto';
import { z } from '@hono/zod-openapi';
import { freeText } from '../contracts/acts/common.ts';
import { actorIdOf } from '../db/acts.ts';
import { type CaseRow, listParties, type PartyRow } from '../db/read-models.ts';
import { findDone, writeBeside } from '../db/without-workflow.ts';
import { isDisclosed, SHIELD } from '../domain/case/disclosure.ts';
import type { Caller } from './auth.ts';
import { actorOf, ownParties } from './authorise.ts';
import type { ApiDeps } from './deps.ts';
import { problem } from './problems.ts';
import { requestHash } from './request.ts';

export const LookBody = z
  .strictObject({
    reason: freeText().meta({ description: 'Why; kept with the event that every look is' }),
    basis: z.enum(['settling', 'consent', 'law']).default('consent').meta({
      description:
        '协助和解、双方同意、法律另有规定 To help settle, with the consent of both sides, or because the law says so',
    }),
    article: freeText(400).optional().meta({ description: 'The article, where the law says so' }),
  })
  .refine(({ basis, article }) => (basis === 'law') === (article !== undefined), {
    path: ['article'],
    message: '以法律另有规定为由的，须写明条文，其他不写 / the article, where the law says so, and only there',
  });
export type LookBody = z.output<typeof LookBody>;

/** Something brought or conceded to settle, and by whom. */
export interface Shielded {
  id: string;
  concededBy: string;
}

/** What a look came to: what was shown, or that nothing was. */
type LookAnswer = { refused: true } | { seen: string[] };

/** Those who help the parties settle wrote the facts down; the shield is against their use in arbitration and in court. */
const settlers: readonly string[] = ['operator', 'union', 'mediator'];
const deciders: readonly string[] = ['arbitrator', 'court'];

/** What of it a caller may see; undefined where the look is refused. */
function visibleTo<S extends Shielded>(
  caller: Caller,
  { view }: Pick<CaseRow, 'view'>,
  parties: PartyRow[],
  basis: LookBody['basis'],
  things: S[],
): S[] | undefined {
  const disclosed = things.filter(({ concededBy }) => view !== null && isDisclosed(view.case, concededBy));
  if (caller.role === 'party') {
    const own = ownParties(caller, parties).map(({ id }) => id);
    return things.filter((thing) => own.includes(thing.concededBy) || disclosed.includes(thing));
  }
  if (settlers.includes(caller.role) && basis === 'settling') return things;
  if (![...settlers, ...deciders].includes(caller.role)) return undefined;
  if (basis === 'law') return things;
  return basis === 'consent' && disclosed.length > 0 ? disclosed : undefined;
}

/** What of it a caller may know to be there, without a look: those who help to settle all, others what they could look at. */
export const knownTo = <S extends Shielded>(caller: Caller, row: CaseRow, parties: PartyRow[], things: S[]): S[] =>
  visibleTo(caller, row, parties, settlers.includes(caller.role) ? 'settling' : 'consent', things) ?? [];

/** A look as it is asked for. */
export interface Look {
  row: CaseRow;
  caller: Caller;
  body: LookBody;
  key: string;
  /** What is looked at, as the events name it. */
  at: 'shieldedFacts' | 'shieldedEvidence';
  /** Tells two looks under one key apart. */
  which?: number;
  titles: Record<'looked' | 'refused', { zh: string; en: string }>;
  things(): Promise<Shielded[]>;
}

/**
 * Decides what may be seen and writes the look, which is an event of the case, also where it is refused (NEG-08); asked again under its
 * key it answers as it did. Gives the ids that are seen; throws `facts-shielded`.
 */
export async function lookAt(deps: ApiDeps, look: Look): Promise<string[]> {
  const { db } = deps;
  const { row, caller, body, key, at } = look;
  const { caseNo } = row;
  const [actorId, parties, things] = await Promise.all([
    actorIdOf(db, caller.subject),
    listParties(db, caseNo),
    look.things(),
  ]);
  const hash = requestHash(caseNo, `${at}.look`, body, ...(look.which === undefined ? [] : [look.which]));
  const answered = (answer: LookAnswer): string[] => {
    if ('refused' in answer) throw problem('facts-shielded');
    return answer.seen;
  };
  const known = await findDone<LookAnswer>(db, actorId, key);
  if (known && known.requestHash !== hash) throw problem('idempotency-key-reused');
  if (known) return answered(known.answer);
  const found = visibleTo(caller, row, parties, body.basis, things);
  // Of one thing that is asked for by its number there is nothing to show where it may not be seen.
  const seen = look.which !== undefined && found?.length === 0 ? undefined : found;
  const answer: LookAnswer = seen === undefined ? { refused: true } : { seen: seen.map(({ id }) => id) };
  const { reason, basis, article } = body;
  const result = seen === undefined ? 'refused' : 'looked';
  const written = await writeBeside<LookAnswer>(
    db,
    {
      actId: randomUUID(),
      caseNo,
      act: `${at}.look`,
      procedure: row.stage,
      actor: actorOf(caller, actorId, ownParties(caller, parties)[0]?.id),
      idempotencyKey: key,
      requestHash: hash,
      words: { reason, ...(article === undefined ? {} : { article }) },
      event: { type: `${at}.${result}`, title: look.titles[result], legalRef: 'NEG-08', source: SHIELD },
    },
    new Date().toISOString(),
    async () => ({
      detail: { basis, ...answer, concededBy: [...new Set(seen?.map(({ concededBy }) => concededBy) ?? [])] },
      answer,
    }),
  );
  return written === undefined ? lookAt(deps, look) : answered(written);
}
