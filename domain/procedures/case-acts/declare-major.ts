import { declare } from '../../case/collective.ts';
import type { MajorGround } from '../../rules.ts';
import type { Act, ProcedureState } from '../definition.ts';
import { MECHANISM } from '../emergency-state.ts';

export interface DeclareMajor {
  ground: Exclude<MajorGround, 'none'>;
}

/**
 * 宣布重大争议. An act of the chain, so that one workflow decides that there is one response at a time; what it opens runs beside.
 */
export const declareMajor: Act<ProcedureState, DeclareMajor> = {
  event: 'case.majorDisputeDeclared',
  title: { zh: '宣布重大争议，启动应急联合调处', en: 'Declare a major dispute' },
  legalRef: 'POL-01',
  source: MECHANISM,
  by: ['operator', 'union'],
  open: ({ case: { emergency } }) => emergency?.stage !== 'open',
  apply: ({ case: snapshot }, { ground }) => ({ open: declare(snapshot, 'office', ground), detail: { ground } }),
};
