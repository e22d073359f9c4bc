-- What came of the scenarios of a draft: the text, the book that it made, every scenario with the rules and deadlines it touched.
create table scenario_runs (
  id              uuid primary key default gen_random_uuid(),
  document_sha256 text not null,
  book_sha256     text not null,
  region          text not null,
  ran_at          timestamptz not null default now(),
  ran_by          uuid not null references actors (id),
  results         jsonb not null,
  -- Rules and deadlines that the draft adds or changes and that no scenario which passed has touched.
  untouched       jsonb not null,
  green           boolean not null
);
create index scenario_runs_by_document on scenario_runs (document_sha256, ran_at desc);
create trigger scenario_runs_stay before update or delete on scenario_runs
  for each row execute function refuse_change();
create trigger scenario_runs_not_truncated before truncate on scenario_runs
  for each statement execute function refuse_change();
