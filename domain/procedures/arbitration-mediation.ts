import type { CaseSnapshot, ChainProcedure, Moment, PartyId } from '../case/case.ts';
import { nthReferral, type Referral } from '../case/referral.ts';
import { firstRefusal, type Refusal, refuse } from '../refusal.ts';
import type { LegalDay } from '../time/types.ts';
import type { ArbitrationState } from './arbitration-state.ts';
import { type Act, checkBothSides, checkPastDay, clockKey, type Effects, startClock } from './definition.ts';

const RULES = '劳动人事争议仲裁办案规则';

export interface SuggestMediation {
  ref?: string;
  receivedOn: LegalDay;
}
export interface EntrustMediation extends SuggestMediation {
  consentedOn: LegalDay;
  agreedBy: PartyId[];
}

/** Where the chain of the case has gone, as it tells the arbitration beside it. */
export interface ChainMove {
  from: ChainProcedure;
  outcome: string;
  to: ChainProcedure | 'closed';
  on: LegalDay;
  past: CaseSnapshot['past'];
  /** The case as it was closed, from which it can be taken up again. */
  closed?: CaseSnapshot;
}

/** A step that the arbitration writes because of what it heard. */
export interface MediationNews {
  type: 'arbitration.acceptanceSuspended' | 'arbitration.backFromMediation';
  legalRef: 'MED-15' | 'MED-16';
  source: string;
  effects: Effects;
}

const clerks = ['arbitrator', 'operator'] as const;
/** Outcomes of a mediation in which nobody has mediated. */
const notMediated = ['notApplied', 'refused', 'declined', 'transferred', 'merged'];
const articles = {
  suggested: { legalRef: 'MED-15', source: `${RULES} 第六十九条` },
  entrusted: { legalRef: 'MED-16', source: `${RULES} 第七十条第二款、第八十条` },
} as const;

const isAway = ({ mediation }: ArbitrationState): boolean => mediation !== undefined && mediation.stage !== 'back';

/** The case can be mediated when it is otherwise at rest: it waits for the return visit, or is closed. */
const atRest = ({ chainAt }: ArbitrationState): boolean => chainAt === 'followUp' || chainAt === 'closed';

function whyNot(state: ArbitrationState): Refusal | undefined {
  if (isAway(state))
    return refuse(
      'act-not-open',
      '本案已经交付调解，尚未退回。',
      'The case is being mediated already and is not back.',
      {
        source: `${RULES} 第六十九条、第七十条`,
      },
    );
  return atRest(state)
    ? undefined
    : refuse(
        'act-not-open',
        '本案的协商、调解或者履行仍在进行，结束后才能再引导、委托调解。',
        'Negotiation, mediation or performance is under way in this case; it can be sent to mediation when that has ended.',
        { source: `${RULES} 第六十九条、第七十条` },
      );
}

/** 第六十九条 is about a dispute that came without having been mediated. */
const checkNotMediated = ({ case: { past } }: ArbitrationState): Refusal | undefined =>
  past.some(({ procedure, outcome }) => /mediation$/i.test(procedure) && !notMediated.includes(outcome))
    ? refuse(
        'mediated-before',
        '本案已经调解；调解建议书针对未经调解直接申请仲裁的争议。',
        'The case has been mediated; a suggestion is for one that came to arbitration without.',
        { source: articles.suggested.source },
      )
    : undefined;

/** Sends the case into mediation; what comes of it is heard from the chain. */
function send(state: ArbitrationState, referral: Referral): Effects {
  const { kind } = referral;
  if (kind === 'delegated') return {};
  state.mediation = { kind, stage: 'sent', sentOn: referral.receivedOn };
  const { by: _, ...detail } = referral;
  return { refer: nthReferral(referral, state.case, state.chainAt === 'closed'), detail };
}

