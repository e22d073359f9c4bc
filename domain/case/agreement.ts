import { firstRefusal, type Refusal, refuse } from '../refusal.ts';
import type { Instant, LegalDay } from '../time/types.ts';
import { type CaseSnapshot, type PartyId, partyOf } from './case.ts';
import { checkParty } from './known-party.ts';

/** When a part of an obligation is due: a day, or days after the agreement takes effect ("within 100 days"). */
export interface Instalment {
  id: string;
  /** In fen; 0 for what is not money. */
  amountFen: number;
  dueOn?: LegalDay;
  daysAfterEffect?: number;
}

export const obligationForms = ['money', 'certificate', 'fileTransfer', 'socialInsurance', 'otherAct'] as const;

/** One thing one party owes another under an agreement, with its own clock and proof. */
export interface Obligation {
  id: string;
  debtor: PartyId;
  creditor: PartyId;
  form: (typeof obligationForms)[number];
  /** In fen; the sum of the instalments. 0 for what is not money. */
  amountFen: number;
  instalments: Instalment[];
  /** A condition the payment was made to depend on; void as a term of payment when it may never come. */
  conditional: boolean;
}

/** What the parties agreed: terms common to a settlement (和解协议) and a mediation agreement (调解协议书). */
export interface AgreementTerms {
  /** Workers it binds; the others go on. */
  coveredWorkers: PartyId[];
  obligations: Obligation[];
  /** How many facts were conceded to reach it. The facts themselves are shielded and never come here (NEG-08). */
  concededFacts: number;
  /** Which of the contents the law or the pack asks for are stated (`contents.json`). */
  stated: string[];
}

export interface Agreement extends AgreementTerms {
  id: string;
  kind: 'settlement' | 'mediation';
  effectiveOn: LegalDay;
  effectiveAt: Instant;
}

/** Checks the terms of an agreement against the parties and the day it is made. */
export function checkTerms(
  snapshot: CaseSnapshot,
  terms: AgreementTerms,
  today: LegalDay,
  document: 'settlementAgreement' | 'mediationAgreement',
): Refusal | undefined {
  return firstRefusal(
    () => checkCovered(snapshot, terms.coveredWorkers),
    () => checkStated(snapshot.contents[document], terms.stated),
    ...terms.obligations.map((obligation, index) => () => checkObligation(snapshot, obligation, today, index)),
  );
}

/** Everyone an agreement binds: the workers it covers and whoever owes under it. */
export const boundBy = ({ coveredWorkers, obligations }: AgreementTerms): PartyId[] => [
  ...new Set([...coveredWorkers, ...obligations.map(({ debtor }) => debtor)]),
];

/** What the parties are told when they sign: a payment made to wait for something that may never come. */
export const warningsOf = ({ obligations }: AgreementTerms): { warnings?: Array<{ zh: string; en: string }> } =>
  obligations.some(({ conditional }) => conditional)
    ? {
        warnings: [
          {
            zh: '以可能永不成就的条件作为付款期限的，不能对抗劳动者；到期仍应履行。',
            en: 'A payment cannot be made to wait for something that may never come; it is due on its day.',
          },
        ],
      }
    : {};

function checkCovered(snapshot: CaseSnapshot, covered: PartyId[]): Refusal | undefined {
  if (covered.length === 0)
    return refuse('nobody-covered', '协议必须写明约束哪些劳动者。', 'The agreement must name the workers it binds.', {
      field: '/coveredWorkers',
    });
  const stranger = covered.find((id) => partyOf(snapshot, id)?.kind !== 'worker');
  return stranger === undefined
    ? undefined
    : refuse('unknown-worker', `${stranger} 不是本案劳动者。`, `${stranger} is not a worker of this case.`, {
        field: '/coveredWorkers',
      });
}

function checkStated(required: string[], stated: string[]): Refusal | undefined {
  const missing = required.find((field) => !stated.includes(field));
  return missing === undefined
    ? undefined
    : refuse('agreement-incomplete', `协议缺少内容：${missing}。`, `The agreement does not state: ${missing}.`, {
        field: `/content/${missing}`,
      });
}

function checkObligation(
  snapshot: CaseSnapshot,
  obligation: Obligation,
  today: LegalDay,
  index: number,
): Refusal | undefined {
  const at = `/obligations/${index}`;
  for (const [field, id] of [
    ['debtor', obligation.debtor],
    ['creditor', obligation.creditor],
  ] as const) {
    const stranger = checkParty(snapshot, id, `${at}/${field}`);
    if (stranger) return stranger;
  }
  if (obligation.debtor === obligation.creditor)
    return refuse(
      'same-debtor-and-creditor',
      '义务人与权利人不能是同一人。',
      'A party cannot owe an obligation to itself.',
      { field: `${at}/creditor` },
    );
  const sum = obligation.instalments.reduce((total, instalment) => total + instalment.amountFen, 0);
  if (sum !== obligation.amountFen)
    return refuse(
      'instalments-do-not-add-up',
      `各期合计 ${yuan(sum)} 元，与总额 ${yuan(obligation.amountFen)} 元不符。`,
      `The instalments add up to ${yuan(sum)} yuan, not to the amount of ${yuan(obligation.amountFen)} yuan.`,
      { field: `${at}/instalments` },
    );
  for (const [number, instalment] of obligation.instalments.entries()) {
    const field = `${at}/instalments/${number}`;
    if (instalment.dueOn === undefined && instalment.daysAfterEffect === undefined)
      return refuse(
        'term-missing',
        '每期必须写明履行日期，或者生效后的天数；以可能永不成就的条件代替期限的，期限无从计算。',
        'Each instalment needs a due day, or days after the agreement takes effect.',
        { field, source: '企业劳动争议协商调解规定 第十二条' },
      );
    if (instalment.dueOn !== undefined && instalment.dueOn < today)
      return refuse(
        'due-before-today',
        `履行日 ${instalment.dueOn} 早于今天 ${today}。`,
        `The due day ${instalment.dueOn} lies before today, ${today}.`,
        { field: `${field}/dueOn` },
      );
  }
  return undefined;
}

/** Fen as yuan with two decimals, for texts. */
export const yuan = (fen: number): string => (fen / 100).toFixed(2);
