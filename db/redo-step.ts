import { isDeepStrictEqual } from 'node:util';
import type { RecordInput, RecordResult } from '../contracts/record.ts';
import type { Clock, ClockStart } from '../domain/case/case.ts';
import { json, type Tx } from './client.ts';
import { undoJoined } from './join-workers.ts';
import {
  answerAct,
  appendEvent,
  type WrittenClock,
  type WrittenStep,
  writeNextDue,
  writeReadModel,
} from './step-rows.ts';

/**
 * A step is written before the workflow's history has it. Where a process dies in between, the record is ahead, and the
 * workflow does the step again: mostly the same one, sometimes in another order (acts are delivered again as they come), and
 * sometimes it never comes (a clock ran out first and the act is refused). So a number that the record has given to
 * a step may now belong to another. What comes again with the same content keeps its event; what comes with
 * another content, or is known never to come, has its event voided by an entry that says so.
 */

/** A step that the record has and that the present one must be held against. */
export interface KnownStep {
  dedup: string;
  seq: number;
  step: number | null;
  at: string;
  isRecent: boolean;
}

/** Gives clocks as they are the rows that readers see. */
export type Recompute = (clocks: Clock[]) => Promise<WrittenClock[]>;

/** The same step, and those that stand in its place or beyond. None of them, when the record is not ahead. */
export const findSteps = (tx: Tx, { workflowId, dedup, chain, step, voids }: RecordInput): Promise<KnownStep[]> =>
  tx<KnownStep[]>`
    select dedup, seq, step, at, touched_at > now() - interval '5 minutes' as "isRecent" from steps
    where workflow_id = ${workflowId}
      and (dedup in (${dedup}, ${voids ?? dedup}) or (chain = ${chain} and (step is null or step >= ${step})))`;

export async function redoStep(
  tx: Tx,
  step: WrittenStep,
  { seq, known, recompute }: { seq: number; known: KnownStep[]; recompute: Recompute },
): Promise<RecordResult> {
  const { input } = step;
  const same = known.find(({ dedup }) => dedup === input.dedup);
  const overtaken = known.find(
    ({ at, isRecent, ...other }) => isRecent && at > input.at && other.dedup !== input.voids,
  );
  if (overtaken !== undefined) {
    // This process was cut off from the engine, and another has gone on: what it still writes counts no more.
    if (same === undefined) throw new Error(`step ${input.dedup} of ${input.caseNo} has been overtaken`);
    await tx`update cases set seq = seq - 1 where case_no = ${input.caseNo}`;
    return (await firstOf(tx, input, same)).result;
  }

  const first = same === undefined ? undefined : await firstOf(tx, input, same);
  const stands = first !== undefined && isSame(first, input);
  const lost = known.filter(
    ({ dedup, step: number }) =>
      (dedup === input.dedup && !stands) ||
      dedup === input.voids ||
      // With its procedure over, a step that has not come again never will.
      (dedup !== input.dedup && input.next !== undefined && (number === null || number >= input.step)),
  );
  if (input.voids !== undefined && !lost.some(({ dedup }) => dedup === input.voids)) {
    await tx`update cases set seq = seq - 1 where case_no = ${input.caseNo}`;
    return { seq: seq - 1, clocks: [] };
  }

  // A step that voids one is itself the entry that says so.
  const entries = lost.filter(({ dedup }) => dedup !== input.voids);
  for (const [index, one] of entries.entries()) await writeVoid(tx, input, one, seq + index);
  const own = seq + entries.length;
  const result = stands ? first.result : { seq: own, clocks: step.clocks.map(({ clock }) => clock) };
  await tx`update cases set seq = ${stands ? own - 1 : own} where case_no = ${input.caseNo}`;
  for (const one of lost) await undo(tx, input, one);
  await tx`
    update steps set step = null
    where workflow_id = ${input.workflowId} and chain = ${input.chain} and step = ${input.step} and dedup <> ${input.dedup}`;
  if (stands) {
    await tx`
      update steps set step = ${input.step}, at = ${input.at}, chain = ${input.chain}, run = ${input.state.run}, touched_at = now()
      where workflow_id = ${input.workflowId} and dedup = ${input.dedup}`;
    await Promise.all(answerAct(tx, input, result.seq));
  } else {
    const voided = lost.find(({ dedup }) => dedup === input.voids);
    const detail = voided === undefined ? input.event.detail : { ...input.event.detail, seq: voided.seq };
    await appendEvent(tx, { ...step, input: { ...input, event: { ...input.event, detail } } }, result);
  }

  // What the lost steps changed for readers is put right by writing everything as the workflow has it.
  const wasAhead = known.some(({ dedup }) => dedup !== input.dedup);
  const state = { ...input.state, clocks: [...input.state.clocks, ...result.clocks] };
  const clocks = wasAhead ? await recompute(state.clocks) : stands ? [] : step.clocks;
  await writeReadModel(tx, { ...step, clocks }, state, wasAhead);
  if (wasAhead) {
    const keys = state.clocks.map(({ key }) => key);
    await tx`
      update deadlines set status = 'closed'
      where case_no = ${input.caseNo} and workflow_id = ${input.workflowId} and status = 'open' and key <> all(${keys})`;
    await writeNextDue(tx, input.caseNo);
  }
  return result;
}

