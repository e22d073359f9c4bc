import type { CaseSnapshot } from '../../domain/case/case.ts';
import { enter } from '../../domain/procedures/definition.ts';
import { mediationProcedure } from '../../domain/procedures/mediation.ts';
import { isMediatedFirst } from '../../domain/procedures/mediation-referral.ts';
import { tellMediatedFirst } from '../beside.ts';
import { handOn } from '../hand-on.ts';
import { moment } from '../moment.ts';
import { openProcedure } from '../run.ts';

/** 调解, 劳动争议调解仲裁法 第十条至第十六条; 企业劳动争议协商调解规定 第二十一条至第三十条. */
export async function mediation(snapshot: CaseSnapshot): Promise<void> {
  const run = openProcedure(mediationProcedure, enter(mediationProcedure, snapshot, moment()));
  const { state } = run;

  // 第十二条: the applicant may turn to mediation; out of a settlement not performed the application is there already.
  await run.before('mediation.offer', () => state.receivedOn !== undefined);
  // 第二十二条: both sides must agree; silence is no consent.
  await run.before('mediation.consent', () => state.stage !== 'consenting' && state.stage !== 'offered');
  // 办案规则 第六十九条: both agreed, the commission that sent the case waits with its acceptance.
  if (isMediatedFirst(state)) await tellMediatedFirst(state.case.caseNo);
  // 第二十二条: accepted within three working days of receipt.
  await run.before('mediation.acceptance', () => state.acceptedOn !== undefined);
  // 第二十九条: ended within fifteen days of acceptance, unless both extend; signed and sealed it takes effect.
  await run.before('mediation.conclusion', () => false);

  await handOn(run, mediationProcedure);
}
