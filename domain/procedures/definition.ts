import type {
  Actor,
  CaseSnapshot,
  Claim,
  Clock,
  ClockStart,
  Moment,
  Opening,
  Paper,
  Party,
  PartyId,
  Procedure,
  Side,
} from '../case/case.ts';
import { sideOf } from '../case/case.ts';
import { checkParty } from '../case/known-party.ts';
import type { Referral } from '../case/referral.ts';
import { stageTitle } from '../labels.ts';
import type { NoticeTemplate } from '../notices.ts';
import type { OfficeKind } from '../offices.ts';
import { firstRefusal, type Refusal, refuse } from '../refusal.ts';
import type { Decision, DecisionPoint, FactValue } from '../rules.ts';
import type { Bilingual, Extension, LegalDay } from '../time/types.ts';

/** What every procedure's state has: the case, where it stands, its clocks, and the outcome once there is one. */
export interface ProcedureState {
  procedure: Procedure;
  /** Names the run within the case: prefix of its clocks' keys and of what it writes once. */
  run: string;
  case: CaseSnapshot;
  stage: string;
  clocks: Clock[];
  outcome?: string;
}

/** Someone to be told, by role or by party; the text is a template, a file of notices/templates. */
export interface Tell {
  template: NoticeTemplate;
  to: OfficeKind | 'liaison' | Side | { party: PartyId } | { office: OfficeKind; region: string };
  clockKey?: string;
}

/** What follows from an act or a silence, besides the change of state. */
export interface Effects {
  start?: ClockStart[];
  stop?: string[];
  tell?: Tell[];
  /** Facts for the event. No personal data. */
  detail?: Record<string, unknown>;
  /** Opens a procedure beside the chain. */
  open?: Opening;
  /** Sends the case from the arbitration into mediation. */
  refer?: Referral;
  /** Splits the workers not covered into a linked case, which goes on in the state given. */
  split?: { workers: PartyId[]; resume: { stage: string } & Record<string, unknown> };
  /** Workers who come into the case, as they are in its state; who they are is kept with the act, in the database. */
  joined?: { parties: Party[]; claims: Claim[] };
  /** Decisions to be taken and kept with the event. */
  ask?: Question[];
  /** Takes the answers, in their order, before the step is written: changes the state, and says who else is told of what, and what opens. */
  answered?(decisions: Decision[]): Pick<Effects, 'tell' | 'detail' | 'open'>;
}

/** A question put to the rules. */
export interface Question {
  point: DecisionPoint;
  facts: Record<string, FactValue>;
}

/** Who may do an act: staff by role, parties by side, or the one who owes or is owed. */
export type Doer = Exclude<Actor['role'], 'party' | 'system'> | 'party:applicant' | 'party:respondent';

/**
 * One act of a procedure: the law of who may do it, when, and what it changes.
 * Pure: `refuses` looks, `apply` changes the state it is given and says what follows.
 */
export interface Act<S extends ProcedureState, I> {
  event: string;
  title: Bilingual;
  legalRef: string;
  source: string;
  by: readonly Doer[];
  /** Also for the office of a region that is asked to take the case over, and is not the case's own yet. */
  byRegionAsked?: true;
  /** Ends or declines something while the limitation runs on: whoever does it is shown its last day. */
  costsTime?: true;
  /** The clock that must still run; after its last moment the act is refused. */
  within?: string;
  /** Whether the act is open at all in this state. */
  open(state: S): boolean;
  /** Why it is not open, where there is more to say than that. */
  whyNotOpen?(state: S): Refusal | undefined;
  /** The other case that must take this one's parties in before the act is applied. */
  asksCase?(state: S, input: I): string;
  /**
   * It brings people into the case. Whether they are there already is seen where the names are, in the database, which also says
   * which numbers are free: `apply` finds them under `first` in its input.
   */
  brings?: true;
  /**
   * The release by which the case is to go from then on. Whether its clocks can be counted by it is seen where the rules are; `apply`
   * finds what comes of them under `under` in its input, and `refuses` looks at that too.
   */
  asksRelease?(input: I): string;
  refuses?(state: S, input: I, at: Moment): Refusal | undefined;
  apply(state: S, input: I, at: Moment): Effects;
}

// biome-ignore lint/suspicious/noExplicitAny: an act's input is contravariant; the registry in contracts/ pairs each act with its schema
export type AnyAct<S extends ProcedureState> = Act<S, any>;

