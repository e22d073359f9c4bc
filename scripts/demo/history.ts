import { Client, Connection } from '@temporalio/client';
import type { Env } from '../../temporal-config/env.ts';

/** How long the histories of a case are: every run of every workflow that carried it. */
export interface HistorySize {
  workflows: number;
  runs: number;
  events: number;
}

export interface HistoryReader {
  sizeOf(caseNo: string): Promise<HistorySize>;
  close(): Promise<void>;
}

/** Counts in Temporal itself. Undefined when it cannot be reached from here. */
export async function openHistory(env: Env): Promise<HistoryReader | undefined> {
  const address = env.temporalAddress ?? `127.0.0.1:${env.ports.temporal}`;
  try {
    const connection = await Connection.connect({ address, connectTimeout: '3s' });
    const client = new Client({ connection, namespace: env.temporalNamespace });
    return { sizeOf: (caseNo) => sizeOf(client, caseNo), close: () => connection.close() };
  } catch {
    return undefined;
  }
}

/** The chain and what ran beside it share the case's number at the start of their ids. */
async function sizeOf(client: Client, caseNo: string): Promise<HistorySize> {
  const workflows = new Set<string>();
  let runs = 0;
  let events = 0;
  for await (const { workflowId, runId } of client.workflow.list({
    query: `WorkflowId STARTS_WITH "case-${caseNo}"`,
  })) {
    const { historyLength } = await client.workflow.getHandle(workflowId, runId).describe();
    workflows.add(workflowId);
    runs += 1;
    events += historyLength;
  }
  return { workflows: workflows.size, runs, events };
}
