import { formatCaseNo } from '../contracts/ids.ts';
import type { Db, Tx } from './client.ts';

/** The next number of a region in a year; numbers are never given twice, gaps may be. */
export async function nextCaseNo(tx: Db | Tx, region: string, year: number): Promise<string> {
  const [row] = await tx<Array<{ value: number }>>`
    insert into counters (name, value) values (${`case:${region}:${year}`}, 1)
    on conflict (name) do update set value = counters.value + 1 returning value`;
  return formatCaseNo(region, year, row?.value ?? 1);
}

/**
 * Makes the linked case of the workers an agreement does not cover: they, the other side, their claims.
 * Called again for the same act it gives the case that is there.
 */
export async function splitCase(
  db: Db,
  { caseNo, dedup, workers, at }: { caseNo: string; dedup: string; workers: string[]; at: string },
): Promise<{ caseNo: string }> {
  return db.begin(async (tx) => {
    const [source] = await tx<Array<{ region: string }>>`
      select region from cases where case_no = ${caseNo} for update`;
    if (!source) throw new Error(`no case ${caseNo}`);
    const [there] = await tx<Array<{ caseNo: string }>>`
      select case_no as "caseNo" from cases where split_from = ${caseNo} and intake->>'split' = ${dedup}`;
    if (there) return there;
    const split = await nextCaseNo(tx, source.region, Number(at.slice(0, 4)));
    await tx`
      insert into cases (case_no, region, second_region, channel, stage, split_from, intake, release, sha256)
      select ${split}, region, second_region, channel, stage, case_no, jsonb_build_object('split', ${dedup}::text), release, sha256
      from cases where case_no = ${caseNo}`;
    await tx`
      insert into parties
        (case_no, party_id, side, kind, name, id_number, phone, email, address, preferred_channel, language, groups, subject)
      select ${split}, party_id, side, kind, name, id_number, phone, email, address, preferred_channel, language, groups, subject
      from parties where case_no = ${caseNo} and (kind <> 'worker' or party_id in ${tx(workers)})`;
    await tx`
      insert into claims (case_no, claim_id, worker, kind, subject, amount_fen, text)
      select ${split}, claim_id, worker, kind, subject, amount_fen, text
      from claims where case_no = ${caseNo} and worker in ${tx(workers)}`;
    await tx`
      insert into docked_cases (case_no, court, ref, message, split)
      select ${split}, court, ref, message, true from docked_cases where case_no = ${caseNo}`;
    await tx`update parties set moved_to = ${split} where case_no = ${caseNo} and party_id in ${tx(workers)}`;
    return { caseNo: split };
  }) as Promise<{ caseNo: string }>;
}
