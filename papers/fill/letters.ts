import type { LegalDay } from '../../domain/time/types.ts';
import type { PaperInput } from '../data.ts';
import { baseOf, type CaseRecord, type PaperHead } from './case-record.ts';
import { numbered, requestsOf } from './claims.ts';
import { partiesOf, sidesOf } from './parties.ts';

interface SuggestionGiven extends PaperHead {
  commission: string;
  organisation: { name: string; address?: string; phone?: string };
  /** The day the commission got the application for arbitration. */
  appliedOn: LegalDay;
  /** Of `mediation.suggested`. */
  answerBy?: LegalDay;
}

/** MED-15: the commission suggests mediation before it docks the case. */
export const fillMediationSuggestion = (
  record: CaseRecord,
  given: SuggestionGiven,
): PaperInput<'mediationSuggestion'> => ({
  ...baseOf(record, given),
  ...sidesOf(record),
  commission: given.commission,
  organisation: given.organisation.name,
  organisationAddress: given.organisation.address ?? '',
  organisationPhone: given.organisation.phone ?? '',
  appliedOn: given.appliedOn,
  requests: requestsOf(record),
  answerBy: given.answerBy ?? '',
});

interface TransferGiven extends PaperHead {
  from: string;
  to: string;
  reason: string;
  /** Titles of the papers that go with it. */
  papers: string[];
  /** Of `case.transferAnswer`. */
  answerBy?: LegalDay;
}

/** POL-01: the case goes to the body that is to have it. */
export function fillTransferLetter(record: CaseRecord, given: TransferGiven): PaperInput<'transferLetter'> {
  const { applicants, respondents } = partiesOf(record);
  return {
    ...baseOf(record, given),
    ...sidesOf(record),
    ...{ applicants, respondents, from: given.from, to: given.to, reason: given.reason },
    receivedOn: record.registeredOn,
    requests: requestsOf(record),
    papers: numbered(given.papers),
    answerBy: given.answerBy ?? '',
  };
}
