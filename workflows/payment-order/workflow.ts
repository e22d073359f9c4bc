import { setWorkflowOptions } from '@temporalio/workflow';
import type { CaseSnapshot } from '../../domain/case/case.ts';
import { enter } from '../../domain/procedures/definition.ts';
import { paymentOrderProcedure } from '../../domain/procedures/payment-order.ts';
import { handOn } from '../hand-on.ts';
import { moment } from '../moment.ts';
import { openProcedure } from '../run.ts';
import { autoUpgrade } from '../versioning.ts';

/** 支付令, 民事诉讼法 第二百二十五条至第二百二十八条; 劳动争议调解仲裁法 第十六条; 劳动合同法 第三十条. */
export async function paymentOrder(snapshot: CaseSnapshot): Promise<void> {
  const run = openProcedure(paymentOrderProcedure, enter(paymentOrderProcedure, snapshot, moment()));
  const { state } = run;

  // The application is filled in; the worker confirms it or chooses otherwise, and silence is no application.
  await run.before('paymentOrder.offer', () => state.appliedOn !== undefined);
  // 第二百二十六条: taken or not within five days.
  await run.before('paymentOrder.acceptance', () => state.acceptedOn !== undefined);
  // 第二百二十七条第一款: issued or rejected within fifteen days.
  await run.before('paymentOrder.issue', () => state.issuedOn !== undefined);
  // 民诉解释 第四百三十条: served within thirty days, or the procedure ends.
  await run.before('paymentOrder.service', () => state.servedOn !== undefined);
  // 第二百二十七条第二款、第三款: paid, objected to in writing within fifteen days, or enforceable.
  await run.before('paymentOrder.objection', () => state.objectedOn !== undefined);
  // 第二百二十八条: void by the objection; a suit follows unless it is declined within seven days of the ruling.
  await run.before('paymentOrder.suitDeclined', () => false);

  await handOn(run, paymentOrderProcedure);
}

setWorkflowOptions(autoUpgrade, paymentOrder);
