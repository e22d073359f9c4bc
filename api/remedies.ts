import { caseWorkflowId } from '../contracts/ids.ts';
import { type DeadlineRow, listDeadlinesOf, listProcedures } from '../db/read-models.ts';
import { feeFen } from '../domain/case/fee.ts';
import { LIMITATION } from '../domain/case/limitation.ts';
import { moneyOwedFen } from '../domain/case/payment-order.ts';
import { remedyQuestion } from '../domain/case/remedies.ts';
import type { FeeRule, OutcomeOf } from '../domain/rules.ts';
import type { Bilingual, LegalDay } from '../domain/time/types.ts';
import type { ApiDeps } from './deps.ts';

/** One way that is open to a party: until when, with which papers, and what waiting would cost. */
export interface RemedyView {
  remedy: string;
  title: Bilingual;
  legalRef: string;
  article: string;
  deadlineId: string;
  /** The last day; absent where no time is set, or none runs yet. */
  lastDay?: LegalDay;
  provisional?: boolean;
  papers: Bilingual[];
  lostByWaiting: Bilingual;
  /** What it costs, where the rules say so: the sum for what is owed now, and how it is found. */
  fee?: { title: Bilingual; article: string; legalRef: string; amount?: number; suitAmount?: number };
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
  const open = deadlines.filter(({ status }) => status === 'open');
  const { matched } = await book.decide(
    region,
    'case.remedies',
    remedyQuestion(state, new Set(open.map(({ id }) => id))).facts,
  );
  return {
    release: book.release,
    items: matched.map(({ title, legalRef, source, outcome }) => {
      const { remedy, deadlineId, papers, lostByWaiting, fee } = outcome as unknown as OutcomeOf['case.remedies'];
      const bound = open.filter((row) => bounds(row, deadlineId)).at(-1);
      return {
        ...{ remedy, title, legalRef, article: source, deadlineId, papers, lostByWaiting },
        ...(fee ? { fee: feeView(fee, moneyOwedFen(state.case)) } : {}),
        ...(bound ? { lastDay: bound.dueOn, provisional: bound.provisional } : {}),
        inTime: bound === undefined || on <= bound.dueOn,
      };
    }),
  };
}

function feeView(rule: FeeRule, owedFen: number): RemedyView['fee'] {
  const { title, article, legalRef, suitYuan } = rule;
  const fen = feeFen(rule, owedFen);
  return {
    ...{ title, article, legalRef },
    ...(fen === undefined ? {} : { amount: fen / 100 }),
    ...(suitYuan === undefined ? {} : { suitAmount: suitYuan }),
  };
}

/** Whether a clock is the one that ends a remedy; the limitation has one name for all its kinds. */
const bounds = ({ id, key }: DeadlineRow, deadlineId: string): boolean =>
  deadlineId === 'limitation.arbitration' ? key === LIMITATION : id === deadlineId;
