import type { CaseRules, MajorGround } from '../rules.ts';
import type { Extension, Instant, LegalDay, Unit } from '../time/types.ts';
import type { Agreement } from './agreement.ts';
import type { Referral } from './referral.ts';
import type { Transfer } from './transfer.ts';

/** Procedures of the chain: one workflow type each, one after the other under `case-<caseNo>`. */
export const chainProcedures = [
  'intake',
  'negotiation',
  'settlementPerformance',
  'mediation',
  'preLitigationMediation',
  'agreementPerformance',
  'paymentOrder',
  'followUp',
] as const;
export type ChainProcedure = (typeof chainProcedures)[number];

/** The two ways to make a mediation agreement enforceable; each gives a paper. They exclude each other. */
export const paperRoutes = ['arbitrationReview', 'judicialConfirmation'] as const;
export type PaperRoute = (typeof paperRoutes)[number];

/** Procedures that run beside the chain, under `case-<caseNo>-<procedure>`. */
export const besideProcedures = [...paperRoutes, 'arbitration', 'emergencyResponse', 'limitationWatch'] as const;
export type BesideProcedure = (typeof besideProcedures)[number];

export type Procedure = ChainProcedure | BesideProcedure;

/** 申请人一方 / 被申请人一方. */
export type Side = 'applicant' | 'respondent';

/** Stable within a case: `w1`, `w2` … workers, `r1` … respondents. Never a name. */
export type PartyId = string;

export interface Party {
  id: PartyId;
  side: Side;
  kind: 'worker' | 'employer' | 'dispatchFirm' | 'contractor' | 'parent' | 'platform' | 'individual';
}

/** The six kinds of 调解仲裁法 第二条 (L7), in the order of its items. */
export const claimKinds = ['relationship', 'contract', 'dismissal', 'conditions', 'pay', 'other'] as const;
export type ClaimKind = (typeof claimKinds)[number];

/** What a claim for money is for; the first four are those of 调解仲裁法 第十六条. */
export const claimSubjects = [
  'wages',
  'workInjuryMedical',
  'economicCompensation',
  'damages',
  'doubleWage',
  'overtime',
  'socialInsurance',
  'fileTransfer',
  'contractPenalty',
  'serviceFee',
  'other',
] as const;
export type ClaimSubject = (typeof claimSubjects)[number];

/** The ways in which a case or an act comes in. */
export const channels = [
  'window',
  'phone',
  'hotline12345',
  'petition',
  'inspection',
  'union',
  'court',
  'arbitration',
  'internet',
  'paper',
  'video',
] as const;

/** Groups of workers that 71号 第五条 and the practice watch over. */
export const workerGroups = [
  'migrantWorker',
  'newEmploymentForm',
  'labourDispatch',
  'overAge',
  'publicInstitution',
  'collective',
  'crossRegion',
] as const;
export type WorkerGroup = (typeof workerGroups)[number];

export interface Claim {
  id: string;
  /** The worker whose claim it is (also where the employer is the applicant). */
  worker: PartyId;
  kind: ClaimKind;
  subject: ClaimSubject;
  /** In fen; absent where the claim is not for money or its sum is open. */
  amountFen?: number;
  /** The employer has signed an IOU for the wages (工资欠条, PO-17). */
  wageIou?: boolean;
}

/** The two kinds of drivers (两司) for whom a region may keep a service of their own. */
export const driverKinds = ['lorry', 'rideHailing'] as const;
export const employerSizes = ['underHundred', 'hundredOrMore'] as const;

