import type { CaseFacts, Claim, Party, PartyId, Side } from '../../domain/case/case.ts';
import type { Referral } from '../../domain/case/referral.ts';
import type { RefusalCode } from '../../domain/refusal.ts';
import { buildCalendar } from '../../domain/time/calendar.ts';
import { computeDeadline } from '../../domain/time/deadline.ts';
import type { DeadlineInput, Extension, LegalDay } from '../../domain/time/types.ts';
import { readCalendarFiles } from '../../rules/calendar-source.ts';
import type { ClockName, Law } from './law.ts';

/** What an act answers: it was taken, or why not. `elsewhere` where the procedure there does not know the act. */
export type Answer = 'taken' | RefusalCode | 'elsewhere' | 'not-allowed' | 'not-your-party';

/** Who acts: a member of staff by role, or a party by its id. */
export type Who = 'operator' | 'union' | 'mediator' | 'arbitrator' | 'court' | `w${number}` | `r${number}`;

/** Who may: staff by role, parties by side. */
export type May = 'operator' | 'union' | 'mediator' | 'arbitrator' | 'court' | 'party:applicant' | 'party:respondent';

export const staff: May[] = ['operator', 'union', 'mediator'];
export const bothParties: May[] = ['party:applicant', 'party:respondent'];

export interface Obligation {
  debtor: PartyId;
  creditor: PartyId;
  form?: string;
  amount?: number;
  instalments: Array<{ amount?: number; dueOn?: LegalDay; daysAfterEffect?: number }>;
}

/** What acts bring, as people send it. An act reads what is its own. */
export interface Body {
  [more: string]: unknown;
  party?: PartyId;
  by?: string;
  for?: PartyId;
  agreedBy?: PartyId[];
  willing?: boolean;
  /** A length or a last day that was agreed; money where a sum is. */
  amount?: number;
  unit?: 'calendarDays' | 'workingDays';
  until?: LegalDay;
  coveredWorkers?: PartyId[];
  obligations?: Obligation[];
  content?: Record<string, string>;
  instalment?: string;
  payment?: string;
  evidence?: boolean | string[];
  ref?: string;
  confirmedByPayee?: boolean;
  dueOn?: LegalDay;
  ground?: string;
  form?: string;
  disputedAmount?: number;
  objection?: string;
  papers?: string[];
  serviceAddresses?: Array<{ party: PartyId; address: string; phone: string }>;
}

export interface Act {
  name: string;
  by: Who;
  body: Body;
}

/** A clock: what its last day is computed from, that day, and whether it has run out. */
export interface Clock extends Pick<DeadlineInput, 'until' | 'amount' | 'unit'> {
  from: LegalDay;
  extensions: Extension[];
  dueOn: LegalDay;
  over: boolean;
}

/** Clocks of one procedure by name, with what they are about after a `#`. */
export type Clocks = Record<string, Clock>;

/** One procedure as it stands. */
export interface Standing {
  procedure: string;
  stage: string;
  outcome?: string;
  clocks: Clocks;
}

export interface Item {
  id: string;
  debtor: PartyId;
  creditor: PartyId;
  money: boolean;
  amount: number;
  paid: number;
  pending: number;
  status: 'open' | 'done' | 'overdue';
}

export interface Payment {
  id: string;
  item: string;
  amount: number;
  evidence: boolean;
  ref?: string;
  status: 'recorded' | 'closed';
}

export interface Agreement {
  kind: 'settlement' | 'mediation';
  on: LegalDay;
  covered: PartyId[];
  obligations: Obligation[];
}

export type RouteName = 'arbitrationReview' | 'judicialConfirmation';
export type Route = 'available' | 'pending' | 'granted' | 'refused' | 'lapsed';

/** A procedure beside the chain: review, or confirmation. */
export interface Beside extends Standing {
  appliedOn: LegalDay;
  confirmedOn?: LegalDay;
  docketedOn?: LegalDay;
  received: { [who: string]: LegalDay | undefined };
  objections: Array<{ id: string; by: string; open: boolean }>;
}

export interface Order {
  route: 'A' | 'B';
  owed: number;
  claimed?: number;
  paid: number;
  disputed: number;
  refs: string[];
  appliedOn: LegalDay;
  acceptedOn?: LegalDay;
  issuedOn?: LegalDay;
  servedOn?: LegalDay;
  objectedOn?: LegalDay;
}

