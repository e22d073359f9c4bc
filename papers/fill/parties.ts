import type { PartyId, Side } from '../../domain/case/case.ts';
import type { CaseRecord, PartyRecord } from './case-record.ts';

/** How many are named before the rest is counted: 黄某某等 142 人. */
const MOST_NAMED = 3;

const isPerson = ({ kind }: PartyRecord): boolean => kind === 'worker' || kind === 'individual';

/** A party as a paper introduces it. */
const person = (party: PartyRecord) => ({
  name: party.name,
  identityLabel: isPerson(party) ? '公民身份号码' : '统一社会信用代码',
  identity: party.idNumber ?? '',
  address: party.address ?? '',
  phone: party.phone ?? '',
});

export const onSide = (record: CaseRecord, side: Side): PartyRecord[] =>
  record.parties.filter((party) => party.side === side);

/** Names in one line: all of a few, the first and the number of many. */
export function namesOf(parties: Array<{ name: string }>): string {
  const [first] = parties;
  return first === undefined || parties.length <= MOST_NAMED
    ? parties.map(({ name }) => name).join('、')
    : `${first.name}等${parties.length}人`;
}

export function nameOf({ parties }: CaseRecord, id: PartyId): string {
  const found = parties.find((party) => party.id === id);
  if (found === undefined) throw new RangeError(`no party ${id} in the record`);
  return found.name;
}

/** A record of the parties to an agreement alone: the workers it covers, and everybody else. */
export const ofThose = (record: CaseRecord, workers: PartyId[]): CaseRecord => ({
  ...record,
  parties: record.parties.filter(({ id, kind }) => kind !== 'worker' || workers.includes(id)),
  claims: record.claims.filter(({ worker }) => workers.includes(worker)),
});

/** Both sides of a case, one by one, and who was chosen to speak. */
export const partiesOf = (record: CaseRecord) => ({
  applicants: onSide(record, 'applicant').map(person),
  respondents: onSide(record, 'respondent').map(person),
  representatives: (record.representatives ?? [])
    .filter((id) => record.parties.some((party) => party.id === id))
    .map((id) => nameOf(record, id))
    .join('、'),
});

/** Both sides in one line each. */
export const sidesOf = (record: CaseRecord) => ({
  applicantNames: namesOf(onSide(record, 'applicant')),
  respondentNames: namesOf(onSide(record, 'respondent')),
});

/** Everybody a notice goes to. */
export const everybody = (record: CaseRecord): string => {
  const { applicantNames, respondentNames } = sidesOf(record);
  return `${applicantNames}、${respondentNames}`;
};
