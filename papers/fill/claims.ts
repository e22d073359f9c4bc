import { yuan } from '../../domain/case/agreement.ts';
import type { ClaimKind, ClaimSubject } from '../../domain/case/case.ts';
import type { CaseRecord, ClaimRecord } from './case-record.ts';
import { nameOf, namesOf } from './parties.ts';

const subjects: Record<Exclude<ClaimSubject, 'other'>, string> = {
  wages: '劳动报酬',
  workInjuryMedical: '工伤医疗费',
  economicCompensation: '经济补偿',
  damages: '赔偿金',
  doubleWage: '未订立书面劳动合同的二倍工资',
  overtime: '加班费',
  socialInsurance: '社会保险',
  fileTransfer: '档案和社会保险关系转移手续',
  contractPenalty: '违约金',
  serviceFee: '劳务报酬',
};

/** 调解仲裁法 第二条, where a claim has no subject of its own. */
const kinds: Record<ClaimKind, string> = {
  relationship: '确认劳动关系',
  contract: '订立、履行、变更、解除和终止劳动合同',
  dismissal: '除名、辞退和辞职、离职',
  conditions: '工作时间、休息休假、社会保险、福利、培训以及劳动保护',
  pay: '劳动报酬、工伤医疗费、经济补偿或者赔偿金等',
  other: '其他劳动争议',
};

export const subjectText = ({ subject, kind }: Pick<ClaimRecord, 'subject' | 'kind'>): string =>
  subject === 'other' ? kinds[kind] : subjects[subject];

/** A list as papers number it. */
export const numbered = (texts: string[]) => texts.map((text, index) => ({ no: index + 1, text }));

/** What the dispute is about, in a few words: 劳动报酬、经济补偿争议. */
export const matterOf = ({ claims }: CaseRecord): string => `${[...new Set(claims.map(subjectText))].join('、')}争议`;

/** What is asked for. Workers who ask for the same are taken together, each with the sum that is due to him. */
export function requestsOf(record: CaseRecord) {
  const alike = new Map<string, ClaimRecord[]>();
  for (const claim of record.claims) {
    const key = JSON.stringify([subjectText(claim), claim.amountFen, claim.text]);
    alike.set(key, [...(alike.get(key) ?? []), claim]);
  }
  return numbered([...alike.values()].map((claims) => requestText(record, claims)));
}

function requestText(record: CaseRecord, claims: ClaimRecord[]): string {
  const [claim] = claims as [ClaimRecord, ...ClaimRecord[]];
  const workers = [...new Set(claims.map(({ worker }) => worker))].map((worker) => ({ name: nameOf(record, worker) }));
  const each = workers.length > 1 ? '每人' : '';
  const sum = claim.amountFen === undefined ? '' : `，${each}人民币${yuan(claim.amountFen)}元`;
  return `${namesOf(workers)}：${subjectText(claim)}${sum}${claim.text === undefined ? '' : `（${claim.text}）`}`;
}

/** The requests in one text, where a paper has no list of them. */
export const requestsText = (record: CaseRecord): string =>
  requestsOf(record)
    .map(({ no, text }) => `${no}．${text}`)
    .join('\n');
