import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import {
  getExternalWorkflowHandle,
  log,
  ParentClosePolicy,
  type SignalDefinition,
  sleep,
  startChild,
} from '@temporalio/workflow';
import { besideWorkflowId, caseWorkflowId, WORKFLOW_TASK_MS } from '../contracts/ids.ts';
import type { BesideInput } from '../contracts/record.ts';
import type { BesideProcedure, CaseSnapshot, Opening, Paper } from '../domain/case/case.ts';
import type { Referral } from '../domain/case/referral.ts';
import { besideNow } from '../domain/case/release-move.ts';
import type { ChainMove } from '../domain/procedures/arbitration-mediation.ts';
import {
  anotherApplication,
  caseOver,
  chainMoved,
  emergencyOver,
  mediatedFirst,
  paperDecided,
  releaseMoved,
  sentToMediation,
} from './messages.ts';
import { attributesOf } from './search-attributes.ts';

/** Starts a procedure beside the chain, `case-<caseNo>-<procedure>`. It lives on when the run that opened it has ended. */
export async function openBeside(snapshot: CaseSnapshot, opening: Opening): Promise<void> {
  const args: [BesideInput] = [{ snapshot: { ...snapshot, step: 0, seq: 0 }, ...opening }];
  for (;;) {
    try {
      await startChild(opening.procedure, {
        workflowId: besideWorkflowId(snapshot.caseNo, opening.procedure),
        typedSearchAttributes: attributesOf(opening.procedure, snapshot),
        args,
        workflowTaskTimeout: WORKFLOW_TASK_MS,
        parentClosePolicy: ParentClosePolicy.ABANDON,
      });
      return;
    } catch (error) {
      // The application before has told us its outcome and is about to end, or waits for objections to it.
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
      // One watch is enough: what it watches already is not lost.
      if (opening.procedure === 'limitationWatch') return;
      if (opening.procedure === 'judicialConfirmation') await askToMakeWay(snapshot.caseNo);
      await sleep('1s');
    }
  }
}

/** Asks a confirmation that only waits for objections to end, since another agreement is brought before the court. */
async function askToMakeWay(caseNo: string): Promise<void> {
  try {
    await getExternalWorkflowHandle(besideWorkflowId(caseNo, 'judicialConfirmation')).signal(anotherApplication);
  } catch (error) {
    log.info('the application before has ended by itself', { caseNo, error: String(error) });
  }
}

/** Tells the chain what came of an application. A chain that has ended needs to know nothing more. */
export const tellChain = (caseNo: string, paper: Paper): Promise<void> => signalChain(caseNo, paperDecided, paper);

/** Tells the chain that the joint response is over. */
export const tellEmergencyOver = (caseNo: string, over: { attempt: number; outcome: string }): Promise<void> =>
  signalChain(caseNo, emergencyOver, over);

async function signalChain<T>(caseNo: string, signal: SignalDefinition<[T]>, news: T): Promise<void> {
  try {
    await getExternalWorkflowHandle(caseWorkflowId(caseNo)).signal(signal, news);
  } catch (error) {
    log.warn('the chain of the case has ended; the news is in the record', { caseNo, error: String(error) });
  }
}

/** Sends the case to mediation. A chain that has just closed says so to the arbitration by itself. */
export const tellSentToMediation = (caseNo: string, referral: Referral): Promise<void> =>
  signalChain(caseNo, sentToMediation, referral);

/** Tells the joint response that the case has come to its end. */
export const tellCaseOver = (caseNo: string, over: { settled: boolean }): Promise<void> =>
  signalBeside(caseNo, 'emergencyResponse', caseOver, over);

/** Tells the arbitration where the case has gone. */
export const tellChainMoved = (caseNo: string, move: ChainMove): Promise<void> =>
  signalBeside(caseNo, 'arbitration', chainMoved, move);

/** Tells the arbitration that both sides want to be mediated first. */
export const tellMediatedFirst = (caseNo: string): Promise<void> => signalBeside(caseNo, 'arbitration', mediatedFirst);

/** Tells all that may run beside the case that it has been moved to another release. */
export async function tellMoved(snapshot: CaseSnapshot, moved: { actId: string; sha256: string }): Promise<void> {
  for (const what of besideNow(snapshot)) await signalBeside(snapshot.caseNo, what, releaseMoved, moved);
}

async function signalBeside<T extends unknown[]>(
  caseNo: string,
  what: BesideProcedure,
  signal: SignalDefinition<T>,
  ...news: T
): Promise<void> {
  try {
    await getExternalWorkflowHandle(besideWorkflowId(caseNo, what)).signal(signal, ...news);
  } catch (error) {
    log.info('what runs beside the case has ended by itself', { caseNo, what, error: String(error) });
  }
}
