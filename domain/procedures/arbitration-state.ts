import type { ChainProcedure, ClaimSubject, ClockStart, PartyId, Side } from '../case/case.ts';
import type { LegalDay } from '../time/types.ts';
import type { LeftOrPosted } from './deemed-service.ts';
import type { ProcedureState } from './definition.ts';

/** The law of mediation and arbitration, and the Supreme Court's first interpretation, as cited. */
export const LAW = '劳动争议调解仲裁法';
export const INTERPRETATION = '最高人民法院关于审理劳动争议案件适用法律问题的解释（一）';

/** How the record of an arbitration ends. */
export const arbitrationOutcomes = [
  'notAccepted',
  'withdrawn',
  'mediated',
  'sued',
  'inForce',
  'setAside',
  'lapsed',
] as const;

/** Where the record of an arbitration stands; `notAccepted`: the application was refused, and a suit is open. */
export const arbitrationStages = ['deciding', 'notAccepted', 'arbitrating', 'awarded', 'ended'] as const;

/** What an award says of itself (解释（一） 第十八条). */
export const statedFinalities = ['final', 'nonFinal', 'unstated'] as const;

/** The clocks by which somebody may act against an award (FIN-01 to FIN-05). */
export const rightClocks = [
  'arbitration.workerSuit',
  'arbitration.setAside',
  'arbitration.suitAfterSetAside',
  'arbitration.suit',
  'arbitration.setAsideAfterSuit',
] as const;
export type RightClock = (typeof rightClocks)[number];

/** 劳动争议调解仲裁法 第四十九条: why a final award is set aside. */
export const setAsideGrounds = [
  'wrongLaw',
  'noJurisdiction',
  'procedureViolated',
  'evidenceForged',
  'evidenceConcealed',
  'arbitratorCorrupt',
] as const;

/** One item of an award. What it is for and for whom; the words stay in the paper. */
export interface AwardItem {
  /** The claim it answers, if the case knows it; a counterclaim has none. */
  claim?: string;
  subject: ClaimSubject;
  /** About national standards of hours, rest, social insurance and the like (第四十七条第（二）项). */
  standards: boolean;
  creditor: PartyId;
  amountFen?: number;
}

/** How an award ends. */
export type AwardFate = 'inForce' | 'sued' | 'setAside' | 'lapsed';

/**
 * What becomes of an award for one worker. Where some of several sue it has no effect for them and takes effect for the
 * others (解释（一） 第十七条), so each worker's share of it goes its own way.
 */
export interface AwardShare {
  worker: PartyId;
  /** What a court has before it: the worker's suit, or the employer's application against him. */
  court?: { kind: 'suit' | 'setAside'; filedOn: LegalDay };
  /** The court has set it aside; the parties may sue. */
  annulled?: boolean;
  fate?: AwardFate;
}

/** One document: final and other items are put in two (办案规则 第五十条). */
export interface AwardDocument {
  id: 'a1' | 'a2';
  stated: (typeof statedFinalities)[number];
  items: AwardItem[];
  /** What the rules found. */
  final?: boolean;
  /** Who has received it: the times of each party run from the day on which that party did (第四十八条、第五十条). */
  received: Partial<Record<PartyId, LegalDay>>;
  /** Where it was left or put up, and counts as received some days later (ARB-06). */
  left?: Partial<Record<PartyId, LegalDay>>;
  shares: AwardShare[];
  /** The rights that have begun and are neither used nor over, known also while their clocks are being computed. */
  rights: AwardRight[];
}

export type AwardRight = Pick<ClockStart, 'key' | 'deadlineId' | 'subject'>;

