-- Files that a release names by their hash, each kept once.
create table release_files (
  sha256 text primary key,
  bytes  bytea not null,
  check (sha256 = encode(sha256(bytes), 'hex'))
);
create trigger release_files_append_only before update or delete on release_files
  for each row execute function refuse_change();
create trigger release_files_not_truncated before truncate on release_files
  for each statement execute function refuse_change();

-- What one administrator handed in before there were releases stays in force and in the history; nothing is added to it any more.
insert into release_files select distinct on (sha256) sha256, docx from office_templates where docx is not null;
alter table office_templates
  drop column docx,
  add foreign key (sha256) references release_files (sha256);

-- The templates of papers that were, are or will be in force; without a hash the one of the wider region is again.
create view paper_templates as
  select region, kind, sha256, reason, handed_in_at, in_force_from, release_id,
    row_number() over (partition by region, kind order by in_force_from, handed_in_at, placed)::integer as number
  from (
    select region, kind, sha256, reason, handed_in_at, (handed_in_at at time zone 'Asia/Shanghai')::date as in_force_from,
      null::uuid as release_id, number as placed
    from office_templates
    union all
    select region, content->>'paper', content->>'sha256',
      (select reason from administration_events e where e.release_id = r.id and e.type = 'release.approved'),
      approved_at, in_force_from, id, number
    from administered_releases r
    where kind = 'paperTemplate' and status = 'approved'
  ) as handed_in;
