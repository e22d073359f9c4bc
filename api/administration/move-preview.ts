import { caseWorkflowId } from '../../contracts/ids.ts';
import type { CaseRow } from '../../db/read-models.ts';
import { listProcedures } from '../../db/read-models.ts';
import { openCasesToMove } from '../../db/release-moves.ts';
import { rulesOf } from '../../domain/case/case.ts';
import { type CaseUnder, type ClockMove, refusalOfMove } from '../../domain/case/release-move.ts';
import { moveToRelease } from '../../domain/procedures/case-acts/move-to-release.ts';
import { type ProcedureState, refusalOf } from '../../domain/procedures/definition.ts';
import { actsIn } from '../../domain/procedures/index.ts';
import { type Refusal, refuse } from '../../domain/refusal.ts';
import type { RuleBook } from '../../domain/rules.ts';
import { shanghaiDay } from '../../domain/time/day.ts';
import type { Calendar } from '../../domain/time/types.ts';
import { caseUnder } from '../../rules/case-under.ts';
import type { ApiDeps } from '../deps.ts';

/** What moving an open case to another release would do. */
export interface CaseMove {
  caseNo: string;
  region: string;
  from: string;
  to: string;
  /** Why it would be refused; absent where it can be moved. */
  refusal?: Refusal;
  clocks: Array<
    ClockMove & {
      procedure: string /** It runs beside the chain and would stay with the release that it has. */;
      left?: true;
    }
  >;
  /** What each document must state from then on, and need not any more. */
  contents: Record<string, { added: string[]; removed: string[] }>;
}

interface Asked {
  to: RuleBook;
  calendar: Calendar;
  now: string;
}

const asked = async (deps: ApiDeps, to: RuleBook): Promise<Asked> => ({
  ...{ to, calendar: await deps.calendar(), now: new Date().toISOString() },
});

/** The case as it would be, answered by what answers the act. */
export async function previewMove(deps: ApiDeps, row: CaseRow, to: RuleBook): Promise<CaseMove> {
  const runs = (await listProcedures(deps.db, row.caseNo)).filter(({ endedAt }) => endedAt === null);
  const isChain = (workflowId: string) => workflowId === caseWorkflowId(row.caseNo);
  const states = [...runs.filter((run) => isChain(run.workflowId)), ...runs.filter((run) => !isChain(run.workflowId))];
  return moveOf(
    deps,
    { caseNo: row.caseNo, region: row.region, release: row.release ?? '', states: states.map(({ view }) => view) },
    await asked(deps, to),
  );
}

async function moveOf(
  deps: ApiDeps,
  { caseNo, region, release, states }: { caseNo: string; region: string; release: string; states: ProcedureState[] },
  { to, calendar, now }: Asked,
): Promise<CaseMove> {
  const move: CaseMove = { caseNo, region, from: release, to: to.release, clocks: [], contents: {} };
  const chain = states.find((state) => actsIn(state).some(([, act]) => act === moveToRelease));
  if (chain === undefined) return { ...move, refusal: notOpen };
  for (const state of states) {
    const { clocks } = state;
    const under = await caseUnder(deps.releases, rulesOf(state.case), { to: to.sha256, clocks, now }, calendar);
    const isLeft = (one: ClockMove) => state !== chain && refusalOfMove([one]) !== undefined;
    move.clocks.push(
      ...under.moves.map((one) => ({
        ...one,
        procedure: state.procedure,
        ...(isLeft(one) ? { left: true as const } : {}),
      })),
    );
    if (state !== chain) continue;
    move.contents = changedContents(chain.case.contents, under.contents);
    const at = { now, today: shanghaiDay(now), actor: { actorId: 'reader', role: 'administrator' as const } };
    const refusal = refusalOf(moveToRelease, chain, { sha256: to.sha256, under }, at);
    if (refusal !== undefined) move.refusal = refusal;
  }
  return move;
}

const notOpen = refuse(
  'act-not-open',
  '案件已经结束，或者正由一程序转入另一程序。',
  'The case is over, or just going from one procedure to another.',
);

function changedContents(before: CaseUnder['contents'], after: CaseUnder['contents']): CaseMove['contents'] {
  const changed = (Object.keys(after) as Array<keyof CaseUnder['contents']>).map((document) => {
    const [old, young] = [before[document] ?? [], after[document] ?? []];
    const added = young.filter((field) => !old.includes(field));
    return [document, { added, removed: old.filter((field) => !young.includes(field)) }] as const;
  });
  return Object.fromEntries(changed.filter(([, { added, removed }]) => added.length + removed.length > 0));
}

/** What moving the open cases of a region would do; the counts first. */
export interface RegionMoves {
  counts: {
    cases: number;
    movable: number;
    refused: number;
    /** Of the cases that can be moved: last days that come earlier, and later. */
    earlier: number;
    later: number;
  };
  /** The first of those in which something moves, or that would be refused. */
  items: CaseMove[];
}

/** More are counted, not listed. */
const MOST_LISTED = 1_000;

/** The open cases of a region and of all below it that go by another release, each as `previewMove` shows it. */
export async function previewMoves(deps: ApiDeps, region: string, to: RuleBook): Promise<RegionMoves> {
  const counts = { cases: 0, movable: 0, refused: 0, earlier: 0, later: 0 };
  const items: CaseMove[] = [];
  const how = await asked(deps, to);
  for await (const rows of openCasesToMove(deps.db, region, to.sha256))
    for (const row of rows) {
      const move = await moveOf(deps, row, how);
      const days = move.refusal
        ? []
        : move.clocks.flatMap((one) => (one.kind === 'moves' && !one.left ? one.days : []));
      counts.cases += 1;
      counts[move.refusal ? 'refused' : 'movable'] += 1;
      counts.earlier += days.filter((by) => by < 0).length;
      counts.later += days.filter((by) => by > 0).length;
      if (items.length < MOST_LISTED && (move.refusal || days.length > 0)) items.push(move);
    }
  return { counts, items };
}