/** Facts of the whole case that rules read. No personal data. */
export interface CaseFacts {
  relation: 'labour' | 'personnel' | 'newEmploymentForm' | 'service' | 'none';
  exclusion:
    | 'none'
    | 'socialInsuranceAgency'
    | 'housingReform'
    | 'disabilityAppraisal'
    | 'household'
    | 'artisanApprentice'
    | 'ruralContractor'
    | 'assessmentOrDiscipline';
  personnelKind: 'none' | 'appointedCivilServant' | 'publicInstitution' | 'socialOrganisation' | 'civilianMilitary';
  overAge: boolean;
  /** For over-age workers: the claims are only about pay, rest, safety or work injury (令第56号 第十九条). */
  overAgeMatter: boolean;
  /** The employer has a labour dispute mediation committee. */
  enterpriseCommittee: boolean;
  /** The employment goes on. */
  employed: boolean;
  /** Day the worker knew or should have known (LIM-01). */
  knownOn?: LegalDay;
  /** Day the employment ended (LIM-03). */
  employmentEndedOn?: LegalDay;
  negotiatedBefore: boolean;
  /** The dispute is spoken of in public (71号 第五条 社会舆情). */
  publicOpinion?: boolean;
  /** The workers drive lorries, or ride-hailing cars. */
  drivers?: (typeof driverKinds)[number];
  /** How many the employer employs. */
  employerSize?: (typeof employerSizes)[number];
}

/** What an assessment of the ability to perform (履约能力评估) comes to. */
export const abilities = ['able', 'doubtful', 'unable'] as const;
export type Ability = (typeof abilities)[number];

/** How a procedure was entered. */
export type Origin = 'direct' | 'offer' | 'escalation';

/** What starts a clock. The day named does not count. */
export interface ClockStart {
  /** Unique within the case: `<run>:<deadlineId>[#subject]`. */
  key: string;
  deadlineId: string;
  anchorOn: LegalDay;
  anchorAt: Instant;
  /** Agreed instead of the rule's number. */
  amount?: number;
  unit?: Unit;
  until?: LegalDay;
  extensions?: Extension[];
  /** Rungs that have fired stay fired when a clock is computed again. */
  fired?: string[];
  /** What it is about: an instalment, a payment, a side. */
  subject?: string;
  /** Set when the clock is computed again. */
  revision?: number;
  /** Its end has been dealt with: a case that was split off does not live through it again. */
  expired?: boolean;
  /** The rule book that it is computed by, where that is settled: computed again, it stays with the one of before. */
  sha256?: string;
}

/** A reminder before (`before-3`) or after (`after-1`) the due moment, not yet fired. */
export interface Rung {
  id: string;
  at: Instant;
}

/** An open clock as the workflow holds it. The explanation is kept with the deadline in the read model. */
export interface Clock extends ClockStart {
  legalRef: string;
  source: string;
  purpose: 'advisory' | 'enforcing';
  onExpiry: string;
  amount: number;
  unit: Unit;
  /** The amount was agreed, not taken from the rule. */
  agreed: boolean;
  /** The longest that all extensions may come to, in days, where the rule sets a limit. */
  mostExtended?: number;
  dueOn: LegalDay;
  dueAt: Instant;
  provisional: boolean;
  calendarVersion: string;
  extensions: Extension[];
  fired: string[];
  rungs: Rung[];
  /** Whether the due moment has been dealt with (an instalment's clock stays, for its rungs). */
  expired: boolean;
  /** Counts the times it was computed again; a sleeping wait looks at it. */
  revision: number;
}

/** What an application for a paper begins with, besides the case. */
export interface PaperOpening {
  procedure: PaperRoute;
  /** Number of the application. */
  attempt: number;
  appliedOn: LegalDay;
}

/** A major dispute, declared by the rule or by the office. */
export interface EmergencyOpening {
  procedure: 'emergencyResponse';
  /** Number of the declaration. */
  attempt: number;
  declaredBy: 'rule' | 'office';
  ground: MajorGround;
}

/** What the record of an arbitration begins with. */
export interface ArbitrationOpening {
  procedure: 'arbitration';
  attempt: number;
  appliedOn: LegalDay;
  by: Side;
  /** The limitation had run out by then. */
  limitationOver: boolean;
  /** What the case was in, where it was recorded. */
  during?: Procedure;
}

