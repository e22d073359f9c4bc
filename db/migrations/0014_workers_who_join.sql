-- The act by which a worker came into a case after its registration.
alter table parties add column joined_by uuid references acts (act_id);
create index parties_by_joined_by on parties (joined_by) where joined_by is not null;
