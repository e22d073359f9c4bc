import type {
  Actor,
  CaseFacts,
  CaseSnapshot,
  ChainProcedure,
  Claim,
  Clock,
  ClockStart,
  Opening,
  Party,
  PartyId,
  WorkerGroup,
} from '../domain/case/case.ts';
import type { JoinRequest } from '../domain/case/consolidation.ts';
import type { Places } from '../domain/case/new-workers.ts';
import type { CaseUnder } from '../domain/case/release-move.ts';
import type { Effects, ProcedureState, Question, Tell } from '../domain/procedures/definition.ts';
import type { Refusal } from '../domain/refusal.ts';
import type { CaseRules, Decision } from '../domain/rules.ts';
import type { Bilingual, Instant, LegalDay } from '../domain/time/types.ts';

/** What starts a case's chain. Ids and facts only; names and contacts are in the database. */
export interface IntakeInput {
  caseNo: string;
  region: string;
  /** The region that takes part and does not lead, where the dispute concerns two. */
  secondRegion?: string;
  channel: string;
  requestedRoute: CaseSnapshot['requestedRoute'];
  referral?: CaseSnapshot['referral'];
  registeredOn: LegalDay;
  parties: Party[];
  claims: Claim[];
  facts: CaseFacts;
  groups?: WorkerGroup[];
  actId: string;
  actor: Actor;
}

/** What starts a procedure beside the chain. */
export type BesideInput<O extends Opening = Opening> = O & { snapshot: CaseSnapshot };

/** An act as it reaches a workflow. The words that came with it stay in the database under `actId`. */
export interface ActMessage {
  actId: string;
  actor: Actor;
  channel?: string;
  input: Record<string, unknown>;
  /** Number of the newest event the caller has seen (If-Match); the act is refused when there is a newer one. */
  ifSeq?: number;
  /**
   * The record has an event of this act although no history is known to have it. It is then answered in the record:
   * done, or its event voided.
   */
  recorded?: true;
}

/** What an act's caller gets from the workflow; the rest is in the read model by then. */
export interface ActResult {
  seq: number;
  stage: string;
  outcome?: string;
  /** Why an act that was in the record (`ActMessage.recorded`) does not count; its event has been voided. */
  voided?: Refusal;
}

/** An event as it is written: who, when, by which way, under which article. */
export interface EventRecord {
  type: string;
  title: Bilingual;
  legalRef: string;
  source: string;
  actor: Actor;
  channel?: string;
  actId?: string;
  detail: Record<string, unknown>;
}

/** One step of a case: its event, what it changes for readers, the clocks it starts and stops. One transaction. */
export interface RecordInput {
  caseNo: string;
  region: string;
  sha256: string;
  workflowId: string;
  /** The first run of the workflow's chain of runs, within which steps are numbered. */
  chain: string;
  /** Written once under this name by this workflow id, however often it is tried. */
  dedup: string;
  /** Number of the step within the chain. The history gives each number to one step; a record that is ahead is seen by it. */
  step: number;
  at: Instant;
  event: EventRecord;
  state: ProcedureState;
  title: Bilingual;
  start: ClockStart[];
  stop: string[];
  decisions: Decision[];
  /** Workers who come in with this step; their names are kept with its act. */
  joined?: Effects['joined'];
  tell: Tell[];
  /** The step of the record that this one declares not to count. */
  voids?: string;
  /** Set when the procedure has ended: where the case goes. */
  next?: ChainProcedure | 'closed' | 'beside';
}

export interface RecordResult {
  seq: number;
  /** The clocks started, computed under the release the case is pinned to. */
  clocks: Clock[];
}

export interface Pinned {
  release: string;
  sha256: string;
  contents: CaseSnapshot['contents'];
}

/** The activities that workflows call, by port. */
export interface RulesPort {
  /** The release in force on a day, to which a new case is pinned. */
  pinRelease(input: { region: string; on: LegalDay }): Promise<Pinned>;
  /** Answers questions in a case on a day, each by the release that decides it; nothing is written. */
  decide(input: CaseRules & { on: LegalDay; questions: Question[] }): Promise<Decision[]>;
  /** What another release would do to a case with these open clocks; nothing is written. */
  underRelease(input: CaseRules & { to: string; clocks: Clock[]; now: Instant }): Promise<CaseUnder>;
}

export interface RecordPort {
  record(input: RecordInput): Promise<RecordResult>;
  /** Makes a linked case of some workers; returns its number, the same one when called again. */
  splitCase(input: { caseNo: string; dedup: string; workers: string[]; at: Instant }): Promise<{ caseNo: string }>;
  /** The free numbers for those whom an act brings, the same ones when called again; refused where one of them is there already. */
  placesFor(input: { caseNo: string; actId: string }): Promise<Places | { refusal: Refusal }>;
  /** Takes the parties and claims of another case of the same respondent in; called again it gives the same answer. */
  takeInCase(input: { caseNo: string; from: string }): Promise<TakenIn | { refusal: Refusal }>;
}

/** A case asks another one to take it in; asked again under the next number while no answer comes. */
export interface JoinMessage {
  actId: string;
  actor: Actor;
  attempt: number;
  request: JoinRequest;
}

/** What the other case answers: it has taken the parties in, or why not. */
export interface JoinAnswer {
  actId: string;
  attempt: number;
  refusal?: Refusal;
}

/** The parties and claims that are new in the case which took another one in, and who is who: id there → id here. */
export interface TakenIn {
  parties: Party[];
  claims: Claim[];
  as: Record<PartyId, PartyId>;
}

export interface CalendarPort {
  /** Open workflows with a clock that the year may move, after a given one; at most `limit`. */
  workflowsTouchedBy(input: { year: number; after: string; limit: number }): Promise<string[]>;
}
