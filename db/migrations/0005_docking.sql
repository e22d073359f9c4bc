-- Docking with courts 总对总: what a court sent, under its own number, and what it is told of it.
create table docked_cases (
  case_no text primary key references cases (case_no) on delete cascade,
  court   text not null,
  ref     text not null,
  -- The message that brought it.
  message text not null,
  -- A case that was split off keeps the court's number of the whole.
  split   boolean not null default false
);
create unique index docked_cases_by_ref on docked_cases (court, ref) where not split;

-- Messages taken from courts: each id once; the same body again gets the same answer.
create table docking_messages (
  court       text not null,
  message_id  text not null,
  body_hash   text not null,
  response    jsonb,
  received_at timestamptz not null default now(),
  primary key (court, message_id)
);

-- Outbox: what the court is told has its row, written with the step it tells of, before it is sent.
create table docking_reports (
  id              uuid primary key default gen_random_uuid(),
  case_no         text not null references cases (case_no) on delete cascade,
  court           text not null,
  seq             integer not null,
  body            jsonb not null,
  status          text not null default 'queued' check (status in ('queued', 'sent')),
  attempts        integer not null default 0,
  next_attempt_at timestamptz not null default now(),
  sent_at         timestamptz,
  error           text,
  unique (case_no, seq)
);
create index docking_reports_queued on docking_reports (next_attempt_at) where status = 'queued';
