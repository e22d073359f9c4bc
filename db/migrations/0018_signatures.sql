-- Who must sign a paper, as the law had it when the paper was made: parties, the mediator, the seal.
alter table papers add column signers text[] not null default '{}';

-- Every signature there is, by whichever way it came: by an act of the procedure that makes the agreement, or beside the workflow, on
-- an application. The events are append-only and say who and when; what was read, typed or scanned is with the act. A step that
-- was voided has no row in `steps` (0002).
create view signatures as
select e.case_no, e.seq, e.at, e.actor_role,
       one.signer, one.signed_on,
       (a.words->'signing'->>'paper')::integer as paper,
       -- Recorded of a paper that is not kept here.
       coalesce(a.words->'signing'->>'form', 'recorded') as form,
       a.words->'signing'->>'sha256' as sha256,
       (a.words->'signing'->>'scan')::integer as scan,
       -- The act whose terms were signed, where the signature is on an agreement.
       case e.type when 'paper.signed' then null when 'negotiation.settled' then e.act_id::text else (
         select d.act_id::text from events d
         where d.case_no = e.case_no and d.seq < e.seq
           and d.type in ('negotiation.settlementDrafted', 'mediation.agreementDrafted', 'preLitigationMediation.agreementDrafted')
           and exists (select 1 from steps s where s.workflow_id = d.workflow_id and s.dedup = d.dedup and s.seq = d.seq)
         order by d.seq desc limit 1) end as about
from events e
join acts a on a.act_id = e.act_id
cross join lateral (
  select e.detail->>'by' as signer, e.detail->>'on' as signed_on where e.detail ? 'by'
  union
  select value, coalesce(e.detail->>'on', e.detail->>'signedOn')
  from jsonb_array_elements_text(coalesce(e.detail->'signsFor', '[]') || coalesce(e.detail->'agreedBy', '[]')
    || coalesce(e.detail->'consentedBy', '[]'))
) one
where e.type = 'paper.signed'
   or (e.type in ('negotiation.settled', 'negotiation.signed', 'mediation.signed', 'mediation.sealed', 'preLitigationMediation.signed')
       and exists (select 1 from steps s where s.workflow_id = e.workflow_id and s.dedup = e.dedup and s.seq = e.seq));
