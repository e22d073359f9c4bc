-- Statistics 统计报告 (人社部发〔2022〕71号 第十二条). One row for each thing that a figure counts: a figure is the number of its rows, and its list of
-- cases is these rows. Nothing is kept twice.

create index events_of_silence on events (case_no, seq) where type = 'deadline.ranOut';

-- What has more than one figure stands above, so that a figure asked for alone costs its own part and no more.
create view counted as
  with intakes as (
    select * from chain_runs where procedure = 'intake' and ended_at is not null
  ), endings as (
    select * from case_endings
  ), performances as (
    select run.*,
      -- Money by the day of its payment; a thing by whether its day had passed before it was done.
      exists (
        select 1 from jsonb_array_elements(p.view -> 'payments') payment
        join deadlines d on d.case_no = p.case_no and d.key = p.run || ':' || p.procedure || '.instalment#' || (payment ->> 'item')
        where payment ->> 'status' in ('confirmed', 'deemed') and payment ->> 'paidOn' > d.due_on::text
      ) or exists (
        select 1 from jsonb_array_elements(p.view -> 'items') item
        join deadlines d on d.case_no = p.case_no and d.key = p.run || ':' || p.procedure || '.grace#' || (item ->> 'id')
        where item ->> 'form' <> 'money'
      ) as is_late
    from chain_runs run join procedures p using (case_no, run)
    where run.procedure in ('settlementPerformance', 'agreementPerformance') and run.ended_at is not null
  ), things as (
    select 'registered' as figure, case_no, legal_day(created_at) as on_day, 'intake'::text as procedure, null::text as what,
      null::numeric as days, '' as ref, null::text as organisation
    from cases where split_from is null
    union all
    select 'splitOff', case_no, legal_day(created_at), 'intake', null, null, '', null from cases where split_from is not null
    union all
    select 'accepted', case_no, legal_day(ended_at), procedure, null, null, run, null from intakes where outcome = 'routed'
    union all
    select 'refused', case_no, legal_day(ended_at), procedure, null, null, run, null from intakes where outcome = 'notAdmissible'
    union all
    select 'mediationAccepted', case_no, accepted_on::date, procedure, null, null, run, organisation
    from chain_runs where procedure in ('mediation', 'preLitigationMediation') and accepted_on is not null
    union all
    select 'mediationDeclined', case_no, legal_day(ended_at), procedure, null, null, run, organisation
    from chain_runs where procedure = 'mediation' and outcome = 'declined'
    union all
    select 'settled', case_no, ended_on, procedure, result, null, '', organisation
    from endings where result in ('settled', 'mediated', 'courtMediated')
    union all
    select 'ended', case_no, ended_on, procedure, result, null, '', organisation
    from endings where result not in ('notAdmissible', 'merged', 'transferred')
    union all
    select 'notCounted', case_no, ended_on, procedure, result, null, '', organisation
    from endings where result in ('notAdmissible', 'merged', 'transferred')
    union all
    select 'results', case_no, legal_day(ended_at), procedure, outcome, null, run, organisation
    from procedures where ended_at is not null and procedure <> 'followUp' and outcome is not null
    union all
    select 'performedOnTime', case_no, legal_day(ended_at), procedure, outcome, null, run, organisation
    from performances where outcome = 'performed' and not is_late
    union all
    select 'performedLate', case_no, legal_day(ended_at), procedure, outcome, null, run, organisation
    from performances where outcome = 'performed' and is_late
    union all
    select 'breached', case_no, legal_day(ended_at), procedure, outcome, null, run, organisation
    from performances where outcome in ('overdue', 'breached', 'disputed')
    union all
    select 'silence', e.case_no, legal_day(e.at), e.procedure, e.detail ->> 'deadlineId', null, e.seq::text, null
    from events e join steps s on s.workflow_id = e.workflow_id and s.dedup = e.dedup and s.case_no = e.case_no and s.seq = e.seq
    where e.type = 'deadline.ranOut' and exists (
      select 1 from decisions d where d.case_no = e.case_no and d.seq = e.seq and d.point = 'silence.default')
    union all
    select 'duration', case_no, legal_day(ended_at), procedure, null, extract(epoch from ended_at - opened_at) / 86400, run, organisation
    from procedures where ended_at is not null and procedure <> 'intake'
  )
  select things.figure, things.case_no, cases.region, things.on_day, things.procedure, things.what, things.days, things.ref,
    coalesce(things.organisation, 'none') as organisation
  from things join cases using (case_no);
