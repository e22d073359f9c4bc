import type { NoticeChannel } from './notices.ts';
import type { OfficeKind } from './offices.ts';
import type { ServedDay, ServiceMethod } from './service.ts';
import type { Bilingual, DeadlineDefinition, LegalDay } from './time/types.ts';

/** Where the path of a case depends on the rules, and on nothing else. */
export const decisionPoints = [
  'intake.admissible',
  'intake.firstProcedure',
  'intake.majorDispute',
  'emergencyResponse.members',
  'case.representatives',
  'procedure.next',
  'silence.default',
  'notice.ladder',
  'notice.sending',
  'notice.quietHours',
  'notice.digest',
  'mediation.organisation',
  'court.organisations',
  'agreement.routes',
  'arbitrationReview.refusal',
  'judicialConfirmation.dismissal',
  'paymentOrder.eligibility',
  'performance.ability',
  'case.remedies',
  'case.services',
  'arbitration.remedies',
  'service.servedDay',
  'award.finality',
  'claim.overAge',
  'limitation.clock',
  'limitation.interruption',
  'archive.contents',
  'statistics.target',
  'release.decides',
] as const;
export type DecisionPoint = (typeof decisionPoints)[number];

export type FactValue = string | number | boolean | readonly string[];

/**
 * What kind of tie the dispute is about: labour (劳动), personnel (人事), platform work without employment, another civil tie
 * that a court sent to mediation, or none of these.
 */
export const scopes = ['labour', 'personnel', 'newEmploymentForm', 'civil', 'none'] as const;
export type Scope = (typeof scopes)[number];

/** How a procedure came to be opened: offered after another one ended, by itself, or asked for directly. */
export type Origin = 'offer' | 'escalation' | 'direct';

export type Addressee =
  | 'union'
  | 'applicant'
  | 'respondent'
  | 'debtor'
  | 'creditor'
  | 'operator'
  | 'commission'
  | 'court'
  | 'superior';

/** By which sign a dispute is major; `none` where it is not, `other` where an operator declares it for a reason of its own. */
export const majorGrounds = ['numbers', 'keyGroup', 'amount', 'petition', 'publicOpinion', 'other', 'none'] as const;
export type MajorGround = (typeof majorGrounds)[number];

/** L10: who may mediate. */
export const organisationKinds = [
  'enterpriseCommittee',
  'peopleMediation',
  'townshipStreet',
  'regional',
  'industry',
  'arbitrationCourtCentre',
  'jointCentre',
  'oneStop',
] as const;
export type OrganisationKind = (typeof organisationKinds)[number];

/** How a case ended, as its file knows it (view `case_endings`). */
export const archiveEndings = [
  'settled',
  'mediated',
  'courtMediated',
  'agreementBroken',
  'paidByOrder',
  'notSettled',
  'withdrawn',
  'transferred',
  'merged',
  'notAdmissible',
] as const;

/** What a file must hold: a paper, its signatures, the proof that it was served, and what no paper of ours is. */
export const fileItems = [
  'paper',
  'signatures',
  'service',
  'officialDocument',
  'performance',
  'visit',
  'clarified',
] as const;

/** What a party may turn to. */
export const remedies = [
  'mediation',
  'arbitration',
  'arbitrationReview',
  'judicialConfirmation',
  'paymentOrder',
  'suitOnAgreement',
  'suit',
  'setAside',
  'pleadLimitation',
  'enforcement',
] as const;
export type Remedy = (typeof remedies)[number];

/** What a remedy costs: a sum for each case, or a share of a fee that grows with the amount by bands. */
export interface FeeRule {
  title: Bilingual;
  article: string;
  legalRef: string;
  yuan?: number;
  /** One part in so many of the fee by `bands`. */
  oneIn?: number;
  /** From the lowest; the last has no upper end. Each is a sum, or so many thousandths of what lies within it. */
  bands?: Array<{ toYuan?: number; yuan?: number; perMille?: number }>;
  /** What a suit costs that it turns into. */
  suitYuan?: number;
}

