-- The acceptance register 受理登记 (人社部发〔2022〕71号 第十二条): what the record says of each case. Views only: nothing is kept
-- twice.

-- The day of a moment, as the law counts days.
create function legal_day(at timestamptz) returns date language sql immutable parallel safe
  return (at at time zone 'Asia/Shanghai')::date;

-- Taken out of the state as it is written, so that nobody has to open the whole of it to count.
alter table procedures
  add column organisation text generated always as (view #>> '{case,organisation,kind}') stored,
  add column accepted_on text generated always as (coalesce(view ->> 'acceptedOn', view ->> 'takenOn')) stored;

-- The chain of a case: one row for each procedure it has been through, numbered in their order.
create view chain_runs as
  select case_no, run::integer as number, run, procedure, opened_at, ended_at, outcome, next, organisation, accepted_on,
    lead(run) over (partition by case_no order by run::integer) is null as is_last
  from procedures where workflow_id = 'case-' || case_no;

-- How each case stands that has come to its end: in the return visit, or closed. A case that was reopened has no end until it comes to it
-- again, and what it went through before does not count any more.
create view case_endings as
  with since as (
    select run.*, max(run.number) filter (
        where (run.procedure = 'followUp' and run.outcome in ('reopened', 'referred')) or (run.next = 'closed' and not run.is_last)
      ) over (partition by run.case_no) as again
    from chain_runs run
  ), told as (
    select case_no,
      (array_agg(procedure order by number desc))[1] as stands_in,
      (array_agg(next order by number desc))[1] as next,
      (array_agg(procedure order by number desc) filter (where procedure <> 'followUp'))[1] as procedure,
      (array_agg(outcome order by number desc) filter (where procedure <> 'followUp'))[1] as outcome,
      (array_agg(ended_at order by number desc) filter (where procedure <> 'followUp'))[1] as ended_at,
      (array_agg(organisation order by number desc))[1] as organisation,
      (array_agg(procedure order by number desc)
        filter (where procedure in ('settlementPerformance', 'agreementPerformance')))[1] as performance,
      bool_or(procedure = 'preLitigationMediation') as for_court
    from since where again is null or number > again
    group by case_no
  )
  select case_no, procedure, outcome, legal_day(ended_at) as ended_on, organisation,
    case
      when outcome in ('notAdmissible', 'merged', 'transferred', 'withdrawn') then outcome
      when outcome = 'performed' and performance = 'settlementPerformance' then 'settled'
      when outcome = 'performed' and for_court then 'courtMediated'
      when outcome = 'performed' then 'mediated'
      when outcome = 'paid' then 'paidByOrder'
      when performance is not null then 'agreementBroken'
      else 'notSettled'
    end as result
  from told where ended_at is not null and (stands_in = 'followUp' or next = 'closed');
