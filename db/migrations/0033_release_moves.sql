-- Open cases of a region that an administrator moves to another release: each is moved by an act of its own, and what came of it is kept.
create table release_moves (
  id              uuid primary key,
  region          text not null,
  sha256          text not null references rule_releases (sha256),
  reason          text not null,
  actor_id        uuid not null references actors (id),
  idempotency_key text not null,
  request_hash    text not null,
  asked_at        timestamptz not null default now(),
  unique (actor_id, idempotency_key)
);
create table release_move_cases (
  move_id    uuid not null references release_moves (id),
  case_no    text not null references cases (case_no),
  status     text not null default 'waiting' check (status in ('waiting', 'moved', 'refused')),
  -- Why it was refused.
  code       text,
  zh         text,
  en         text,
  -- Whoever works on it; after a while another one may.
  claimed_at timestamptz,
  primary key (move_id, case_no),
  check ((status = 'refused') = (code is not null))
);
create index release_move_cases_waiting on release_move_cases (move_id) where status = 'waiting';
