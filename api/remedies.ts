import { caseWorkflowId } from '../contracts/ids.ts';
import { listDeadlinesOf, listProcedures } from '../db/read-models.ts';
import { moneyOwedFen } from '../domain/case/payment-order.ts';
import { type OpenRemedy, openRemedies, remedyQuestion } from '../domain/case/remedies.ts';
import type { LegalDay } from '../domain/time/types.ts';
import type { ApiDeps } from './deps.ts';

/** A remedy as it is on the day asked about. */
export interface RemedyView extends OpenRemedy {
  /** Whether the day asked about is in time; after a limitation the way is still there, and the other side may plead it. */
  inTime: boolean;
}

/** What the parties of a case may turn to on a day, by the rules it is pinned to. */
export async function remediesOf(
  { db, ruleBook }: ApiDeps,
  { caseNo, region, sha256 }: { caseNo: string; region: string; sha256: string | null },
  on: LegalDay,
): Promise<{ release: string | null; items: RemedyView[] }> {
  const [runs, deadlines] = await Promise.all([listProcedures(db, caseNo), listDeadlinesOf(db, caseNo)]);
  // Where the chain stands; a case that is closed, where it stood last.
  const state = runs.filter(({ workflowId }) => workflowId === caseWorkflowId(caseNo)).at(-1)?.view;
  if (state === undefined || sha256 === null) return { release: null, items: [] };
  const book = await ruleBook(sha256);
  const open = deadlines.filter(({ status }) => status === 'open').map((row) => ({ ...row, deadlineId: row.id }));
  const { matched } = await book.decide(
    region,
    'case.remedies',
    remedyQuestion(state, new Set(open.map(({ id }) => id))).facts,
  );
  return {
    release: book.release,
    items: openRemedies(matched, open, moneyOwedFen(state.case)).map((remedy) => ({
      ...remedy,
      inTime: remedy.lastDay === undefined || on <= remedy.lastDay,
    })),
  };
}
