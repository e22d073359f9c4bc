import type { Bilingual } from '../../domain/time/types.ts';
import { atKey } from './at-key.ts';
import { type Capped, CappedList, cappedOf } from './capped-list.ts';
import type { ComparedClock, ComparedDeadline, Escalation } from './compare-clocks.ts';
import { MOST_LISTED } from './decision-tally.ts';
import { type DueWeeks, DueWeekTally } from './due-weeks.ts';

export interface DeadlineReport {
  /** Open deadlines looked at. */
  total: number;
  stay: number;
  /** They have run out and are kept for their reminders: nothing moves them. */
  fired: number;
  /** They move by the draft. */
  move: number;
  /** Of these, how many would be over at once. */
  overAtOnce: number;
  /** They would move without the draft too: pinned to another release, or counted by an older calendar. */
  moveAnyway: number;
  /** Nobody can say, with the reason. */
  unknown: number;
  unknownBecause: Array<{ code: string; reason: Bilingual; count: number }>;
  /** How many move by how many days, for each clock. */
  byDays: Array<{ deadlineId: string; title: Bilingual; days: number; count: number }>;
  cases: Capped<ComparedDeadline>;
}

export interface EscalationReport {
  earlier: number;
  later: number;
  otherwise: number;
  cases: Capped<Escalation>;
}

/** Adds up compared deadlines. What it keeps does not grow with their number. */
export class DeadlineTally {
  private readonly counts = { total: 0, stay: 0, fired: 0, move: 0, overAtOnce: 0, moveAnyway: 0, unknown: 0 };
  private readonly because = new Map<string, DeadlineReport['unknownBecause'][number]>();
  private readonly days = new Map<string, DeadlineReport['byDays'][number]>();
  private readonly moved = new CappedList<ComparedDeadline>(MOST_LISTED);
  private readonly escalations = { earlier: 0, later: 0, otherwise: 0 };
  private readonly escalated = new CappedList<Escalation>(MOST_LISTED);
  private readonly weeks = new DueWeekTally();

  add({ region, due, result, escalation }: ComparedClock): void {
    const { counts } = this;
    counts.total += 1;
    if (due) this.weeks.add(region, due.before, due.after);
    switch (result.kind) {
      case 'stays':
        counts.stay += 1;
        break;
      case 'fired':
        counts.fired += 1;
        break;
      case 'movesAnyway':
        counts.moveAnyway += 1;
        break;
      case 'unknown':
        counts.unknown += 1;
        atKey(this.because, result.code, () => ({ code: result.code, reason: result.reason, count: 0 })).count += 1;
        break;
      case 'moves':
        this.addMoved(result.moved);
    }
    if (escalation === undefined) return;
    this.escalations[escalation.change] += 1;
    this.escalated.add(escalation);
  }

  private addMoved(moved: ComparedDeadline): void {
    const { deadlineId, title, days, overAtOnce } = moved;
    this.counts.move += 1;
    if (overAtOnce) this.counts.overAtOnce += 1;
    atKey(this.days, `${deadlineId} ${days}`, () => ({ deadlineId, title, days, count: 0 })).count += 1;
    this.moved.add(moved);
  }

  report(): { deadlines: DeadlineReport; escalations: EscalationReport; weeks: DueWeeks } {
    return {
      deadlines: {
        ...this.counts,
        unknownBecause: [...this.because.values()],
        byDays: cappedOf(
          [...this.days.values()].sort((a, b) => b.count - a.count),
          MOST_LISTED,
        ).items,
        cases: this.moved.report(),
      },
      escalations: { ...this.escalations, cases: this.escalated.report() },
      weeks: this.weeks.report(),
    };
  }
}
