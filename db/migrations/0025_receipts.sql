-- What a deadline was computed from, so that it can be computed again: the rule book by its hash (two books of one name would be
-- two), what was handed to the count, and what the calendar said of the days that the count asked for.
alter table deadlines
  add column rule_sha256 text,
  add column counted_from jsonb,
  add column calendar_days jsonb;

-- Older rows: where one release alone has the name. The rest is known when the clock is computed again.
update deadlines d set rule_sha256 = r.sha256
  from (select release, min(sha256) as sha256 from rule_releases group by release having count(*) = 1) r
  where r.release = d.rule_release;
