import { ParentClosePolicy, startChild } from '@temporalio/workflow';
import { caseWorkflowId, WORKFLOW_TASK_MS } from '../contracts/ids.ts';
import { type Next, prepare, questionsAtReopening, questionsBefore } from '../domain/case/afterwards.ts';
import type { CaseSnapshot, Clock } from '../domain/case/case.ts';
import { type ProcedureState, restartClock } from '../domain/procedures/definition.ts';
import type { Run } from './run.ts';
import { attributesOf } from './search-attributes.ts';

/** Starts the chain of a closed case again, where the rules send one that ends so; it takes its clocks back. */
export async function reopenChain(
  run: Pick<Run<ProcedureState>, 'state' | 'ask'>,
  outcome: 'reopened' | 'referred',
  clocks: Clock[] = [],
): Promise<void> {
  const { closedAtStep: step = 0, ...closed } = run.state.case;
  const [decision] = await run.ask(questionsAtReopening(closed, outcome));
  if (!decision) throw new Error('procedure.next gave no answer');
  const next = decision.outcome as unknown as Next;
  const snapshot: CaseSnapshot = {
    ...closed,
    ...{ step, origin: next.origin ?? 'direct', remedy: next.remedy, rightToArbitrate: next.rightToArbitrate },
    ...{ clocks: [], handedBack: clocks.map((clock) => restartClock(clock)) },
  };
  const prepared = prepare(snapshot, await run.ask(questionsBefore(next, snapshot)));
  await startChild(next.next, {
    workflowId: caseWorkflowId(closed.caseNo),
    typedSearchAttributes: attributesOf(next.next, prepared),
    args: [prepared],
    workflowTaskTimeout: WORKFLOW_TASK_MS,
    parentClosePolicy: ParentClosePolicy.ABANDON,
  });
}
