import type { RecordInput } from '../contracts/record.ts';
import { alreadyThere, type Places } from '../domain/case/new-workers.ts';
import type { Refusal } from '../domain/refusal.ts';
import { type Db, json, type Tx } from './client.ts';
import { linkDuplicates } from './linked-cases.ts';

/**
 * Where those whom an act brings come to stand in a case; the same places when called again. Refused where one of them is a worker
 * of the case already, or has an account that speaks for the other side. Their names are kept with the act and stay here.
 */
export async function placesFor(
  db: Db,
  { caseNo, actId }: { caseNo: string; actId: string },
): Promise<Places | { refusal: Refusal }> {
  const [known] = await db<Array<{ index: number }>>`
    select (one.place - 1)::int as index
    from acts, jsonb_array_elements(words->'joining') with ordinality as one (who, place)
    where act_id = ${actId} and exists (
      select 1 from parties there
      where there.case_no = ${caseNo} and there.moved_to is null and there.joined_by is distinct from ${actId}
        and ((there.kind = 'worker' and (there.id_key = id_key(who->>'idNumber')
            or (there.name_key = name_key(who->>'name') and there.phone_key = phone_key(who->>'phone')
              and (there.id_key is null or id_key(who->>'idNumber') is null))))
          or (there.kind <> 'worker' and there.subject = who->>'account')))
    order by one.place limit 1`;
  if (known) return { refusal: alreadyThere(known.index) };
  const [places] = await db<Places[]>`
    with mine as (select party_id from parties where case_no = ${caseNo} and joined_by = ${actId})
    select
      coalesce((select min(substr(party_id, 2)::int) from mine),
        (select coalesce(max(substr(party_id, 2)::int), 0) + 1 from parties where case_no = ${caseNo} and kind = 'worker'))
        as worker,
      coalesce((select min(substr(claim_id, 2)::int) from claims join mine on mine.party_id = worker where case_no = ${caseNo}),
        (select coalesce(max(substr(claim_id, 2)::int), 0) + 1 from claims where case_no = ${caseNo})) as claim`;
  if (!places) throw new Error(`no places in ${caseNo}`);
  return places;
}

/** Writes those who come in with a step, by the names kept with its act, and links the cases they may have already. */
export const writeJoined = (tx: Tx, { caseNo, event: { actId = '' }, joined }: RecordInput) =>
  joined === undefined
    ? []
    : [
        tx`
          insert into parties (case_no, party_id, side, kind, name, id_number, phone, email, address, preferred_channel, language,
            groups, subject, joined_by)
          select ${caseNo}, new.id, new.side, new.kind, who->>'name', who->>'idNumber', who->>'phone', who->>'email',
            who->>'address', who->>'preferredChannel', who->>'language', array(select jsonb_array_elements_text(who->'groups')), who->>'account', ${actId}
          from acts
          cross join jsonb_array_elements(words->'joining') with ordinality as one (who, place)
          join jsonb_array_elements(${json(tx, joined.parties)}) with ordinality as two (party, place) using (place)
          cross join jsonb_to_record(party) as new (id text, side text, kind text)
          where act_id = ${actId}`,
        tx`
          insert into claims (case_no, claim_id, worker, kind, subject, amount_fen, text)
          select ${caseNo}, new.id, new.worker, new.kind, new.subject, new."amountFen", said.claim->>'text'
          from (
            select claim, row_number() over (order by one.place, two.place) as place
            from acts
            cross join jsonb_array_elements(words->'joining') with ordinality as one (who, place)
            cross join jsonb_array_elements(who->'claims') with ordinality as two (claim, place)
            where act_id = ${actId}) as said
          join jsonb_array_elements(${json(tx, joined.claims)}) with ordinality as three (claim, place) using (place)
          cross join jsonb_to_record(three.claim) as new (id text, worker text, kind text, subject text, "amountFen" bigint)`,
        linkDuplicates(tx, caseNo),
      ];

/** Takes those out again whom an act brought that does not count. */
export async function undoJoined(tx: Tx, caseNo: string, actId: string): Promise<void> {
  const brought = tx`select party_id from parties where case_no = ${caseNo} and joined_by = ${actId}`;
  await tx`delete from claims where case_no = ${caseNo} and worker in (${brought})`;
  await tx`delete from parties where case_no = ${caseNo} and joined_by = ${actId}`;
}
