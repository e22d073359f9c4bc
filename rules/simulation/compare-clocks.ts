import type { ProcedureState } from '../../domain/procedures/definition.ts';
import { type RuleBook, RuleError } from '../../domain/rules.ts';
import type { Bilingual, Calendar, Instant, LegalDay } from '../../domain/time/types.ts';
import { type ClockUnder, clockUnder } from './moved-deadline.ts';
import type { ChangedRow, RowChanges } from './rule-change.ts';
import { pointsOfSilence, type WhatFollows, whatFollows } from './what-follows.ts';

/** The open deadlines of one workflow, and the state of its run. */
export interface OpenDeadlines {
  caseNo: string;
  region: string;
  deadlines: Array<{ key: string; deadlineId: string; anchor: string; dueOn: LegalDay }>;
  /** Absent where the case is just between two procedures. */
  state?: ProcedureState;
}

/** An open deadline under the book to come. */
export interface ComparedDeadline {
  caseNo: string;
  region: string;
  key: string;
  deadlineId: string;
  title: Bilingual;
  before: { dueOn: LegalDay; dueAt: Instant };
  after: { dueOn: LegalDay; dueAt: Instant };
  /** From last day to last day; below zero it comes earlier. */
  days: number;
  overAtOnce: boolean;
  /** The row of each book that sets its length. */
  rule: { before?: ChangedRow; after?: ChangedRow };
}

/** A case that goes on by itself earlier, later or otherwise when a clock runs out and nobody acts. */
export interface Escalation extends Pick<ComparedDeadline, 'caseNo' | 'region' | 'key' | 'deadlineId' | 'before'> {
  change: 'earlier' | 'later' | 'otherwise';
  days: number;
  after: { dueOn: LegalDay; dueAt: Instant };
  follows: { before: Followed; after: Followed };
}
/** What follows, or why the rules cannot say. */
export type Followed = (Omit<WhatFollows, 'rules'> & { rules: ChangedRow[] }) | { refused: string; reason: Bilingual };

/** What comes of one open deadline. */
export type DeadlineResult =
  | { kind: 'fired' | 'stays' }
  /** It would move without the draft too: its case is pinned to another release, or its calendar is older. */
  | { kind: 'movesAnyway' }
  | { kind: 'moves'; moved: ComparedDeadline }
  | { kind: 'unknown'; code: string; reason: Bilingual };

export interface ComparedClock {
  region: string;
  /** For the weeks: absent where it does not run any more, or nobody knows. */
  due?: { before: LegalDay; after: LegalDay };
  result: DeadlineResult;
  escalation?: Escalation;
}

interface Asked {
  before: RuleBook;
  after: RuleBook;
  changes: RowChanges;
  calendar: Calendar;
  now: Instant;
}

/** The open deadlines of one workflow under the book to come. */
export async function compareClocks(asked: Asked, open: OpenDeadlines): Promise<ComparedClock[]> {
  const compared: ComparedClock[] = [];
  for (const deadline of open.deadlines) compared.push(await compareClock(asked, open, deadline));
  return compared;
}

async function compareClock(
  asked: Asked,
  { caseNo, region, state }: OpenDeadlines,
  { key, deadlineId, anchor, dueOn }: OpenDeadlines['deadlines'][number],
): Promise<ComparedClock> {
  const clock = state?.clocks.find((one) => one.key === key);
  if (state === undefined || clock === undefined)
    return { region, result: { kind: 'unknown', code: 'between-procedures', reason: between } };
  const { after, before, changes } = asked;
  const time = { region, calendar: asked.calendar, now: asked.now };
  const young = clockUnder({ clock, anchor }, after, time);
  if (young.kind === 'fired') return { region, result: { kind: 'fired' } };
  if (young.kind === 'unknown') return { region, due: { before: dueOn, after: dueOn }, result: young };

  const from = { dueOn: clock.dueOn, dueAt: clock.dueAt };
  const byDraft = young.kind === 'moves' && !isDueAt(clockUnder({ clock, anchor }, before, time), young.computed.dueAt);
  const to = byDraft ? { dueOn: young.computed.dueOn, dueAt: young.computed.dueAt } : from;
  const about = { caseNo, region, key, deadlineId };
  const days = byDraft ? young.days : 0;
  const escalation = await escalate(asked, { ...about, days, before: from, after: to }, state, byDraft);
  return {
    region,
    due: { before: from.dueOn, after: to.dueOn },
    result: !byDraft
      ? { kind: young.kind === 'moves' ? 'movesAnyway' : 'stays' }
      : {
          kind: 'moves',
          moved: {
            ...about,
            ...{ title: young.definition.title, before: from, after: to, days },
            overAtOnce: young.overAtOnce,
            rule: rowsOf(changes, region, deadlineId),
          },
        },
    ...(escalation === undefined ? {} : { escalation }),
  };
}

const isDueAt = (under: ClockUnder, dueAt: Instant): boolean => 'computed' in under && under.computed.dueAt === dueAt;

const rowsOf = (changes: RowChanges, region: string, deadlineId: string): ComparedDeadline['rule'] => {
  const [before, after] = (['before', 'after'] as const).map((side) => changes.deadline(side, region, deadlineId));
  return { ...(before ? { before } : {}), ...(after ? { after } : {}) };
};

/**
 * A case escalates when a clock runs out, nobody has acted, and by that its procedure ends and the case goes into another one. It does
 * so earlier or later where the clock moves by the draft and leads to the same; otherwise where what the silence means, or where
 * the case then goes, is another answer.
 */
async function escalate(
  { before, after, changes }: Asked,
  about: Pick<Escalation, 'caseNo' | 'region' | 'key' | 'deadlineId' | 'days' | 'before' | 'after'>,
  state: ProcedureState,
  moves: boolean,
): Promise<Escalation | undefined> {
  const { region, key } = about;
  const clock = state.clocks.find((one) => one.key === key);
  const sameRules = pointsOfSilence.every((point) => changes.sameRules(region, point));
  if (clock === undefined || (!moves && sameRules)) return undefined;
  const follow = async (side: 'before' | 'after', book: RuleBook): Promise<Followed | undefined> => {
    try {
      const found = await whatFollows(book, region, state, clock, about[side].dueAt);
      const rules = (found?.rules ?? []).flatMap(({ point, id }) => changes.rule(side, region, point, id) ?? []);
      return found && { ...found, rules };
    } catch (error) {
      // An answer that the procedure cannot take would stop its case; the other cases are to be told of all the same.
      return error instanceof RuleError
        ? { refused: error.code, reason: error.reason }
        : { refused: 'answer-not-taken', reason: notTaken };
    }
  };
  const young = await follow('after', after);
  const old = sameRules ? young : await follow('before', before);
  if (young === undefined || old === undefined) return undefined;
  const follows = { before: old, after: young };
  if (leadsTo(old) !== leadsTo(young)) return { ...about, change: 'otherwise', follows };
  if (!moves || !('next' in young) || young.next === 'closed') return undefined;
  return { ...about, change: about.after.dueAt < about.before.dueAt ? 'earlier' : 'later', follows };
}

const leadsTo = (followed: Followed): string =>
  'refused' in followed ? `refused ${followed.refused}` : `${followed.outcome} ${followed.next ?? ''}`;

const notTaken: Bilingual = {
  zh: '该程序不能按这一答复继续进行。',
  en: 'The procedure cannot go on from this answer.',
};
const between: Bilingual = {
  zh: '案件正由一程序转入另一程序，请稍后再看。',
  en: 'The case is just going from one procedure to another; look again later.',
};
