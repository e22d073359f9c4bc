-- One window: the same dispute is known again, whichever way it came in, and a case may concern two regions.

-- What people write is compared without what does not matter: width, spaces, punctuation, capitals.
create function plain_text(written text) returns text language sql immutable parallel safe as $$
  select nullif(lower(regexp_replace(normalize(written, NFKC), '[\s[:punct:]·•・‧–—“”‘’、。《》〈〉【】]', '', 'g')), '')
$$;

-- A citizen's number in the old form of fifteen digits is that of today without its century and its check digit.
create function id_key(written text) returns text language sql immutable parallel safe as $$
  select case
    when plain ~ '^\d{17}[\dx]$' then left(plain, 17)
    when plain ~ '^\d{15}$' then left(plain, 6) || '19' || right(plain, 9)
    else plain end
  from (select plain_text(written) as plain) as one
$$;

-- The digits, without the country's code before a number of the country.
create function phone_key(written text) returns text language sql immutable parallel safe as $$
  select nullif(regexp_replace(regexp_replace(normalize(written, NFKC), '\D', '', 'g'), '^(00)?86(?=1\d{10}$)', ''), '')
$$;

-- 有限责任公司 and 有限公司 are one form of company, written in two ways.
create function name_key(written text) returns text language sql immutable parallel safe as $$
  select replace(plain_text(written), '有限责任公司', '有限公司')
$$;

alter table parties
  add column id_key text generated always as (id_key(id_number)) stored,
  add column phone_key text generated always as (phone_key(phone)) stored,
  add column name_key text generated always as (name_key(name)) stored;
create index parties_by_id_key on parties (id_key, case_no) where id_key is not null;
create index parties_by_name_key on parties (name_key, case_no);

-- Cases that may be the same dispute. The older number is `other_no`.
create table case_links (
  case_no   text not null references cases (case_no) on delete cascade,
  other_no  text not null references cases (case_no) on delete cascade,
  certainty text not null check (certainty in ('high', 'low')),
  subjects  text[] not null,
  made_at   timestamptz not null default now(),
  primary key (case_no, other_no),
  check (case_no <> other_no)
);
create index case_links_by_other on case_links (other_no);

alter table cases
  -- The region that takes part and does not lead.
  add column second_region text,
  -- The region whose office is asked to take the case over.
  add column handed_to text,
  -- The case into which this one was merged.
  add column merged_into text references cases (case_no);
create index cases_by_second_region on cases (second_region text_pattern_ops) where second_region is not null;
create index cases_by_handed_to on cases (handed_to text_pattern_ops) where handed_to is not null;
create index cases_by_merged_into on cases (merged_into) where merged_into is not null;
create index cases_by_split_from on cases (split_from) where split_from is not null;

-- Who a party of a merged case is in the case that took it in, and which case a party or a claim was taken from.
alter table parties add column merged_as text, add column taken_from text;
alter table claims add column taken_from text;

-- Where an office is told of a case: that of the narrowest region that has one, of the case's region or of one that is named, `operator@330304`.
create function office_email(told cases, recipient text) returns text language sql stable as $$
  select office.email
  from (select coalesce(nullif(split_part(recipient, '@', 2), ''), told.region) as region) as at
  join offices office on office.region in (at.region, left(at.region, 4) || '00', left(at.region, 2) || '0000', '000000')
  where office.kind = split_part(recipient, '@', 1)
  order by office.region desc limit 1
$$;
