import { z } from 'zod';
import { legalDay } from './acts/common.ts';

/** The case in the system of the one who sends it. */
export const sendersNumber = z
  .string()
  .regex(/^[A-Za-z0-9-]{1,64}$/, '对方系统中的编号 / the number in the system of the sender')
  .optional()
  .meta({ description: 'The case in the system of the sender; never a name' });

const sent = {
  ref: sendersNumber,
  receivedOn: legalDay.meta({ description: 'The day on which the sender handed the case over' }),
  online: z.boolean().optional().meta({ description: 'By way of the mediation platform of the court' }),
};

/** Who sent the case to mediation, and how: 委派（立案前）、委托（立案后）、调解建议. */
export const referral = z
  .discriminatedUnion('by', [
    z.strictObject({
      by: z.literal('court'),
      kind: z.enum(['delegated', 'entrusted']),
      trial: z.enum(['ordinary', 'simple']).optional(),
      ...sent,
    }),
    z.strictObject({
      by: z.literal('arbitration'),
      kind: z.enum(['suggested', 'entrusted']),
      consentedOn: legalDay
        .optional()
        .meta({ description: 'The day on which both parties agreed to be entrusted; MED-16 counts from it' }),
      ...sent,
    }),
  ])
  .refine((value) => value.by !== 'court' || (value.kind === 'entrusted') === (value.trial !== undefined), {
    path: ['trial'],
    message:
      '委托调解须写明审理程序，委派不写 / the procedure of the trial, where the court has filed the case, and only there',
  })
  .refine((value) => value.by !== 'arbitration' || (value.kind === 'entrusted') === (value.consentedOn !== undefined), {
    path: ['consentedOn'],
    message:
      '仲裁委托调解须写明双方同意之日，调解建议不写 / the day both agreed, where the tribunal entrusted the case, and only there',
  })
  .refine((value) => value.by !== 'arbitration' || (value.consentedOn ?? value.receivedOn) <= value.receivedOn, {
    path: ['consentedOn'],
    message: '委托以双方同意为前提，同意在先 / both must have agreed before the case was entrusted',
  });
