-- What a draft of the rules would change, as it was looked through: how far it is, and what came of it.
create table rule_simulations (
  id          uuid primary key,
  region      text not null,
  -- Hashes of the book in force and of the one to come; the latter need not be kept.
  before      text not null,
  after       text not null,
  state       text not null default 'running' check (state in ('running', 'done', 'cancelled', 'failed')),
  done        integer not null default 0,
  total       integer not null default 0,
  error       text,
  report      jsonb,
  actor_id    uuid not null references actors (id),
  asked_at    timestamptz not null default now(),
  -- Written again and again while somebody works on it: what runs and has not been touched was interrupted.
  touched_at  timestamptz not null default now(),
  check ((state = 'done') = (report is not null))
);
create index rule_simulations_by_region on rule_simulations (region text_pattern_ops, asked_at);
