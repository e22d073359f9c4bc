import { type AgreementTerms, type Instalment, type Obligation, yuan } from '../../domain/case/agreement.ts';
import type { LegalDay } from '../../domain/time/types.ts';
import { chineseDay, moneyInWords } from '../words.ts';
import type { CaseRecord } from './case-record.ts';
import { nameOf } from './parties.ts';

/** An agreement with its words: the terms in ids and fen, what each obligation is, and each content under its name. */
export interface WrittenAgreement {
  terms: AgreementTerms;
  /** In words, by the obligation's id. */
  what: Record<string, string>;
  content: Record<string, string>;
}

/** The words of the act that made it, as `acts.words` keeps them; facts that were conceded are not among them (NEG-08). */
export interface AgreementWords {
  content?: Record<string, string>;
  obligations?: Record<string, string>;
}

/** Puts the terms that the case holds together with the words that the database keeps of them. */
export const writtenAgreement = (
  terms: AgreementTerms,
  { content = {}, obligations = {} }: AgreementWords,
): WrittenAgreement => ({ terms, content, what: obligations });

const forms: Record<Obligation['form'], string> = {
  money: '给付款项',
  certificate: '出具解除或者终止劳动合同的证明',
  fileTransfer: '办理档案和社会保险关系转移手续',
  socialInsurance: '办理社会保险事项',
  otherAct: '其他义务',
};

const dueText = ({ dueOn, daysAfterEffect }: Pick<Instalment, 'dueOn' | 'daysAfterEffect'>): string =>
  dueOn !== undefined
    ? `${chineseDay(dueOn)}前`
    : daysAfterEffect === undefined
      ? ''
      : `自协议生效之日起${daysAfterEffect}日内`;

/** Days on which parts are due, where they are known by now: by the clocks of the performance. */
export type DueDays = Record<string, LegalDay>;

/** A line for each part of what is owed, and the sum of the money. */
export function obligationsOf(record: CaseRecord, { terms, what }: WrittenAgreement, due: DueDays = {}) {
  const obligations = terms.obligations.flatMap((obligation) =>
    obligation.instalments.map((part) => ({
      debtor: nameOf(record, obligation.debtor),
      creditor: nameOf(record, obligation.creditor),
      what: what[obligation.id] ?? forms[obligation.form],
      amount: obligation.form === 'money' ? yuan(part.amountFen) : '',
      due: dueText({ ...part, ...(due[part.id] === undefined ? {} : { dueOn: due[part.id] }) }),
    })),
  );
  const fen = terms.obligations.reduce((sum, { form, amountFen }) => sum + (form === 'money' ? amountFen : 0), 0);
  return {
    obligations: obligations.map((one, index) => ({ no: String(index + 1), ...one })),
    hasMoney: fen > 0,
    total: fen > 0 ? yuan(fen) : '',
    totalInWords: fen > 0 ? moneyInWords(fen) : '',
  };
}

/** Contents beyond those the template has a place for, each with the heading that the rule which asks for it gives. */
export const additionalOf = (
  { content }: WrittenAgreement,
  known: string[],
  headings: Record<string, string>,
): Array<{ field: string; title: string; text: string }> =>
  Object.entries(content)
    .filter(([field]) => !known.includes(field))
    .map(([field, text]) => ({ field, title: headings[field] ?? '其他约定', text }));
