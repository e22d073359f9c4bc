import { randomUUID } from 'node:crypto';
import { z } from '@hono/zod-openapi';
import { freeText } from '../../contracts/acts/common.ts';
import { actorIdOf } from '../../db/acts.ts';
import { type CaseRow, listParties, type PartyRow } from '../../db/read-models.ts';
import { listShieldedFacts, type ShieldedFact } from '../../db/shielded-facts.ts';
import { findDone, writeBeside } from '../../db/without-workflow.ts';
import { isDisclosed, SHIELD } from '../../domain/case/disclosure.ts';
import type { Caller } from '../auth.ts';
import { actorOf, ownParties } from '../authorise.ts';
import type { ApiDeps } from '../deps.ts';
import { CaseNo, createRouter, jsonOf, loose, problems, secured } from '../openapi.ts';
import { problem } from '../problems.ts';
import { idempotencyKey, readBody, requestHash } from '../request.ts';
import { visibleCase } from '../visible-case.ts';

const LookBody = z
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
type LookBody = z.output<typeof LookBody>;

/** What a look came to: which facts were shown, or that none was. */
type LookAnswer = { refused: true } | { seen: string[] };

/** Those who help the parties settle wrote the facts down; the shield is against their use in arbitration and in court. */
const settlers: readonly string[] = ['operator', 'union', 'mediator'];
const deciders: readonly string[] = ['arbitrator', 'court'];

/** The facts that a caller may see; undefined where the look is refused. */
function visibleTo(
  caller: Caller,
  { view }: CaseRow,
  parties: PartyRow[],
  { basis }: LookBody,
  facts: ShieldedFact[],
): ShieldedFact[] | undefined {
  const disclosed = facts.filter(({ concededBy }) => view !== null && isDisclosed(view.case, concededBy));
  if (caller.role === 'party') {
    const own = ownParties(caller, parties).map(({ id }) => id);
    return facts.filter((fact) => own.includes(fact.concededBy) || disclosed.includes(fact));
  }
  if (settlers.includes(caller.role) && basis === 'settling') return facts;
  if (![...settlers, ...deciders].includes(caller.role)) return undefined;
  if (basis === 'law') return facts;
  return basis === 'consent' && disclosed.length > 0 ? disclosed : undefined;
}

/** Facts conceded to settle (NEG-08): a look at them is an event of the case, whoever looks, and also where it is refused. */
export function shieldedFactRoutes(deps: ApiDeps) {
  const { db } = deps;
  const app = createRouter();

  app.openAPIRegistry.registerPath({
    method: 'post',
    path: '/v1/cases/{id}/shielded-facts/looks',
    tags: ['cases'],
    summary: '查阅妥协认可的事实 · Look at facts conceded to settle; every look is an event of the case',
    security: secured,
    request: {
      params: z.object({ id: CaseNo }),
      body: { required: true, content: { 'application/json': { schema: LookBody } } },
    },
    responses: {
      200: jsonOf(loose('items[]: id, concededBy, text'), 'What the caller may see'),
      ...problems(400, 401, 403, 404, 422),
    },
  });
  app.post('/v1/cases/:id/shielded-facts/looks', async (c) => {
    const caller = c.get('caller');
    const row = await visibleCase(db, caller, c.req.param('id'));
    const body = await readBody(c, LookBody);
    const key = idempotencyKey(c);
    const answer = await look(row, caller, body, key);
    if ('refused' in answer) throw problem('facts-shielded');
    const facts = await listShieldedFacts(db, row.caseNo);
    return c.json({ items: facts.filter(({ id }) => answer.seen.includes(id)) }, 200, { 'idempotency-key': key });
  });

  /** Decides what may be seen and writes the look; asked again under its key it answers as it did. */
  async function look(row: CaseRow, caller: Caller, body: LookBody, key: string): Promise<LookAnswer> {
    const { caseNo } = row;
    const [actorId, parties, facts] = await Promise.all([
      actorIdOf(db, caller.subject),
      listParties(db, caseNo),
      listShieldedFacts(db, caseNo),
    ]);
    const hash = requestHash(caseNo, 'shieldedFacts.look', body);
    const known = await findDone<LookAnswer>(db, actorId, key);
    if (known && known.requestHash !== hash) throw problem('idempotency-key-reused');
    if (known) return known.answer;
    const seen = visibleTo(caller, row, parties, body, facts);
    const answer: LookAnswer = seen === undefined ? { refused: true } : { seen: seen.map(({ id }) => id) };
    const { reason, basis, article } = body;
    const written = await writeBeside<LookAnswer>(
      db,
      {
        actId: randomUUID(),
        caseNo,
        act: 'shieldedFacts.look',
        procedure: row.stage,
        actor: actorOf(caller, actorId, ownParties(caller, parties)[0]?.id),
        idempotencyKey: key,
        requestHash: hash,
        words: { reason, ...(article === undefined ? {} : { article }) },
        event: {
          type: seen === undefined ? 'shieldedFacts.refused' : 'shieldedFacts.looked',
          title:
            seen === undefined
              ? { zh: '查阅妥协认可的事实被拒绝', en: 'A look at conceded facts was refused' }
              : { zh: '查阅妥协认可的事实', en: 'Conceded facts were looked at' },
          legalRef: 'NEG-08',
          source: SHIELD,
        },
      },
      new Date().toISOString(),
      async () => ({
        detail: { basis, ...answer, concededBy: [...new Set(seen?.map(({ concededBy }) => concededBy) ?? [])] },
        answer,
      }),
    );
    return written ?? look(row, caller, body, key);
  }

  return app;
}
