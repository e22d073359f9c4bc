import type { CalendarYear } from '../domain/time/calendar.ts';
import { type Db, json, type Tx } from './client.ts';
import { deadlinesOfWorkflow, type OpenDeadlinesRow } from './recorded.ts';

export interface StoredCalendar {
  year: number;
  revision: number;
  content: CalendarYear;
  loadedAt: string;
}

/** The newest notice of each year. */
export const listCalendars = (db: Db): Promise<StoredCalendar[]> =>
  db<StoredCalendar[]>`
    select distinct on (year) year, revision, content, loaded_at as "loadedAt"
    from calendars order by year, revision desc`;

/** One number that grows with every notice loaded; cheap to ask. */
export async function calendarsRevision(db: Db): Promise<number> {
  const [row] = await db<Array<{ n: number }>>`select count(*)::int as n from calendars`;
  return row?.n ?? 0;
}

/** Keeps a notice as a new revision of its year; the same content again is the revision it was. */
export async function saveCalendar(tx: Tx, content: CalendarYear): Promise<void> {
  await tx`lock table calendars in share row exclusive mode`;
  const [last] = await tx<Array<{ revision: number; same: boolean }>>`
    select revision, content = ${json(tx, content)} as same from calendars
    where year = ${content.year} order by revision desc limit 1`;
  if (last?.same) return;
  await tx`insert into calendars ${tx({
    year: content.year,
    revision: (last?.revision ?? 0) + 1,
    content: json(tx, content),
    notice: content.notice ?? '',
  })}`;
}

/** Notices that open cases were not told of yet. */
export const listUntold = (db: Db): Promise<Array<{ year: number; revision: number; notice: string }>> =>
  db<Array<{ year: number; revision: number; notice: string }>>`
    select year, revision, notice from calendars where told_at is null order by year, revision`;

export async function noteTold(db: Db, { year, revision }: { year: number; revision: number }): Promise<void> {
  await db`update calendars set told_at = now() where year = ${year} and revision = ${revision}`;
}

/**
 * Open workflows with a clock whose last day lies in the year or at its edges, and cases that are just between two procedures or
 * before their first: the clocks of what comes next may have been computed by the calendar of before and not be written
 * yet. In order of id, after a given one.
 */
export async function workflowsTouchedBy(
  db: Db,
  { year, after, limit }: { year: number; after: string; limit: number },
): Promise<string[]> {
  const rows = await db<Array<{ workflowId: string }>>`
    select workflow_id as "workflowId" from (
      select workflow_id from deadlines
      where status = 'open'
        and (extract(year from due_on) = ${year} or due_on between make_date(${year} - 1, 12, 1) and make_date(${year} + 1, 1, 31)
             or anchor_on between make_date(${year} - 1, 12, 1) and make_date(${year}, 12, 31))
      union
      select 'case-' || case_no from cases where stage <> 'closed' and (outcome is not null or seq = 0)
    ) as touched
    where workflow_id > ${after} order by workflow_id limit ${limit}`;
  return rows.map(({ workflowId }) => workflowId);
}

/** The open deadlines of these workflows, each with the state of its run; null between two procedures. */
export const openDeadlinesOf = (db: Db, workflowIds: string[]): Promise<OpenDeadlinesRow[]> =>
  db<OpenDeadlinesRow[]>`
    select d.case_no as "caseNo", d.region, d.deadlines, p.view as state
    from (
      select d.case_no, d.workflow_id, c.region, ${deadlinesOfWorkflow(db)} as deadlines
      from deadlines d join cases c using (case_no)
      where d.status = 'open' and d.workflow_id = any(${workflowIds})
      group by d.case_no, d.workflow_id, c.region
    ) d
    left join procedures p on p.case_no = d.case_no and p.workflow_id = d.workflow_id and p.ended_at is null
    order by d.case_no, d.workflow_id`;
