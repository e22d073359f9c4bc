import type { CaseSnapshot, Moment } from '../case/case.ts';
import { claimKindsOf } from '../case/case.ts';
import { referralFact, referredBy } from '../case/referral.ts';
import type { FactValue } from '../rules.ts';
import { chainRun, type ProcedureDefinition, type ProcedureState, type Question } from './definition.ts';

/** Intake decides and moves on at once; nobody acts in it. */
export interface IntakeState extends ProcedureState {
  procedure: 'intake';
  stage: 'registered' | 'ended';
  goTo?: { zh: string; en: string };
}

export const intakeProcedure: ProcedureDefinition<IntakeState> = {
  procedure: 'intake',
  title: { zh: '受理登记', en: 'Intake' },
  legalRef: 'L7',
  source: '劳动争议调解仲裁法 第二条',
  outcomes: ['routed', 'notAdmissible'],
  begin(snapshot: CaseSnapshot, _at: Moment) {
    return {
      state: { procedure: 'intake', run: chainRun(snapshot), case: snapshot, stage: 'registered', clocks: [] },
      effects: {},
    };
  },
  acts: {},
};

const pick = <K extends keyof CaseSnapshot['facts']>(snapshot: CaseSnapshot, ...keys: K[]): Record<string, FactValue> =>
  Object.fromEntries(keys.map((key) => [key, snapshot.facts[key] as FactValue]));

/** Whether the dispute is one the law lets us take (L7, L8, 令第56号). */
export const admissibility = (snapshot: CaseSnapshot): Question => ({
  point: 'intake.admissible',
  facts: {
    ...pick(snapshot, 'relation', 'exclusion', 'overAge', 'overAgeMatter', 'personnelKind'),
    claimKinds: claimKindsOf(snapshot),
    registeredOn: snapshot.registeredOn,
    referredBy: referredBy(snapshot.referral),
  },
});

/** Where an admissible case goes first. */
export const firstProcedure = (snapshot: CaseSnapshot): Question => ({
  point: 'intake.firstProcedure',
  facts: {
    requestedRoute: snapshot.requestedRoute,
    negotiatedBefore: snapshot.facts.negotiatedBefore,
    scope: snapshot.scope,
    referral: referralFact(snapshot.referral),
  },
});

/** Which limitation runs, if any (LIM-01, 03, 05). */
export const limitationClock = (snapshot: CaseSnapshot): Question => ({
  point: 'limitation.clock',
  facts: {
    scope: snapshot.scope,
    ...pick(snapshot, 'personnelKind', 'employed'),
    wagesOnly: snapshot.claims.every(({ subject }) => subject === 'wages'),
  },
});
