import { z } from 'zod';
import {
  objectionGrounds,
  orderAcceptanceGrounds,
  orderConditions,
  orderEvidence,
  orderRejectionGrounds,
} from '../../domain/procedures/payment-order-state.ts';
import { freeText, legalDay, partyId, positiveMoney, toFen, withReason } from './common.ts';
import { type ActContract, act, plainFacts } from './contract.ts';

const onDay = act({ on: legalDay });
const nothing = act({});

/** The acts of a payment order 支付令. */
export const paymentOrderActs: Record<string, ActContract> = {
  'paymentOrder.apply': act(
    {
      appliedOn: legalDay,
      amount: positiveMoney.meta({ description: 'What is asked for, in yuan; at most what is due and unpaid' }),
      summary: freeText().meta({ description: '所根据的事实 The facts it rests on (民事诉讼法 第二百二十五条第二款)' }),
      evidence: z.array(z.enum(orderEvidence)).min(1),
      ...Object.fromEntries(
        Object.entries(orderConditions).map(([name, { zh, en, source }]) => [
          name,
          z.boolean().meta({ description: `false: ${zh} ${en} (${source})` }),
        ]),
      ),
    },
    (body: Record<string, unknown>) => {
      const { amount, summary: _, ...rest } = plainFacts(body);
      return { ...rest, amountFen: toFen(amount as number) };
    },
  ),
  'paymentOrder.declineOffer': nothing,
  'paymentOrder.accept': onDay,
  'paymentOrder.refuseAcceptance': act({ ...withReason, ground: z.enum(orderAcceptanceGrounds) }),
  'paymentOrder.issue': onDay,
  'paymentOrder.reject': act({ ...withReason, ground: z.enum(orderRejectionGrounds) }),
  'paymentOrder.recordService': onDay,
  'paymentOrder.object': act(
    {
      party: partyId,
      filedOn: legalDay,
      form: z.enum(['oral', 'written']),
      ground: z.enum(objectionGrounds),
      disputedAmount: positiveMoney.optional(),
    },
    (body: Record<string, unknown>) => {
      const { disputedAmount, ...rest } = plainFacts(body);
      return { ...rest, ...(disputedAmount === undefined ? {} : { disputedFen: toFen(disputedAmount as number) }) };
    },
  ),
  'paymentOrder.recordPayment': act(
    { amount: positiveMoney, paidOn: legalDay, ref: z.string().regex(/^[A-Za-z0-9-]{1,64}$/) },
    (body: Record<string, unknown>) => {
      const { amount, ...rest } = plainFacts(body);
      return { ...rest, amountFen: toFen(amount as number) };
    },
  ),
  'paymentOrder.recordRuling': onDay,
  'paymentOrder.declineSuit': nothing,
  'paymentOrder.terminate': act({ ...withReason, ground: z.enum(['suedElsewhere', 'withdrawnBeforeReceipt']) }),
};
