import type { CaseSnapshot } from '../../domain/case/case.ts';
import { enter } from '../../domain/procedures/definition.ts';
import { negotiationProcedure } from '../../domain/procedures/negotiation.ts';
import { handOn } from '../hand-on.ts';
import { moment } from '../moment.ts';
import { openProcedure } from '../run.ts';

/** 协商, 企业劳动争议协商调解规定 第八条至第十二条. */
export async function negotiation(snapshot: CaseSnapshot): Promise<void> {
  const run = openProcedure(negotiationProcedure, enter(negotiationProcedure, snapshot, moment()));
  const { state } = run;

  // 第八条: one side asks the other to negotiate.
  await run.before('negotiation.service', () => state.servedOn !== undefined);
  // 第十条第一款: five days to answer; silence is unwillingness.
  await run.before('negotiation.response', () => state.willing !== undefined);
  // 第十条第二款、第十一条: they talk until they settle, break off, or the agreed period ends.
  await run.before('negotiation.agreedPeriod', () => false);

  await handOn(run, negotiationProcedure);
}
