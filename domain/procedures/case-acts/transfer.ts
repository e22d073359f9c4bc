import type { Clock } from '../../case/case.ts';
import { LIMITATION } from '../../case/limitation.ts';
import { liveReferral } from '../../case/referral.ts';
import {
  isWaiting,
  ONE_WINDOW,
  officeOf,
  TRANSFER,
  type Transfer,
  type TransferBody,
  whileWaiting,
} from '../../case/transfer.ts';
import { firstRefusal, refuse } from '../../refusal.ts';
import type { LegalDay } from '../../time/types.ts';
import { type Act, checkPastDay, type Effects, type ProcedureState } from '../definition.ts';

export interface TransferCase {
  to: TransferBody;
  region?: string;
  handedOverOn: LegalDay;
}

export interface AnswerTransfer {
  accepted: boolean;
  answeredOn: LegalDay;
  ref?: string;
}

/** An agreement is performed and enforced where it was made; an order for payment lies with the court. */
const transferable = ['negotiation', 'mediation', 'followUp'];

/** What a court or a commission has sent goes back to it and nowhere else. */
export const isOwn = ({ case: snapshot }: ProcedureState): boolean => liveReferral(snapshot) === 'none';

/** 移送: another body is asked to take the case over. Until it has, the case goes on here. */
export const transferCase: Act<ProcedureState, TransferCase> = {
  event: 'case.handedOver',
  title: { zh: '移送其他机构', en: 'Hand the case over to another body' },
  legalRef: 'POL-01',
  source: ONE_WINDOW,
  by: ['operator', 'union', 'mediator', 'arbitrator', 'court'],
  open: (state) =>
    transferable.includes(state.procedure) && state.stage !== 'ended' && isOwn(state) && !isWaiting(state),
  whyNotOpen: whileWaiting,
  refuses: (state, { region, handedOverOn }, at) =>
    firstRefusal(
      () => checkPastDay(handedOverOn, at, '/handedOverOn', state.case.registeredOn),
      () =>
        region === state.case.region
          ? refuse('own-region', '案件就在该地办理。', 'The case is led by that region already.', { field: '/region' })
          : undefined,
    ),
  apply(state, input, at) {
    const transfer: Transfer = { ...input, stage: 'waiting' };
    state.case.transfer = transfer;
    const anchor = { anchorOn: input.handedOverOn, anchorAt: at.now };
    return {
      start: [{ key: TRANSFER, deadlineId: 'case.transferAnswer', ...anchor }],
      tell: [
        { template: 'handedOver', to: officeOf(transfer), clockKey: TRANSFER },
        { template: 'handedOverElsewhere', to: 'applicant', clockKey: TRANSFER },
      ],
      detail: { ...input },
    };
  },
};

/** Who speaks for the body that was asked; the window may write down what any of them said. */
const speaks = (role: string, to: TransferBody): boolean =>
  role === 'operator' || (role === 'court' && to === 'court') || (role === 'arbitrator' && to === 'arbitration');

/** The other body accepts, and the case ends here; or it refuses, and the case goes on. */
export const answerTransfer: Act<ProcedureState, AnswerTransfer> = {
  event: 'case.handOverAnswered',
  title: { zh: '答复移送', en: 'Answer the hand-over' },
  legalRef: 'POL-01',
  source: ONE_WINDOW,
  by: ['operator', 'arbitrator', 'court'],
  byRegionAsked: true,
  open: isWaiting,
  whyNotOpen: ({ case: { transfer } }) =>
    transfer === undefined
      ? undefined
      : refuse(
          'transfer-answered',
          transfer.stage === 'unanswered' ? '答复期限已过，案件继续在此办理。' : '移送已经答复。',
          transfer.stage === 'unanswered'
            ? 'The time for the answer has passed; the case goes on here.'
            : 'The hand-over has been answered.',
          { source: ONE_WINDOW },
        ),
  refuses: ({ case: { transfer } }, { answeredOn }, at) =>
    firstRefusal(
      () => checkPastDay(answeredOn, at, '/answeredOn', transfer?.handedOverOn),
      () =>
        transfer !== undefined && !speaks(at.actor.role, transfer.to)
          ? refuse('wrong-body', '只能由受移送的机构答复。', 'Only the body that was asked can answer.')
          : undefined,
    ),
  apply(state, { accepted, ...answer }) {
    const transfer: Transfer = {
      ...(state.case.transfer as Transfer),
      ...answer,
      stage: accepted ? 'accepted' : 'refused',
    };
    state.case.transfer = transfer;
    const { to, region } = transfer;
    const detail = { accepted, to, ...(region === undefined ? {} : { region }), ...answer };
    if (!accepted)
      return {
        stop: [TRANSFER],
        tell: [
          { template: 'handOverRefused', to: 'operator' },
          { template: 'handOverRefused', to: 'applicant' },
        ],
        detail,
      };
    state.stage = 'ended';
    state.outcome = 'transferred';
    // LIM-01: whether the other body's work interrupts it is not said anywhere; the last day is told so that nobody relies on it.
    const limitation = state.clocks.find(({ key }) => key === LIMITATION);
    return {
      stop: [TRANSFER],
      tell: [{ template: 'handOverAccepted', to: 'applicant', ...(limitation ? { clockKey: LIMITATION } : {}) }],
      detail: { ...detail, ...(limitation ? { limitationDueOn: limitation.dueOn } : {}) },
    };
  },
};

/** Nobody answered in time: the window is told, and the case goes on here. */
export function transferUnanswered(state: ProcedureState, { key }: Clock): Effects {
  if (state.case.transfer) state.case.transfer = { ...state.case.transfer, stage: 'unanswered' };
  return {
    tell: [
      { template: 'handOverUnanswered', to: 'operator', clockKey: key },
      { template: 'handOverUnanswered', to: 'applicant', clockKey: key },
    ],
  };
}
