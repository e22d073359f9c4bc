import type { CaseSnapshot, Clock, ClockStart, Moment } from '../../domain/case/case.ts';
import { arbitrationProcedure } from '../../domain/procedures/arbitration.ts';
import { finalityQuestions, judgeFinality } from '../../domain/procedures/arbitration-award.ts';
import type { ArbitrationState } from '../../domain/procedures/arbitration-state.ts';
import { type AnyAct, clockOf, type Effects, refusalOf } from '../../domain/procedures/definition.ts';
import type { Decision } from '../../domain/rules.ts';
import { addDays } from '../../domain/time/day.ts';
import { loadRuleBook } from '../../rules/index.ts';

const book = await loadRuleBook();
export const MONDAY = '2030-03-04';
export const at = (today: string): Moment => ({
  now: `${today}T04:00:00.000Z`,
  today,
  actor: { actorId: 'a', role: 'operator' },
});

/** A clock as far as the acts look at it: its rule's days after the anchor. */
const clockFrom = (start: ClockStart): Clock =>
  ({
    ...start,
    dueOn: addDays(start.anchorOn, book.deadline('110101', start.deadlineId).amount),
    expired: false,
  }) as Clock;

function take(state: ArbitrationState, { start = [], stop = [] }: Effects): void {
  const gone = [...stop, ...start.map(({ key }) => key)];
  state.clocks = [...state.clocks.filter(({ key }) => !gone.includes(key)), ...start.map(clockFrom)];
}

const actOf = (name: string): AnyAct<ArbitrationState> => {
  const act = (arbitrationProcedure.acts as Record<string, AnyAct<ArbitrationState>>)[`arbitration.${name}`];
  if (!act) throw new Error(name);
  return act;
};

export function perform(state: ArbitrationState, name: string, input: unknown, on = MONDAY): void {
  const refusal = refusalOf(actOf(name), state, input, at(on));
  if (refusal) throw new Error(`${name}: ${refusal.en}`);
  take(state, actOf(name).apply(state, input as never, at(on)));
}

export const codeOf = (state: ArbitrationState, name: string, input: unknown, on = MONDAY) =>
  refusalOf(actOf(name), state, input, at(on))?.code;

/** Lets a clock run out, with the outcome its silence has. */
export function runOut(state: ArbitrationState, id: string, outcome: string, subject?: string): void {
  const clock = clockOf(state, `arbitration.${id}`, subject);
  if (!clock) throw new Error(`no clock ${id}`);
  clock.expired = true;
  take(state, arbitrationProcedure.silence?.(state, clock, outcome, at(addDays(clock.dueOn, 1))) ?? {});
}

export const snapshot = {
  ...{ caseNo: '110101-2030-000001', runNo: 2, scope: 'labour', clocks: [] },
  parties: [
    { id: 'w1', side: 'applicant', kind: 'worker' },
    { id: 'r1', side: 'respondent', kind: 'employer' },
  ],
  claims: [{ id: 'c1', worker: 'w1', kind: 'pay', subject: 'wages' }],
  facts: { personnelKind: 'none' },
} as unknown as CaseSnapshot;

export function filed(of: CaseSnapshot = snapshot): ArbitrationState {
  const opening = { attempt: 1, appliedOn: MONDAY, by: 'applicant' as const, limitationOver: false };
  const { state, effects } = arbitrationProcedure.beginWith(structuredClone(of), opening, at(MONDAY));
  take(state, effects);
  return state;
}

export const item = (more: object = {}) => ({
  claim: 'c1',
  subject: 'wages',
  standards: false,
  creditor: 'w1',
  amountFen: 100,
  ...more,
});

/** An award with a final document, or as given; received by all on the day, or by nobody. */
export async function awarded(
  documents: object[] = [{ stated: 'final', items: [item()] }],
  { of = snapshot, received = true }: { of?: CaseSnapshot; received?: boolean } = {},
): Promise<ArbitrationState> {
  const state = filed(of);
  perform(state, 'recordDocketed', { on: MONDAY });
  perform(state, 'recordAward', { awardedOn: MONDAY, monthlyMinimumFen: 200_000, documents });
  const answers: Decision[] = [];
  for (const { point, facts } of finalityQuestions(state)) answers.push(await book.decide('110101', point, facts));
  take(state, judgeFinality(state, answers, at(MONDAY)));
  for (const { id } of received ? state.documents : [])
    for (const { id: party } of of.parties)
      perform(state, 'recordReceipt', { document: id, party, receivedOn: MONDAY });
  return state;
}

/** What became of each document for each worker. */
export const fatesOf = ({ documents }: ArbitrationState) =>
  documents.flatMap(({ shares }) => shares.map(({ fate }) => fate));