/** One way that is open; `deadlineId` names the clock that ends it, `none` where the law sets no time. */
export interface RemedyRule {
  remedy: Remedy;
  deadlineId: string;
  papers: Bilingual[];
  lostByWaiting: Bilingual;
  fee?: FeeRule;
}

/** The outcome that each point's rules give; the pack schema holds every rule to it. */
export interface OutcomeOf {
  'intake.admissible': {
    admissible: boolean;
    scope: Scope;
    /** False where only mediation and the court are open (platform work without employment). */
    arbitrationOpen: boolean;
    /** Stable code of the reason why not. */
    ground?: string;
    goTo?: Bilingual;
  };
  'intake.firstProcedure': { next: 'negotiation' | 'mediation' | 'preLitigationMediation'; origin: Origin };
  /** `ground` says by which sign; `none` where it is an ordinary dispute. */
  'intake.majorDispute': { major: boolean; ground: MajorGround };
  /** One item: an office that belongs to the joint response, and what it does in it. */
  'emergencyResponse.members': { office: OfficeKind; role: 'coordinates' | 'leads' | 'joins' };
  /** Whether workers may choose representatives, and how many; 0 where they may not. */
  'case.representatives': { mayChoose: boolean; least: number; most: number };
  'procedure.next': {
    next: 'settlementPerformance' | 'mediation' | 'agreementPerformance' | 'paymentOrder' | 'followUp' | 'closed';
    origin?: Origin;
    prefill?: 'settlement' | 'agreement';
    tell?: Addressee[];
    rightToArbitrate?: boolean;
    remedy?: Bilingual;
    /** The court is asked whether facts conceded for a settlement that failed were truly meant. */
    examineConcessions?: boolean;
  };
  'silence.default': {
    /** An outcome of the procedure, or a named effect that keeps it waiting (`remind`, `waitLongstop`, `unconfirmed` …). */
    outcome: string;
    tell?: Addressee[];
  };
  /** Days before and after the last day, each rung sent once. */
  'notice.ladder': { before: number[]; after: number[] };
  /** In the order in which they are tried; those for which there is no address are passed over. */
  'notice.sending': { channels: NoticeChannel[] };
  /** Nothing is sent for so many hours from that hour on, in Shanghai; 0 where there are no quiet hours. */
  'notice.quietHours': { from: number; hours: number };
  /** Whether an office gets it with others in one mail, and at what hour. */
  'notice.digest': { digest: boolean; hour: number };
  'mediation.organisation': { kind: OrganisationKind; name: Bilingual };
  /** One item: an organisation that is offered a court's case; they are asked in the order of the rules. */
  'court.organisations': { kind: OrganisationKind; name: Bilingual };
  /** One item; the decision's outcome is `{ items: [...] }`, empty where neither route is open. */
  'agreement.routes': { route: 'arbitrationReview' | 'judicialConfirmation' | 'courtDocument'; deadlineId: string };
  'arbitrationReview.refusal': { valid: boolean; article: string };
  'judicialConfirmation.dismissal': { valid: boolean; article: string };
  'paymentOrder.eligibility': { route: 'A' | 'B' | 'none'; article: string };
  /** Who is told, and what the parties are advised to agree. */
  'performance.ability': { ability: 'able' | 'doubtful' | 'unable'; tell?: Addressee[]; suggest: Bilingual[] };
  'case.remedies': RemedyRule;
  /** One item: what a region offers beside the procedures. */
  'case.services': { service: Bilingual; offers: Bilingual };
  /** The same of an arbitration: filed, late, decided. */
  'arbitration.remedies': RemedyRule;
  /**
   * Which day counts as that of service; `deadlineId` is the clock that must run first, `none` where none must. Where it is not served,
   * `next` are the ways to be tried, in order.
   */
  'service.servedDay': { served: ServedDay; deadlineId: string; next: ServiceMethod[]; article: string };
  /** Whether an item of an award is final (一裁终局, L9). */
  'award.finality': { final: boolean; article: string };
  /** Which way an over-age worker's claim goes (令第56号 第十九条); `stated`: as the window wrote it down. */
  'claim.overAge': { way: 'labour' | 'court' | 'stated'; article: string };
  'limitation.clock': { deadlineId: string; article: string };
  /** `item` is the number in article 31 of the negotiation and mediation rules (令17), 0 where another article says so. */
  /** One item: what a region aims at. */
  'statistics.target': { atLeastPercent: number };
  /** One item: a thing that the file of the case must hold. */
  'archive.contents': { item: (typeof fileItems)[number]; paper?: string };
  'limitation.interruption': { interrupts: boolean; item: number; article: string };
  /**
   * By which release a case is decided where another one is in force by now: the one of its intake, the one of the day of the
   * event, or the one more favourable to the worker. Then `lastDay` says which last day is, `outcomes` which answers are, the best first.
   */
  'release.decides': {
    by: 'intake' | 'event' | 'favourable';
    lastDay?: 'earlier' | 'later';
    outcomes?: Array<Record<string, string | number | boolean>>;
  };
}

