import { caseWorkflowId } from '../contracts/ids.ts';
import { listDeadlinesOf, listProcedures } from '../db/read-models.ts';
import { type PartyId, rulesOf } from '../domain/case/case.ts';
import { moneyOwedFen } from '../domain/case/payment-order.ts';
import { type OpenRemedy, openRemedies, remedyQuestion, serviceQuestion } from '../domain/case/remedies.ts';
import { arbitrationRemedyQuestions } from '../domain/procedures/arbitration.ts';
import type { ArbitrationState } from '../domain/procedures/arbitration-state.ts';
import type { Question } from '../domain/procedures/definition.ts';
import type { OutcomeOf } from '../domain/rules.ts';
import type { Bilingual, LegalDay } from '../domain/time/types.ts';
import { decideInCase } from '../rules/deciding-book.ts';
import type { ApiDeps } from './deps.ts';
import { type LimitationView, limitationOf } from './limitation.ts';

/** A remedy as it is on the day asked about. */
export interface RemedyView extends OpenRemedy {
  /** The workers who have it, where it is open to some of several only. */
  workers?: PartyId[];
  /** Whether the day asked about is in time; after a limitation the way is still there, and the other side may plead it. */
  inTime: boolean;
}

/** What the region offers beside the procedures, with the document that says so. */
export interface ServiceView {
  title: Bilingual;
  article: string;
  service: Bilingual;
  offers: Bilingual;
}

/** What the parties of a case may turn to on a day, by the rules it is pinned to, and the limitation that runs meanwhile. */
export async function remediesOf(
  { db, releases }: ApiDeps,
  { caseNo, sha256 }: { caseNo: string; sha256: string | null },
  on: LegalDay,
): Promise<{
  release: string | null;
  limitation: LimitationView | null;
  items: RemedyView[];
  services: ServiceView[];
}> {
  const [runs, deadlines] = await Promise.all([listProcedures(db, caseNo), listDeadlinesOf(db, caseNo)]);
  // Where the chain stands; a case that is closed, where it stood last.
  const state = runs.filter(({ workflowId }) => workflowId === caseWorkflowId(caseNo)).at(-1)?.view;
  if (state === undefined || sha256 === null) return { release: null, limitation: null, items: [], services: [] };
  const arbitration = runs.filter(({ procedure }) => procedure === 'arbitration').at(-1)?.view;
  const book = await releases.ruleBook(sha256);
  const decide = (question: Question) => decideInCase(releases, rulesOf(state.case), releases.today(), question);
  const open = deadlines.filter(({ status }) => status === 'open').map((row) => ({ ...row, deadlineId: row.id }));
  const running = new Set(open.map(({ id }) => id));
  const questions: Array<Question & { workers?: PartyId[] }> = [
    remedyQuestion(state, running),
    ...(arbitration ? arbitrationRemedyQuestions(arbitration as ArbitrationState, running) : []),
  ];
  const remedies = await Promise.all(
    questions.map(async ({ workers, ...question }) => {
      const { matched } = await decide(question);
      const own = openRemedies(matched, open, moneyOwedFen(state.case));
      return workers === undefined ? own : own.map((remedy) => ({ ...remedy, workers }));
    }),
  );
  const offered = await decide(serviceQuestion(state.case));
  return {
    release: book.release,
    limitation: limitationOf(deadlines, on),
    services: offered.matched.map(({ title, source, outcome }) => ({
      ...{ title, article: source },
      ...(outcome as unknown as OutcomeOf['case.services']),
    })),
    items: remedies.flat().map((remedy) => ({
      ...remedy,
      inTime: remedy.lastDay === undefined || on <= remedy.lastDay,
    })),
  };
}
