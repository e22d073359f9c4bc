import { agreementStands, isBeforeAgreement } from '../../case/consolidation.ts';
import { ONE_WINDOW, whileWaiting } from '../../case/transfer.ts';
import { refuse } from '../../refusal.ts';
import type { Act, ProcedureState } from '../definition.ts';
import { isOwn } from './transfer.ts';

export interface Consolidate {
  into: string;
}

/**
 * 并案: parties and claims go on in another case of the same respondent, and this one ends. Applied only once the other case has
 * taken them in (docs/decisions/0014).
 */
export const consolidate: Act<ProcedureState, Consolidate> = {
  event: 'case.consolidated',
  title: { zh: '并入另一案件', en: 'Consolidate into another case' },
  legalRef: 'POL-01',
  source: ONE_WINDOW,
  by: ['operator', 'mediator', 'arbitrator'],
  open: (state) => isBeforeAgreement(state) && isOwn(state) && whileWaiting(state) === undefined,
  whyNotOpen: (state) => whileWaiting(state) ?? agreementStands(state, state.case.caseNo),
  refuses: ({ case: { caseNo } }, { into }) =>
    into === caseNo
      ? refuse('same-case', '案件不能并入自身。', 'A case cannot be consolidated with itself.', { field: '/into' })
      : undefined,
  asksCase: (_state, { into }) => into,
  apply(state, { into }) {
    state.stage = 'ended';
    state.outcome = 'merged';
    state.case.mergedInto = into;
    return { detail: { into } };
  },
};
