-- A name as it is compared: full-width letters and brackets as plain ones, without spaces, in small letters.
create function plain_name(name text) returns text language sql immutable parallel safe
  return lower(regexp_replace(normalize(name, NFKC), '\s', '', 'g'));

create index parties_by_plain_name on parties (plain_name(name)) where kind <> 'worker';