/** What the watch over a limitation begins with. */
export interface WatchOpening {
  procedure: 'limitationWatch';
  attempt: number;
  clocks: ClockStart[];
}

/** What a procedure beside the chain begins with, besides the case. */
export type Opening = PaperOpening | ArbitrationOpening | EmergencyOpening | WatchOpening;

/** A confirmed paper for an agreement: who gave it and whether it can be enforced. */
export interface Paper {
  /** The agreement it is about; a case reopened may have another by then. */
  agreement: string;
  route: PaperRoute;
  outcome: string;
  enforceable: boolean;
  /** Obligations that the court has taken out of what it confirmed. */
  without?: string[];
  on: LegalDay;
}

/** Everything that goes from one run of a case's chain to the next. Plain JSON, no personal data. */
export interface CaseSnapshot {
  caseNo: string;
  /** Its rules and clocks are the case's. */
  region: string;
  /** The region that takes part and does not lead, where the dispute concerns two. */
  secondRegion?: string;
  /** The rule release the case is pinned to. */
  release: string;
  sha256: string;
  /** The day from which it is, where that is not the day of registration: the case was moved to it. */
  pinnedOn?: LegalDay;
  requestedRoute: 'any' | 'negotiation' | 'mediation';
  /** Set where a court or an arbitration commission sent the case. */
  referral?: Referral;
  channel: string;
  registeredOn: LegalDay;
  scope: string;
  parties: Party[];
  claims: Claim[];
  facts: CaseFacts;
  /** How the coming procedure is entered. */
  origin: Origin;
  /** Runs of the chain so far; the number of the coming run. */
  runNo: number;
  /** Commits written under this workflow id; orders the read model. */
  step: number;
  /** Clocks that outlive a procedure (limitation, the way to arbitration). */
  clocks: Clock[];
  /** What each document must state or bring, by the rules in force (`contents.json`). */
  contents: { settlementAgreement: string[]; mediationAgreement: string[]; reviewApplication?: string[] };
  /** The agreement being performed, or the one that was not. */
  agreement?: Agreement;
  /** Number of the newest event this workflow id has written. */
  seq: number;
  /** What was still owed when a settlement was not performed; the application for mediation is made of it. */
  unpaid?: Unpaid[];
  /** The last day of the last instalment of the mediation agreement that was broken. */
  lastInstalmentOn?: LegalDay;
  /** What the applicant can do next where the case ends without performance, and whether arbitration is open. */
  remedy?: { zh: string; en: string };
  rightToArbitrate?: boolean;
  /** The limitation had run out before anybody came; it is for the other side to plead it. */
  limitationRanOut?: boolean;
  /** Arbitration has been applied for in this case; what comes of it is recorded beside. */
  arbitration?: { filedOn: LegalDay; attempt: number };
  /** The chain has closed, and this is the number of its coming step: it may be reopened. */
  closedAtStep?: number;
  /** Clocks that ran beside a closed case; reopened, it takes them back. */
  handedBack?: ClockStart[];
  /** Those that the court may send the case to, one after the other, by rule. */
  organisations?: Array<{ kind: string; name: { zh: string; en: string } }>;
  /** The organisation that mediates, chosen by rule. */
  organisation?: { kind: string; name: { zh: string; en: string } };
  /** The way to a payment order that is open, if any: on a mediation agreement (A), or for wages without one (B). */
  paymentOrder?: 'A' | 'B';
  /** How likely each debtor is to perform, as assessed last (71号 第十二条). */
  abilities?: Record<PartyId, Ability>;
  /** Facts were conceded to settle; they are in the database only (NEG-08). */
  conceded?: true;
  /** The parties that agreed to their use; see `isDisclosed`. */
  disclosureBy?: PartyId[];
  /** The rules ask the court or the commission to examine them. */
  concessionsAsked?: true;
  /** What the commission found of a settlement as evidence (NEG-07). */
  settlementEvidence?: { agreement: string; on: LegalDay; usable: boolean; flaw?: string };
  /** Papers asked for the agreement, and what came of them. */
  routes: RouteState[];
  /** Acts done lately, so that one sent again across a boundary is known. */
  recentActs: string[];
  past: Array<{ procedure: ChainProcedure; outcome: string; on: LegalDay }>;
  /** Groups that any of the workers belongs to. */
  groups?: WorkerGroup[];
  /** How many representatives the workers may choose; absent where they may not (MED-14). */
  collective?: { least: number; most: number };
  /** Who was chosen, and by whom. */
  representation?: { representatives: PartyId[]; of: PartyId[] };
  /** The joint response to a major dispute, under way or over. */
  emergency?: { stage: 'open' | 'over'; attempt: number };
  /** The case this one was split from. */
  splitFrom?: string;
  /** The case into which this one was merged. */
  mergedInto?: string;
  /** Cases whose parties this one has taken in. */
  tookIn?: string[];
  /** The last hand-over to another body, and what came of it. */
  transfer?: Transfer;
  /** Where the coming procedure goes on from, in a case that was split off in its middle. */
  resume?: Record<string, unknown> & { stage: string; clocks: Clock[] };
}

