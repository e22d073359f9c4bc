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
  /** Whether the debtor can be served and is in the country (民诉解释 第四百二十七条). */
  debtorCanBeServed: boolean;
  /** Whether creditor and debtor have no other debts between them (民事诉讼法 第二百二十五条). */
  noOtherDebts: boolean;
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
