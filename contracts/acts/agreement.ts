import { z } from 'zod';
import { type AgreementTerms, obligationForms } from '../../domain/case/agreement.ts';
import { freeText, legalDay, money, partyId, toFen } from './common.ts';
import { type ActContract, act } from './contract.ts';

const instalment = z
  .strictObject({
    amount: money.default(0),
    dueOn: legalDay.optional(),
    daysAfterEffect: z.int().nonnegative().max(3650).optional(),
  })
  .meta({ description: 'A part, due on a day or so many days after the agreement takes effect' });

const obligation = z
  .strictObject({
    debtor: partyId,
    creditor: partyId,
    form: z.enum(obligationForms).default('money'),
    /** What is owed, in words. */
    what: freeText(1000).optional(),
    amount: money.default(0),
    instalments: z.array(instalment).min(1).max(120),
    /** The payment was made to depend on something that may never happen; such a term is void. */
    conditional: z.boolean().default(false),
  })
  .superRefine(({ form, amount, instalments }, context) => {
    if (form !== 'money') return;
    const message = '金额须大于零 / must be more than nothing';
    if (amount === 0) context.addIssue({ code: 'custom', path: ['amount'], message });
    for (const [number, part] of instalments.entries())
      if (part.amount === 0) context.addIssue({ code: 'custom', path: ['instalments', number, 'amount'], message });
  });

/**
 * Every instalment is a clock that its workflow holds, and the engine takes two megabytes at a time: with 3000 a case was stuck,
 * with 2000 it was not.
 */
const MOST_INSTALMENTS = 1500;

/** The terms of a settlement or a mediation agreement, as people write them. */
export const agreementTerms = {
  coveredWorkers: z.array(partyId).max(2000),
  obligations: z
    .array(obligation)
    .max(MOST_INSTALMENTS)
    .refine(
      (list) => list.reduce((sum, { instalments }) => sum + instalments.length, 0) <= MOST_INSTALMENTS,
      `一份协议不能多于 ${MOST_INSTALMENTS} 期 / an agreement holds at most ${MOST_INSTALMENTS} instalments`,
    ),
  content: z
    // The names of the contents go to the workflow: they are names, never words.
    .record(
      z.string().regex(/^[a-z][A-Za-z0-9]{0,63}$/, '内容项的名称，如 terms / the name of a content, such as terms'),
      freeText(),
    )
    .default({})
    .meta({ description: 'The words of each content the law asks for, by field (see contents.json)' }),
  concededFacts: z
    .array(z.strictObject({ by: partyId, text: freeText() }))
    .max(200)
    .default([])
    .meta({ description: 'Facts conceded only to reach the agreement; shielded (NEG-08)' }),
};

interface WrittenTerms {
  coveredWorkers: string[];
  obligations: Array<z.output<typeof obligation>>;
  content: Record<string, string>;
  concededFacts: Array<{ by: string; text: string }>;
}

/** What the workflow gets: ids, money in fen, days; no words. Instalments are numbered `o1.1`, `o1.2`, `o2.1`. */
export function termsOf(written: WrittenTerms): AgreementTerms {
  const stated = Object.keys(written.content);
  return {
    coveredWorkers: [...new Set(written.coveredWorkers)],
    concededFacts: written.concededFacts.length,
    stated: [
      ...new Set(['parties', ...(written.obligations.length > 0 ? ['performancePeriod'] : []), ...stated]),
    ].sort(),
    obligations: written.obligations.map((one, index) => ({
      id: `o${index + 1}`,
      debtor: one.debtor,
      creditor: one.creditor,
      form: one.form,
      conditional: one.conditional,
      amountFen: toFen(one.amount),
      instalments: one.instalments.map((part, number) => ({
        id: `o${index + 1}.${number + 1}`,
        amountFen: toFen(part.amount),
        ...(part.dueOn === undefined ? {} : { dueOn: part.dueOn }),
        ...(part.daysAfterEffect === undefined ? {} : { daysAfterEffect: part.daysAfterEffect }),
      })),
    })),
  };
}

/** The contract of an act that drafts an agreement. */
export const draftAct: ActContract = act(agreementTerms, (body: never) => ({ ...termsOf(body) }));
