import { setWorkflowOptions } from '@temporalio/workflow';
import type { CaseSnapshot } from '../../domain/case/case.ts';
import { agreementPerformanceProcedure } from '../../domain/procedures/agreement-performance.ts';
import { enter } from '../../domain/procedures/definition.ts';
import { handOn } from '../hand-on.ts';
import { moment } from '../moment.ts';
import { openProcedure } from '../run.ts';
import { autoUpgrade } from '../versioning.ts';

/** 调解协议履行, 劳动争议调解仲裁法 第十四条、第十五条; 人社部发〔2022〕71号 第十二条. */
export async function agreementPerformance(snapshot: CaseSnapshot): Promise<void> {
  const run = openProcedure(agreementPerformanceProcedure, enter(agreementPerformanceProcedure, snapshot, moment()));

  // The notice is served, the two ways of confirmation are open for their time, every instalment has its clock.
  await run.before('agreementPerformance.instalment', () => false);

  await handOn(run, agreementPerformanceProcedure);
}

setWorkflowOptions(autoUpgrade, agreementPerformance);
