import type { CaseSnapshot } from '../case/case.ts';
import { courtReferral } from '../case/referral.ts';
import type { LegalDay } from '../time/types.ts';
import {
  type Act,
  checkPastDay,
  clockKey,
  clockOf,
  type Effects,
  type ProcedureState,
  startClock,
} from './definition.ts';

const FILING = 'followUp.filing';
const failures = ['refused', 'expired', 'returned'];

/** A case that the court delegated before filing comes back to it without an agreement. */
const comesBack = (snapshot: CaseSnapshot): boolean =>
  courtReferral(snapshot) === 'courtDelegated' && failures.includes(snapshot.past.at(-1)?.outcome ?? '');

/** CRT-10: the court files it within seven days; court and applicant are told. */
export function backToCourt(state: ProcedureState, at: Parameters<typeof startClock>[2]['at']): Effects {
  if (!comesBack(state.case)) return {};
  const filing = startClock(state, FILING, { on: at.today, at });
  return {
    start: [filing],
    tell: (['court', 'applicant'] as const).map((to) => ({ template: 'backToCourt', to, clockKey: filing.key })),
  };
}

export const recordFiling: Act<ProcedureState, { filedOn: LegalDay }> = {
  event: 'followUp.filed',
  title: { zh: '法院立案', en: 'The court files the case' },
  legalRef: 'CRT-10',
  source: '民事诉讼法 第一百二十六条',
  by: ['court', 'operator', 'mediator'],
  open: (state) => state.stage !== 'ended' && clockOf(state, FILING) !== undefined,
  refuses: (state, input, at) => checkPastDay(input.filedOn, at, '/filedOn', clockOf(state, FILING)?.anchorOn),
  apply: (state, { filedOn }) => ({ stop: [clockKey(state, FILING)], detail: { filedOn } }),
};
