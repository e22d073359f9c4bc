import type { DecisionPoint } from '../domain/rules.ts';
import type { Db } from './client.ts';
import { regionPrefix } from './read-models.ts';

/** What was decided at a point: how often, and which rules matched. */
export interface MatchedAt {
  point: DecisionPoint;
  decisions: number;
  rules: string[];
}

/** Of the decisions recorded in a region and all below it in the last days, by point. */
export const matchedRules = (db: Db, region: string, days: number) => db<MatchedAt[]>`
  select d.point, count(distinct (d.case_no, d.seq, d.number))::integer as decisions,
    coalesce(array_agg(distinct rule ->> 'id') filter (where rule is not null), '{}') as rules
  from decisions d
  join events e on e.case_no = d.case_no and e.seq = d.seq
  join cases c on c.case_no = d.case_no
  left join lateral jsonb_array_elements(d.matched) rule on true
  where c.region like ${`${regionPrefix(region)}%`} and e.at >= now() - make_interval(days => ${days})
  group by d.point`;
