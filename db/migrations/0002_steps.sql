-- Which event stands for which step of a workflow. Events are append-only and stay; this is what says that one counts.
-- A step is written before the workflow's history has it, so a worker or a server that dies in between leaves the record ahead:
-- the number such a step had may then go to another (db/write-step.ts).
create table steps (
  workflow_id text not null,
  dedup       text not null,
  case_no     text not null references cases (case_no),
  seq         integer not null,
  -- The first run of the workflow's chain: steps are numbered within it.
  chain       text not null,
  run         text not null,
  -- Null: the workflow has given the number to another step since, and this one has not come again yet.
  step        integer,
  at          timestamptz not null,
  touched_at  timestamptz not null default now(),
  primary key (workflow_id, dedup)
);
create index steps_by_chain on steps (chain, step);

insert into steps (workflow_id, dedup, case_no, seq, chain, run, at)
  select workflow_id, dedup, case_no, seq, '', '', at from events;
alter table events drop constraint events_workflow_id_dedup_key;
