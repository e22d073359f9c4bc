import type { BesideInput } from '../../contracts/record.ts';
import { judicialConfirmationProcedure } from '../../domain/procedures/judicial-confirmation.ts';
import { finishBeside } from '../finish-beside.ts';
import { moment, openProcedure } from '../run.ts';

/** 司法确认, 民事诉讼法 第二百零五条、第二百零六条. Runs beside the performance of the agreement. */
export async function judicialConfirmation({ snapshot, attempt, appliedOn }: BesideInput): Promise<void> {
  const run = openProcedure(
    judicialConfirmationProcedure,
    judicialConfirmationProcedure.beginWith(snapshot, { attempt, appliedOn }, moment()),
  );
  const { state } = run;

  // 司法确认程序规定 第四条: docketed or not within three days.
  await run.before('judicialConfirmation.acceptance', () => state.docketedOn !== undefined);
  // 民事诉讼法 第一百八十七条: ruled on within thirty days of docketing.
  await run.before('judicialConfirmation.ruling', () => false);

  await finishBeside(run, judicialConfirmationProcedure);
}
