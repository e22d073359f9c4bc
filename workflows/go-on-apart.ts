import { ParentClosePolicy, startChild } from '@temporalio/workflow';
import { caseWorkflowId, WORKFLOW_TASK_MS } from '../contracts/ids.ts';
import type { CaseSnapshot } from '../domain/case/case.ts';
import type { ProcedureState } from '../domain/procedures/definition.ts';
import { attributesOf } from './search-attributes.ts';

/** The workers an agreement does not cover go on in the linked case of that number, in the state given. */
export async function goOnApart<S extends ProcedureState>(
  others: S,
  caseNo: string,
  from: CaseSnapshot,
): Promise<void> {
  const { case: snapshot, ...resume } = others;
  await startChild(others.procedure, {
    workflowId: caseWorkflowId(caseNo),
    typedSearchAttributes: attributesOf(others.procedure, snapshot),
    args: [{ ...snapshot, caseNo, splitFrom: from.caseNo, step: 0, seq: 0, resume }],
    workflowTaskTimeout: WORKFLOW_TASK_MS,
    parentClosePolicy: ParentClosePolicy.ABANDON,
  });
}
