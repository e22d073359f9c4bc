import { type Moment, sideOf } from '../case/case.ts';
import { refuse } from '../refusal.ts';
import {
  type ArbitrationState,
  type ExtendAward,
  LAW,
  type Nothing,
  type OnDay,
  type SueOnArbitration,
} from './arbitration-state.ts';
import { type Act, checkPastDay, clockKey, clockOf, type Effects, restartClock, startClock } from './definition.ts';

const RULES = '劳动人事争议仲裁办案规则';
const clerks = ['arbitrator', 'operator'] as const;
const both = ['applicant', 'respondent'] as const;
const SUIT = 'arbitration.suitAfterRefusal';

/** Ends the record of the arbitration; its clocks are stopped with it. */
export function endArbitration(state: ArbitrationState, outcome: string): Effects {
  state.stage = 'ended';
  state.outcome = outcome;
  return {};
}

const docket: Act<ArbitrationState, OnDay> = {
  event: 'arbitration.docketed',
  title: { zh: '登记仲裁受理', en: 'Record that the commission took the application' },
  legalRef: 'ARB-01',
  source: `${LAW} 第二十九条；${RULES} 第三十条`,
  by: clerks,
  open: ({ stage }) => stage === 'deciding',
  refuses: (state, input, at) => checkPastDay(input.on, at, '/on', state.filedOn),
  apply(state, input, at) {
    state.stage = 'arbitrating';
    state.docketedOn = input.on;
    state.suitOpen = false;
    const key = clockKey(state, 'arbitration.award');
    return {
      stop: ['acceptance', 'longstop', 'afterAgreement'].map((id) => clockKey(state, `arbitration.${id}`)),
      start: [startClock(state, 'arbitration.award', { on: input.on, at })],
      tell: both.map((to) => ({ template: 'arbitrationDocketed', to, clockKey: key })),
      detail: { on: input.on },
    };
  },
};

const refuseApplication: Act<ArbitrationState, OnDay> = {
  event: 'arbitration.notAccepted',
  title: { zh: '登记不予受理', en: 'Record that the application was not accepted' },
  legalRef: 'ARB-01',
  source: `${LAW} 第二十九条；${RULES} 第三十一条`,
  by: clerks,
  open: ({ stage }) => stage === 'deciding',
  refuses: (state, input, at) => checkPastDay(input.on, at, '/on', state.filedOn),
  apply(state, input, at) {
    state.stage = 'notAccepted';
    state.suitOpen = true;
    const key = clockKey(state, SUIT);
    return {
      stop: ['acceptance', 'longstop', 'afterAgreement'].map((id) => clockKey(state, `arbitration.${id}`)),
      // LIM-02: the application has interrupted the limitation; no article names another time for the suit.
      start: [startClock(state, SUIT, { on: state.filedOn, at })],
      tell: [{ template: 'suitOpen', to: state.filedBy, clockKey: key }],
      detail: { on: input.on },
    };
  },
};

const extend: Act<ArbitrationState, ExtendAward> = {
  event: 'arbitration.extended',
  title: { zh: '登记经批准延长裁决期限', en: "Record that the award's time was extended, with approval" },
  legalRef: 'ARB-05',
  source: `${LAW} 第四十三条第一款；${RULES} 第四十五条`,
  by: clerks,
  within: 'arbitration.award',
  open: ({ stage }) => stage === 'arbitrating',
  refuses: (state) =>
    (clockOf(state, 'arbitration.award')?.extensions.length ?? 0) > 0
      ? refuse('extension-used-up', '裁决期限只能延长一次。', "The award's time can be extended only once.", {
          source: `${LAW} 第四十三条第一款`,
        })
      : undefined,
  apply(state, { days }) {
    const clock = clockOf(state, 'arbitration.award');
    if (!clock) return {};
    const extension = { amount: days, unit: 'calendarDays' as const, reason: 'ARB-05', agreedBy: [] };
    return {
      start: [restartClock(clock, extension)],
      tell: both.map((to) => ({ template: 'awardExtended', to, clockKey: clock.key })),
      detail: { days },
    };
  },
};

/** The limitation was interrupted by the application and is watched again (LIM-02). */
const withdraw: Act<ArbitrationState, Nothing> = {
  event: 'arbitration.withdrawn',
  title: { zh: '登记撤回仲裁申请', en: 'Record that the application was withdrawn' },
  legalRef: 'LIM-02',
  source: `${LAW} 第二十七条第二款`,
  by: [...clerks, 'union'],
  costsTime: true,
  open: ({ stage }) => stage === 'deciding' || stage === 'arbitrating',
  apply: (state) => endArbitration(state, 'withdrawn'),
};

/**
 * Where the commission is late, either party may go to the court instead. Of a suit on what was not accepted the record
 * waits for what comes of it, since nothing else is left of the arbitration.
 */
export function sueInstead(state: ArbitrationState, input: SueOnArbitration, at: Moment): Effects {
  const { party, filedOn } = input;
  const detail = { party, filedOn };
  if (state.stage !== 'notAccepted') return { ...endArbitration(state, 'sued'), detail };
  state.suit = { by: state.filedBy, filedOn };
  return {
    stop: [clockKey(state, SUIT)],
    start: [startClock(state, 'arbitration.court', { on: filedOn, at })],
    detail,
  };
}

/** Where the commission did not take the application, or has not even said so, only the one who applied may sue (第二十九条). */
export const refusesSuitInstead = (state: ArbitrationState, input: SueOnArbitration) =>
  state.stage !== 'arbitrating' && sideOf(state.case, input.party) !== state.filedBy
    ? refuse('wrong-side', '只有申请人可以就此起诉。', 'Only the one who applied may sue here.', {
        field: '/party',
        source: `${LAW} 第二十九条`,
      })
    : undefined;

export const filingActs = {
  'arbitration.recordDocketed': docket,
  'arbitration.recordRefusal': refuseApplication,
  'arbitration.extend': extend,
  'arbitration.recordWithdrawal': withdraw,
};