/** By which rules a case goes, and from which day on. */
export interface CaseRules {
  region: string;
  /** The book that it is pinned to. */
  sha256: string;
  pinnedOn: LegalDay;
}

export interface MatchedRule {
  id: string;
  title: Bilingual;
  /** Article, in Chinese, as cited. */
  source: string;
  /** Row of the legal table. */
  legalRef: string;
  priority: number;
  outcome: Record<string, unknown>;
}

export interface Decision {
  point: DecisionPoint;
  facts: Record<string, FactValue>;
  /** Of a `first` point the winner's; of a `collect` point `{ items: [...] }`. Frozen: copy before changing. */
  outcome: Record<string, unknown>;
  /** Every rule that matched: by priority, then the narrower region, then id. */
  matched: MatchedRule[];
  release: string;
  sha256: string;
}

/** A condition of a rule with what was found: whether it is met, and of a comparison the value that the fact had. */
export type ExplainedCondition = (
  | { all: ExplainedCondition[] }
  | { any: ExplainedCondition[] }
  | { not: ExplainedCondition }
  | { fact: string; operator: string; value: unknown; actual: FactValue }
) & { met: boolean };

/** A rule that was asked, and why it matched or did not. */
export type ExplainedRule = Omit<MatchedRule, 'outcome'> & { matched: boolean; when: ExplainedCondition };

/** A decision with every rule that was asked, in the order in which they win. */
export interface ExplainedDecision extends Decision {
  rules: ExplainedRule[];
}

export const contentDocuments = ['settlementAgreement', 'mediationAgreement', 'reviewApplication'] as const;
export type ContentDocument = (typeof contentDocuments)[number];

export interface RequiredContent {
  field: string;
  title: Bilingual;
  source: string;
  legalRef: string;
  basis: DeadlineDefinition['basis'];
}

/** All rule packs of one release, layered by region. */
export interface RuleBook {
  /** `<highest pack version>+<first 8 hex of sha256>`. */
  readonly release: string;
  /** Over the canonical JSON of all packs. */
  readonly sha256: string;
  /** The canonical JSON itself: store it, and `ruleBookFrom(content)` gives the same book again. */
  readonly content: unknown;
  regionExists(code: string): boolean;
  regionName(code: string): Bilingual | undefined;
  /** Pack ids, from the nation to the district. */
  packsFor(region: string): string[];
  /** How many seconds stand for a day; only the demonstration region has it. */
  secondsPerDay(region: string): number | undefined;
  /** Throws `RuleError` `unknown-deadline`. */
  deadline(region: string, id: string): DeadlineDefinition;
  /** All deadlines in force in a region, by id. */
  catalogue(region: string): DeadlineDefinition[];
  /** Whether any pack has a rule of the point, and the nation that deadline: a book from before it was made has none. */
  hasPoint(point: DecisionPoint): boolean;
  hasDeadline(id: string): boolean;
  /** Takes exactly the facts that the point declares (`rules/facts.ts`); anything else rejects with a `RuleError`. */
  decide(region: string, point: DecisionPoint, facts: Record<string, FactValue>): Promise<Decision>;
  /** The same decision with every rule that was asked and each condition of it; rejects as `decide` does. Slow: for people who ask why. */
  explain(region: string, point: DecisionPoint, facts: Record<string, FactValue>): Promise<ExplainedDecision>;
  contents(region: string, document: ContentDocument): RequiredContent[];
}

