import type { CaseSnapshot } from '../../domain/case/case.ts';
import { courtMediationProcedure } from '../../domain/procedures/court-mediation.ts';
import { enter } from '../../domain/procedures/definition.ts';
import { handOn } from '../hand-on.ts';
import { moment } from '../moment.ts';
import { openProcedure } from '../run.ts';

/** 法院委派、委托调解, 民事诉讼法 第一百二十五条; 人民法院特邀调解的规定; 人民法院在线调解规则. */
export async function preLitigationMediation(snapshot: CaseSnapshot): Promise<void> {
  const run = openProcedure(courtMediationProcedure, enter(courtMediationProcedure, snapshot, moment()));
  const { state } = run;

  // 在线调解规则 第十二条: taken within three working days, or the next organisation is asked, until none is left.
  await run.before('preLitigationMediation.taking', () => state.takenOn !== undefined);
  // 第十五条: the other side is notified within three working days of the taking, and asked whether it is willing.
  await run.before('preLitigationMediation.invitation', () => state.stage !== 'inviting');
  await run.before('preLitigationMediation.consent', () => state.stage !== 'consenting');
  // 第十条: both choose the mediator within two working days, else the court names one within three.
  await run.before('preLitigationMediation.mediatorChoice', () => state.stage !== 'choosing');
  await run.before('preLitigationMediation.mediatorNaming', () => state.mediatorId !== undefined);
  // 特邀调解规定 第二十七条: thirty days before filing; fifteen after it, seven in the simple procedure; longer if both agree.
  await run.before('preLitigationMediation.conclusion', () => false);

  await handOn(run, courtMediationProcedure);
}
