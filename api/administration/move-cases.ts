import { claimCases, listUnfinishedMoves, type MoveRow, releaseClaim, settleCase } from '../../db/release-moves.ts';
import type { ApiDeps } from '../deps.ts';
import { performAct } from '../perform-act.ts';
import { ProblemError } from '../problems.ts';

/** Cases that are moved beside one another. */
const AT_ONCE = 5;

/**
 * Moves the cases of every order that is not finished, each by the act that an administrator would do by hand, under a key of its own: done
 * again it is known. Several processes may be at it. A case that cannot be asked now (it is going over into another procedure, or a
 * server does not answer) waits for the next time. Says how many were settled.
 */
export async function moveCases(deps: ApiDeps): Promise<number> {
  let settled = 0;
  for (const move of await listUnfinishedMoves(deps.db)) settled += await moveThose(deps, move);
  return settled;
}

async function moveThose(deps: ApiDeps, move: MoveRow): Promise<number> {
  let settled = 0;
  for (;;) {
    const claimed = await claimCases(deps.db, move.id, AT_ONCE);
    if (claimed.length === 0) return settled;
    const done = await Promise.all(claimed.map(({ caseNo }) => moveOne(deps, move, caseNo)));
    const now = done.filter(Boolean).length;
    settled += now;
    // What waits is not tried again at once.
    if (now < done.length) return settled;
  }
}

/** Whether it is known what came of it. */
async function moveOne(deps: ApiDeps, move: MoveRow, caseNo: string): Promise<boolean> {
  const { db, log } = deps;
  const of = { moveId: move.id, caseNo };
  try {
    await performAct(deps, {
      caller: { subject: move.subject, role: 'administrator', region: move.region },
      ...{ caseNo, act: 'case.moveToRelease', body: { sha256: move.sha256, reason: move.reason } },
      ...{ key: `${move.id}:${caseNo}`, ifSeq: undefined },
    });
    await settleCase(db, of);
    return true;
  } catch (error) {
    const found = error instanceof ProblemError ? error.problem : undefined;
    if (found === undefined || found.status >= 500 || found.code === 'procedure-closing') {
      if (found === undefined)
        log.error({ move: move.id, caseNo, name: (error as Error).name }, 'a case was not moved');
      await releaseClaim(db, of);
      return false;
    }
    // Moved by another hand meanwhile is what was wanted.
    await settleCase(db, of, found.code === 'same-release' ? undefined : { code: found.code, ...found.detail });
    return true;
  }
}