export const ruleErrorCodes = [
  'unknown-region',
  'unknown-deadline',
  'unknown-point',
  'unknown-fact',
  'missing-fact',
  'fact-type',
  'fact-domain',
  'unknown-operator',
  'no-rule-matched',
] as const;
export type RuleErrorCode = (typeof ruleErrorCodes)[number];

/** A question that the rules cannot answer. Never answered by "false" instead. */
export class RuleError extends Error {
  readonly code: RuleErrorCode;
  readonly reason: Bilingual;

  constructor(code: RuleErrorCode, reason: Bilingual) {
    super(`${code}: ${reason.en} ${reason.zh}`);
    this.name = 'RuleError';
    this.code = code;
    this.reason = reason;
  }
}

export type PackErrorCode =
  | 'syntax'
  | 'too-big'
  | 'too-deep'
  | 'too-many'
  | 'duplicate-key'
  | 'unknown-field'
  | 'missing-field'
  | 'wrong-type'
  | 'wrong-value'
  | 'unknown-file'
  | 'missing-file'
  | 'missing-pack'
  | 'unknown-region'
  | 'duplicate-id'
  | 'wrong-point'
  | 'unknown-fact'
  | 'unknown-operator'
  | 'operator-type'
  | 'value-outside-domain'
  | 'seconds-outside-demo'
  | 'unknown-deadline'
  | 'not-open'
  | 'bound-broken'
  | 'not-in-force';

export interface PackError {
  /** Relative to the packs' folder. */
  file: string;
  /** 1-based; 0 where the packs did not come from files. */
  line: number;
  /** JSON pointer (RFC 6901) to the place. */
  pointer: string;
  reason: Bilingual;
  code: PackErrorCode;
}

/** What can be said of rules that load: whether they are alive. */
export type FindingCode =
  | PackErrorCode
  | 'never-matches'
  | 'always-loses'
  | 'gap'
  | 'overlap'
  | 'too-large'
  | 'reminder-too-early'
  | 'no-clock'
  | 'no-deadline'
  | 'no-next'
  | 'out-of-reach'
  | 'unknown-outcome'
  | 'unknown-silence'
  | 'never-ends'
  | 'silent-circle'
  | 'calendar-invalid'
  | 'calendar-gap'
  // Of templates of papers, as `papers/refusal.ts` names them.
  | `template-${string}`
  // Of texts of notices, as `notices/check.ts` names them.
  | 'unused'
  | 'wrong-shape'
  | 'missing-language'
  | 'stray-brace'
  | 'languages-differ'
  | 'no-lasting-line'
  | 'too-long'
  // Of both.
  | 'not-kept'
  | 'nothing-to-give-up';

/** What a check found in a pack: an error keeps it from being released, a warning is for its author to look at. */
export interface Finding extends Omit<PackError, 'code'> {
  severity: 'error' | 'warning';
  code: FindingCode;
}

/** Broken packs stop the start: every fault with file, line and reason. */
export class PackErrors extends Error {
  readonly errors: PackError[];

  constructor(errors: PackError[]) {
    super(errors.map((e) => `${e.file}:${e.line} [${e.code}] ${e.reason.zh} / ${e.reason.en}`).join('\n'));
    this.name = 'PackErrors';
    this.errors = errors;
  }
}
