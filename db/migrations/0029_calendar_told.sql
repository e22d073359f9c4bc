-- When the telling of open cases was begun; a notice that nobody was told of yet is told of by the reconciler.
alter table calendars add column told_at timestamptz;
update calendars set told_at = loaded_at;
