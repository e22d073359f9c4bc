import type { TakenIn } from '../contracts/record.ts';
import { otherEmployer } from '../domain/case/consolidation.ts';
import type { Refusal } from '../domain/refusal.ts';
import type { Db, Tx } from './client.ts';

/** Whether two cases have a respondent in common, by name or by number. Names stay in the database. */
export async function haveSameRespondent(db: Db | Tx, caseNo: string, other: string): Promise<boolean> {
  const [row] = await db`
    select 1 from parties one join parties two on one.name_key = two.name_key or one.id_key = two.id_key
    where one.case_no = ${caseNo} and two.case_no = ${other} and one.kind <> 'worker' and two.kind <> 'worker' limit 1`;
  return row !== undefined;
}

/**
 * Takes the parties and claims of one case into another, in one transaction, under numbers that are free there. Who is in both is one
 * party, and what is claimed in both is claimed once. Called again it gives the first answer.
 */
export async function takeInCase(
  db: Db,
  { caseNo, from }: { caseNo: string; from: string },
): Promise<TakenIn | { refusal: Refusal }> {
  return db.begin(async (tx) => {
    const cases = await tx<Array<{ caseNo: string; mergedInto: string | null }>>`
      select case_no as "caseNo", merged_into as "mergedInto" from cases where case_no in (${caseNo}, ${from})
      order by case_no for update`;
    const source = cases.find((one) => one.caseNo === from);
    if (!source || cases.length < 2) throw new Error(`no case ${from} to be taken into ${caseNo}`);
    if (source.mergedInto === null) {
      if (!(await haveSameRespondent(tx, caseNo, from))) return { refusal: otherEmployer(from, caseNo) };
      await nameAnew(tx, caseNo, from);
      await copyParties(tx, caseNo, from);
      await copyClaims(tx, caseNo, from);
      await tx`update cases set merged_into = ${caseNo} where case_no = ${from}`;
    }
    return takenIn(tx, caseNo, from);
  }) as Promise<TakenIn | { refusal: Refusal }>;
}

/** Says who each party is in the other case: one that is there already, or the next free number of its kind. */
async function nameAnew(tx: Tx, caseNo: string, from: string): Promise<void> {
  await tx`
    update parties mine set merged_as = (
      select there.party_id from parties there
      where there.case_no = ${caseNo} and there.moved_to is null and (there.kind = 'worker') = (mine.kind = 'worker')
        and (there.id_key = mine.id_key
          or (there.name_key = mine.name_key and (there.id_key is null or mine.id_key is null)
              and (mine.kind <> 'worker' or there.phone_key = mine.phone_key)))
      order by there.id_key = mine.id_key desc nulls last, length(there.party_id), there.party_id limit 1)
    where case_no = ${from} and moved_to is null`;
  await tx`
    with free as (
      select left(party_id, 1) as letter, max(substr(party_id, 2)::int) as last from parties
      where case_no = ${caseNo} group by 1),
    numbered as (
      select party_id, left(party_id, 1) as letter,
        row_number() over (partition by left(party_id, 1) order by length(party_id), party_id) as number
      from parties where case_no = ${from} and moved_to is null and merged_as is null)
    update parties p set merged_as = n.letter || (coalesce(f.last, 0) + n.number)
    from numbered n left join free f using (letter) where p.case_no = ${from} and p.party_id = n.party_id`;
}

const copyParties = (tx: Tx, caseNo: string, from: string) => tx`
  insert into parties (case_no, party_id, side, kind, name, id_number, phone, email, address, preferred_channel, language,
    groups, subject, taken_from)
  select ${caseNo}, merged_as, side, kind, name, id_number, phone, email, address, preferred_channel, language,
    groups, subject, ${from}
  from parties where case_no = ${from} and moved_to is null
  on conflict (case_no, party_id) do nothing`;

const copyClaims = (tx: Tx, caseNo: string, from: string) => tx`
  insert into claims (case_no, claim_id, worker, kind, subject, amount_fen, text, taken_from)
  select ${caseNo}, 'c' || (last.number + row_number() over (order by length(c.claim_id), c.claim_id)),
    p.merged_as, c.kind, c.subject, c.amount_fen, c.text, ${from}
  from claims c
  join parties p on p.case_no = c.case_no and p.party_id = c.worker and p.moved_to is null
  cross join (select coalesce(max(substr(claim_id, 2)::int), 0) as number from claims where case_no = ${caseNo}) as last
  where c.case_no = ${from} and not exists (
    select 1 from claims there
    where there.case_no = ${caseNo} and there.worker = p.merged_as and there.kind = c.kind and there.subject = c.subject
      and there.amount_fen is not distinct from c.amount_fen)`;

async function takenIn(tx: Tx, caseNo: string, from: string): Promise<TakenIn> {
  const parties = await tx<TakenIn['parties']>`
    select party_id as id, side, kind from parties where case_no = ${caseNo} and taken_from = ${from}
    order by left(party_id, 1) desc, length(party_id), party_id`;
  const claims = await tx<Array<Omit<TakenIn['claims'][number], 'amountFen'> & { amountFen: number | null }>>`
    select claim_id as id, worker, kind, subject, amount_fen as "amountFen" from claims
    where case_no = ${caseNo} and taken_from = ${from} order by length(claim_id), claim_id`;
  const names = await tx<Array<{ id: string; as: string }>>`
    select party_id as id, merged_as as "as" from parties where case_no = ${from} and merged_as is not null`;
  return {
    parties: [...parties],
    claims: claims.map(({ amountFen, ...claim }) => ({ ...claim, ...(amountFen === null ? {} : { amountFen }) })),
    as: Object.fromEntries(names.map(({ id, as }) => [id, as])),
  };
}
