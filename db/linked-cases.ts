import type { Db, Tx } from './client.ts';
import { type Scope, visible } from './read-models.ts';

/** A case that belongs to another one, and how. */
export interface LinkedCaseRow {
  caseNo: string;
  region: string;
  stage: string;
  kind: 'mergedInto' | 'mergedFrom' | 'splitFrom' | 'splitOff' | 'possibleDuplicate';
  /** Of a possible duplicate: whether the worker is known by number or telephone, or by name alone. */
  certainty: 'high' | 'low' | null;
  /** Of a possible duplicate: what is claimed in both. */
  subjects: string[] | null;
  /** Whether the caller may see it. */
  visible: boolean;
}

/** Of one worker at most so many cases are looked at, and so many are linked. */
const LOOKED_AT = 50;
const LINKED = 20;

/**
 * Links a case with those that may be the same dispute: the same worker, the same employer, the same thing claimed. A worker is
 * known by the number of the identity card, or by name and telephone; by name alone with less certainty, unless the numbers differ.
 * Done again it adds what has come since. Nothing personal leaves the database.
 */
export const linkDuplicates = (db: Db | Tx, caseNo: string) => db`
  with mine as (
    select party_id, id_key, phone_key, name_key from parties
    where case_no = ${caseNo} and kind = 'worker' and moved_to is null),
  same_worker as (
    select mine.party_id as mine, found.case_no, found.party_id as theirs, found.certainty
    from mine cross join lateral (
      (select p.case_no, p.party_id, 'high' as certainty from parties p
       where p.id_key = mine.id_key and p.kind = 'worker' and p.moved_to is null and p.case_no <> ${caseNo}
       order by p.case_no desc limit ${LOOKED_AT})
      union all
      (select p.case_no, p.party_id, case when p.phone_key = mine.phone_key then 'high' else 'low' end from parties p
       where p.name_key = mine.name_key and (p.id_key is null or mine.id_key is null)
         and p.kind = 'worker' and p.moved_to is null and p.case_no <> ${caseNo}
       order by p.case_no desc limit ${LOOKED_AT})) as found),
  same_dispute as (
    select same_worker.*, claim.subject
    from same_worker
    join cases c on c.case_no = same_worker.case_no and c.merged_into is null
    join claims claim on claim.case_no = ${caseNo} and claim.worker = same_worker.mine
    join claims other on other.case_no = same_worker.case_no and other.worker = same_worker.theirs
      and other.subject = claim.subject and (claim.subject <> 'other' or other.kind = claim.kind)
    where exists (
      select 1 from parties firm join parties theirs
        on theirs.case_no = same_worker.case_no and theirs.kind <> 'worker'
        and (theirs.name_key = firm.name_key or theirs.id_key = firm.id_key)
      where firm.case_no = ${caseNo} and firm.kind <> 'worker'))
  insert into case_links (case_no, other_no, certainty, subjects)
  select ${caseNo}, case_no, min(certainty), array_agg(distinct subject order by subject) from same_dispute
  where not exists (
    select 1 from case_links l where l.case_no = same_dispute.case_no and l.other_no = ${caseNo})
  group by case_no order by min(certainty), case_no desc limit ${LINKED}
  on conflict do nothing`;

/** The cases that belong to one, each once, by the closest tie; possible duplicates last. */
export const listLinked = (db: Db, caseNo: string, scope: Scope): Promise<LinkedCaseRow[]> =>
  db<LinkedCaseRow[]>`
    with ties as (
      select 1 as rank, merged_into as linked, 'mergedInto' as kind, null as certainty, null::text[] as subjects
      from cases where case_no = ${caseNo} and merged_into is not null
      union all select 2, case_no, 'mergedFrom', null, null from cases where merged_into = ${caseNo}
      union all select 3, split_from, 'splitFrom', null, null from cases
        where case_no = ${caseNo} and split_from is not null
      union all select 4, case_no, 'splitOff', null, null from cases where split_from = ${caseNo}
      union all select 5, other_no, 'possibleDuplicate', certainty, subjects from case_links where case_no = ${caseNo}
      union all select 5, case_no, 'possibleDuplicate', certainty, subjects from case_links where other_no = ${caseNo}),
    closest as (select distinct on (linked) * from ties order by linked, rank)
    select c.case_no as "caseNo", c.region, c.stage, t.kind, t.certainty, t.subjects, (${visible(db, scope)}) as visible
    from closest t join cases c on c.case_no = t.linked
    order by t.rank, t.certainty, c.case_no desc limit 100`;
