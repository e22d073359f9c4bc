-- Papers of a case: what was filled in, by which template, and the files as they were made. A paper made again is a new row.
create or replace function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% are append-only', tg_table_name;
end $$;

create table papers (
  case_no         text not null references cases (case_no),
  number          integer not null,
  -- The number it bears, within its region, year and kind.
  register_no     text not null unique,
  kind            text not null,
  -- What it is about: a run of a procedure, or the act that it puts in writing.
  about           text not null,
  version         integer not null,
  replaces        integer,
  data            jsonb not null,
  template_sha256 text not null,
  -- Characters that the font of the PDF does not have.
  by_hand         text[] not null,
  docx            bytea not null,
  docx_sha256     text not null,
  pdf             bytea not null,
  pdf_sha256      text not null,
  made_at         timestamptz not null,
  actor_id        text not null,
  actor_role      text not null,
  act_id          uuid not null references acts (act_id),
  primary key (case_no, number),
  unique (case_no, kind, about, version),
  foreign key (case_no, replaces) references papers (case_no, number)
);

create trigger papers_append_only before update or delete on papers
  for each row execute function refuse_change();
create trigger papers_not_truncated before truncate on papers
  for each statement execute function refuse_change();
