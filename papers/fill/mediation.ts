import type { OpenRemedy } from '../../domain/case/remedies.ts';
import { outcomeTitle } from '../../domain/labels.ts';
import type { LegalDay } from '../../domain/time/types.ts';
import type { PaperInput } from '../data.ts';
import { chineseDay } from '../words.ts';
import { additionalOf, obligationsOf, type WrittenAgreement } from './agreement.ts';
import { baseOf, type CaseRecord, isByLabourLaw, lawOf, type PaperHead } from './case-record.ts';
import { numbered, requestsOf, requestsText } from './claims.ts';
import { everybody, ofThose, partiesOf, sidesOf } from './parties.ts';

interface Mediation extends PaperHead {
  /** The mediation organisation, as its seal has it. */
  organisation: string;
}

/** A clock's last day, as the record has it. */
export interface LastDay {
  dueOn: LegalDay;
  provisional?: boolean;
}

const lastDay = (clock: LastDay | undefined) =>
  clock === undefined ? {} : { arbitrationLastDay: clock.dueOn, provisional: clock.provisional === true };

interface ApplicationGiven extends Mediation {
  appliedOn: LegalDay;
  /** `mediation.apply`: an oral one is written down on the spot. */
  form: 'oral' | 'written';
  /** What is asked for in the applicant's words; the claims unless given. */
  requests?: string;
  factsAndReasons?: string;
  evidence?: string[];
}

/** MED-01. */
export const fillMediationApplication = (
  record: CaseRecord,
  given: ApplicationGiven,
): PaperInput<'mediationApplication'> => ({
  ...baseOf(record, given),
  ...partiesOf(record),
  ...lawOf(record),
  organisation: given.organisation,
  requests: given.requests === undefined ? requestsOf(record) : numbered([given.requests]),
  factsAndReasons: given.factsAndReasons ?? record.reason ?? '',
  evidence: numbered(given.evidence ?? []),
  appliedOn: given.appliedOn,
  oral: given.form === 'oral',
});

interface AcceptanceGiven extends Mediation {
  appliedOn: LegalDay;
  acceptedOn: LegalDay;
  mediators?: string[];
  /** Of `mediation.conclusion` and `mediation.arbitrationGate`. */
  endsOn: LegalDay;
  /** The article of the first, as its clock cites it. */
  endsSource?: string;
  arbitrationFrom?: LegalDay;
}

/** MED-02, with the two clocks of MED-07 and MED-09. */
export const fillAcceptanceNotice = (record: CaseRecord, given: AcceptanceGiven): PaperInput<'acceptanceNotice'> => ({
  ...baseOf(record, given),
  ...sidesOf(record),
  ...lawOf(record),
  addressees: everybody(record),
  organisation: given.organisation,
  appliedOn: given.appliedOn,
  acceptedOn: given.acceptedOn,
  requests: requestsOf(record),
  mediators: (given.mediators ?? []).join('、'),
  endsOn: given.endsOn,
  endsSource: given.endsSource ?? '',
  arbitrationFrom: isByLabourLaw(record) ? (given.arbitrationFrom ?? '') : '',
});

const refusalGrounds = {
  outOfScope: '该争议不属于劳动争议受理范围',
  noConsent: '一方当事人不同意调解',
  noJurisdiction: '该争议不属于本调解组织管辖',
  other: '该申请不符合受理条件',
} as const;

interface RefusalGiven extends Mediation {
  appliedOn: LegalDay;
  /** Of `mediation.decline`. */
  ground: keyof typeof refusalGrounds;
  reason: string;
  /** Where the applicant may turn to (`CaseSnapshot.remedy`). */
  remedy?: { zh: string };
  rightToArbitrate: boolean;
  limitation?: LastDay;
}

/** MED-03. */
export const fillRefusalNotice = (record: CaseRecord, given: RefusalGiven): PaperInput<'refusalNotice'> => ({
  ...baseOf(record, given),
  ...sidesOf(record),
  ...(given.rightToArbitrate ? lastDay(given.limitation) : {}),
  labourLaw: isByLabourLaw(record),
  organisation: given.organisation,
  appliedOn: given.appliedOn,
  ground: refusalGrounds[given.ground],
  reason: given.reason,
  wayOut: given.remedy?.zh ?? '',
  rightToArbitrate: given.rightToArbitrate,
});

