import { randomUUID } from 'node:crypto';
import { actContracts } from '../contracts/acts/index.ts';
import { besideWorkflowId, caseWorkflowId } from '../contracts/ids.ts';
import type { ActMessage, ActResult } from '../contracts/record.ts';
import { actorIdOf, dropAct, finishAct, keepAct } from '../db/acts.ts';
import { type CaseRow, findCase, listParties } from '../db/read-models.ts';
import type { AnyAct, ProcedureState } from '../domain/procedures/definition.ts';
import { type ActingProcedure, findAct } from '../domain/procedures/index.ts';
import { refuse } from '../domain/refusal.ts';
import { type Caller, scopeOf } from './auth.ts';
import { actorOf, authoriseAct } from './authorise.ts';
import type { ApiDeps } from './deps.ts';
import { problem, refused } from './problems.ts';
import { parse, requestHash } from './request.ts';
import { sendAct } from './temporal.ts';

export interface ActRequest {
  caller: Caller;
  caseNo: string;
  act: string;
  body: unknown;
  key: string;
  ifSeq: number | undefined;
}

/**
 * Performs one act: who, what, then the workflow decides. What the key did is kept in the database before the
 * update is sent and finished after it is in history, so that a caller who comes again finds the same answer.
 */
export async function performAct(deps: ApiDeps, request: ActRequest): Promise<ActResult> {
  const { db, temporal } = deps;
  const { caller, caseNo, key, ifSeq } = request;
  const found = findAct(request.act);
  const contract = actContracts[request.act];
  if (!found || !contract) throw problem('unknown-act');
  const row = await findCase(db, caseNo, scopeOf(caller));
  if (!row) throw problem('not-found');
  const body = parse(contract.schema, request.body) as Record<string, unknown>;
  const input = contract.facts(body);
  const party = authoriseAct(found.act.by, caller, await listParties(db, caseNo), input);
  const actorId = await actorIdOf(db, caller.subject);

  const workflowId = workflowOf(found.procedure, caseNo);
  const message: ActMessage = {
    actId: randomUUID(),
    actor: actorOf(caller, actorId, party),
    ...(typeof body.channel === 'string' ? { channel: body.channel } : {}),
    input,
    ...(ifSeq === undefined ? {} : { ifSeq }),
  };
  const { fresh, row: kept } = await keepAct(db, {
    actId: message.actId,
    actorId,
    idempotencyKey: key,
    requestHash: requestHash(caseNo, request.act, body),
    caseNo,
    act: request.act,
    workflowId,
    message,
    words: wordsOf(body),
    shielded: (body.concededFacts as Array<{ by: string; text: string }> | undefined) ?? [],
  });
  if (!fresh) {
    if (kept.requestHash !== requestHash(caseNo, request.act, body)) throw problem('idempotency-key-reused');
    if (kept.status === 'done') return kept.response as unknown as ActResult;
    message.actId = kept.actId;
  } else if (ifSeq !== undefined && row.seq > ifSeq) {
    await dropAct(db, message.actId);
    throw refused(refuse('stale', '案件已有变化，请刷新后再操作。', 'The case has changed; look again first.'));
  }

  const answer = await sendAct(temporal, workflowId, request.act, message);
  if (answer.kind === 'done') {
    await finishAct(db, message.actId);
    return answer.result;
  }
  // The act of an earlier try may be in the record although this run does not know its update any more.
  const recorded = fresh ? undefined : await keptResponse(deps, message.actId);
  if (recorded) return recorded;
  await dropAct(db, message.actId);
  throw answer.kind === 'refused' ? refused(answer.refusal) : await elsewhere(deps, request, found);
}

async function keptResponse({ db }: ApiDeps, actId: string): Promise<ActResult | undefined> {
  const [row] = await db<Array<{ response: ActResult }>>`
    update acts set status = 'done' where act_id = ${actId} and status <> 'pending' returning response`;
  return row?.response;
}

export const workflowOf = (procedure: ActingProcedure, caseNo: string): string =>
  procedure === 'arbitrationReview' || procedure === 'judicialConfirmation'
    ? besideWorkflowId(caseNo, procedure)
    : caseWorkflowId(caseNo);

/** The words of an act, to stay in the database. */
const wordsOf = (body: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    ['reason', 'note', 'content', 'summary', 'requests'].flatMap((name) =>
      body[name] === undefined ? [] : [[name, body[name]]],
    ),
  );

/** No run knows the act: the case is closed, or in another procedure. */
async function elsewhere(
  { db }: ApiDeps,
  { caller, caseNo }: ActRequest,
  { act }: { act: AnyAct<ProcedureState> },
): Promise<Error> {
  const row: CaseRow | undefined = await findCase(db, caseNo, scopeOf(caller));
  if (row?.stage === 'closed') return problem('case-closed');
  return refused(
    refuse(
      'act-not-open',
      `案件现处于${row?.stage ?? ''}（${row?.status ?? ''}），不能${act.title.zh}。`,
      `The case is at ${row?.stage ?? ''} (${row?.status ?? ''}); "${act.title.en}" is not open now.`,
      { source: act.source },
    ),
  );
}
