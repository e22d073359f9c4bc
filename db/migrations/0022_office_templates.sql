-- An office's own templates of papers. Handed in again, or given up for the one of a wider region, is a new row.
create table office_templates (
  region       text not null,
  kind         text not null,
  number       integer not null,
  -- Null: from here on the one of the wider region holds again.
  docx         bytea,
  sha256       text,
  reason       text not null,
  handed_in_at timestamptz not null,
  actor_id     uuid not null references actors (id),
  primary key (region, kind, number),
  check ((docx is null) = (sha256 is null))
);

create trigger office_templates_append_only before update or delete on office_templates
  for each row execute function refuse_change();
create trigger office_templates_not_truncated before truncate on office_templates
  for each statement execute function refuse_change();