export interface ArbitrationState extends ProcedureState {
  procedure: 'arbitration';
  stage: (typeof arbitrationStages)[number];
  attempt: number;
  filedOn: LegalDay;
  filedBy: Side;
  docketedOn?: LegalDay;
  /** The commission is late: the way to the court is open (ARB-01, ARB-05). */
  suitOpen: boolean;
  /** The limitation had run out when arbitration was applied for; it is for the other side to plead it (LIM-04). */
  limitationOver: boolean;
  awardedOn?: LegalDay;
  /** Twelve months of the local minimum wage, as the clerk stated it; no source of the rules gives it. */
  twelveMonthsFen?: number;
  documents: AwardDocument[];
  /** Where the chain of the case is, as it told last. */
  chainAt?: ChainProcedure | 'closed';
  /** The case was sent to mediation by the commission (MED-15, MED-16). */
  mediation?: {
    kind: 'suggested' | 'entrusted';
    stage: 'sent' | 'open' | 'suspended' | 'back';
    sentOn: LegalDay;
    backOn?: LegalDay;
    outcome?: string;
  };
  /** The time to enforce what is in force is watched already. */
  enforcementWatched?: true;
  /** The suit on what the commission did not accept. */
  suit?: { by: Side; filedOn: LegalDay };
}

export interface FileArbitration {
  party: PartyId;
  filedOn: LegalDay;
}
export interface OnDay {
  on: LegalDay;
}
export interface ExtendAward {
  days: number;
}
export interface RecordAward {
  awardedOn: LegalDay;
  /** The local monthly minimum wage, stated by the clerk, in fen. */
  monthlyMinimumFen: number;
  documents: Array<Pick<AwardDocument, 'stated' | 'items'>>;
}
export interface AwardReceived extends LeftOrPosted {
  document: AwardDocument['id'];
  party: PartyId;
  /** The day on which it was received; left or put up, the day on which that was done. */
  receivedOn: LegalDay;
}
export interface SueOnArbitration {
  /** The document sued against; none where there is no award. */
  document?: AwardDocument['id'];
  party: PartyId;
  filedOn: LegalDay;
}
export interface SuitEnded {
  /** The document sued against; none where nothing was accepted. */
  document?: AwardDocument['id'];
  /** The worker whose suit it was; may be left out where only one is before the court. */
  party?: PartyId;
  how: 'dismissed' | 'withdrawn' | 'judged';
  receivedOn: LegalDay;
}
export interface ApplyToSetAside {
  document: AwardDocument['id'];
  party: PartyId;
  filedOn: LegalDay;
  ground: (typeof setAsideGrounds)[number];
}
/** It answers all that employers have asked of that court about the document. */
export interface SetAsideRuling {
  document: AwardDocument['id'];
  setAside: boolean;
  /** The day on which each side received the ruling, as the court's paper is served; whoever of it did on another day is named apart. */
  applicantReceivedOn: LegalDay;
  respondentReceivedOn: LegalDay;
  apart?: Array<{ party: PartyId; receivedOn: LegalDay }>;
}
export type Nothing = Record<string, never>;

export const sides = ['applicant', 'respondent'] as const satisfies Side[];

/** Those of the workers' side, each with a share in the award; the employer may be the one who applied. */
export const workersIn = ({ case: { parties } }: ArbitrationState): PartyId[] => {
  const side = parties.find(({ kind }) => kind === 'worker')?.side ?? 'applicant';
  return parties.filter((party) => party.side === side).map(({ id }) => id);
};

/** Those of the employer's side. */
export const employersIn = (state: ArbitrationState): PartyId[] => {
  const workers = workersIn(state);
  return state.case.parties.map(({ id }) => id).filter((id) => !workers.includes(id));
};

export const documentOf = (state: ArbitrationState, id: string): AwardDocument | undefined =>
  state.documents.find((document) => document.id === id);

/** What a party's right against a document is about, `a1:w1`; an employer's against one of several workers, `a1:r1:w1`. */
export const subjectOf = ({ id, shares }: AwardDocument, party: PartyId, against?: PartyId): string =>
  `${id}:${party}${against === undefined || shares.length === 1 ? '' : `:${against}`}`;

/** What a clock's subject names. */
export const aboutOf = (subject?: string | null): { document?: string; party?: PartyId; against?: PartyId } => {
  const [, document, party, against] = /^(a[12])(?::(\w+))?(?::(\w+))?$/.exec(subject ?? '') ?? [];
  return { ...(document ? { document } : {}), ...(party ? { party } : {}), ...(against ? { against } : {}) };
};
