import type { Db } from './client.ts';

/**
 * In how many other cases a party has left something unperformed. It is known by its name, written plainly; the names stay
 * here, only the number leaves.
 */
export async function countPastBreaches(db: Db, { caseNo, party }: { caseNo: string; party: string }): Promise<number> {
  const [row] = await db<Array<{ breaches: number }>>`
    select count(distinct other.case_no)::int as breaches
    from parties this
    join parties other on plain_name(other.name) = plain_name(this.name) and other.kind <> 'worker'
      and other.case_no <> this.case_no
    join procedures run on run.case_no = other.case_no and run.outcome in ('overdue', 'breached', 'disputed')
      and run.procedure in ('settlementPerformance', 'agreementPerformance')
    where this.case_no = ${caseNo} and this.party_id = ${party} and this.kind <> 'worker'
      and exists (select 1 from jsonb_array_elements(run.view->'items') item
        where item->>'debtor' = other.party_id and item->>'status' <> 'done')`;
  return row?.breaches ?? 0;
}