/** An instalment, or a thing to be done, that is still owed. */
export interface Unpaid {
  instalment: string;
  debtor: PartyId;
  creditor: PartyId;
  form: string;
  amountFen: number;
  /** Its day has passed; a payment order is for what is due only. */
  due: boolean;
}

/** One of the two ways to make a mediation agreement enforceable. */
export interface RouteState {
  /** Beside the two ways of the parties: the document that the court itself makes of what it entrusted. */
  route: PaperRoute | 'courtDocument';
  stage: 'available' | 'pending' | 'granted' | 'refused' | 'lapsed';
  /** What came of the last application. */
  outcome?: string;
  /** Number of the application, for the id of its workflow. */
  attempt: number;
  /** Obligations that what was granted does not cover any more. */
  without?: string[];
}

/** Who acts. `actorId` is a pseudonym; the read model knows the account. */
export interface Actor {
  actorId: string;
  role: 'operator' | 'union' | 'mediator' | 'arbitrator' | 'court' | 'administrator' | 'party' | 'system';
  /** The party that acts, or on whose behalf a clerk records. */
  partyId?: PartyId;
}

/** The moment of an act as the workflow sees it. */
export interface Moment {
  now: Instant;
  today: LegalDay;
  actor: Actor;
}

/** By which rules the case goes. */
export const rulesOf = ({ region, sha256, pinnedOn, registeredOn }: CaseSnapshot): CaseRules => ({
  ...{ region, sha256, pinnedOn: pinnedOn ?? registeredOn },
});

export const partyOf = (snapshot: CaseSnapshot, id: PartyId | undefined): Party | undefined =>
  snapshot.parties.find((party) => party.id === id);

export const sideOf = (snapshot: CaseSnapshot, id: PartyId | undefined): Side | undefined =>
  partyOf(snapshot, id)?.side;

/** The parties to the agreement: all but the workers it does not cover. */
export const partiesTo = ({ agreement, parties }: CaseSnapshot): Party[] =>
  parties.filter(({ id, kind }) => kind !== 'worker' || agreement?.coveredWorkers.includes(id) !== false);

export const workersOf = (snapshot: CaseSnapshot): Party[] =>
  snapshot.parties.filter((party) => party.kind === 'worker');

/** Distinct kinds of the case's claims, sorted, as rules read them. */
export const claimKindsOf = (snapshot: CaseSnapshot): ClaimKind[] =>
  [...new Set(snapshot.claims.map((claim) => claim.kind))].sort();

/** Whether a procedure ended with what was owed being given. */
export const isMet = (outcome: string | undefined): boolean => outcome === 'performed' || outcome === 'paid';
