import { type PartyId, workersOf } from '../../case/case.ts';
import { isBeforeAgreement } from '../../case/consolidation.ts';
import { ONE_WINDOW, whileWaiting } from '../../case/transfer.ts';
import { firstRefusal, refuse } from '../../refusal.ts';
import type { Act, ProcedureState } from '../definition.ts';
import type { SigningState } from '../signing.ts';

export interface SplitCase {
  workers: PartyId[];
}

/** 分案: the workers named go on in a linked case, from where this one stands. */
export const splitCase: Act<ProcedureState, SplitCase> = {
  event: 'case.splitOff',
  title: { zh: '分案办理', en: 'Split the case' },
  legalRef: 'POL-01',
  source: ONE_WINDOW,
  by: ['operator', 'union', 'mediator', 'arbitrator'],
  open: (state) => isBeforeAgreement(state) && whileWaiting(state) === undefined,
  whyNotOpen: whileWaiting,
  refuses({ case: snapshot }, { workers }) {
    const own = workersOf(snapshot).map(({ id }) => id);
    const stranger = workers.find((id) => !own.includes(id));
    return firstRefusal(
      () =>
        stranger === undefined
          ? undefined
          : refuse('unknown-worker', `${stranger} 不是本案劳动者。`, `${stranger} is not a worker of this case.`, {
              field: '/workers',
            }),
      () =>
        own.every((id) => workers.includes(id))
          ? refuse('nobody-left', '分案后本案没有劳动者。', 'The split would leave nobody in this case.', {
              field: '/workers',
            })
          : undefined,
    );
  },
  apply(state, { workers }) {
    // Terms that nobody has signed were written for all of them.
    delete (state as Partial<SigningState>).draft;
    return { split: { workers, resume: { stage: state.stage } }, detail: { workers } };
  },
};
