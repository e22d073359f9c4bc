import type { Clock } from '../../domain/case/case.ts';
import { clockInput } from '../../domain/case/clock-input.ts';
import { restartClock } from '../../domain/procedures/definition.ts';
import { type RuleBook, RuleError } from '../../domain/rules.ts';
import { CalendarMissing } from '../../domain/time/calendar.ts';
import { daysBetween } from '../../domain/time/day.ts';
import { computeDeadline } from '../../domain/time/deadline.ts';
import type { Bilingual, Calendar, ComputedDeadline, DeadlineDefinition, Instant } from '../../domain/time/types.ts';

/** An open clock as the workflow holds it, with the event that its rule counts from. */
export interface OpenClock {
  clock: Clock;
  /** As the deadline was written: `mediation.accepted`. */
  anchor: string;
}

/** How an open clock would be under another book. */
export type ClockUnder =
  /** It has run out and been dealt with: nothing moves it any more. */
  | { kind: 'fired' }
  | { kind: 'stays'; definition: DeadlineDefinition; computed: ComputedDeadline }
  | {
      kind: 'moves';
      definition: DeadlineDefinition;
      computed: ComputedDeadline;
      /** From last day to last day; below zero it comes earlier. 0 where only the hour moves. */
      days: number;
      earlier: boolean;
      /** It still runs now, and would be over at once. */
      overAtOnce: boolean;
    }
  /** The book has no such clock, counts it from another event, or no calendar reaches so far. */
  | { kind: 'unknown'; code: 'unknown-deadline' | 'anchor-changed' | 'calendar-missing'; reason: Bilingual };

/**
 * What moving a case to another book does to one of its open clocks; the preview and the act ask it alike. The clock is counted again
 * from its own anchor, with its extensions, as it is when a calendar is loaded: an amount or a last day that the parties agreed on stays,
 * and so does a clock that has fired.
 */
export function clockUnder(
  { clock, anchor }: OpenClock,
  book: Pick<RuleBook, 'deadline' | 'secondsPerDay'>,
  { region, calendar, now }: { region: string; calendar: Calendar; now: Instant },
): ClockUnder {
  if (clock.expired) return { kind: 'fired' };
  try {
    const definition = book.deadline(region, clock.deadlineId);
    if (definition.anchor !== anchor) return { kind: 'unknown', code: 'anchor-changed', reason: fromElsewhere };
    const input = clockInput(restartClock(clock), book.secondsPerDay(region));
    const computed = computeDeadline(definition, input, calendar);
    if (computed.dueAt === clock.dueAt) return { kind: 'stays', definition, computed };
    return {
      kind: 'moves',
      definition,
      computed,
      days: daysBetween(clock.dueOn, computed.dueOn),
      earlier: computed.dueAt < clock.dueAt,
      overAtOnce: clock.dueAt > now && computed.dueAt <= now,
    };
  } catch (error) {
    if (error instanceof RuleError && error.code === 'unknown-deadline')
      return { kind: 'unknown', code: 'unknown-deadline', reason: error.reason };
    if (error instanceof CalendarMissing) return { kind: 'unknown', code: 'calendar-missing', reason: noCalendar };
    throw error;
  }
}

const fromElsewhere: Bilingual = {
  zh: '新规则从另一事件起算，须由人确定起算日。',
  en: 'The new rule counts from another event; a person must say from which day.',
};
const noCalendar: Bilingual = {
  zh: '没有相应年份的放假安排数据。',
  en: 'There is no calendar for the years that matter.',
};
