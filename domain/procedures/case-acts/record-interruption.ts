import { interrupted, LIMITATION } from '../../case/limitation.ts';
import { refuse } from '../../refusal.ts';
import type { LegalDay } from '../../time/types.ts';
import { type Act, checkPastDay, type ProcedureState } from '../definition.ts';

/** What interrupts the limitation, 调解仲裁法 第二十七条第二款. */
export const interruptions = ['claimedFromOtherSide', 'soughtRelief', 'otherSideAgreed'] as const;

/** Where relief was sought (向有关部门请求权利救济). */
export const reliefBodies = ['labourInspection', 'petition', 'court', 'mediation', 'union', 'other'] as const;

export interface RecordInterruption {
  on: LegalDay;
  kind: (typeof interruptions)[number];
  body?: (typeof reliefBodies)[number];
}

const SOURCE = '劳动争议调解仲裁法 第二十七条第二款';

/** 时效中断 LIM-02: from that day the limitation starts again. */
export const recordInterruption: Act<ProcedureState, RecordInterruption> = {
  event: 'limitation.interrupted',
  title: { zh: '登记时效中断', en: 'Record an interruption of the limitation' },
  legalRef: 'LIM-02',
  source: SOURCE,
  by: ['operator', 'union', 'mediator', 'arbitrator'],
  open: ({ clocks }) => clocks.some(({ key }) => key === LIMITATION),
  refuses({ clocks }, { on }, at) {
    const late = checkPastDay(on, at, '/on');
    if (late) return late;
    return interrupted(clocks, on, at.now).length > 0
      ? undefined
      : refuse(
          'nothing-to-interrupt',
          '这一天时效尚未起算或者已经届满，不发生中断。',
          'On that day the limitation did not run yet, or had run out: nothing is interrupted.',
          { field: '/on', source: SOURCE },
        );
  },
  apply: ({ clocks }, { on, kind, body }, at) => ({
    start: interrupted(clocks, on, at.now),
    tell: [{ template: 'limitationInterrupted', to: 'applicant', clockKey: LIMITATION }],
    detail: { on, kind, ...(body === undefined ? {} : { body }) },
  }),
};
