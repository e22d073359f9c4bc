import type { CaseSnapshot, EmergencyOpening } from '../case/case.ts';
import type { NoticeTemplate } from '../notices.ts';
import type { OfficeKind } from '../offices.ts';
import type { Decision, OutcomeOf } from '../rules.ts';
import type { Effects, ProcedureState, Question, Tell } from './definition.ts';

/** 人社部发〔2022〕71号, 重大劳动人事争议应急联合调处机制. */
export const MECHANISM = '人社部发〔2022〕71号 第十四条';

export type Member = OutcomeOf['emergencyResponse.members'];

/** The joint response to a major dispute. It runs beside the case, which stays on its path. */
export interface EmergencyState extends ProcedureState {
  procedure: 'emergencyResponse';
  stage: 'declared' | 'assembled' | 'planned' | 'responding' | 'ended';
  attempt: number;
  ground: EmergencyOpening['ground'];
  declaredBy: EmergencyOpening['declaredBy'];
  /** The offices that the rules call in. */
  members: Member[];
  /** Those who came. */
  assembled: OfficeKind[];
  reports: number;
  /** Set where the case came to its end first. */
  endedByCase?: boolean;
}

export const situations = ['easing', 'unchanged', 'worsening'] as const;

export interface Assemble {
  members: OfficeKind[];
}
export interface Report {
  situation: (typeof situations)[number];
}
export type Nothing = Record<string, never>;

/** Which offices belong to the response. */
export const membersQuestion = ({ channel, claims }: CaseSnapshot): Question => ({
  point: 'emergencyResponse.members',
  facts: { channel, subjects: [...new Set(claims.map(({ subject }) => subject))].sort() },
});

export const membersOf = (decisions: Decision[]): Member[] =>
  decisions
    .filter(({ point }) => point === 'emergencyResponse.members')
    .flatMap(({ outcome }) => (outcome as { items: Member[] }).items);

/** Ends the response. */
export const end = (state: EmergencyState, outcome: 'resolved' | 'escalated'): Effects => {
  state.stage = 'ended';
  state.outcome = outcome;
  return {};
};

/** All members, each by its office. */
export const tellMembers = (
  { members }: EmergencyState,
  template: NoticeTemplate,
  clockKey?: string,
  which: Member['role'][] = ['coordinates', 'leads', 'joins'],
): Tell[] =>
  members
    .filter(({ role }) => which.includes(role))
    .map(({ office }) => ({ template, to: office, ...(clockKey === undefined ? {} : { clockKey }) }));

/** The case has come to its end, and its emergency with it: performed or withdrawn it is resolved, else the higher level has it. */
export function endWithCase(state: EmergencyState, { settled }: { settled: boolean }): void {
  if (state.outcome !== undefined) return;
  state.endedByCase = true;
  end(state, settled ? 'resolved' : 'escalated');
}
