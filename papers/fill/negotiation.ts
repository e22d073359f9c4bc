import { lengthText } from '../../domain/time/lengths.ts';
import type { Unit } from '../../domain/time/types.ts';
import type { PaperInput } from '../data.ts';
import { additionalOf, obligationsOf, type WrittenAgreement } from './agreement.ts';
import { baseOf, type CaseRecord, lawOf, type PaperHead } from './case-record.ts';
import { matterOf, requestsOf } from './claims.ts';
import { namesOf, ofThose, onSide, partiesOf } from './parties.ts';

interface RequestGiven extends PaperHead {
  /** The length of `negotiation.response` under the case's rules. */
  answer: { amount: number; unit: Unit };
  /** How and where the other side may answer. */
  reply?: string;
}

/** NEG-01, NEG-03: one side asks the other to negotiate. */
export const fillNegotiationRequest = (record: CaseRecord, given: RequestGiven): PaperInput<'negotiationRequest'> => ({
  ...baseOf(record, given),
  ...partiesOf(record),
  ...lawOf(record),
  addressees: namesOf(onSide(record, 'respondent')),
  matter: record.reason ?? matterOf(record),
  requests: requestsOf(record),
  answerWithin: lengthText(given.answer.amount, given.answer.unit).zh.replaceAll(' ', ''),
  reply: given.reply ?? '',
});

interface SettlementGiven extends PaperHead {
  agreement: WrittenAgreement;
  /** Headings of contents that a local rule asks for, by field. */
  headings?: Record<string, string>;
}

const chineseNumerals = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];

/** NEG-06: what both agreed without a third; for the workers it covers. */
export function fillSettlementAgreement(all: CaseRecord, given: SettlementGiven): PaperInput<'settlementAgreement'> {
  const { agreement, headings = {} } = given;
  const record = ofThose(all, agreement.terms.coveredWorkers);
  const copies = record.parties.length;
  return {
    ...baseOf(record, given),
    ...partiesOf(record),
    ...lawOf(record),
    ...obligationsOf(record, agreement),
    matter: agreement.content.matter ?? '',
    terms: agreement.content.terms ?? '',
    additional: additionalOf(agreement, ['matter', 'terms'], headings),
    // One for each party.
    copies: chineseNumerals[copies] ?? String(copies),
  };
}
