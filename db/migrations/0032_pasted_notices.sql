-- The words that a calendar was read from, where a notice was pasted as it was published. The content stays what was read; it alone is hashed.
alter table administered_releases add column pasted_text text;

create or replace function refuse_change_of_approved() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'releases are kept';
  end if;
  if old.status = 'approved' and (
       new.status not in ('approved', 'withdrawn')
       or (new.kind, new.subject, new.region, new.number, new.content, new.sha256, new.pasted_text, new.based_on,
           new.check_result, new.preview, new.drafted_by, new.drafted_at, new.approved_by, new.approved_at, new.in_force_from)
          is distinct from
          (old.kind, old.subject, old.region, old.number, old.content, old.sha256, old.pasted_text, old.based_on,
           old.check_result, old.preview, old.drafted_by, old.drafted_at, old.approved_by, old.approved_at, old.in_force_from)) then
    raise exception 'an approved release does not change';
  end if;
  if old.status = 'withdrawn' then
    raise exception 'a withdrawn release does not change';
  end if;
  return new;
end $$;