/** A case as the law has it. */
export interface Model extends Standing {
  law: Law;
  today: LegalDay;
  registeredOn: LegalDay;
  region: string;
  channel: string;
  requestedRoute: 'any' | 'negotiation' | 'mediation';
  scope: string;
  /** The court that sent the case, and how. */
  referral?: Referral;
  /** How many organisations have been asked to mediate for the court. */
  asked: number;
  parties: Party[];
  claims: Claim[];
  facts: CaseFacts;
  origin: 'direct' | 'offer' | 'escalation';
  /** Procedures entered since intake, and what came of those that have ended. */
  path: string[];
  past: Array<{ procedure: string; outcome: string }>;
  closed: boolean;
  rightToArbitrate: boolean;
  agreement?: Agreement;
  items: Item[];
  payments: Payment[];
  /** The agreement being performed has been broken. */
  breached: boolean;
  /** What an agreement that was not performed has left owed, by its items. */
  owing?: Item[];
  routes: Partial<Record<RouteName, Route>>;
  beside: Partial<Record<RouteName, Beside>>;
  organisation: string;
  paymentOrder?: 'A' | 'B';
  /** The last visit denies the performance that is recorded. */
  denied?: boolean;
  order?: Order;
  noticeServed: boolean;
  consents: Partial<Record<Side, boolean>>;
  receivedOn?: LegalDay;
  acceptedOn?: LegalDay;
  mediator: boolean;
  draft?: { covered: PartyId[]; obligations: Obligation[] };
  signatures: Array<{ by: string; on: LegalDay; paper?: number }>;
  /** Workers whom an agreement did not cover; they go on where the case stood. */
  leftOut?: Model;
}

/** One act as the law has it: who may, when, why not, and what it changes. `in` are the stages in which it is open. */
export interface Rule {
  by: May[];
  in: string[];
  when?(m: Model): boolean;
  /** The clock within which it must be done. */
  within?: ClockName;
  unless?(m: Model, body: Body, who: Who): Answer | undefined;
  does(m: Model, body: Body, who: Who): void;
}

/** A procedure: how it begins, its acts, and what silence leads to when a clock has run out. */
export interface Chapter {
  begin(m: Model): void;
  acts: Record<string, Rule>;
  silence: { [name in ClockName]?: (m: Model, clock: Clock, about: string) => void };
}

const calendar = buildCalendar(await readCalendarFiles());

/** Starts a clock, or the same one anew, from a day that does not count itself. */
export function start(m: Model, name: ClockName, from: LegalDay, more: Partial<Clock> & { about?: string } = {}): void {
  const { about, ...agreed } = more;
  const clock: Clock = { from, extensions: [], dueOn: from, over: false, ...agreed };
  clock.dueOn = computeDeadline(m.law[name], { anchorOn: from, ...clock }, calendar).dueOn;
  standing(m, name).clocks[about === undefined ? name : `${name}#${about}`] = clock;
}

export function stop(m: Model, ...names: string[]): void {
  for (const name of names) delete standing(m, name).clocks[name];
}

/** The clock of that name, while it runs. */
export function running(m: Model, name: string): Clock | undefined {
  const clock = standing(m, name).clocks[name];
  return clock?.over ? undefined : clock;
}

/** A clock with more time, as both sides agreed or the court approved. */
export function prolong(m: Model, name: ClockName, { amount, unit, until }: Body): void {
  const clock = running(m, name);
  if (!clock) return;
  const length = until === undefined ? { amount, unit: unit ?? ('calendarDays' as const) } : { until };
  start(m, name, clock.from, { ...clock, extensions: [...clock.extensions, { ...length, reason: '', agreedBy: [] }] });
}

/** Where an act or a clock of that name belongs: to a procedure beside the chain, or to the chain. */
export function standing(m: Model, name: string): Standing {
  const beside = name.endsWith('.applyJointly') || name.endsWith('.application') ? undefined : besideOf(m, name);
  return beside ?? m;
}

const besideOf = (m: Model, name: string): Beside | undefined => m.beside[name.split('.')[0] as RouteName];

export const sideOf = (m: Model, id: string | undefined): Side | undefined =>
  m.parties.find((party) => party.id === id)?.side;

export const isParty = (who: Who): who is `w${number}` | `r${number}` => /^[wr]\d+$/.test(who);

export const workers = (m: Model): PartyId[] => m.parties.filter(({ kind }) => kind === 'worker').map(({ id }) => id);

/** A day that is written down has come, and is not before what it must follow. */
export function day(m: Model, on: unknown, notBefore?: LegalDay): Answer | undefined {
  if (String(on) > m.today) return 'day-in-the-future';
  return notBefore !== undefined && String(on) < notBefore ? 'day-too-early' : undefined;
}

/** Both sides agreed, and nobody from elsewhere. */
export function bothSides(m: Model, agreedBy: PartyId[] = []): Answer | undefined {
  const sides = agreedBy.map((id) => sideOf(m, id));
  if (sides.includes(undefined)) return 'unknown-party';
  return sides.includes('applicant') && sides.includes('respondent') ? undefined : 'both-sides-needed';
}

/** More time must end later than what there is. */
export const later = (m: Model, name: ClockName, { until }: Body): Answer | undefined =>
  until !== undefined && until <= (running(m, name)?.dueOn ?? '') ? 'due-before-today' : undefined;
