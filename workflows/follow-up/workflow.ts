import type { CaseSnapshot } from '../../domain/case/case.ts';
import { enter } from '../../domain/procedures/definition.ts';
import { followUpProcedure } from '../../domain/procedures/follow-up.ts';
import { handOn } from '../hand-on.ts';
import { moment } from '../moment.ts';
import { openProcedure } from '../run.ts';

/** 回访与归档, 人社部发〔2022〕71号 第十二条. */
export async function followUp(snapshot: CaseSnapshot): Promise<void> {
  const run = openProcedure(followUpProcedure, enter(followUpProcedure, snapshot, moment()));
  const { state } = run;

  await run.before('followUp.visit', () => state.stage !== 'visiting');
  await run.before('followUp.archive', () => false);

  await handOn(run, followUpProcedure);
}
