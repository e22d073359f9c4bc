import type { Client, WorkflowHandle } from '@temporalio/client';
import type { RunShape, UpdateShape } from './bare-workflows.ts';

type HistoryEvents = NonNullable<Awaited<ReturnType<WorkflowHandle['fetchHistory']>>['events']>;

/** One run of a chain as its history has it. */
export interface RunHistory {
  type: string;
  events: number;
  shape: RunShape;
  /** What it started beside itself. */
  beside: RunHistory[];
}

/**
 * The runs of a workflow id in order, from its last one back to its first. Every local activity is a marker, so that what
 * the product does durably can be counted and done again by nobody in particular.
 */
export async function readChain(client: Client, workflowId: string): Promise<RunHistory[]> {
  const runs: RunHistory[] = [];
  let runId: string | undefined = (await client.workflow.getHandle(workflowId).describe()).runId;
  while (runId !== undefined && runId !== '') {
    const events: HistoryEvents = (await client.workflow.getHandle(workflowId, runId).fetchHistory()).events ?? [];
    const run = await readRun(client, events);
    runs.unshift(run);
    runId = events[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId ?? undefined;
  }
  return runs;
}

async function readRun(client: Client, events: HistoryEvents): Promise<RunHistory> {
  const shape: Omit<RunShape, 'before' | 'after'> = { updates: [], wakes: [], signals: [], tells: false, ends: false };
  const beside: RunHistory[] = [];
  const began = timeOf(events[0]);
  const before = { activities: 0 };
  const after = { activities: 0 };
  /** What a local activity outside an update belongs to. */
  let current = before;
  let update: UpdateShape | undefined;
  for (const event of events) {
    if (event.workflowExecutionUpdateAcceptedEventAttributes) {
      update = { activities: 0, timer: false };
      shape.updates.push(update);
      current = after;
    } else if (event.workflowExecutionUpdateCompletedEventAttributes) update = undefined;
    else if (event.timerFiredEventAttributes) {
      const wake = { atMs: timeOf(event) - began, activities: 0 };
      shape.wakes.push(wake);
      current = wake;
    } else if (event.workflowExecutionSignaledEventAttributes) {
      const signal = { activities: 0 };
      shape.signals.push(signal);
      current = signal;
    } else if (event.markerRecordedEventAttributes) {
      (update ?? current).activities += 1;
    } else if (event.timerStartedEventAttributes) {
      const last = shape.updates.at(-1);
      if (last) last.timer = true;
    } else if (event.startChildWorkflowExecutionInitiatedEventAttributes) {
      const { workflowId } = event.startChildWorkflowExecutionInitiatedEventAttributes;
      beside.push(...(await readChain(client, workflowId ?? '')));
      if (update) update.opens = beside.map((run) => run.shape);
    } else if (event.signalExternalWorkflowExecutionInitiatedEventAttributes) shape.tells = true;
    else if (event.workflowExecutionContinuedAsNewEventAttributes || event.workflowExecutionCompletedEventAttributes)
      shape.ends = true;
  }
  const type = events[0]?.workflowExecutionStartedEventAttributes?.workflowType?.name ?? '';
  return {
    type,
    events: events.length,
    shape: { ...shape, before: before.activities, after: after.activities },
    beside,
  };
}

const timeOf = (event: HistoryEvents[number] | undefined): number =>
  Number(event?.eventTime?.seconds ?? 0) * 1000 + Number(event?.eventTime?.nanos ?? 0) / 1_000_000;

/** History events of all runs, and of what ran beside them. */
export const eventsOf = (runs: readonly RunHistory[]): number =>
  runs.reduce((sum, { events, beside }) => sum + events + eventsOf(beside), 0);

/** Local activities of all runs, and of what ran beside them. */
export const stepsOf = (runs: readonly RunHistory[]): number =>
  runs.reduce((sum, { shape: { before, after, updates, wakes, signals }, beside }) => {
    const inside = [...updates, ...wakes, ...signals].reduce((inner, { activities }) => inner + activities, 0);
    return sum + before + after + inside + stepsOf(beside);
  }, 0);
