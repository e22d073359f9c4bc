import type { CalendarYear } from '../domain/time/calendar.ts';
import { type Db, json } from './client.ts';

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
export async function saveCalendar(db: Db, content: CalendarYear): Promise<{ revision: number; fresh: boolean }> {
  return db.begin(async (tx) => {
    await tx`lock table calendars in share row exclusive mode`;
    const [last] = await tx<Array<{ revision: number; same: boolean }>>`
      select revision, content = ${json(tx, content)} as same from calendars
      where year = ${content.year} order by revision desc limit 1`;
    if (last?.same) return { revision: last.revision, fresh: false };
    const revision = (last?.revision ?? 0) + 1;
    await tx`insert into calendars ${tx({
      year: content.year,
      revision,
      content: json(tx, content),
      notice: content.notice ?? '',
    })}`;
    return { revision, fresh: true };
  }) as Promise<{ revision: number; fresh: boolean }>;
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
