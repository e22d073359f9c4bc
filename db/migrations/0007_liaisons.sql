-- 仲裁员分片联系调解组织 (人社部发〔2022〕71号 第十六条): which arbitrator looks after which kind of organisation of a region.
-- A number in the roster of the commission, never a name.
create table liaisons (
  region        text not null,
  organisation  text not null,
  arbitrator_id text not null,
  email         text,
  primary key (region, organisation)
);
