import { setWorkflowOptions } from '@temporalio/workflow';
import type { CaseSnapshot } from '../../domain/case/case.ts';
import { enter } from '../../domain/procedures/definition.ts';
import { settlementPerformanceProcedure } from '../../domain/procedures/performance.ts';
import { handOn } from '../hand-on.ts';
import { moment } from '../moment.ts';
import { openProcedure } from '../run.ts';
import { autoUpgrade } from '../versioning.ts';

/** 和解协议履行, 企业劳动争议协商调解规定 第十一条、第十二条; 人社部发〔2022〕71号 第九条. */
export async function settlementPerformance(snapshot: CaseSnapshot): Promise<void> {
  const run = openProcedure(settlementPerformanceProcedure, enter(settlementPerformanceProcedure, snapshot, moment()));

  // Each instalment has its clock. Paid and confirmed to the last: performed. A day missed: overdue, by itself.
  await run.before('settlementPerformance.instalment', () => false);

  // 第十二条, 71号 第九条: overdue goes to mediation, the application prefilled, the union told.
  await handOn(run, settlementPerformanceProcedure);
}

setWorkflowOptions(autoUpgrade, settlementPerformance);
