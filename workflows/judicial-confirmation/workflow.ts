import { setHandler, setWorkflowOptions } from '@temporalio/workflow';
import type { BesideInput } from '../../contracts/record.ts';
import type { PaperOpening } from '../../domain/case/case.ts';
import { makeWay } from '../../domain/procedures/confirmation-objections.ts';
import { judicialConfirmationProcedure } from '../../domain/procedures/judicial-confirmation.ts';
import { tellChain } from '../beside.ts';
import { finishBeside } from '../finish-beside.ts';
import { anotherApplication } from '../messages.ts';
import { moment } from '../moment.ts';
import { openProcedure } from '../run.ts';
import { autoUpgrade } from '../versioning.ts';

/** 司法确认, 民事诉讼法 第二百零五条、第二百零六条. Runs beside the performance of the agreement. */
export async function judicialConfirmation({ snapshot, attempt, appliedOn }: BesideInput<PaperOpening>): Promise<void> {
  const run = openProcedure(
    judicialConfirmationProcedure,
    judicialConfirmationProcedure.beginWith(snapshot, { attempt, appliedOn }, moment()),
  );
  const { state } = run;
  setHandler(anotherApplication, () => makeWay(state));

  // 司法确认程序规定 第四条: docketed or not within three days.
  await run.before('judicialConfirmation.acceptance', () => state.docketedOn !== undefined);
  // 民事诉讼法 第一百八十七条: ruled on within thirty days of docketing, longer with the president's approval.
  await run.before('judicialConfirmation.ruling', () => state.paper !== undefined);
  if (state.outcome !== undefined) return finishBeside(run, judicialConfirmationProcedure);

  // 第二百零六条: what is confirmed can be enforced at once.
  let told: typeof state.paper;
  while (state.outcome === undefined) {
    await run.quiet();
    told = state.paper;
    if (told) await tellChain(state.case.caseNo, told);
    // 民诉解释 第三百七十二条: the parties object within fifteen days of receipt, others within six months; a ruling
    // that is changed in part is told anew.
    await run.before('judicialConfirmation.thirdPartyObjection', () => state.paper !== told);
  }

  await finishBeside(run, judicialConfirmationProcedure, told);
}

setWorkflowOptions(autoUpgrade, judicialConfirmation);
