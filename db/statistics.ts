import type { Grouping } from '../domain/statistics.ts';
import type { Db } from './client.ts';
import { regionPrefix } from './read-models.ts';

/** Which of the things counted: those of a region by the case's leading region, of a period by their day. */
export interface Counted {
  region: string;
  from?: string;
  to?: string;
  figure?: string;
  procedure?: string;
  what?: string;
  organisation?: string;
}

/** The one condition of a figure and of its list. */
const where = (db: Db, { region, from, to, figure, procedure, what, organisation }: Counted) => db`
  region like ${`${regionPrefix(region)}%`}
  ${from === undefined ? db`` : db`and on_day >= ${from}`}
  ${to === undefined ? db`` : db`and on_day <= ${to}`}
  ${figure === undefined ? db`` : db`and figure = ${figure}`}
  ${procedure === undefined ? db`` : db`and procedure = ${procedure}`}
  ${what === undefined ? db`` : db`and what = ${what}`}
  ${organisation === undefined ? db`` : db`and organisation = ${organisation}`}`;

/** What a row is told apart by. A region by the next level below the one asked for, as a code of six digits. */
function keyOf(db: Db, by: Grouping | undefined, region: string) {
  if (by === undefined) return db`''`;
  if (by === 'month') return db`to_char(on_day, 'YYYY-MM')`;
  const digits = Math.min(regionPrefix(region).length + 2, 6);
  return by === 'region' ? db`rpad(left(region, ${digits}), 6, '0')` : db(by);
}

export interface FigureRow {
  key: string;
  figure: string;
  procedure: string | null;
  what: string | null;
  count: number;
  /** Days, of `duration` only. */
  median: number | null;
  p90: number | null;
}

/** All figures in one query. */
export const countFigures = (db: Db, counted: Counted, by: Grouping | undefined): Promise<FigureRow[]> =>
  db<FigureRow[]>`
    select ${keyOf(db, by, counted.region)} as key, figure, procedure, what, count(*)::int as count,
      round(percentile_cont(0.5) within group (order by days)::numeric, 1)::float8 as median,
      round(percentile_cont(0.9) within group (order by days)::numeric, 1)::float8 as p90
    from counted where ${where(db, counted)}
    group by 1, figure, procedure, what order by 1, figure, procedure, what`;

export interface CountedRow {
  caseNo: string;
  region: string;
  on: string;
  procedure: string | null;
  what: string | null;
  organisation: string;
  days: number | null;
  /** Tells two things of one case and day apart. */
  ref: string;
}

/** The things that a figure counts, newest first, after a given place. */
export const listCounted = (
  db: Db,
  counted: Counted & { after?: { on: string; caseNo: string; ref: string }; limit: number },
): Promise<CountedRow[]> =>
  db<CountedRow[]>`
    select case_no as "caseNo", region, on_day as on, procedure, what, organisation, round(days, 1)::float8 as days, ref
    from counted where ${where(db, counted)}
      ${counted.after === undefined ? db`` : db`and (on_day, case_no, ref) < (${counted.after.on}, ${counted.after.caseNo}, ${counted.after.ref})`}
    order by on_day desc, case_no desc, ref desc limit ${counted.limit}`;
