import type { Db } from './client.ts';

/** A fact conceded to reach a settlement, apart from everything else of the case. */
export interface ShieldedFact {
  id: string;
  concededBy: string;
  text: string;
}

/** The facts conceded in acts that were done, in order. */
export const listShieldedFacts = (db: Db, caseNo: string): Promise<ShieldedFact[]> =>
  db<ShieldedFact[]>`
    select f.act_id || '/' || f.number as id, f.conceded_by as "concededBy", f.text
    from shielded_facts f join acts a using (act_id)
    where f.case_no = ${caseNo} and a.status <> 'pending' order by a.created_at, f.number`;
