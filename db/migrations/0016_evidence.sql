-- Evidence of a case: the files as they were brought, by whom, and what they are about. Nothing of a row is ever changed.
create table evidence (
  case_no      text not null references cases (case_no),
  number       integer not null,
  kind         text not null,
  title        text not null,
  file_name    text not null,
  -- Found in the content, never what the sender says.
  content_type text not null,
  extension    text not null,
  size         integer not null,
  sha256       text not null,
  content      bytea not null,
  -- Brought to settle only (NEG-08).
  shielded     boolean not null,
  -- Claims, obligations, payments and papers of the case that it is about.
  links        jsonb not null,
  made_at      timestamptz not null,
  actor_id     text not null,
  actor_role   text not null,
  -- The party that brought it, or on whose behalf it was.
  party_id     text,
  act_id       uuid not null references acts (act_id),
  primary key (case_no, number),
  check (not shielded or party_id is not null)
);
-- What is packed already is not packed again.
alter table evidence alter column content set storage external;

-- A file is once in a case; shielded, once for each party that brought it.
create unique index evidence_once on evidence (case_no, sha256) where not shielded;
create unique index evidence_shielded_once on evidence (case_no, sha256, party_id) where shielded;

create trigger evidence_append_only before update or delete on evidence
  for each row execute function refuse_change();
create trigger evidence_not_truncated before truncate on evidence
  for each statement execute function refuse_change();
