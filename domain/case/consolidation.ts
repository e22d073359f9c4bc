import type { ProcedureState } from '../procedures/definition.ts';
import type { SigningState } from '../procedures/signing.ts';
import { type Refusal, refuse } from '../refusal.ts';
import type { LegalDay } from '../time/types.ts';
import type { ClockStart, Side, WorkerGroup } from './case.ts';
import { workersSide } from './collective.ts';
import { LIMITATION } from './limitation.ts';
import { liveReferral } from './referral.ts';
import { MOST_CLAIMS, MOST_WORKERS } from './size.ts';
import { whileWaiting } from './transfer.ts';

/** A case that asks another one of the same respondent to take its parties and claims in. */
export interface JoinRequest {
  from: string;
  region: string;
  scope: string;
  /** Who has sent it and waits for it to come back. */
  referral: string;
  /** Which side the workers are on. */
  workersSide: Side | undefined;
  /** How far it has come. */
  at: string;
  parties: number;
  claims: number;
  /** Groups that its workers belong to. */
  groups?: WorkerGroup[];
  limitation?: Pick<ClockStart, 'deadlineId' | 'anchorOn'> & { dueOn: LegalDay };
}

const stages: Partial<Record<string, readonly string[]>> = {
  negotiation: ['serving', 'awaitingAnswer', 'negotiating'],
  mediation: ['offered', 'consenting', 'accepting', 'hearing'],
};

/** Whether a case can still be divided or joined: it negotiates or mediates, and no agreement is made or being signed. */
export const isBeforeAgreement = (state: ProcedureState): boolean =>
  state.case.agreement === undefined &&
  (stages[state.procedure]?.includes(state.stage) ?? false) &&
  !(state as Partial<SigningState>).signatures?.length;

/** A negotiation has one table however far it is; a mediation goes from one consent to the next. */
const placeOf = ({ procedure, stage }: ProcedureState): string =>
  procedure === 'negotiation' ? procedure : `${procedure}/${stage}`;

/** What another case is told of this one. */
export function joinRequestOf(state: ProcedureState): JoinRequest {
  const { caseNo: from, region, scope, parties, claims, groups } = state.case;
  const limitation = state.clocks.find(({ key }) => key === LIMITATION);
  return {
    ...{
      from,
      region,
      scope,
      referral: liveReferral(state.case),
      at: placeOf(state),
      workersSide: workersSide(state.case),
    },
    ...{ parties: parties.length, claims: claims.length },
    ...(groups === undefined ? {} : { groups }),
    ...(limitation === undefined
      ? {}
      : {
          limitation: {
            deadlineId: limitation.deadlineId,
            anchorOn: limitation.anchorOn,
            dueOn: limitation.dueOn,
          },
        }),
  };
}

/** A case with an agreement keeps to those who made it. */
export const agreementStands = ({ case: { agreement } }: ProcedureState, caseNo: string): Refusal | undefined =>
  agreement === undefined
    ? undefined
    : refuse(
        'agreement-stands',
        `${caseNo} 已有协议，当事人不再变动。`,
        `${caseNo} has an agreement, and its parties stay as they are.`,
      );

/** What is said where the two have no employer in common; the names are compared in the database. */
export const otherEmployer = (caseNo: string, into: string): Refusal =>
  refuse(
    'other-employer',
    `${caseNo} 与 ${into} 的用人单位不同，不能并案。`,
    `${caseNo} and ${into} have no employer in common.`,
    { field: '/into' },
  );

/** Why a case does not take another one in; the employers are compared where the names are. */
export function takeInRefusal(state: ProcedureState, asked: JoinRequest): Refusal | undefined {
  const own = joinRequestOf(state);
  const stands = agreementStands(state, own.from) ?? whileWaiting(state);
  if (stands) return { ...stands, field: '/into' };
  const differing = (['region', 'scope', 'referral', 'workersSide', 'at'] as const).filter(
    (name) => own[name] !== asked[name],
  );
  const tooLarge = own.parties + asked.parties > MOST_WORKERS || own.claims + asked.claims > MOST_CLAIMS;
  if (isBeforeAgreement(state) && differing.length === 0 && !tooLarge) return undefined;
  const why = [...differing, ...(tooLarge ? ['size'] : [])].join(', ') || placeOf(state);
  return refuse(
    'cases-not-alike',
    `两案的地区、争议性质、程序阶段须一致（${why}），并案后不得超过 ${MOST_WORKERS} 名当事人、${MOST_CLAIMS} 项请求。`,
    `The two cases must be alike in region, scope and stage (${why}), and not be too large together.`,
    { field: '/into' },
  );
}

/** The limitation of the case that takes in is counted from where the earlier of the two ends, so that nobody is told too late. */
export function earlierLimitation(state: ProcedureState, { limitation }: JoinRequest, now: string): ClockStart[] {
  const own = state.clocks.find(({ key }) => key === LIMITATION);
  if (limitation === undefined || (own !== undefined && own.dueOn <= limitation.dueOn)) return [];
  const { deadlineId, anchorOn } = limitation;
  return [
    { key: LIMITATION, deadlineId, anchorOn, anchorAt: now, fired: [], ...(own ? { revision: own.revision } : {}) },
  ];
}