const channels = { room: '调解室', phone: '电话', video: '视频', onSite: '现场' } as const;

interface RecordGiven extends Mediation {
  heldOn: LegalDay;
  time?: string;
  /** Of `mediation.holdSession`. */
  channel: keyof typeof channels;
  place?: string;
  mediators: string[];
  recorder?: string;
  present: string[];
  statements: Array<{ speaker: string; text: string }>;
  result: string;
  rightToArbitrate: boolean;
}

/** MED-13: what was said and what came of it. It stays in the file (`outside` of its kind). */
export const fillMediationRecord = (record: CaseRecord, given: RecordGiven): PaperInput<'mediationRecord'> => ({
  ...baseOf(record, given),
  ...partiesOf(record),
  labourLaw: isByLabourLaw(record),
  organisation: given.organisation,
  mediators: given.mediators.join('、'),
  recorder: given.recorder ?? '',
  heldOn: given.heldOn,
  time: given.time ?? '',
  place: given.place === undefined ? channels[given.channel] : `${given.place}（${channels[given.channel]}）`,
  present: given.present.join('、'),
  requests: requestsOf(record),
  statements: given.statements,
  result: given.result,
  rightToArbitrate: given.rightToArbitrate,
});

interface AgreementGiven extends Mediation {
  agreement: WrittenAgreement;
  mediators: string[];
  /** Headings of contents that a local rule asks for, by field. */
  headings?: Record<string, string>;
}

const ownPlaces = ['requests', 'result', 'performanceManner', 'facts'];

/** MED-10, with the contents of 令17 第二十六条 (L4); for the workers it covers. */
export function fillMediationAgreement(all: CaseRecord, given: AgreementGiven): PaperInput<'mediationAgreement'> {
  const { agreement, headings = {} } = given;
  const record = ofThose(all, agreement.terms.coveredWorkers);
  const { requests, result = '', performanceManner = '', facts = '' } = agreement.content;
  return {
    ...baseOf(record, given),
    ...partiesOf(record),
    ...obligationsOf(record, agreement),
    labourLaw: isByLabourLaw(record),
    forCourt: record.forCourt === true,
    organisation: given.organisation,
    mediators: given.mediators.join('、'),
    requests: requests ?? requestsText(record),
    ...{ facts, result, performanceManner },
    additional: additionalOf(agreement, ownPlaces, headings),
  };
}

interface FailureGiven extends Mediation {
  acceptedOn?: LegalDay;
  endedOn: LegalDay;
  /** Outcome of the mediation, or of the performance that was not. */
  outcome: string;
  reason?: string;
  commission?: string;
  /** `CaseSnapshot.rightToArbitrate`, and where to go otherwise. */
  rightToArbitrate: boolean;
  remedy?: { zh: string };
  /** The limitation's clock; absent where it has run out or none runs. */
  limitation?: LastDay;
  limitationRanOut?: boolean;
  /** What else is open, as `case.remedies` answers. */
  remedies?: OpenRemedy[];
}

/** MED-13, LIM-01: that it has ended, and the right to arbitrate with its last day. */
export const fillFailureNotice = (record: CaseRecord, given: FailureGiven): PaperInput<'failureNotice'> => ({
  ...baseOf(record, given),
  ...sidesOf(record),
  ...(given.rightToArbitrate ? lastDay(given.limitation) : {}),
  dispute: lawOf(record).dispute,
  rightToArbitrate: given.rightToArbitrate,
  wayOut: given.rightToArbitrate ? '' : (given.remedy?.zh ?? ''),
  addressees: everybody(record),
  organisation: given.organisation,
  acceptedOn: given.acceptedOn ?? '',
  endedOn: given.endedOn,
  ground: outcomeTitle(given.outcome).zh,
  reason: given.reason ?? '',
  commission: given.commission ?? '',
  limitationRanOut: given.limitationRanOut === true,
  otherWays: numbered((given.remedies ?? []).filter(({ remedy }) => remedy !== 'arbitration').map(remedyText)),
});

/** One way that is open: what, by which article, until when. */
export const remedyText = ({ title, article, lastDay: until, provisional }: OpenRemedy): string =>
  `${title.zh}（${article}）${
    until === undefined ? '' : `，最后一日为${chineseDay(until)}${provisional === true ? '（暂定）' : ''}`
  }。`;
