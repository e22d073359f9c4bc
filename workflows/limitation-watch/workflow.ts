import { setWorkflowOptions } from '@temporalio/workflow';
import type { BesideInput } from '../../contracts/record.ts';
import type { WatchOpening } from '../../domain/case/case.ts';
import { limitationWatchProcedure } from '../../domain/procedures/limitation-watch.ts';
import { endBesideRun } from '../finish-beside.ts';
import { moment } from '../moment.ts';
import { reopenChain } from '../reopen-chain.ts';
import { openProcedure } from '../run.ts';
import { autoUpgrade } from '../versioning.ts';

/** 时效留观, 劳动争议调解仲裁法 第二十七条: goes on when the case is closed unsettled and its time still runs. */
export async function limitationWatch({ snapshot, ...opening }: BesideInput<WatchOpening>): Promise<void> {
  const run = openProcedure(limitationWatchProcedure, limitationWatchProcedure.beginWith(snapshot, opening, moment()));
  const { state } = run;

  // 第二十七条第二款: whatever interrupts it starts it again; brought, paid or run out, it is over.
  await run.before('limitation.arbitration', () => false);

  await run.quiet();
  const { clocks } = state;
  await endBesideRun(run, limitationWatchProcedure);
  if (state.outcome === 'reopened') await reopenChain(run, 'reopened', clocks);
  await run.quiet();
}

setWorkflowOptions(autoUpgrade, limitationWatch);
