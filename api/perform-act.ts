import { randomUUID } from 'node:crypto';
import { actContracts } from '../contracts/acts/index.ts';
import { besideWorkflowId, caseWorkflowId } from '../contracts/ids.ts';
import type { ActMessage, ActResult } from '../contracts/record.ts';
import { actorIdOf, dropAct, finishAct, keepAct, type NewAct } from '../db/acts.ts';
import { type CaseRow, findCase, listParties, listProcedures } from '../db/read-models.ts';
import { besideProcedures } from '../domain/case/case.ts';
import type { AnyAct, ProcedureState } from '../domain/procedures/definition.ts';
import { type ActingProcedure, findAct } from '../domain/procedures/index.ts';
import { refuse } from '../domain/refusal.ts';
import { type Caller, requireRegion, scopeOf } from './auth.ts';
import { actorOf, authoriseAct, isOwnAffair, mayDo } from './authorise.ts';
import { merged, refuseConsolidation } from './consolidation.ts';
import { refuseUndatable } from './datable.ts';
import { deliverAct } from './deliver-act.ts';
import type { ApiDeps } from './deps.ts';
import { refuseUnknownEvidence } from './evidence/named.ts';
import { factsOnRecord } from './facts-on-record.ts';
import { refuseJoining } from './joining.ts';
import { problem, refused } from './problems.ts';
import { knownRegion } from './regions.ts';
import { parse, requestHash } from './request.ts';
import { refuseUndeemed } from './services/deemed.ts';
import { signingFacts } from './signing/agreement.ts';
import { refuseUnsignable } from './signing/before-act.ts';
import { refuseUnmovable } from './unmovable.ts';
import { titleOf } from './views.ts';
import { visibleCase } from './visible-case.ts';

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
  const { db } = deps;
  const { caller, caseNo, key, ifSeq } = request;
  const found = findAct(request.act);
  const contract = found && actContracts[request.act];
  if (!found || !contract) throw problem('unknown-act');
  const row = await visibleCase(db, caller, caseNo);
  const parties = await listParties(db, caseNo);
  if (!mayDo(found.act.by, caller, parties)) throw problem('not-allowed');
  const body = parse(contract.schema, request.body) as Record<string, unknown>;
  const input = contract.facts(body);
  if (!isOwnAffair(caller, row, found.act)) requireRegion(caller, row.region);
  if (typeof input.region === 'string') knownRegion(deps, input.region);
  const party = authoriseAct(found.act.by, caller, parties, input, row.view?.case);
  const actorId = await actorIdOf(db, caller.subject);

  const workflowId = workflowOf(found.procedure, caseNo);
  const message: ActMessage = {
    actId: randomUUID(),
    actor: actorOf(caller, actorId, party),
    ...(typeof body.channel === 'string' ? { channel: body.channel } : {}),
    input: {
      ...input,
      ...(await factsOnRecord(deps, row, request.act, input)),
      ...signingFacts(row, request.act, body),
    },
    ...(ifSeq === undefined ? {} : { ifSeq }),
  };
  const asked: NewAct = {
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
  };
  await refuseUnsignable(db, { row, caller, act: request.act, found, body, actor: message.actor, key });
  const { fresh, row: kept } = await keepAct(db, asked);
  if (!fresh) {
    if (kept.requestHash !== asked.requestHash) throw problem('idempotency-key-reused');
    if (kept.status === 'done') return kept.response as unknown as ActResult;
    message.actId = kept.actId;
  } else {
    try {
      // A number that we have not given yet matches no more than one that has passed.
      if (ifSeq !== undefined && row.seq !== ifSeq)
        throw refused(refuse('stale', '案件已有变化，请刷新后再操作。', 'The case has changed; look again first.'));
      const state = await stateOf(deps, row, found.procedure);
      await refuseUnknownEvidence(db, caseNo, input);
      await refuseUndeemed(deps, row, message);
      await refuseUnmovable(deps, caller, row, found.act, input);
      await refuseUndatable(deps, row.region, found.act, state, message);
      if (state) {
        await refuseConsolidation(deps, caller, { act: found.act, state, input });
        await refuseJoining(deps, { act: found.act, state, message });
      }
    } catch (error) {
      await dropAct(db, message.actId);
      throw error;
    }
  }

  const answer = await deliverAct(deps, { caseNo, workflowId, act: request.act, message });
  if (answer.kind === 'done') {
    // A try under the same key that was refused a moment ago took the row away; what is done must stay known.
    if (!(await finishAct(db, message.actId)))
      await keepAct(db, { ...asked, actId: message.actId, response: answer.result });
    return answer.result;
  }
  throw answer.kind === 'refused' ? refused(answer.refusal) : await elsewhere(deps, request, found);
}

/** The state of the procedure that takes the act, as it was last written; none where it is not under way. */
async function stateOf(
  { db }: ApiDeps,
  row: CaseRow,
  procedure: ActingProcedure | 'case',
): Promise<ProcedureState | undefined> {
  if (procedure === 'case' || row.view?.procedure === procedure) return row.view ?? undefined;
  const runs = await listProcedures(db, row.caseNo);
  return runs.find((run) => run.procedure === procedure && run.endedAt === null)?.view;
}

export function workflowOf(procedure: ActingProcedure | 'case', caseNo: string): string {
  const beside = besideProcedures.find((one) => one === procedure);
  return beside ? besideWorkflowId(caseNo, beside) : caseWorkflowId(caseNo);
}

const kept = [
  ...['reason', 'note', 'remarks', 'incompleteBecause', 'content', 'summary', 'requests', 'serviceAddresses', 'link'],
  ...['joining', 'signing'],
];

/** The words of an act, to stay in the database; what is owed in words stays beside the number of its obligation. */
function wordsOf(body: Record<string, unknown>): Record<string, unknown> {
  const owed = ((body.obligations as Array<{ what?: string }> | undefined) ?? []).flatMap(({ what }, index) =>
    what === undefined ? [] : [[`o${index + 1}`, what]],
  );
  return {
    ...Object.fromEntries(kept.flatMap((name) => (body[name] === undefined ? [] : [[name, body[name]]]))),
    ...(owed.length === 0 ? {} : { obligations: Object.fromEntries(owed) }),
  };
}

/** No run knows the act: the case is closed, or in another procedure. */
async function elsewhere(
  { db }: ApiDeps,
  { caller, caseNo }: ActRequest,
  { act }: { act: AnyAct<ProcedureState> },
): Promise<Error> {
  const row: CaseRow | undefined = await findCase(db, caseNo, scopeOf(caller));
  if (row?.mergedInto != null) return merged(caseNo, row.mergedInto);
  if (row?.stage === 'closed') return problem('case-closed');
  return refused(
    refuse(
      'act-not-open',
      `案件现处于“${titleOf(row?.stage ?? '').zh}”，不能${act.title.zh}。`,
      `The case is at "${titleOf(row?.stage ?? '').en}"; "${act.title.en}" is not open now.`,
      { source: act.source },
    ),
  );
}
