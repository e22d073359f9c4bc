-- Service of papers: each attempt, and what came of it. Neither is ever changed; tried again it is the next attempt.
create table services (
  case_no     text not null references cases (case_no),
  number      integer not null,
  paper       integer not null,
  -- Whom it goes to.
  party_id    text not null,
  method      text not null,
  sent_on     date not null,
  -- The piece of evidence that shows the consent to be served by electronic means.
  consent     integer,
  made_at     timestamptz not null,
  actor_id    text not null,
  actor_role  text not null,
  act_id      uuid not null references acts (act_id),
  primary key (case_no, number),
  foreign key (case_no, paper) references papers (case_no, number),
  foreign key (case_no, consent) references evidence (case_no, number)
);

create table service_results (
  case_no     text not null,
  number      integer not null,
  result      text not null,
  ground      text,
  -- The day on which it was received, arrived, was left or put up, was refused or came back.
  result_on   date not null,
  -- The piece of evidence that shows it.
  proof       integer,
  -- What the rules found: which day counts, after which clock, which ways are next, and by which rule.
  served      text not null,
  deadline_id text not null,
  next        text[] not null,
  legal_ref   text not null,
  source      text not null,
  title_zh    text not null,
  title_en    text not null,
  -- The act of the case that it performs, and the key under which that is done.
  act         text,
  act_key     text,
  made_at     timestamptz not null,
  actor_id    text not null,
  actor_role  text not null,
  act_id      uuid not null references acts (act_id),
  primary key (case_no, number),
  foreign key (case_no, number) references services (case_no, number),
  foreign key (case_no, proof) references evidence (case_no, number)
);

create trigger services_append_only before update or delete on services
  for each row execute function refuse_change();
create trigger services_not_truncated before truncate on services
  for each statement execute function refuse_change();
create trigger service_results_append_only before update or delete on service_results
  for each row execute function refuse_change();
create trigger service_results_not_truncated before truncate on service_results
  for each statement execute function refuse_change();
