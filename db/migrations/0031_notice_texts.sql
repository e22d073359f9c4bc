-- Every text that a notice could go out by on some day, by its hash: those of the project and those that were approved.
create table notice_texts (
  sha256  text primary key,
  content jsonb not null
);
create trigger notice_texts_append_only before update or delete on notice_texts
  for each row execute function refuse_change();
create trigger notice_texts_not_truncated before truncate on notice_texts
  for each statement execute function refuse_change();

-- By which text a notice was sent, and by which words round those that went in one mail.
alter table notices
  add column text_sha256 text references notice_texts (sha256),
  add column digest_sha256 text references notice_texts (sha256);
