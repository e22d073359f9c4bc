import type { Client, WorkflowHandle } from '@temporalio/client';
import type { RunShape } from './bare-workflows.ts';

type HistoryEvents = NonNullable<Awaited<ReturnType<WorkflowHandle['fetchHistory']>>['events']>;

/** One run of a chain as its history has it. */
export interface RunHistory {
  type: string;
  events: number;
  shape: RunShape;
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
    const shape: RunShape = { before: 0, after: 0, updates: [], ends: false };
    let inUpdate = false;
    for (const event of events) {
      const current = shape.updates.at(-1);
      if (event.workflowExecutionUpdateAcceptedEventAttributes) {
        shape.updates.push({ activities: 0, timer: false });
        inUpdate = true;
      } else if (event.workflowExecutionUpdateCompletedEventAttributes) inUpdate = false;
      else if (event.markerRecordedEventAttributes) {
        if (!current) shape.before += 1;
        else if (inUpdate) current.activities += 1;
        else shape.after += 1;
      } else if (event.timerStartedEventAttributes && current) current.timer = true;
      else if (event.workflowExecutionContinuedAsNewEventAttributes) shape.ends = true;
    }
    const started = events[0]?.workflowExecutionStartedEventAttributes;
    runs.unshift({ type: started?.workflowType?.name ?? '', events: events.length, shape });
    runId = started?.continuedExecutionRunId ?? undefined;
  }
  return runs;
}

export const eventsOf = (runs: readonly RunHistory[]): number => runs.reduce((sum, { events }) => sum + events, 0);
