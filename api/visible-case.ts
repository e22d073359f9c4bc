import type { Db } from '../db/client.ts';
import { type CaseRow, findCase } from '../db/read-models.ts';
import { type Caller, scopeOf } from './auth.ts';
import { problem } from './problems.ts';

/** The case, if the caller may see it. Throws `not-found` where it is not there, or not for this caller: the two look alike. */
export async function visibleCase(db: Db, caller: Caller, caseNo: string): Promise<CaseRow> {
  const row = await findCase(db, caseNo, scopeOf(caller));
  if (!row) throw problem('not-found');
  return row;
}
