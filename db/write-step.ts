import type { RecordInput, RecordResult } from '../contracts/record.ts';
import type { Db } from './client.ts';
import { findSteps, type Recompute, redoStep } from './redo-step.ts';
import { appendEvent, type WrittenStep, writeReadModel } from './step-rows.ts';

/**
 * Writes one step of a case: event, read model, deadlines, decisions, outbox and the act's answer, in one transaction.
 * Called again for the same step it writes nothing new and gives the first answer back.
 */
export async function writeStep(db: Db, step: WrittenStep, recompute: Recompute): Promise<RecordResult> {
  const { input, clocks } = step;
  return db.begin(async (tx) => {
    // The case's row is the lock under which its events are numbered; what is looked for next is looked for under it.
    const [[row], known] = await Promise.all([
      tx<Array<{ seq: number }>>`
        update cases set seq = seq + 1, updated_at = ${input.at} where case_no = ${input.caseNo} returning seq`,
      findSteps(tx, input),
    ]);
    if (!row) throw new Error(`no case ${input.caseNo}`);
    if (known.length > 0) return redoStep(tx, step, { seq: row.seq, known, recompute });
    const result: RecordResult = { seq: row.seq, clocks: clocks.map(({ clock }) => clock) };
    // Sent one behind the other without waiting: on the transaction's one connection they run in this order.
    await Promise.all([appendEvent(tx, step, result), writeReadModel(tx, step, withClocks(input, result), false)]);
    return result;
  }) as Promise<RecordResult>;
}

const withClocks = ({ state }: RecordInput, { clocks }: RecordResult): RecordInput['state'] => ({
  ...state,
  clocks: [...state.clocks, ...clocks],
});
