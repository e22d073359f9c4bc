import { caseWorkflowId } from '../contracts/ids.ts';
import { type DeadlineRow, listDeadlinesOf, listProcedures } from '../db/read-models.ts';
import type { Side } from '../domain/case/case.ts';
import { LIMITATION } from '../domain/case/limitation.ts';
import { remedyQuestion } from '../domain/case/remedies.ts';
import { arbitrationRemedyQuestion } from '../domain/procedures/arbitration.ts';
import { type ArbitrationState, aboutOf } from '../domain/procedures/arbitration-state.ts';
import type { MatchedRule, OutcomeOf } from '../domain/rules.ts';
import type { Bilingual, LegalDay } from '../domain/time/types.ts';
import type { ApiDeps } from './deps.ts';
import { type LimitationView, limitationOf } from './limitation.ts';

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
  /** Whose it is, where each side has a time of its own. */
  side?: Side;
  /** Which document of an award it is against. */
  document?: string;
  papers: Bilingual[];
  lostByWaiting: Bilingual;
  /** Whether the day asked about is in time; after a limitation the way is still there, and the other side may plead it. */
  inTime: boolean;
}

/** What the parties of a case may turn to on a day, by the rules it is pinned to, and the limitation that runs meanwhile. */
export async function remediesOf(
  { db, ruleBook }: ApiDeps,
  { caseNo, region, sha256 }: { caseNo: string; region: string; sha256: string | null },
  on: LegalDay,
): Promise<{ release: string | null; limitation: LimitationView | null; items: RemedyView[] }> {
  const [runs, deadlines] = await Promise.all([listProcedures(db, caseNo), listDeadlinesOf(db, caseNo)]);
  // Where the chain stands; a case that is closed, where it stood last.
  const state = runs.filter(({ workflowId }) => workflowId === caseWorkflowId(caseNo)).at(-1)?.view;
  if (state === undefined || sha256 === null) return { release: null, limitation: null, items: [] };
  const arbitration = runs.filter(({ procedure }) => procedure === 'arbitration').at(-1)?.view;
  const book = await ruleBook(sha256);
  const open = deadlines.filter(({ status }) => status === 'open');
  const running = new Set(open.map(({ id }) => id));
  const questions = [
    remedyQuestion(state, running),
    ...(arbitration ? [arbitrationRemedyQuestion(arbitration as ArbitrationState, running)] : []),
  ];
  const decisions = await Promise.all(questions.map(({ point, facts }) => book.decide(region, point, facts)));
  const views = decisions.flatMap(({ matched }) => matched.flatMap((rule) => viewsOf(rule, open, on)));
  return { release: book.release, limitation: limitationOf(deadlines, on), items: views };
}

/** One rule as readers see it: once, or for each side and document whose clock ends it. */
function viewsOf({ title, legalRef, source, outcome }: MatchedRule, open: DeadlineRow[], on: LegalDay): RemedyView[] {
  const { remedy, deadlineId, papers, lostByWaiting } = outcome as unknown as OutcomeOf['case.remedies'];
  const said = { remedy, title, legalRef, article: source, deadlineId, papers, lostByWaiting };
  const clocks = open.filter((row) => bounds(row, deadlineId));
  if (clocks.length === 0) return [{ ...said, inTime: true }];
  const apart = clocks.filter(({ subject }) => aboutOf(subject ?? '').side !== undefined);
  return (apart.length > 0 ? apart : clocks.slice(-1)).map(({ dueOn, provisional, subject }) => ({
    ...said,
    ...(apart.length > 0 ? aboutOf(subject ?? '') : {}),
    ...{ lastDay: dueOn, provisional, inTime: on <= dueOn },
  }));
}

/** Whether a clock is the one that ends a remedy; the limitation has one name for all its kinds. */
const bounds = ({ id, key }: DeadlineRow, deadlineId: string): boolean =>
  deadlineId === 'limitation.arbitration' ? key === LIMITATION : id === deadlineId;
