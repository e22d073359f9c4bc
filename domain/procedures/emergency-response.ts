import type { CaseSnapshot, EmergencyOpening, Moment } from '../case/case.ts';
import { refuse } from '../refusal.ts';
import { type Act, clockKey, clockOf, type Effects, type ProcedureDefinition, startClock } from './definition.ts';
import {
  type Assemble,
  type EmergencyState,
  end,
  MECHANISM,
  membersOf,
  membersQuestion,
  type Nothing,
  type Report,
  tellMembers,
} from './emergency-state.ts';

const key = (state: EmergencyState, clock: 'assembly' | 'plan' | 'report' | 'superior') =>
  clockKey(state, `emergencyResponse.${clock}`);

const next = (state: EmergencyState, clock: 'plan' | 'report', at: Moment) =>
  startClock(state, `emergencyResponse.${clock}`, { on: at.today, at });

const assemble: Act<EmergencyState, Assemble> = {
  event: 'emergencyResponse.assembled',
  title: { zh: '应急成员到位', en: 'Assemble the members' },
  legalRef: 'POL-01',
  source: MECHANISM,
  by: ['operator'],
  open: (state) => state.stage === 'declared',
  refuses(state, { members }) {
    const missing = state.members.filter(({ office }) => !members.includes(office)).map(({ office }) => office);
    return missing.length === 0
      ? undefined
      : refuse(
          'member-missing',
          `应急成员未到齐：${missing.join('、')}。`,
          `Members the rules call in are missing: ${missing.join(', ')}.`,
          { field: '/members', source: MECHANISM },
        );
  },
  apply(state, { members }, at) {
    state.stage = 'assembled';
    state.assembled = [...new Set(members)];
    return {
      stop: [key(state, 'assembly'), key(state, 'superior')],
      start: [next(state, 'plan', at)],
      detail: { members: state.assembled },
    };
  },
};

const plan: Act<EmergencyState, Nothing> = {
  event: 'emergencyResponse.planned',
  title: { zh: '制定应对预案', en: 'Make the plan' },
  legalRef: 'POL-01',
  source: '人社部发〔2022〕71号 第五条、第十四条',
  by: ['operator', 'union'],
  open: (state) => state.stage === 'assembled',
  apply(state, _input, at) {
    state.stage = 'planned';
    return {
      stop: [key(state, 'plan'), key(state, 'superior')],
      start: [next(state, 'report', at)],
      tell: tellMembers(state, 'emergencyPlanned', key(state, 'report')),
    };
  },
};

const report: Act<EmergencyState, Report> = {
  event: 'emergencyResponse.reported',
  title: { zh: '报告进展', en: 'Report' },
  legalRef: 'POL-01',
  source: MECHANISM,
  by: ['operator', 'union'],
  open: (state) => state.stage === 'planned' || state.stage === 'responding',
  apply(state, { situation }, at) {
    state.stage = 'responding';
    state.reports += 1;
    const tell = tellMembers(state, 'emergencyReported', key(state, 'report'), ['coordinates']);
    return {
      stop: [key(state, 'superior')],
      start: [next(state, 'report', at)],
      tell: situation === 'worsening' ? [...tell, { template: 'emergencyWorsens', to: 'superior' }] : tell,
      detail: { situation, number: state.reports },
    };
  },
};

const standDown: Act<EmergencyState, Nothing> = {
  event: 'emergencyResponse.stoodDown',
  title: { zh: '解除应急', en: 'Stand down' },
  legalRef: 'POL-01',
  source: MECHANISM,
  by: ['operator'],
  open: (state) => state.stage !== 'ended',
  refuses: (state) =>
    state.reports > 0
      ? undefined
      : refuse('report-missing', '至少报告一次进展后才能解除应急。', 'It cannot be stood down before a first report.', {
          source: MECHANISM,
        }),
  apply: (state) => end(state, 'resolved'),
};

const escalate: Act<EmergencyState, Nothing> = {
  event: 'emergencyResponse.handedUp',
  title: { zh: '提请上级处置', en: 'Hand it to the higher level' },
  legalRef: 'POL-01',
  source: MECHANISM,
  by: ['operator'],
  open: (state) => state.stage !== 'ended',
  apply: (state) => end(state, 'escalated'),
};

function beginEmergency(
  snapshot: CaseSnapshot,
  { attempt, ground, declaredBy }: Omit<EmergencyOpening, 'procedure'>,
  at: Moment,
): { state: EmergencyState; effects: Effects } {
  const state: EmergencyState = {
    procedure: 'emergencyResponse',
    run: `${snapshot.runNo}-emergencyResponse-${attempt}`,
    case: snapshot,
    stage: 'declared',
    clocks: [],
    ...{ attempt, ground, declaredBy, members: [], assembled: [], reports: 0 },
  };
  return {
    state,
    effects: {
      start: [startClock(state, 'emergencyResponse.assembly', { on: at.today, at })],
      tell: (['applicant', 'respondent'] as const).map((to) => ({ template: 'emergencyForParties', to })),
      detail: { ground, declaredBy },
      ask: [membersQuestion(snapshot)],
      answered(decisions) {
        state.members = membersOf(decisions);
        return { tell: tellMembers(state, 'emergencyDeclared', key(state, 'assembly')) };
      },
    },
  };
}

export const emergencyResponseProcedure: ProcedureDefinition<EmergencyState> & { beginWith: typeof beginEmergency } = {
  procedure: 'emergencyResponse',
  title: { zh: '重大争议应急联合调处', en: 'Joint response to a major dispute' },
  legalRef: 'POL-01',
  source: MECHANISM,
  outcomes: ['resolved', 'escalated'],
  begin: (snapshot, at) => beginEmergency(snapshot, { attempt: 1, ground: 'other', declaredBy: 'office' }, at),
  beginWith: beginEmergency,
  acts: {
    'emergencyResponse.assemble': assemble,
    'emergencyResponse.plan': plan,
    'emergencyResponse.report': report,
    'emergencyResponse.standDown': standDown,
    'emergencyResponse.escalate': escalate,
  },
  silences: ['superiorTold'],
  silence(state, clock, outcome, at) {
    if (outcome !== 'superiorTold') return undefined;
    // The higher level knows; what it waits for is bounded too. A report that was missed is followed by the next one.
    const known = clockOf(state, 'emergencyResponse.superior');
    const grace = startClock(state, 'emergencyResponse.superior', { on: at.today, at });
    const again = clock.deadlineId === 'emergencyResponse.report' ? [next(state, 'report', at)] : [];
    return { start: known ? again : [...again, grace] };
  },
};