interface First {
  type: string;
  detail: Record<string, unknown>;
  result: RecordResult;
}

async function firstOf(tx: Tx, { caseNo }: RecordInput, { seq, dedup }: KnownStep): Promise<First> {
  const [event] = await tx<First[]>`select type, detail, result from events where case_no = ${caseNo} and seq = ${seq}`;
  if (!event) throw new Error(`step ${dedup} of ${caseNo} has no event`);
  return event;
}

/** Whether what was written says the same: the same event about the same facts, and the same clocks from the same days. */
function isSame({ type, detail, result }: First, { event, start }: RecordInput): boolean {
  return (
    type === event.type &&
    isDeepStrictEqual(detail, plain(event.detail)) &&
    result.clocks.length === start.length &&
    result.clocks.every((clock, index) => isFrom(clock, start[index]))
  );
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value)) as unknown;

/** The moment a clock was started is not compared: done again, a step happens later, and keeps the date it had. */
const isFrom = (clock: Clock, start: ClockStart | undefined): boolean =>
  start !== undefined &&
  clock.key === start.key &&
  clock.anchorOn === start.anchorOn &&
  clock.until === start.until &&
  clock.revision === (start.revision ?? -1) + 1 &&
  (start.amount === undefined || (clock.amount === start.amount && clock.unit === start.unit)) &&
  isDeepStrictEqual(plain(clock.extensions), plain(start.extensions ?? []));

/** The entry that says a step does not count. */
const writeVoid = (tx: Tx, input: RecordInput, { dedup, seq }: KnownStep, at: number) => tx`
  insert into events (case_no, seq, workflow_id, dedup, type, procedure, at, title_zh, title_en, legal_ref, source,
    actor_id, actor_role, detail, result)
  select case_no, ${at}, workflow_id, ${`void:${seq}`}, 'record.voided', procedure, ${input.at},
    ${voided.title.zh}, ${voided.title.en}, legal_ref, source, 'system', 'system',
    ${json(tx, { seq, step: dedup, because: input.dedup, ...voided.reason })}::jsonb || jsonb_build_object('event', type),
    ${json(tx, { seq: at, clocks: [] })}
  from events where case_no = ${input.caseNo} and seq = ${seq}`;

/** What a step leaves besides its event. */
async function undo(tx: Tx, { caseNo, workflowId }: RecordInput, { dedup, seq }: KnownStep): Promise<void> {
  await tx`delete from steps where workflow_id = ${workflowId} and dedup = ${dedup}`;
  // A notice that has gone out has gone out; the one that corrects it is the next step's.
  await tx`delete from notices where case_no = ${caseNo} and seq = ${seq} and status in ('queued', 'noAddress')`;
  await tx`delete from docking_reports where case_no = ${caseNo} and seq = ${seq} and status = 'queued'`;
  const actId = dedup.startsWith('act:') ? dedup.slice('act:'.length) : undefined;
  if (actId === undefined) return;
  await tx`update acts set status = 'pending', response = null where act_id = ${actId}`;
  await undoJoined(tx, caseNo, actId);
  // A linked case that the act made; its workflow was never started.
  const linked = tx`
    select c.case_no from cases c where c.split_from = ${caseNo} and c.intake->>'split' = ${`split:${actId}`}
      and not exists (select 1 from events e where e.case_no = c.case_no)`;
  await tx`update parties set moved_to = null where case_no = ${caseNo} and moved_to in (${linked})`;
  await tx`delete from cases where case_no in (${linked})`;
}

/** The words of an entry that says a step does not count. */
const voided = {
  title: { zh: '更正：前项记录不生效', en: 'Correction: an earlier entry does not count' },
  reason: {
    zh: '系统中断时已写入记录，恢复后案件未按此进行。',
    en: 'It was written as the system broke off; when the system came back, the case took another way.',
  },
};
