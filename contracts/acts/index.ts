import { z } from 'zod';
import { waysOfSpeakingNames } from '../../domain/guidance.ts';
import { arrearsKinds, assetBands, industries, operations } from '../../domain/procedures/assess-ability.ts';
import { confirmationCourts, confirmationPapers } from '../../domain/procedures/confirmation-application.ts';
import {
  confirmationAcceptanceGrounds,
  confirmationDismissalGrounds,
  reviewAcceptanceGrounds,
  reviewRefusalGrounds,
} from '../../domain/procedures/grounds.ts';
import type * as Negotiation from '../../domain/procedures/negotiation.ts';
import { reviewPapers } from '../../domain/procedures/review-application.ts';
import { serviceMethods } from '../../domain/service.ts';
import { agreementTerms, draftAct, termsOf } from './agreement.ts';
import { arbitrationActs } from './arbitration.ts';
import { settlementEvidenceActs } from './case.ts';
import { collectiveActs, consentedBy, signsFor } from './collective.ts';
import {
  actBase,
  agreedBy,
  freeText,
  legalDay,
  mediatorId,
  partyId,
  positiveMoney,
  proof,
  toFen,
  withReason,
} from './common.ts';
import { type ActContract, act, actOfService, actWithTime, plainFacts } from './contract.ts';
import { courtMediationActs } from './court-mediation.ts';
import { oneWindowActs } from './one-window.ts';
import { paymentOrderActs } from './payment-order.ts';
import { sealAct, signAct } from './signing.ts';

export type { ActContract };

const nothing = act({});
const because = act(withReason);

const performance = (procedure: 'settlementPerformance' | 'agreementPerformance'): Record<string, ActContract> => {
  const instalment = z.string().regex(/^o\d+\.\d+$/, '期次编号如 o1.1 / an instalment id such as o1.1');
  const payment = z.string().regex(/^p\d+$/, '付款编号如 p1 / a payment id such as p1');
  return {
    [`${procedure}.recordPayment`]: {
      schema: z
        .strictObject({
          ...actBase,
          instalment,
          amount: positiveMoney,
          paidOn: legalDay,
          evidence: z.boolean().optional().meta({ description: 'A receipt or transfer record was shown' }),
          proof,
          ref: z
            .string()
            .regex(/^[A-Za-z0-9-]{1,64}$/)
            .optional()
            .meta({ description: "The payment's own number" }),
          confirmedByPayee: z.boolean().optional(),
        })
        .refine(({ evidence, proof: kept }) => evidence !== undefined || kept !== undefined, {
          path: ['evidence'],
          message: '须写明是否出示凭证，或者写明证据编号 / say whether proof was shown, or name the piece of evidence',
        }),
      facts: (body) => {
        const { amount, evidence, ...rest } = plainFacts(body);
        return { ...rest, evidence: evidence === true || rest.proof !== undefined, amountFen: toFen(amount as number) };
      },
    },
    [`${procedure}.confirmPayment`]: act({ payment }),
    [`${procedure}.disputePayment`]: act({ ...withReason, payment }),
    [`${procedure}.confirmPerformed`]: act({ instalment }),
    [`${procedure}.reschedule`]: act({ instalment, dueOn: legalDay, agreedBy }),
    [`${procedure}.reportBreach`]: act({
      ...withReason,
      instalment,
      ground: z.enum(['refusesToPerform', 'performedWrongly']),
    }),
    [`${procedure}.urge`]: act({ instalment }),
    [`${procedure}.assessAbility`]: act({
      debtor: partyId,
      assets: z.enum(assetBands).meta({ description: 'What the debtor has, against what it still owes' }),
      arrears: z.array(z.enum(arrearsKinds)).max(arrearsKinds.length).meta({ description: 'What it owes elsewhere' }),
      operation: z.enum(operations),
      industry: z.enum(industries),
    }),
  };
};

