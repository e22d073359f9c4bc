import { computeClocks, withWhatFollows } from '../activities/record.ts';
import { caseWorkflowId } from '../contracts/ids.ts';
import type { CalendarPort, EventRecord, RecordInput, RecordPort, RecordResult, TakenIn } from '../contracts/record.ts';
import type { Clock } from '../domain/case/case.ts';
import type { Places } from '../domain/case/new-workers.ts';
import type { ProcedureState, Tell } from '../domain/procedures/definition.ts';
import type { Decision } from '../domain/rules.ts';
import type { Calendar, Instant } from '../domain/time/types.ts';
import type { Books } from '../rules/deciding-book.ts';

export interface KeptEvent extends EventRecord {
  caseNo: string;
  seq: number;
  at: Instant;
  workflowId: string;
  procedure: string;
  outcome?: string;
  next?: string;
  decisions: Decision[];
}

export interface KeptNotice extends Tell {
  caseNo: string;
  at: Instant;
}

export interface KeptClock extends Clock {
  caseNo: string;
  workflowId: string;
  open: boolean;
}

const GUARD_MS = 20_000;

/**
 * The record in memory, behind the port of the real one. A fake only because the time-skipping server has a clock of its own that
 * Postgres would not share, and a story must run in a fraction of a second. Clocks are computed by the real code.
 */
export class MemoryRecord implements RecordPort, CalendarPort {
  readonly events: KeptEvent[] = [];
  readonly notices: KeptNotice[] = [];
  readonly clocks: KeptClock[] = [];
  readonly states = new Map<string, ProcedureState>();
  /** First runs of every workflow that has written something. */
  readonly chains = new Map<string, { workflowId: string; runId: string }>();
  /** Linked cases by the act that made them. */
  readonly splits = new Map<string, string>();
  private readonly written = new Map<string, RecordResult>();
  private readonly seqs = new Map<string, number>();
  private readonly waiting = new Set<() => void>();
  private readonly books: Books;
  private readonly calendar: () => Calendar;

  constructor(books: Books, calendar: () => Calendar) {
    this.books = books;
    this.calendar = calendar;
  }

  async record(input: RecordInput): Promise<RecordResult> {
    const computed = await computeClocks(this.books, this.calendar(), input);
    const name = `${input.workflowId} ${input.dedup}`;
    const first = this.written.get(name);
    if (first) return first;

    const { caseNo, workflowId, at, state } = input;
    const seq = (this.seqs.get(caseNo) ?? 0) + 1;
    this.seqs.set(caseNo, seq);
    const clocks = computed.map(({ clock }) => clock);
    const result = { seq, clocks };
    this.written.set(name, result);
    const event: KeptEvent = {
      ...{ caseNo, seq, at, workflowId, ...withWhatFollows(input, computed).event },
      ...{ procedure: state.procedure, outcome: state.outcome, next: input.next, decisions: input.decisions },
    };
    this.events.push(event);
    this.chains.set(input.chain, { workflowId, runId: input.chain });
    this.notices.push(...input.tell.map((tell) => ({ ...tell, caseNo, at })));
    this.states.set(workflowId, { ...state, clocks: [...state.clocks, ...clocks] });
    for (const key of [...input.stop, ...clocks.map(({ key }) => key)])
      for (const clock of this.clocks) if (clock.caseNo === caseNo && clock.key === key) clock.open = false;
    this.clocks.push(...clocks.map((clock) => ({ ...clock, caseNo, workflowId, open: true })));
    for (const look of this.waiting) look();
    return result;
  }

  async splitCase({ caseNo, dedup }: { caseNo: string; dedup: string }): Promise<{ caseNo: string }> {
    const name = `${caseNo} ${dedup}`;
    const there = this.splits.get(name) ?? `${caseNo.slice(0, -6)}${String(900_001 + this.splits.size)}`;
    this.splits.set(name, there);
    return { caseNo: there };
  }

  async placesFor({ caseNo }: { caseNo: string }): Promise<Places> {
    const there = this.states.get(caseWorkflowId(caseNo))?.case;
    const next = (ids: string[] = []) => Math.max(0, ...ids.map((id) => Number(id.slice(1)))) + 1;
    const workers = there?.parties.filter(({ kind }) => kind === 'worker').map(({ id }) => id);
    return { worker: next(workers), claim: next(there?.claims.map(({ id }) => id)) };
  }

  /** Every party is somebody else than those that are there; who has a name in common is the database's business. */
  async takeInCase({ caseNo, from }: { caseNo: string; from: string }): Promise<TakenIn> {
    const there = this.states.get(caseWorkflowId(caseNo))?.case;
    const mine = this.states.get(caseWorkflowId(from))?.case;
    if (!there || !mine) throw new Error(`no cases ${caseNo} and ${from}`);
    const workers = there.parties.filter(({ kind }) => kind === 'worker').length;
    const as = Object.fromEntries(
      mine.parties.map(({ id, kind }) => [id, kind === 'worker' ? `w${workers + Number(id.slice(1))}` : id]),
    );
    return {
      as,
      parties: mine.parties.filter(({ id }) => as[id] !== id).map((party) => ({ ...party, id: as[party.id] ?? '' })),
      claims: mine.claims.map((claim, index) => ({
        ...claim,
        ...{ id: `c${there.claims.length + index + 1}`, worker: as[claim.worker] ?? '' },
      })),
    };
  }

  /** Every workflow with an open clock; the year is the database's business. */
  async workflowsTouchedBy({ after, limit }: { after: string; limit: number }): Promise<string[]> {
    const open = this.clocks.filter((clock) => clock.open).map(({ workflowId }) => workflowId);
    return [...new Set(open)]
      .sort()
      .filter((id) => id > after)
      .slice(0, limit);
  }

  /** The first event that fits, as soon as it is there. Nothing but the worker's own work is waited for. */
  seen(what: string, fits: (event: KeptEvent) => boolean): Promise<KeptEvent> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const event = this.events.find(fits);
        if (!event) return;
        this.waiting.delete(look);
        clearTimeout(guard);
        resolve(event);
      };
      const guard = setTimeout(() => {
        this.waiting.delete(look);
        const types = this.events.map(({ type }) => type).join(', ');
        reject(new Error(`${what} did not happen; what did: ${types}`));
      }, GUARD_MS);
      this.waiting.add(look);
      look();
    });
  }
}
