import { type CaseUnder, NOT_REACHING_BACK, refusalOfMove, sameRelease, takeRelease } from '../../case/release-move.ts';
import type { Act, ProcedureState } from '../definition.ts';

export interface MoveToRelease {
  sha256: string;
  /** Known when the act is applied. */
  under?: CaseUnder;
}

/** 改按另一版规则办理: an open case is moved from the release of its intake to another one that is or was in force. */
export const moveToRelease: Act<ProcedureState, MoveToRelease> = {
  event: 'case.movedToRelease',
  title: { zh: '改按另一版规则办理', en: 'Move the case to another release of the rules' },
  legalRef: 'POL-01',
  source: NOT_REACHING_BACK,
  by: ['administrator'],
  asksRelease: ({ sha256 }) => sha256,
  open: ({ stage }) => stage !== 'ended',
  refuses: (state, { sha256, under }) => sameRelease(state.case, sha256) ?? (under && refusalOfMove(under.moves)),
  apply(state, { under }, { today }) {
    if (under === undefined) throw new Error('a case cannot be moved before it is known what that does');
    const { start, detail } = takeRelease(state, under, today);
    return {
      start,
      detail,
      tell: (['applicant', 'respondent', 'operator'] as const).map((to) => ({ template: 'rulesChanged', to })),
    };
  },
};
