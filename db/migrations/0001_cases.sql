-- Reference data ---------------------------------------------------------------------------------------------------

create table rule_releases (
  sha256    text primary key,
  release   text not null,
  content   jsonb not null,
  loaded_at timestamptz not null default now()
);

create table calendars (
  year      integer not null,
  revision  integer not null,
  content   jsonb not null,
  notice    text not null,
  loaded_at timestamptz not null default now(),
  primary key (year, revision)
);

-- Accounts are known here only; workflows and events carry the id.
create table actors (
  id         uuid primary key default gen_random_uuid(),
  subject    text not null unique,
  created_at timestamptz not null default now()
);

-- Where an office of a region is told things.
create table offices (
  region text not null,
  kind   text not null check (kind in ('union', 'operator', 'commission', 'court')),
  name   text not null,
  email  text,
  primary key (region, kind)
);

create table counters (
  name  text primary key,
  value integer not null
);

-- The case ---------------------------------------------------------------------------------------------------------

create table cases (
  case_no     text primary key,
  region      text not null,
  channel     text not null,
  stage       text not null default 'registering',
  status      text,
  outcome     text,
  release     text,
  sha256      text,
  seq         integer not null default 0,
  view        jsonb,
  view_step   integer not null default -1,
  next_due_on date,
  next_due_at timestamptz,
  split_from  text references cases (case_no),
  intake      jsonb not null,
  created_at  timestamptz not null default now(),
  updated_at  timestamptz not null default now()
);
create index cases_by_region on cases (region text_pattern_ops, case_no);
create index cases_by_due on cases (next_due_at) where next_due_at is not null;
create index cases_unregistered on cases (created_at) where stage = 'registering';

create table parties (
  case_no   text not null references cases (case_no) on delete cascade,
  party_id  text not null,
  side      text not null,
  kind      text not null,
  name      text not null,
  id_number text,
  phone     text,
  email     text,
  address   text,
  groups    text[] not null default '{}',
  subject   text,
  moved_to  text,
  primary key (case_no, party_id)
);
create index parties_by_subject on parties (subject) where subject is not null;

create table claims (
  case_no    text not null references cases (case_no) on delete cascade,
  claim_id   text not null,
  worker     text not null,
  kind       text not null,
  subject    text not null,
  amount_fen bigint,
  text       text,
  primary key (case_no, claim_id)
);

-- Acts as people sent them: the words, and what an Idempotency-Key did.
create table acts (
  act_id          uuid primary key,
  actor_id        uuid not null references actors (id),
  idempotency_key text not null,
  request_hash    text not null,
  case_no         text references cases (case_no) on delete cascade,
  act             text not null,
  words           jsonb not null default '{}',
  input           jsonb,
  workflow_id     text,
  message         jsonb,
  status          text not null default 'pending' check (status in ('pending', 'recorded', 'done')),
  response        jsonb,
  created_at      timestamptz not null default now(),
  unique (actor_id, idempotency_key)
);
create index acts_unfinished on acts (created_at) where status <> 'done';

-- Facts conceded for a settlement: apart from everything else, never in a bundle (NEG-08).
create table shielded_facts (
  act_id   uuid not null references acts (act_id) on delete cascade,
  number   integer not null,
  case_no  text not null,
  conceded_by text not null,
  text     text not null,
  primary key (act_id, number)
);

-- What happened: append-only, in order, each written with the read model it changes.
create table events (
  case_no     text not null references cases (case_no),
  seq         integer not null,
  workflow_id text not null,
  dedup       text not null,
  type        text not null,
  procedure   text not null,
  at          timestamptz not null,
  title_zh    text not null,
  title_en    text not null,
  legal_ref   text not null,
  source      text not null,
  actor_id    text not null,
  actor_role  text not null,
  party_id    text,
  channel     text,
  act_id      uuid,
  detail      jsonb not null,
  result      jsonb not null,
  primary key (case_no, seq),
  unique (workflow_id, dedup)
);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'events are append-only';
end $$;
create trigger events_append_only before update or delete on events
  for each row execute function refuse_change();

create table procedures (
  case_no     text not null references cases (case_no),
  run         text not null,
  workflow_id text not null,
  procedure   text not null,
  opened_at   timestamptz not null,
  ended_at    timestamptz,
  outcome     text,
  next        text,
  view        jsonb not null,
  view_step   integer not null,
  primary key (case_no, run)
);

create table deadlines (
  case_no          text not null references cases (case_no),
  key              text not null,
  workflow_id      text not null,
  deadline_id      text not null,
  status           text not null check (status in ('open', 'closed')),
  legal_ref        text not null,
  source           text not null,
  title_zh         text not null,
  title_en         text not null,
  purpose          text not null,
  subject          text,
  anchor           text not null,
  anchor_on        date not null,
  amount           integer not null,
  unit             text not null,
  extensions       jsonb not null,
  due_on           date not null,
  due_at           timestamptz not null,
  provisional      boolean not null,
  calendar_version text not null,
  rule_release     text not null,
  basis            text not null,
  explanation      jsonb not null,
  primary key (case_no, key)
);
create index deadlines_open_by_due on deadlines (due_at, case_no, key) where status = 'open';
create index deadlines_open_by_workflow on deadlines (workflow_id) where status = 'open';

create table decisions (
  case_no  text not null references cases (case_no),
  seq      integer not null,
  number   integer not null,
  point    text not null,
  facts    jsonb not null,
  outcome  jsonb not null,
  matched  jsonb not null,
  release  text not null,
  sha256   text not null,
  primary key (case_no, seq, number)
);

-- Outbox: a notice has its row before it is sent.
create table notices (
  id              uuid primary key default gen_random_uuid(),
  case_no         text not null references cases (case_no),
  seq             integer not null,
  number          integer not null,
  template        text not null,
  recipient       text not null,
  email           text,
  data            jsonb not null,
  status          text not null check (status in ('queued', 'sent', 'failed', 'noAddress')),
  attempts        integer not null default 0,
  next_attempt_at timestamptz not null default now(),
  sent_at         timestamptz,
  message_id      text,
  error           text,
  created_at      timestamptz not null default now(),
  unique (case_no, seq, number, recipient)
);
create index notices_queued on notices (next_attempt_at) where status = 'queued';
