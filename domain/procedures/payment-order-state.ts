import type { PartyId } from '../case/case.ts';
import type { LegalDay } from '../time/types.ts';
import type { Effects, ProcedureState } from './definition.ts';

/** 民事诉讼法 and its interpretation, as cited. */
export const CPL = '民事诉讼法';
export const CPL_INTERPRETATION = '最高人民法院关于适用《民事诉讼法》的解释';

/** A: on a mediation agreement about the four kinds of money (调解仲裁法 第十六条). B: for wages, without one (劳动合同法 第三十条). */
export type PaymentOrderRoute = 'A' | 'B';

export interface PaymentOrderState extends ProcedureState {
  procedure: 'paymentOrder';
  stage: 'confirming' | 'docketing' | 'examining' | 'toBeServed' | 'awaitingPayment' | 'contested' | 'suing' | 'ended';
  route: PaymentOrderRoute;
  /** What the application is prefilled with: money due and not paid, in fen. */
  owedFen: number;
  /** What was asked for, in fen. */
  claimedFen?: number;
  paidFen: number;
  /** The part that a partial objection takes out of the order (PO-14), in fen. */
  disputedFen: number;
  appliedOn?: LegalDay;
  acceptedOn?: LegalDay;
  issuedOn?: LegalDay;
  servedOn?: LegalDay;
  objectedOn?: LegalDay;
  ground?: string;
  /** Numbers of payments recorded: the same one sent again is known. */
  refs: string[];
}

/** L6: what the application rests on. */
export const orderEvidence = ['mediationAgreement', 'iou', 'payslip', 'attendance', 'bankRecord', 'other'] as const;

/** L6: 民诉解释 第四百二十七条, why a court does not take the application. */
export const orderAcceptanceGrounds = [
  'notMoney',
  'notDueOrUncertain',
  'counterPerformance',
  'debtorAbroadOrMissing',
  'cannotBeServed',
  'noJurisdiction',
  'preservationApplied',
] as const;

/** L6: 民诉解释 第四百二十八条, why a court rejects it after examination. */
export const orderRejectionGrounds = ['wrongParty', 'interestNotAgreed', 'illegalGains', 'notDueOrUncertain'] as const;

/** PO-03, L6: what must be so for an order, beside a sum that is due; the article that asks for it, and what is missing without. */
export const orderConditions = {
  noOtherDebts: {
    source: `${CPL} 第二百二十五条第一款第（一）项`,
    zh: '债权人与债务人有其他债务纠纷',
    en: 'the two have other debts between them',
  },
  debtorCanBeServed: {
    source: `${CPL} 第二百二十五条第一款第（二）项；${CPL_INTERPRETATION} 第四百二十七条第（五）项`,
    zh: '支付令不能送达债务人',
    en: 'the debtor cannot be served',
  },
  noCounterPerformance: {
    source: `${CPL_INTERPRETATION} 第四百二十七条第（三）项`,
    zh: '债权人有对待给付义务',
    en: 'the creditor owes something in return',
  },
  debtorInCountry: {
    source: `${CPL_INTERPRETATION} 第四百二十七条第（四）项`,
    zh: '债务人不在我国境内或者下落不明',
    en: 'the debtor is abroad or missing',
  },
  courtOfDebtor: {
    source: `${CPL_INTERPRETATION} 第二十三条、第四百二十七条第（六）项`,
    zh: '受理法院不是债务人住所地基层人民法院',
    en: 'the court is not the basic court of the place where the debtor lives',
  },
  noPreservation: {
    source: `${CPL_INTERPRETATION} 第四百二十七条第（七）项`,
    zh: '债权人已申请诉前保全',
    en: 'preservation before a suit was applied for',
  },
} as const;

/** What an objection says. Only a dispute of the debt itself counts (PO-14). */
export const objectionGrounds = [
  'disputesDebt',
  'disputesPart',
  'unableToPay',
  'asksForDelay',
  'asksForOtherManner',
] as const;

export interface ApplyForOrder {
  appliedOn: LegalDay;
  amountFen: number;
  evidence: Array<(typeof orderEvidence)[number]>;
  debtorCanBeServed: boolean;
  noOtherDebts: boolean;
  debtorInCountry: boolean;
  noCounterPerformance: boolean;
  noPreservation: boolean;
  courtOfDebtor: boolean;
}
export interface OnDay {
  on: LegalDay;
}
export interface OrderGround {
  ground: string;
}
export interface ObjectToOrder {
  party: PartyId;
  filedOn: LegalDay;
  form: 'oral' | 'written';
  ground: (typeof objectionGrounds)[number];
  /** The part that is disputed, where the ground says so; in fen. */
  disputedFen?: number;
}
export interface PayOrder {
  amountFen: number;
  paidOn: LegalDay;
  /** The payment's own number; sent again, it is known. */
  ref: string;
}
export interface EndOrder {
  ground: 'suedElsewhere' | 'withdrawnBeforeReceipt';
}
export type Nothing = Record<string, never>;

/** Ends the procedure; its clocks are stopped as the case is handed on. */
export function end(state: PaymentOrderState, outcome: string): Effects {
  state.stage = 'ended';
  state.outcome = outcome;
  return {};
}

/** What is left of the order: asked for, less what is disputed and what was paid. In fen. */
export const outstandingFen = ({ claimedFen = 0, disputedFen, paidFen }: PaymentOrderState): number =>
  Math.max(0, claimedFen - disputedFen - paidFen);
