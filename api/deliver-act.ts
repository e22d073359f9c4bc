import type { ActMessage, ActResult } from '../contracts/record.ts';
import { dropAct, takeResponse } from '../db/acts.ts';
import { isBetweenProcedures } from '../db/read-models.ts';
import type { ApiDeps } from './deps.ts';
import { type ActAnswer, sendAct } from './temporal.ts';

/** An act on its way to its workflow. */
export interface Delivery {
  caseNo: string;
  workflowId: string;
  act: string;
  message: ActMessage;
}

/**
 * Sends an act and brings the workflow's answer and the record together. A refused act leaves nothing, unless the record
 * has it already: a worker that died may have written it before it was in history. Then it is sent once more
 * as such, and the workflow does it or voids its event. Throws `unavailable`.
 */
export async function deliverAct({ db, temporal }: ApiDeps, delivery: Delivery): Promise<ActAnswer> {
  const { caseNo, workflowId, act, message } = delivery;
  const between = () => isBetweenProcedures(db, caseNo, act.split('.')[0] ?? '');
  const answer = await sendAct(temporal, workflowId, act, message, between);
  if (answer.kind === 'done' || (await dropAct(db, message.actId))) return answer;
  // A procedure that has ended has voided what it did not do: what the record still has was done in it.
  if (answer.kind === 'elsewhere' || answer.refusal.code === 'already-done') return (await doneBefore()) ?? answer;
  if (answer.refusal.code === 'procedure-closing') return answer;
  const again = await sendAct(temporal, workflowId, act, { ...message, recorded: true }, between);
  if (again.kind === 'done' || (await dropAct(db, message.actId))) return again;
  return (await doneBefore()) ?? again;

  async function doneBefore(): Promise<ActAnswer | undefined> {
    const result: ActResult | undefined = await takeResponse(db, message.actId);
    return result && { kind: 'done', result };
  }
}
