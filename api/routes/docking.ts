import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { CourtResult, courtResults, Delegation } from '../../contracts/docking.ts';
import { DockedBefore } from '../../db/acts.ts';
import { answerMessage, dropMessage, findDocked, keepMessage } from '../../db/docking.ts';
import { refuse } from '../../domain/refusal.ts';
import type { Court } from '../../temporal-config/courts.ts';
import { verify } from '../../temporal-config/signatures.ts';
import type { Caller } from '../auth.ts';
import type { ApiDeps } from '../deps.ts';
import { createRouter, jsonOf, loose, problems } from '../openapi.ts';
import { performAct } from '../perform-act.ts';
import { ProblemError, problem, refused } from '../problems.ts';
import { registerCase } from '../register-case.ts';
import { parse, readJson, requestHash } from '../request.ts';

interface Message {
  court: Court;
  caller: Caller;
  /** Under which what it does is done once. */
  key: string;
  body: unknown;
}
interface Taken {
  status: 200 | 201;
  body: Record<string, unknown>;
}

const sentBefore = () =>
  refused(refuse('already-done', '该编号的案件已经移交。', 'The case of this number has been sent already.'));

/** “总对总”在线诉调对接: the system of a court delegates cases and says what the court did; signed by Standard Webhooks. */
export function dockingRoutes(deps: ApiDeps) {
  const { db } = deps;
  const app = createRouter();

  /** Takes one message: whose it is, whether it is genuine and new, then what it asks for, once. */
  async function take(c: Context, work: (message: Message) => Promise<Taken>): Promise<Response> {
    const court = deps.courts.find(({ id }) => id === c.req.param('court'));
    if (!court) throw problem('unknown-court');
    const text = await c.req.text();
    const genuine = verify(court.secret, (name) => c.req.header(name), text);
    if (genuine === 'bad-signature') throw problem('bad-signature');
    if (genuine === 'message-too-old') throw problem('message-too-old');
    const { id } = genuine;
    const kept = await keepMessage(db, court.id, id, requestHash(c.req.path, text));
    if (kept.bodyHash !== requestHash(c.req.path, text)) throw problem('message-replayed');
    if (kept.response) return c.json(kept.response.body as never, kept.response.status as 200);
    const caller: Caller = { subject: `docking:${court.id}`, role: 'court', region: court.region };
    try {
      const taken = await work({ court, caller, key: `docking:${id}`, body: await readJson(c) });
      await answerMessage(db, court.id, id, taken);
      return c.json(taken.body as never, taken.status);
    } catch (error) {
      if (error instanceof ProblemError && error.problem.status < 500) await dropMessage(db, court.id, id);
      throw error;
    }
  }

  app.post('/v1/docking/court/:court/delegations', (c) =>
    take(c, async ({ court, caller, key, body: given }) => {
      const body = parse(Delegation, given);
      const ref = body.referral?.ref ?? '';
      const there = await findDocked(db, court.id, { ref });
      // A court that sends the same case under another message has it already.
      if (there !== undefined && there.message !== key) throw sentBefore();
      const docked = { court: court.id, ref, message: key };
      try {
        const { caseNo } = await registerCase(deps, { caller, body: { ...body, channel: 'court' }, key, docked });
        return { status: 201, body: { case: caseNo, ref } };
      } catch (error) {
        // The other message came in this very moment.
        throw error instanceof DockedBefore ? sentBefore() : error;
      }
    }),
  );

  app.post('/v1/docking/court/:court/results', (c) =>
    take(c, async ({ court, caller, key, body: given }) => {
      const { case: caseNo, type, input } = parse(CourtResult, given);
      if (!(await findDocked(db, court.id, { caseNo }))) throw problem('not-delegated');
      const act = { caller, caseNo, act: courtResults[type], body: input, key, ifSeq: undefined };
      return { status: 200, body: { case: caseNo, result: await performAct(deps, act) } };
    }),
  );

  for (const [path, summary, schema, status] of [
    ['delegations', '法院委派、委托案件 · A court delegates or entrusts a case', Delegation, 201],
    ['results', '法院告知结果 · A court says what it did', CourtResult, 200],
  ] as const)
    app.openAPIRegistry.registerPath({
      method: 'post',
      path: `/v1/docking/court/{court}/${path}`,
      tags: ['docking'],
      summary,
      description: 'Signed by Standard Webhooks: webhook-id, webhook-timestamp, webhook-signature (HMAC-SHA256).',
      security: [{ courtSignature: [] }],
      request: {
        params: z.object({ court: z.string() }),
        body: { required: true, content: { 'application/json': { schema } } },
      },
      responses: {
        [status]: jsonOf(loose('case'), 'Taken; the same message again gets the same answer'),
        ...problems(400, 401, 403, 404, 409, 413, 422, 503),
      },
    });

  return app;
}
