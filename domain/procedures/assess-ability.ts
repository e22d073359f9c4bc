import type { Ability, PartyId } from '../case/case.ts';
import { refuse } from '../refusal.ts';
import type { Decision } from '../rules.ts';
import type { Bilingual } from '../time/types.ts';
import { type Act, clockOf, type Effects, restartClock, type Tell } from './definition.ts';
import type { PerformanceItem, PerformanceState } from './performance-state.ts';

/** What the debtor's assets come to, against what it still owes. */
export const assetBands = ['coverOwed', 'partOfOwed', 'none', 'unknown'] as const;
/** What the debtor owes elsewhere; the first three are signs that 71号 第五条 watches. */
export const arrearsKinds = ['wages', 'socialInsurance', 'tax', 'judgments'] as const;
export const operations = ['normal', 'difficult', 'stopped'] as const;
/** The industries of 71号 第六条, and any other. */
export const industries = ['construction', 'internet', 'labourIntensive', 'other'] as const;

export interface AssessAbility {
  debtor: PartyId;
  assets: (typeof assetBands)[number];
  arrears: Array<(typeof arrearsKinds)[number]>;
  operation: (typeof operations)[number];
  industry: (typeof industries)[number];
  /** Earlier cases in which the same debtor did not perform: counted in the record, never typed. */
  pastBreaches?: number;
}

/** What follows from an assessment, in the words of the rule. */
interface Assessed {
  ability: Ability;
  tell?: string[];
  suggest: Bilingual[];
}

const open = (state: PerformanceState, debtor: PartyId): PerformanceItem[] =>
  state.items.filter((item) => item.debtor === debtor && item.status !== 'done');

const howMany = (breaches: number): string => (breaches === 0 ? 'none' : breaches === 1 ? 'one' : 'several');

/** 履约能力评估, 71号 第十二条: by rule, from what is recorded of the debtor. */
export const assessAbility: Act<PerformanceState, AssessAbility> = {
  event: 'abilityAssessed',
  title: { zh: '评估履约能力', en: 'Assess the ability to perform' },
  legalRef: 'POL-01',
  source: '人社部发〔2022〕71号 第十二条',
  by: ['operator', 'union', 'mediator'],
  open: (state) => state.stage === 'performing',
  refuses: (state, { debtor }) =>
    open(state, debtor).length > 0
      ? undefined
      : refuse('unknown-party', `${debtor} 没有待履行的义务。`, `Nothing is still to be performed by ${debtor}.`, {
          field: '/debtor',
        }),
  apply(state, { debtor, pastBreaches = 0, ...facts }) {
    const items = open(state, debtor);
    const clocks = items.flatMap(({ id }) => clockOf(state, `${state.procedure}.instalment`, id) ?? []);
    return {
      ask: [
        {
          point: 'performance.ability',
          facts: { ...facts, arrears: [...new Set(facts.arrears)].sort(), pastBreaches: howMany(pastBreaches) },
        },
      ],
      answered: ([decision]) => take(state, debtor, decision),
      // The reminders are found anew: earlier ones, where performance is in doubt.
      start: clocks.filter(({ expired }) => !expired).map((clock) => restartClock(clock)),
      detail: { debtor, ...facts, pastBreaches },
    };
  },
};

/** Supervision as the rule has it: who is told, the debtor urged, and what both are advised to agree. */
function take(
  state: PerformanceState,
  debtor: PartyId,
  decision: Decision | undefined,
): Pick<Effects, 'tell' | 'detail'> {
  if (!decision) return {};
  const { ability, tell = [], suggest } = decision.outcome as unknown as Assessed;
  state.case.abilities = { ...state.case.abilities, [debtor]: ability };
  const creditors = [...new Set(open(state, debtor).map(({ creditor }) => creditor))];
  return {
    tell: tell.flatMap((who): Tell[] =>
      who === 'debtor'
        ? [{ template: 'supervised', to: { party: debtor } }]
        : who === 'creditor'
          ? creditors.map((party) => ({ template: 'abilityAssessed', to: { party } }))
          : [{ template: 'abilityAssessed', to: who as 'union' | 'operator' }],
    ),
    detail: { ability, suggest },
  };
}