const objection = z.string().regex(/^b\d+$/, '异议编号如 b1 / an objection id such as b1');
const session = (channels: [string, ...string[]]): ActContract =>
  act({ heldOn: legalDay, channel: z.enum(channels), summary: freeText().optional() }, (body: never) => {
    const { summary: _, ...rest } = plainFacts(body);
    return { ...rest, channel: (body as { channel: string }).channel };
  });

const application = z
  .int()
  .min(1)
  .max(999_999_999)
  .optional()
  .meta({ description: '申请书序号 The application as a paper of the case; those who agreed have then signed it' });

/** The input of every act, by the name it has in the URL. */
export const actContracts: Record<string, ActContract> = {
  ...oneWindowActs,
  ...settlementEvidenceActs,
  'negotiation.serveRequest': actOfService({
    servedOn: legalDay,
    method: z.enum([...serviceMethods, 'meeting']),
    to: partyId.optional().meta({ description: 'Whom it was served on, where it is not the first that was asked' }),
  }),
  'negotiation.respond': act({ willing: z.boolean(), form: z.enum(['oral', 'written']), party: partyId }),
  'negotiation.agreePeriod': actWithTime({ agreedBy }),
  'negotiation.extend': actWithTime({ agreedBy }),
  'negotiation.inviteHelper': act({ kind: z.enum(['union', 'representative']), for: partyId }),
  'negotiation.recordSession': session([
    'receptionDay',
    'talk',
    'hotline',
    'mailbox',
    'groupChat',
    'room',
    'phone',
    'video',
  ] satisfies Array<Negotiation.RecordSession['channel']> as [string, ...string[]]),
  'negotiation.draftSettlement': draftAct,
  'negotiation.sign': signAct({ by: partyId, ...signsFor }, { always: true }),
  'negotiation.settle': act({ ...agreementTerms, signedOn: legalDay, agreedBy, consentedBy }, (body: never) => {
    const {
      signedOn,
      agreedBy: by,
      consentedBy: of,
    } = body as Record<'signedOn' | 'agreedBy' | 'consentedBy', unknown>;
    return { ...termsOf(body), signedOn, agreedBy: by, ...(of === undefined ? {} : { consentedBy: of }) };
  }),
  'negotiation.breakOff': act({ ...withReason, party: partyId }),
  'negotiation.withdraw': act({ ...withReason, consentedBy }),
  ...performance('settlementPerformance'),
  'mediation.apply': act(
    { receivedOn: legalDay, form: z.enum(['oral', 'written']), requests: freeText().optional() },
    (body: never) => {
      const { requests: _, ...rest } = plainFacts(body);
      return rest;
    },
  ),
  'mediation.declineOffer': nothing,
  'mediation.consent': act({ party: partyId, willing: z.boolean() }),
  'mediation.accept': act({ acceptedOn: legalDay }),
  'mediation.decline': act({
    ...withReason,
    ground: z.enum(['outOfScope', 'noConsent', 'noJurisdiction', 'other']),
  }),
  'mediation.assignMediator': act({
    mediatorId,
  }),
  'mediation.holdSession': session(['room', 'phone', 'video', 'onSite']),
  'mediation.extend': actWithTime({ agreedBy }),
  'mediation.draftAgreement': draftAct,
  'mediation.sign': signAct({ by: z.union([partyId, z.literal('mediator')]), ...signsFor }),
  'mediation.seal': sealAct,
  'mediation.fail': because,
  'mediation.withdraw': act({ ...withReason, consentedBy }),
  ...performance('agreementPerformance'),
  ...courtMediationActs,
  'agreementPerformance.serveNotice': actOfService({
    servedOn: legalDay,
    method: z.enum(serviceMethods).optional(),
    to: partyId.optional().meta({ description: 'Whom it was left or put up for' }),
  }),
  'arbitrationReview.applyJointly': act(
    {
      appliedOn: legalDay,
      agreedBy,
      paper: application,
      papers: z.array(z.enum(reviewPapers)).default([]).meta({
        description: '仲裁审查申请书、调解协议、身份证明、资格证明、其他证明材料 What was handed in (JR-02)',
      }),
      serviceAddresses: z
        .array(z.strictObject({ party: partyId, address: freeText(400), phone: z.string().trim().min(3).max(32) }))
        .max(2050)
        .default([])
        .meta({ description: '送达地址、电话号码 Of everybody who applies; kept in the database only' }),
    },
    (body: Record<string, unknown>) => {
      const { serviceAddresses, ...rest } = plainFacts(body);
      return { ...rest, reachable: (serviceAddresses as Array<{ party: string }>).map(({ party }) => party) };
    },
  ),
  'arbitrationReview.accept': act({ acceptedOn: legalDay }),
  'arbitrationReview.refuseAcceptance': act({ ...withReason, ground: z.enum(reviewAcceptanceGrounds) }),
  'arbitrationReview.extend': act({ ...withReason, approvedBy: z.enum(['director', 'delegatedHead']) }),
  'arbitrationReview.issue': nothing,
  'arbitrationReview.refuse': act({ ...withReason, ground: z.enum(reviewRefusalGrounds) }),
  'arbitrationReview.recordReceipt': act({ party: partyId, receivedOn: legalDay }),
  'arbitrationReview.withdraw': because,
  'judicialConfirmation.applyJointly': act({
    appliedOn: legalDay,
    agreedBy,
    paper: application,
    court: z.enum(confirmationCourts).optional().meta({
      description:
        'Which court is asked (民事诉讼法 第二百零五条); left out: the one that invited the mediation, else the basic court of the organisation',
    }),
    papers: z.array(z.enum(confirmationPapers)).optional().meta({
      description: 'What lies with the application (民诉解释 第三百五十四条); left out: all that is needed',
    }),
  }),
  'judicialConfirmation.accept': act({ acceptedOn: legalDay }),
  'judicialConfirmation.refuseAcceptance': act({ ...withReason, ground: z.enum(confirmationAcceptanceGrounds) }),
  'judicialConfirmation.extend': actWithTime({ ...withReason, approvedBy: z.literal('president') }),
  'judicialConfirmation.confirm': nothing,
  'judicialConfirmation.dismiss': act({ ...withReason, ground: z.enum(confirmationDismissalGrounds) }),
  'judicialConfirmation.withdraw': because,
  'judicialConfirmation.recordReceipt': act({ party: partyId, receivedOn: legalDay }),
  'judicialConfirmation.object': act({
    ...withReason,
    by: z.union([partyId, z.literal('interestedParty')]),
    filedOn: legalDay,
  }),
  'judicialConfirmation.upholdObjection': act({ ...withReason, objection }),
  'judicialConfirmation.changeRuling': act({
    ...withReason,
    objection,
    without: z
      .array(z.string().regex(/^o\d+$/))
      .min(1)
      .max(1500)
      .meta({ description: 'Obligations, such as o1, that the new ruling does not confirm' }),
  }),
  'judicialConfirmation.rejectObjection': act({ ...withReason, objection }),
  ...paymentOrderActs,
  ...collectiveActs,
  ...arbitrationActs,
  'followUp.recordVisit': act({
    visitedOn: legalDay,
    asked: partyId.optional().meta({ description: 'Who was asked' }),
    how: z.enum(waysOfSpeakingNames).optional(),
    remarks: freeText().optional().meta({ description: 'What was said; kept in the database only' }),
    satisfaction: z.int().min(1).max(5).optional(),
    paidInFull: z.boolean().optional(),
  }),
  'followUp.archive': act(
    {
      incompleteBecause: freeText().optional().meta({
        description: 'Why the file is closed although something is missing; kept in the database only',
      }),
    },
    (body: Record<string, unknown>) => {
      const { incompleteBecause, ...rest } = plainFacts(body);
      return { ...rest, ...(incompleteBecause === undefined ? {} : { incomplete: true }) };
    },
  ),
  'followUp.choosePaymentOrder': nothing,
  'followUp.reopen': because,
};
