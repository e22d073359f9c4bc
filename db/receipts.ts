import type { Decision, DecisionPoint } from '../domain/rules.ts';
import type { ComputedDeadline, DeadlineInput, Unit } from '../domain/time/types.ts';
import type { CalendarDays } from '../domain/time/watched-calendar.ts';
import type { Db } from './client.ts';

/** A decision with the moment of its event. */
export interface DecisionOnRecord extends Pick<Decision, 'point' | 'facts' | 'outcome' | 'matched' | 'sha256'> {
  at: string;
}

export async function findDecision(
  db: Db,
  caseNo: string,
  { seq, number }: { seq: number; number: number },
): Promise<DecisionOnRecord | undefined> {
  const [row] = await db<DecisionOnRecord[]>`
    select d.point, d.facts, d.outcome, d.matched, d.sha256, e.at
    from decisions d join events e using (case_no, seq)
    where d.case_no = ${caseNo} and d.seq = ${seq} and d.number = ${number}`;
  return row;
}

/** A deadline with what it was counted from: null for one that was last computed before that was kept. */
export interface DeadlineOnRecord
  extends Pick<ComputedDeadline, 'dueOn' | 'dueAt' | 'provisional' | 'calendarVersion' | 'explanation'> {
  id: string;
  amount: number;
  unit: Unit;
  sha256: string | null;
  countedFrom: DeadlineInput | null;
  calendarDays: CalendarDays[] | null;
}

export async function findDeadline(db: Db, caseNo: string, key: string): Promise<DeadlineOnRecord | undefined> {
  const [row] = await db<DeadlineOnRecord[]>`
    select deadline_id as id, due_on as "dueOn", due_at as "dueAt", provisional, calendar_version as "calendarVersion", explanation,
      amount, unit, rule_sha256 as sha256, counted_from as "countedFrom", calendar_days as "calendarDays"
    from deadlines where case_no = ${caseNo} and key = ${key}`;
  return row;
}

/** A release, and what it decided in a case. `sha256` is null where a deadline of before does not say which book it was. */
export interface DecidingRelease {
  release: string;
  sha256: string | null;
  decisions: Array<{ seq: number; number: number; point: DecisionPoint }>;
  deadlines: Array<{ key: string; id: string; status: string }>;
}

/** The releases that decided something in a case, in the order in which they first did; those of deadlines alone last. */
export const listDecidingReleases = (db: Db, caseNo: string): Promise<DecidingRelease[]> =>
  db<DecidingRelease[]>`
    select release, sha256,
      coalesce(jsonb_agg(decision order by seq, number) filter (where decision is not null), '[]') as decisions,
      coalesce(jsonb_agg(deadline order by due_at, key) filter (where deadline is not null), '[]') as deadlines
    from (
      select release, sha256, seq, number, null::timestamptz as due_at, null as key, null::jsonb as deadline,
        jsonb_build_object('seq', seq, 'number', number, 'point', point) as decision
      from decisions where case_no = ${caseNo}
      union all
      select rule_release, rule_sha256, null, null, due_at, key,
        jsonb_build_object('key', key, 'id', deadline_id, 'status', status), null
      from deadlines where case_no = ${caseNo}
    ) as decided
    group by release, sha256 order by min(seq) nulls last, release`;
