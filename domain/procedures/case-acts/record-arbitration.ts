import { type Side, sideOf } from '../../case/case.ts';
import { checkParty } from '../../case/known-party.ts';
import { LIMITATION } from '../../case/limitation.ts';
import { firstRefusal } from '../../refusal.ts';
import type { LegalDay } from '../../time/types.ts';
import type { FileArbitration } from '../arbitration-state.ts';
import { type Act, checkPastDay, type ProcedureState } from '../definition.ts';

const LAW = '劳动争议调解仲裁法';

/** Only labour and personnel disputes go to arbitration. */
export const isForArbitration = ({ case: { scope } }: ProcedureState): boolean =>
  scope === 'labour' || scope === 'personnel';

/** Whether the limitation had run out before that day; who is sued may plead it (LIM-04). */
function wasOver({ case: { limitationRanOut }, clocks }: ProcedureState, on: LegalDay): boolean {
  const limitation = clocks.find(({ key }) => key === LIMITATION);
  return limitationRanOut === true || (limitation !== undefined && on > limitation.dueOn);
}

/** 申请仲裁: the claim has been brought in time or not, its limitation is watched no more, and a record is opened of what comes of it. */
export const recordArbitration: Act<ProcedureState, FileArbitration> = {
  event: 'case.arbitrationFiled',
  title: { zh: '登记已经申请仲裁', en: 'Record that arbitration was applied for' },
  legalRef: 'ARB-01',
  source: `${LAW} 第二十七条第二款、第二十九条`,
  by: ['operator', 'union', 'mediator', 'arbitrator'],
  open: (state) => isForArbitration(state) && state.case.arbitration === undefined,
  refuses: (state, { party, filedOn }, at) =>
    firstRefusal(
      () => checkParty(state.case, party, '/party'),
      () => checkPastDay(filedOn, at, '/filedOn'),
    ),
  apply(state, { party, filedOn }) {
    const limitationOver = wasOver(state, filedOn);
    const attempt = (state.case.arbitration?.attempt ?? 0) + 1;
    state.case.arbitration = { filedOn, attempt };
    const by: Side = sideOf(state.case, party) ?? 'applicant';
    return {
      stop: [LIMITATION],
      open: {
        ...{ procedure: 'arbitration', attempt, appliedOn: filedOn, by, limitationOver },
        during: state.procedure,
      },
      detail: { party, filedOn, limitationOver },
    };
  },
};
