import type { RuleBook } from '../../domain/rules.ts';
import type { Calendar, Instant } from '../../domain/time/types.ts';
import { compareClocks, type OpenDeadlines } from './compare-clocks.ts';
import { decisionComparison } from './compare-decision.ts';
import { type DeadlineReport, DeadlineTally, type EscalationReport } from './deadline-tally.ts';
import { type DecisionReport, DecisionTally, type RecordedDecision } from './decision-tally.ts';
import type { DueWeeks } from './due-weeks.ts';
import { rowChangesOf } from './rule-change.ts';

/** What would change: counts first, then the cases. */
export interface SimulationReport {
  /** Hashes of the book in force and of the one to come. */
  before: string;
  after: string;
  /** The moment that "over at once" is said of. */
  now: Instant;
  decisions: DecisionReport;
  deadlines: DeadlineReport;
  escalations: EscalationReport;
  weeks: DueWeeks;
}

/** What is looked through, in batches, so that never all of it is held. */
export interface Recorded {
  decisions: AsyncIterable<readonly RecordedDecision[]>;
  deadlines: AsyncIterable<readonly OpenDeadlines[]>;
}

/**
 * Asks two books about everything on record and says what differs. A recorded decision is asked of both books with its recorded facts,
 * so that a difference is the draft's and not that of releases since; an open deadline is held as it stands against the book to
 * come. `progress` hears after each batch how many rows are done. Throws the signal's reason when it is aborted.
 */
export async function simulate(
  books: { before: RuleBook; after: RuleBook; calendar: Calendar; now: Instant },
  recorded: Recorded,
  { progress = () => undefined, signal }: { progress?: (done: number) => void; signal?: AbortSignal } = {},
): Promise<SimulationReport> {
  const { before, after, now } = books;
  const changes = rowChangesOf(before, after);
  const comparison = decisionComparison(before, after, changes);
  const decisions = new DecisionTally();
  const deadlines = new DeadlineTally();
  let done = 0;
  const batchDone = (rows: number) => {
    signal?.throwIfAborted();
    done += rows;
    progress(done);
  };

  for await (const batch of recorded.deadlines) {
    for (const open of batch)
      for (const compared of await compareClocks({ ...books, changes }, open)) deadlines.add(compared);
    batchDone(batch.length);
  }
  for await (const batch of recorded.decisions) {
    for (const row of batch) decisions.add(row, await comparison.compare(row.region, row.point, row.facts));
    batchDone(batch.length);
  }
  return { before: before.sha256, after: after.sha256, now, decisions: decisions.report(), ...deadlines.report() };
}
