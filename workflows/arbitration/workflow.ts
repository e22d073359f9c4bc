import { setWorkflowOptions } from '@temporalio/workflow';
import type { BesideInput } from '../../contracts/record.ts';
import type { ArbitrationOpening } from '../../domain/case/case.ts';
import { arbitrationProcedure, watchAfterArbitration, watchQuestion } from '../../domain/procedures/arbitration.ts';
import { FINALITY, finalityQuestions, judgeFinality } from '../../domain/procedures/arbitration-award.ts';
import { inForceFor } from '../../domain/procedures/arbitration-shares.ts';
import { type ArbitrationState, sides } from '../../domain/procedures/arbitration-state.ts';
import { openBeside } from '../beside.ts';
import { endBesideRun } from '../finish-beside.ts';
import { moment } from '../moment.ts';
import { openProcedure, type Run } from '../run.ts';
import { autoUpgrade } from '../versioning.ts';
import { hearOfChain } from './hear-of-chain.ts';

/** 仲裁结果登记, 劳动争议调解仲裁法 第二十九条至第五十一条. The hearing is the commission's; what comes of it is recorded. */
export async function arbitration({ snapshot, ...opening }: BesideInput<ArbitrationOpening>): Promise<void> {
  const run = openProcedure(arbitrationProcedure, arbitrationProcedure.beginWith(snapshot, opening, moment()));
  const { state } = run;
  // 办案规则 第六十九条、第七十条: sent to mediation, the case comes back with what came of it.
  hearOfChain(run);

  // 第二十九条: taken or not within five days; refused or unanswered, the applicant may sue, and what comes of it ends the record.
  await run.before('arbitration.acceptance', () => state.docketedOn !== undefined);
  // 第四十三条: awarded within forty-five days of acceptance, fifteen more with approval; late, the parties may sue.
  await run.before('arbitration.award', () => state.stage === 'awarded');
  if (state.stage === 'awarded') {
    // 第四十七条: which of it is final.
    const decisions = await run.ask(finalityQuestions(state));
    await run.commit({
      dedup: `finality:${state.run}`,
      event: {
        type: 'arbitration.finalityJudged',
        title: { zh: '判断是否一裁终局', en: 'Whether the award is final' },
        legalRef: 'FIN-01',
        source: FINALITY,
      },
      effects: judgeFinality(state, decisions, moment()),
      decisions,
    });
  }
  // 第四十八条至第五十条: sued, set aside or in force, for each party from the day on which it received the award.
  await run.before('arbitration.receipt', () => inForceFor(state).length > 0);
  // 解释（一） 第十七条: in force for those who did not sue, it may be enforced while the others wait for a court.
  if (state.outcome === undefined) await watchOn(run);
  await run.before('arbitration.court', () => false);

  await endBesideRun(run, arbitrationProcedure, { tell: sides.map((to) => ({ template: 'result', to })) });
  await watchOn(run);
  await run.quiet();
}

/** Hands on what is to be watched: a limitation that goes on, or the time to enforce. */
async function watchOn({ state, ask }: Run<ArbitrationState>): Promise<void> {
  const watch = watchAfterArbitration(state, await ask(watchQuestion(state)), moment());
  if (watch) await openBeside(state.case, watch);
}

setWorkflowOptions(autoUpgrade, arbitration);