const suggest: Act<ArbitrationState, SuggestMediation> = {
  event: 'arbitration.mediationSuggested',
  title: { zh: '发出调解建议书', en: 'Suggest mediation' },
  ...articles.suggested,
  by: clerks,
  open: (state) => state.stage === 'deciding' && !isAway(state) && atRest(state),
  whyNotOpen: (state) => (state.stage === 'deciding' ? whyNot(state) : undefined),
  refuses: (state, input, at) =>
    firstRefusal(
      () => checkNotMediated(state),
      () => checkPastDay(input.receivedOn, at, '/receivedOn', state.filedOn),
    ),
  apply: (state, input) => send(state, { by: 'arbitration', kind: 'suggested', ...input }),
};

const entrust: Act<ArbitrationState, EntrustMediation> = {
  event: 'arbitration.mediationEntrusted',
  title: { zh: '开庭前经双方同意委托调解', en: 'Entrust mediation before the hearing, with the consent of both' },
  ...articles.entrusted,
  by: clerks,
  open: (state) => state.stage === 'arbitrating' && !isAway(state) && atRest(state),
  whyNotOpen: (state) => (state.stage === 'arbitrating' ? whyNot(state) : undefined),
  refuses: (state, input, at) =>
    firstRefusal(
      () => checkBothSides(state, input.agreedBy, articles.entrusted.source),
      () => checkPastDay(input.consentedOn, at, '/consentedOn', state.docketedOn),
      () => checkPastDay(input.receivedOn, at, '/receivedOn', input.consentedOn),
    ),
  apply: (state, { agreedBy: _, ...input }) => send(state, { by: 'arbitration', kind: 'entrusted', ...input }),
};

/** MED-15: both have agreed to be mediated first; the commission need not decide on acceptance meanwhile. */
export function suspendAcceptance(state: ArbitrationState): MediationNews | undefined {
  const { mediation } = state;
  if (mediation?.stage !== 'open' || mediation.kind !== 'suggested') return undefined;
  mediation.stage = 'suspended';
  const stop = ['arbitration.acceptance', 'arbitration.longstop'].map((id) => clockKey(state, id));
  return { type: 'arbitration.acceptanceSuspended', ...articles.suggested, effects: { stop } };
}

/** Takes in where the chain has gone, and the case back when its mediation has ended. */
export function hearOfMove(state: ArbitrationState, move: ChainMove, at: Moment): MediationNews | undefined {
  const { from, outcome, to, past, closed } = move;
  const handedAway = outcome === 'merged' || outcome === 'transferred';
  state.chainAt = to === 'closed' && handedAway ? undefined : to;
  state.case.past = past;
  if (closed) {
    const { step, seq, recentActs, clocks } = state.case;
    state.case = { ...closed, step, seq, recentActs, clocks };
  }
  if (!isAway(state)) return undefined;
  if (outcome !== 'referred') return takeBack(state, from === 'mediation' ? outcome : 'notTaken', at);
  opened(state);
  return undefined;
}

/** The mediation has begun. */
export function opened({ mediation }: ArbitrationState): void {
  if (mediation?.stage === 'sent') mediation.stage = 'open';
}

/**
 * The case is back. An application whose acceptance was suspended is decided on as if it had come now; the time of the
 * award has run on, since no article takes the mediation out of it. Agreed, the record waits for how the case is ended.
 */
function takeBack(state: ArbitrationState, outcome: string, at: Moment): MediationNews | undefined {
  const { mediation } = state;
  if (mediation === undefined) return undefined;
  const { kind } = mediation;
  const wasSuspended = mediation.stage === 'suspended';
  state.mediation = { ...mediation, stage: 'back', outcome, backOn: at.today };
  const anchor = { on: at.today, at };
  const acceptance = clockKey(state, 'arbitration.acceptance');
  const start =
    outcome === 'agreement'
      ? [startClock(state, 'arbitration.afterAgreement', anchor)]
      : wasSuspended
        ? [{ ...startClock(state, 'arbitration.acceptanceResumed', anchor), key: acceptance }]
        : [];
  return { type: 'arbitration.backFromMediation', ...articles[kind], effects: { start, detail: { kind, outcome } } };
}

export const mediationActs = {
  'arbitration.suggestMediation': suggest,
  'arbitration.entrustMediation': entrust,
};
