-- A case shows the state of its chain's run, which stands in the procedures: one copy, one write.
alter table cases add column run text;
update cases set run = view ->> 'run' where view is not null;
alter table cases drop column view;
