-- The trigger on rows does not see a truncate; the record may not be emptied either.
create trigger events_not_truncated before truncate on events
  for each statement execute function refuse_change();
