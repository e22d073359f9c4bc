-- Everything an administrator changes by approval: packs of rules, and later calendars and texts.
create table administered_releases (
  id            uuid primary key default gen_random_uuid(),
  kind          text not null,
  -- What it is a release of: the id of a pack, a year, the name of a text.
  subject       text not null,
  region        text not null,
  -- Counts the releases of a subject.
  number        integer not null,
  status        text not null check (status in ('draft', 'checked', 'simulated', 'approved', 'withdrawn')),
  content       jsonb not null,
  sha256        text not null,
  -- The text in force that it was drafted from; null where there was none.
  based_on      text,
  check_result  jsonb,
  preview       jsonb,
  drafted_by    uuid not null references actors (id),
  drafted_at    timestamptz not null,
  changed_at    timestamptz not null,
  approved_by   uuid references actors (id),
  approved_at   timestamptz,
  in_force_from date,
  unique (kind, subject, number),
  check ((status = 'approved') <= (approved_by is not null and approved_at is not null and in_force_from is not null)),
  check (approved_by is distinct from drafted_by)
);
create index administered_releases_by_region on administered_releases (region, changed_at);
create unique index administered_releases_one_a_day on administered_releases (kind, subject, in_force_from)
  where status = 'approved';

-- What was approved stays as it was approved; it may only be withdrawn, before its day.
create function refuse_change_of_approved() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'releases are kept';
  end if;
  if old.status = 'approved' and (
       new.status not in ('approved', 'withdrawn')
       or (new.kind, new.subject, new.region, new.number, new.content, new.sha256, new.based_on, new.check_result,
           new.preview, new.drafted_by, new.drafted_at, new.approved_by, new.approved_at, new.in_force_from)
          is distinct from
          (old.kind, old.subject, old.region, old.number, old.content, old.sha256, old.based_on, old.check_result,
           old.preview, old.drafted_by, old.drafted_at, old.approved_by, old.approved_at, old.in_force_from)) then
    raise exception 'an approved release does not change';
  end if;
  if old.status = 'withdrawn' then
    raise exception 'a withdrawn release does not change';
  end if;
  return new;
end $$;
create trigger administered_releases_stay before update or delete on administered_releases
  for each row execute function refuse_change_of_approved();
create trigger administered_releases_not_truncated before truncate on administered_releases
  for each statement execute function refuse_change();

-- What administrators did, each with its reason.
create table administration_events (
  id         bigint generated always as identity primary key,
  at         timestamptz not null,
  type       text not null,
  kind       text not null,
  subject    text not null,
  region     text not null,
  release_id uuid references administered_releases (id),
  actor_id   uuid not null references actors (id),
  reason     text not null,
  detail     jsonb not null
);
create index administration_events_by_region on administration_events (region, id);
create index administration_events_by_release on administration_events (release_id, id);
create trigger administration_events_append_only before update or delete on administration_events
  for each row execute function refuse_change();
create trigger administration_events_not_truncated before truncate on administration_events
  for each statement execute function refuse_change();

-- Which rules were in force from a day on: what the program brought, with what was approved laid over it.
create table books_in_force (
  from_day date primary key,
  sha256   text not null references rule_releases (sha256)
);
