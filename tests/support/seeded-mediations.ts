/** Mediations under way, and what was decided of them, written straight into the record as their workflows would have left it. */
import { type Db, json } from '../../db/client.ts';
import type { Clock, ClockStart } from '../../domain/case/case.ts';
import { clockInput } from '../../domain/case/clock-input.ts';
import type { RuleBook } from '../../domain/rules.ts';
import { computeDeadline } from '../../domain/time/deadline.ts';
import type { Calendar } from '../../domain/time/types.ts';

export interface SeededMediation {
  caseNo: string;
  acceptedOn: string;
  /** Agreed by the parties in place of the rule's number. */
  agreed?: number;
  /** It has run out, and is kept. */
  expired?: boolean;
  /** The case has ended. */
  closed?: boolean;
  /** Another clock than that of the end. */
  deadlineId?: string;
}

/** Writes them all at once; each has one clock, counted by the book. */
export async function seedMediations(
  db: Db,
  { book, calendar }: { book: RuleBook; calendar: Calendar },
  cases: readonly SeededMediation[],
): Promise<void> {
  const rows = cases.map((one) => ({ ...one, clock: clockOf(book, calendar, one) }));
  await inParts(rows, async (part) => {
    await db`
      insert into cases ${db(
        part.map(({ caseNo, closed = false, acceptedOn }) => ({
          ...{ case_no: caseNo, region: caseNo.slice(0, 6), channel: 'window', stage: closed ? 'closed' : 'mediation' },
          ...{ release: book.release, sha256: book.sha256, run: '3', seq: 1, intake: json(db, {}) },
          created_at: `${acceptedOn}T00:00:00.000Z`,
        })),
      )}`;
    await db`
      insert into procedures ${db(
        part.map(({ caseNo, acceptedOn, closed = false, clock }) => ({
          ...{ case_no: caseNo, run: '3', workflow_id: `case-${caseNo}`, procedure: 'mediation', view_step: 1 },
          ...{ opened_at: `${acceptedOn}T00:00:00.000Z`, ended_at: closed ? `${acceptedOn}T00:00:00.000Z` : null },
          view: json(db, stateOf(caseNo, clock)),
        })),
      )}`;
    await db`
      insert into deadlines ${db(
        part.map(({ caseNo, closed = false, clock }) => ({
          ...{ case_no: caseNo, key: clock.key, workflow_id: `case-${caseNo}`, deadline_id: clock.deadlineId },
          ...{ status: closed ? 'closed' : 'open', legal_ref: clock.legalRef, source: clock.source },
          ...{ title_zh: '', title_en: '', purpose: clock.purpose, subject: null, amount: clock.amount },
          ...{ anchor: book.deadline(caseNo.slice(0, 6), clock.deadlineId).anchor, anchor_on: clock.anchorOn },
          ...{ unit: clock.unit, extensions: json(db, []), due_on: clock.dueOn, due_at: clock.dueAt },
          ...{ provisional: false, calendar_version: clock.calendarVersion, rule_release: book.release },
          ...{ basis: 'statute', explanation: json(db, []) },
        })),
      )}`;
  });
}

export interface SeededDecision {
  caseNo: string;
  seq: number;
  point: string;
  facts: Record<string, unknown>;
}

export const seedDecisions = (db: Db, book: RuleBook, decisions: readonly SeededDecision[]): Promise<void> =>
  inParts(decisions, async (part) => {
    await db`
      insert into decisions ${db(
        part.map(({ caseNo, seq, point, facts }) => ({
          ...{ case_no: caseNo, seq, number: 0, point, facts: json(db, facts as never), release: book.release },
          ...{ sha256: book.sha256, outcome: json(db, {}), matched: json(db, []) },
        })),
      )}`;
  });

/** A statement has room for so many values only. */
async function inParts<T>(rows: readonly T[], write: (part: readonly T[]) => Promise<unknown>): Promise<void> {
  for (let at = 0; at < rows.length; at += 1_000) await write(rows.slice(at, at + 1_000));
}

function clockOf(book: RuleBook, calendar: Calendar, one: SeededMediation): Clock {
  const { caseNo, acceptedOn, agreed, expired = false, deadlineId = 'mediation.conclusion' } = one;
  const region = caseNo.slice(0, 6);
  const definition = book.deadline(region, deadlineId);
  const start: ClockStart = {
    ...{ key: `3:${deadlineId}`, deadlineId, anchorOn: acceptedOn, anchorAt: `${acceptedOn}T02:00:00.000Z` },
    ...(agreed === undefined ? {} : { amount: agreed, unit: 'calendarDays' as const }),
  };
  const { dueOn, dueAt, calendarVersion } = computeDeadline(definition, clockInput(start, undefined), calendar);
  const { legalRef, source, purpose, onExpiry, amount, unit } = definition;
  return {
    ...{ amount, unit, ...start, legalRef, source, purpose, onExpiry, agreed: agreed !== undefined },
    ...{
      dueOn,
      dueAt,
      calendarVersion,
      provisional: false,
      extensions: [],
      fired: [],
      rungs: [],
      expired,
      revision: 0,
    },
  };
}

const stateOf = (caseNo: string, clock: Clock) => ({
  ...{ procedure: 'mediation', run: '3', stage: 'mediating', clocks: [clock], consents: {} },
  case: {
    ...{ caseNo, region: caseNo.slice(0, 6), origin: 'direct', scope: 'labour', routes: [], past: [] },
    ...{ claims: [], parties: [], facts: {} },
  },
});
