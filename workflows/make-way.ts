import { getExternalWorkflowHandle, log } from '@temporalio/workflow';
import { besideWorkflowId } from '../contracts/ids.ts';
import { anotherApplication } from './messages.ts';

/** Asks a confirmation that only waits for objections to end, since another agreement is brought before the court. */
export async function askToMakeWay(caseNo: string): Promise<void> {
  try {
    await getExternalWorkflowHandle(besideWorkflowId(caseNo, 'judicialConfirmation')).signal(anotherApplication);
  } catch (error) {
    log.info('the application before has ended by itself', { caseNo, error: String(error) });
  }
}
