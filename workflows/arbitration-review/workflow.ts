import type { BesideInput } from '../../contracts/record.ts';
import type { PaperOpening } from '../../domain/case/case.ts';
import { arbitrationReviewProcedure } from '../../domain/procedures/arbitration-review.ts';
import { finishBeside } from '../finish-beside.ts';
import { moment } from '../moment.ts';
import { openProcedure } from '../run.ts';

/** 仲裁审查, 劳动人事争议仲裁办案规则 第七十四条至第七十九条. Runs beside the performance of the agreement. */
export async function arbitrationReview({ snapshot, attempt, appliedOn }: BesideInput<PaperOpening>): Promise<void> {
  const run = openProcedure(
    arbitrationReviewProcedure,
    arbitrationReviewProcedure.beginWith(snapshot, { attempt, appliedOn }, moment()),
  );
  const { state } = run;

  // 第七十五条: accepted "in time", or not on one of five grounds.
  await run.before('arbitrationReview.acceptance', () => state.docketedOn !== undefined);
  // 第七十六条: reviewed within five working days, once five more with approval.
  await run.before('arbitrationReview.review', () => state.stage === 'issued');
  // 第七十七条: takes effect when both have signed for it.
  await run.before('arbitrationReview.receipt', () => false);

  await finishBeside(run, arbitrationReviewProcedure);
}
