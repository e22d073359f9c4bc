-- How a party likes to be told things; without it the rules decide (0023).
alter table parties
  add column preferred_channel text check (preferred_channel in ('email', 'sms', 'im')),
  add column language text check (language in ('zh', 'en', 'both'));

alter table notices
  add column phone text,
  -- Asked for by who sent it again; else the rules choose.
  add column wanted text,
  -- In the order in which they are tried; null until it is taken for the first time.
  add column channels text[],
  add column channel text,
  add column channel_attempts integer not null default 0,
  -- Not before: quiet hours, or the hour of a digest.
  add column held_until timestamptz,
  add column digest boolean not null default false,
  -- The notice in whose message this one went, its own id where it is the one.
  add column sent_with uuid references notices (id);
create index notices_by_sent_with on notices (sent_with) where sent_with is not null;
create index notices_by_status on notices (status, created_at) where status <> 'sent';

-- The paper that the event of a notice is about, by its number within the case.
create function notice_paper(data jsonb) returns integer language sql immutable as $$
  select said::integer
  from (select coalesce(data->'detail'->>'paper', data->'detail'->'signing'->>'paper') as said) as event
  where said ~ '^\d{1,9}$'
$$;
