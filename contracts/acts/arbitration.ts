import { z } from 'zod';
import { claimSubjects } from '../../domain/case/case.ts';
import { setAsideGrounds, statedFinalities } from '../../domain/procedures/arbitration-state.ts';
import { interruptions, reliefBodies } from '../../domain/procedures/case-acts/record-interruption.ts';
import { serviceMethods } from '../../domain/service.ts';
import { sendersNumber } from '../referral.ts';
import { agreedBy, legalDay, partyId, positiveMoney, toFen, withReason } from './common.ts';
import { type ActContract, act, actOfService } from './contract.ts';

const onDay = act({ on: legalDay });
const filing = act({ party: partyId, filedOn: legalDay });
const interruption = act({
  on: legalDay,
  kind: z.enum(interruptions),
  body: z.enum(reliefBodies).optional().meta({ description: '向哪一部门请求救济 Where relief was sought' }),
});
const sentToMediation = {
  ref: sendersNumber,
  receivedOn: legalDay.meta({ description: 'The day on which the commission handed the case over' }),
};
const document = z.enum(['a1', 'a2']).meta({ description: '裁决书编号 Which of the award documents' });

const item = z.strictObject({
  claim: z
    .string()
    .regex(/^c[1-9]\d*$/, '请求编号如 c1 / a claim id such as c1')
    .optional(),
  subject: z.enum(claimSubjects),
  standards: z
    .boolean()
    .default(false)
    .meta({ description: '因执行国家劳动标准发生的争议 About national labour standards (第四十七条第（二）项)' }),
  creditor: partyId.meta({ description: 'The party to whom it is awarded' }),
  amount: positiveMoney.optional(),
});

interface WrittenAward {
  awardedOn: string;
  monthlyMinimumWage: number;
  documents: Array<{ stated: string; items: Array<z.output<typeof item>> }>;
}

/** The acts that record what comes of an arbitration 仲裁, and those of the watch over its limitation 时效. */
export const arbitrationActs: Record<string, ActContract> = {
  'case.recordInterruption': interruption,
  'case.recordArbitration': filing,
  'arbitration.recordDocketed': onDay,
  'arbitration.recordRefusal': act({ ...withReason, on: legalDay }),
  'arbitration.suggestMediation': act(sentToMediation),
  'arbitration.entrustMediation': act({
    ...sentToMediation,
    agreedBy,
    consentedOn: legalDay.meta({ description: 'The day on which both agreed to be entrusted; MED-16 counts from it' }),
  }),
  'arbitration.extend': act({ ...withReason, days: z.int().min(1).max(15) }),
  'arbitration.recordWithdrawal': act(withReason),
  'arbitration.recordAward': act(
    {
      awardedOn: legalDay,
      monthlyMinimumWage: positiveMoney.meta({
        description: '当地月最低工资标准，由登记人写明 The local monthly minimum wage, as the clerk states it',
      }),
      documents: z
        .array(z.strictObject({ stated: z.enum(statedFinalities), items: z.array(item).min(1).max(500) }))
        .min(1)
        .max(2)
        .meta({
          description: '终局与非终局分别制作 Final and other items are put in two documents (办案规则 第五十条)',
        }),
    },
    (body: WrittenAward) => ({
      awardedOn: body.awardedOn,
      monthlyMinimumFen: toFen(body.monthlyMinimumWage),
      documents: body.documents.map(({ stated, items }) => ({
        stated,
        items: items.map(({ amount, ...rest }) => ({
          ...rest,
          ...(amount === undefined ? {} : { amountFen: toFen(amount) }),
        })),
      })),
    }),
  ),
  'arbitration.recordReceipt': actOfService({
    ...{ document, party: partyId, receivedOn: legalDay },
    method: z.enum(serviceMethods).optional().meta({ description: 'Left or put up, receivedOn is the day of that' }),
  }),
  'arbitration.recordSuit': act({ document: document.optional(), party: partyId, filedOn: legalDay }),
  'arbitration.recordSuitEnded': act({
    document: document.optional(),
    party: partyId.optional().meta({ description: 'Whose suit, where those of several workers are pending' }),
    how: z.enum(['dismissed', 'withdrawn', 'judged']),
    receivedOn: legalDay,
  }),
  'arbitration.applyToSetAside': act({ document, party: partyId, filedOn: legalDay, ground: z.enum(setAsideGrounds) }),
  'arbitration.recordSetAsideRuling': act({
    document,
    setAside: z.boolean(),
    applicantReceivedOn: legalDay,
    respondentReceivedOn: legalDay,
    apart: z
      .array(z.strictObject({ party: partyId, receivedOn: legalDay }))
      .min(1)
      .optional()
      .meta({ description: 'Those who received the ruling on another day than their side' }),
  }),
  'limitationWatch.recordInterruption': interruption,
  'limitationWatch.recordArbitration': filing,
  'limitationWatch.recordFiling': act({ kind: z.enum(['suit', 'enforcement']), filedOn: legalDay }),
  'limitationWatch.recordPaid': act({ paidOn: legalDay }),
  'limitationWatch.reopen': act(withReason),
};