/** A procedure: how it begins, its acts, and what silence does. */
export interface ProcedureDefinition<S extends ProcedureState> {
  procedure: Procedure;
  title: Bilingual;
  legalRef: string;
  source: string;
  outcomes: readonly string[];
  begin(snapshot: CaseSnapshot, at: Moment): { state: S; effects: Effects };
  acts: Record<string, AnyAct<S>>;
  /** Facts `silence.default` reads beyond the clock's id. */
  silenceFacts?(state: S, clock: Clock): { side?: Side | 'organisation' | 'none'; evidence?: boolean };
  /** What `silence.default` may answer besides the outcomes: names that the procedure acts on. */
  silences?: readonly string[];
  /** For a clock, by its name within the procedure, all that it may answer: whatever else is said does nothing. */
  silencesOf?: Readonly<Record<string, readonly string[]>>;
  /** Outcomes to which a silence leads though the rules answer another name, or none. */
  endsInSilence?: readonly string[];
  /** What a silence does that is not simply an outcome of the procedure; `undefined` leaves it to that. */
  silence?(state: S, clock: Clock, outcome: string, at: Moment): Effects | undefined;
  /** What follows when an advisory clock has passed. */
  passed?(state: S, clock: Clock, at: Moment): Effects;
  /** Who is reminded of a clock; the operator where it does not say. */
  reminds?(state: S, clock: Clock): Array<Tell['to']>;
  /** Takes the case to the mediation that the commission sends it to. */
  takeReferral?(state: S, referral: Referral): void;
  /** Takes what came of an application that ran beside; says whether it is news. */
  takePaper?(state: S, paper: Paper): boolean;
}

/** The state after a silence whose outcome ends the procedure. Throws for an outcome the procedure does not know: the pack is wrong. */
export function endBySilence<S extends ProcedureState>(
  definition: ProcedureDefinition<S>,
  state: S,
  clock: Clock,
  outcome: string,
): Effects {
  if (!definition.outcomes.includes(outcome))
    throw new Error(
      `silence.default answered "${outcome}" for ${clock.deadlineId}; ${definition.procedure} has no such outcome`,
    );
  state.stage = 'ended';
  state.outcome = outcome;
  return {};
}

/** The run's name for a procedure of the chain. */
export const chainRun = (snapshot: CaseSnapshot): string => String(snapshot.runNo);

/** Key of a clock of this run: one name for the story, the acts and the tests. */
export const clockKey = (state: { run: string }, deadlineId: string, subject?: string): string =>
  `${state.run}:${deadlineId}${subject === undefined ? '' : `#${subject}`}`;

/** The open clock of that deadline in this run. */
export const clockOf = (state: ProcedureState, deadlineId: string, subject?: string): Clock | undefined =>
  state.clocks.find((clock) => clock.key === clockKey(state, deadlineId, subject));

/** The clock that bounds an act: of this run, or of one before that has left it running. */
const clockWithin = ({ clocks }: ProcedureState, deadlineId: string): Clock | undefined =>
  clocks.find((clock) => clock.deadlineId === deadlineId && clock.subject === undefined);

/** Starts a clock from a day; the moment matters only where a rule counts hours or seconds. */
export function startClock(
  state: ProcedureState,
  deadlineId: string,
  anchor: { on: LegalDay; at: Moment },
  more: { subject?: string; amount?: number; unit?: ClockStart['unit']; until?: LegalDay } = {},
): ClockStart {
  const { subject, ...agreed } = more;
  return {
    key: clockKey(state, deadlineId, subject),
    deadlineId,
    anchorOn: anchor.on,
    anchorAt: anchor.at.now,
    ...agreed,
    ...(subject === undefined ? {} : { subject }),
  };
}

/**
 * The same clock, to be computed again from its anchor; what has fired stays fired, and what has run out has run out.
 * An extension gives it another end, which is reminded of anew.
 */
export function restartClock(clock: Clock, extension?: Extension): ClockStart {
  const { key, deadlineId, anchorOn, anchorAt, until, extensions, fired, subject, revision, expired, sha256 } = clock;
  return {
    key,
    deadlineId,
    anchorOn,
    anchorAt,
    fired: extension === undefined ? fired : [],
    revision,
    ...(expired ? { expired } : {}),
    ...(sha256 === undefined ? {} : { sha256 }),
    extensions: extension === undefined ? extensions : [...extensions, extension],
    ...(until === undefined ? {} : { until }),
    ...(subject === undefined ? {} : { subject }),
    ...(clock.agreed ? { amount: clock.amount, unit: clock.unit } : {}),
  };
}

