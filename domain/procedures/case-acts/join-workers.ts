import { type CaseSnapshot, type PartyId, sideOf } from '../../case/case.ts';
import { askedOfMore, workersSide } from '../../case/collective.ts';
import { agreementStands, isBeforeAgreement } from '../../case/consolidation.ts';
import { checkParty } from '../../case/known-party.ts';
import { type NewWorker, numbered, type Places } from '../../case/new-workers.ts';
import { ARTICLE_7 } from '../../case/representation.ts';
import { MOST_CLAIMS, MOST_WORKERS } from '../../case/size.ts';
import { whileWaiting } from '../../case/transfer.ts';
import { firstRefusal, type Refusal, refuse } from '../../refusal.ts';
import type { Act, ProcedureState, Tell } from '../definition.ts';
import { type MediationState, ORDER_17 } from '../mediation-state.ts';
import { isOwn } from './transfer.ts';

export interface JoinWorkers {
  joining: NewWorker[];
  /** Of the other side, those who agreed to mediate with them too. */
  agreedBy?: PartyId[];
  /** Known when the act is applied. */
  first?: Places;
}

/** An award and an order bind those who were parties to them; who comes later has a case of his own. */
function partiesFixed({ case: { arbitration, past } }: ProcedureState): Refusal | undefined {
  const ordered = past.some(
    ({ procedure, outcome }) => procedure === 'paymentOrder' && ['enforceable', 'paid'].includes(outcome),
  );
  return arbitration === undefined && !ordered
    ? undefined
    : refuse(
        'parties-fixed',
        '本案已经申请仲裁或者已有支付令，当事人不再变动；新的劳动者请另行登记。',
        'Arbitration has been applied for, or there is an order: the parties stay as they are. Register the new workers on their own.',
      );
}

const sortsOf = (claims: ReadonlyArray<{ kind: string; subject: string }>): string[] =>
  claims.map(({ kind, subject }) => `${kind}/${subject}`);

/** 共同请求: each of them claims something that a worker of the case claims too. */
function checkCommonClaim({ claims }: CaseSnapshot, joining: NewWorker[]): Refusal | undefined {
  const there = new Set(sortsOf(claims));
  const stranger = joining.findIndex((worker) => !sortsOf(worker.claims).some((sort) => there.has(sort)));
  return stranger === -1
    ? undefined
    : refuse(
        'no-common-claim',
        '加入的劳动者须与本案劳动者有共同请求；请另行登记。',
        'Who joins must have a claim in common with the workers of the case; register the others on their own.',
        { field: `/joining/${stranger}/claims`, source: ARTICLE_7 },
      );
}

/** A side that has agreed to mediate has agreed to do so with those who were there. */
function checkConsent(state: ProcedureState, agreedBy: PartyId[]): Refusal | undefined {
  const other = workersSide(state.case) === 'applicant' ? 'respondent' : 'applicant';
  const consented = (state as Partial<MediationState>).consents?.[other] === true;
  return firstRefusal(...agreedBy.map((id) => () => checkParty(state.case, id, '/agreedBy')), () =>
    consented && !agreedBy.some((id) => sideOf(state.case, id) === other)
      ? refuse(
          'consent-missing',
          '对方当事人已同意的是与原有劳动者调解；须写明其同意与新加入的劳动者一并调解。',
          'The other side agreed to mediate with those who were there; it must agree to do so with the new ones too.',
          { field: '/agreedBy', source: `${ORDER_17} 第二十二条` },
        )
      : undefined,
  );
}

/**
 * 劳动者加入: workers with a common claim come into a case under way. Their joining interrupts the limitation of their own claims
 * (LIM-02), so that the last day of the case, counted from an earlier day, is none too late for them.
 */
export const joinWorkers: Act<ProcedureState, JoinWorkers> = {
  event: 'case.workersJoined',
  title: { zh: '劳动者加入案件', en: 'Workers join the case' },
  legalRef: 'MED-14',
  source: ARTICLE_7,
  by: ['operator', 'union', 'mediator'],
  brings: true,
  open: (state) =>
    isBeforeAgreement(state) && isOwn(state) && whileWaiting(state) === undefined && partiesFixed(state) === undefined,
  whyNotOpen: (state) => whileWaiting(state) ?? agreementStands(state, state.case.caseNo) ?? partiesFixed(state),
  refuses(state, { joining, agreedBy = [] }) {
    const { parties, claims } = state.case;
    const more = joining.reduce((sum, worker) => sum + worker.claims.length, 0);
    const tooLarge = parties.length + joining.length > MOST_WORKERS || claims.length + more > MOST_CLAIMS;
    return firstRefusal(
      () => checkConsent(state, agreedBy),
      () => checkCommonClaim(state.case, joining),
      () =>
        tooLarge
          ? refuse(
              'case-too-large',
              `一案不得超过 ${MOST_WORKERS} 名当事人、${MOST_CLAIMS} 项请求；请另行登记后关联。`,
              `A case has at most ${MOST_WORKERS} parties and ${MOST_CLAIMS} claims; register the others on their own.`,
              { field: '/joining' },
            )
          : undefined,
    );
  },
  apply(state, { joining, agreedBy, first = { worker: 1, claim: 1 } }) {
    const side = workersSide(state.case) ?? 'applicant';
    const { ids, claims } = numbered(joining, first);
    const parties = ids.map((id) => ({ id, side, kind: 'worker' as const }));
    const { groups = [] } = state.case;
    state.case = {
      ...state.case,
      parties: [...state.case.parties, ...parties],
      claims: [...state.case.claims, ...claims],
      groups: [...new Set([...groups, ...joining.flatMap((worker) => worker.groups)])].sort(),
    };
    return {
      joined: { parties, claims },
      tell: [
        { template: 'workersJoined', to: side === 'applicant' ? 'respondent' : 'applicant' },
        ...ids.map((party): Tell => ({ template: 'joinedCase', to: { party } })),
      ],
      detail: {
        workers: ids,
        claims: claims.map(({ id }) => id),
        ...(agreedBy === undefined ? {} : { agreedBy }),
      },
      ...askedOfMore(state),
    };
  },
};
