import type { Bilingual } from './time/types.ts';

/** Every reason for which the law or the state of a case refuses an act. Stable: clients may switch on them. */
export const refusalCodes = [
  'act-not-open',
  'procedure-closing',
  'stale',
  'deadline-passed',
  'already-done',
  'unknown-party',
  'wrong-side',
  'both-sides-needed',
  'signature-missing',
  'nobody-covered',
  'unknown-worker',
  'same-debtor-and-creditor',
  'instalments-do-not-add-up',
  'due-before-today',
  'day-in-the-future',
  'day-too-early',
  'term-missing',
  'unknown-instalment',
  'instalment-closed',
  'overpayment',
  'payment-already-recorded',
  'unknown-payment',
  'payment-closed',
  'extension-used-up',
  'consent-missing',
  'mediator-missing',
  'agreement-incomplete',
  'already-signed',
  'paper-superseded',
  'signature-by-own-account',
  'route-not-available',
  'route-taken',
  'unknown-objection',
  'objection-pending',
  'more-than-owed',
  'evidence-missing',
  'paper-missing',
  'order-not-available',
  'disputed-part',
  'order-received',
  'wrong-court',
  'unknown-obligation',
  'nothing-confirmed',
  'nothing-to-interrupt',
  'mediated-before',
  'transfer-waiting',
  'transfer-answered',
  'wrong-body',
  'own-region',
  'nobody-left',
  'same-case',
  'other-employer',
  'other-case-closed',
  'case-merged',
  'agreement-stands',
  'cases-not-alike',
  'parties-fixed',
  'already-a-party',
  'no-common-claim',
  'case-too-large',
  'not-collective',
  'number-of-representatives',
  'not-of-the-group',
  'represented-consent-missing',
  'member-missing',
  'report-missing',
  'unknown-claim',
  'unknown-award',
  'right-not-open',
  'over-age-claims-mixed',
  'archive-incomplete',
  'same-release',
  'clock-not-countable',
  'clock-over-at-once',
] as const;

export type RefusalCode = (typeof refusalCodes)[number];

/** An expected "no": why an act cannot be done now, in both languages, with the field and the article where there is one. */
export interface Refusal extends Bilingual {
  code: RefusalCode;
  /** JSON pointer into the act's input. */
  field?: string;
  /** Article the refusal rests on, as cited. */
  source?: string;
}

/** Builds a refusal; one line where it is used. */
export function refuse(
  code: RefusalCode,
  zh: string,
  en: string,
  more: { field?: string; source?: string } = {},
): Refusal {
  return { code, zh, en, ...more };
}

/** The first refusal of a list of checks, in order; later checks run only when the earlier ones pass. */
export function firstRefusal(...checks: Array<() => Refusal | undefined>): Refusal | undefined {
  for (const check of checks) {
    const refusal = check();
    if (refusal) return refusal;
  }
  return undefined;
}