/** How a procedure is entered: from its beginning, or in the middle by a case that was split off. */
export function enter<S extends ProcedureState>(
  definition: ProcedureDefinition<S>,
  snapshot: CaseSnapshot,
  at: Moment,
): { state: S; effects: Effects } {
  const { resume, handedBack = [], ...rest } = snapshot;
  if (resume === undefined) {
    const { state, effects } = definition.begin(handedBack.length === 0 ? snapshot : rest, at);
    return handedBack.length === 0
      ? { state, effects }
      : { state, effects: { ...effects, start: [...(effects.start ?? []), ...handedBack] } };
  }
  const state = { ...resume, case: rest as CaseSnapshot, clocks: [] } as unknown as S;
  return { state, effects: { start: resume.clocks.map((clock) => restartClock(clock)) } };
}

/** Refuses a day in the future, and one before the case can have known of it. */
export function checkPastDay(day: LegalDay, at: Moment, field: string, notBefore?: LegalDay): Refusal | undefined {
  if (day > at.today) return refuse('day-in-the-future', `${day} 尚未到来。`, `${day} has not come yet.`, { field });
  if (notBefore !== undefined && day < notBefore)
    return refuse('day-too-early', `${day} 早于 ${notBefore}。`, `${day} lies before ${notBefore}.`, { field });
  return undefined;
}

/** Refuses unless the named parties include one of each side. */
export function checkBothSides(state: ProcedureState, agreedBy: PartyId[], source: string): Refusal | undefined {
  const stranger = firstRefusal(...agreedBy.map((id) => () => checkParty(state.case, id, '/agreedBy')));
  if (stranger) return stranger;
  const sides = new Set(agreedBy.map((id) => sideOf(state.case, id)));
  return sides.has('applicant') && sides.has('respondent')
    ? undefined
    : refuse('both-sides-needed', '须双方当事人一致同意。', 'Both sides must have agreed.', {
        field: '/agreedBy',
        source,
      });
}

/** Refuses unless everyone bound has signed: an agreement binds nobody who did not agree to it. */
export function checkSigned(agreedBy: PartyId[], bound: PartyId[], source: string): Refusal | undefined {
  const missing = bound.filter((id) => !agreedBy.includes(id));
  return missing.length === 0
    ? undefined
    : refuse(
        'signature-missing',
        `缺少 ${missing.join('、')} 的签名。`,
        `The signature of ${missing.join(', ')} is missing.`,
        { field: '/agreedBy', source },
      );
}

/**
 * Whether an act may be done now by this actor's lights: open, in time, acceptable.
 * The same function answers for the workflow's validator and for the list of open acts.
 */
export function refusalOf<S extends ProcedureState>(
  act: AnyAct<S>,
  state: S,
  input: unknown,
  at: Moment,
): Refusal | undefined {
  return refusalToOpen(act, state, at) ?? act.refuses?.(state, input, at);
}

/** The part of `refusalOf` that needs no input. */
export function refusalToOpen<S extends ProcedureState>(act: AnyAct<S>, state: S, at: Moment): Refusal | undefined {
  if (state.outcome !== undefined)
    return refuse(
      'procedure-closing',
      '程序正在结束，请稍后再试。',
      'The procedure is closing; try again in a moment.',
    );
  if (!act.open(state))
    return (
      act.whyNotOpen?.(state) ??
      refuse(
        'act-not-open',
        `${act.title.zh}在当前阶段（${stageTitle(state.stage).zh}）不能进行。`,
        `"${act.title.en}" is not open at this stage (${stageTitle(state.stage).en}).`,
        { source: act.source },
      )
    );
  const clock = act.within === undefined ? undefined : clockWithin(state, act.within);
  return clock !== undefined && at.now >= clock.dueAt
    ? refuse(
        'deadline-passed',
        `期限已于 ${clock.dueOn} 24:00 届满。`,
        `The time for this ended on ${clock.dueOn} at 24:00.`,
        { source: clock.source },
      )
    : undefined;
}
