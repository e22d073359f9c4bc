import type { CaseRow } from '../db/read-models.ts';
import type { AnyAct, ProcedureState } from '../domain/procedures/definition.ts';
import { previewMove } from './administration/move-preview.ts';
import { type Caller, requireRegion } from './auth.ts';
import type { ApiDeps } from './deps.ts';
import { refused } from './problems.ts';
import { releaseOnceInForce } from './releases.ts';

/**
 * Refuses an act by which a case would go by a release that was never in force, or by which a clock would be lost, and one of a region that only takes
 * part in the case. The workflow looks again, with the clocks that it has by then; here nothing of it comes into its history.
 */
export async function refuseUnmovable(
  deps: ApiDeps,
  caller: Caller,
  row: CaseRow,
  { asksRelease }: Pick<AnyAct<ProcedureState>, 'asksRelease'>,
  input: Record<string, unknown>,
): Promise<void> {
  const sha256 = asksRelease?.(input);
  if (sha256 === undefined) return;
  // The rules of a case are those of the region that leads it.
  requireRegion(caller, row.region);
  const { refusal } = await previewMove(deps, row, await releaseOnceInForce(deps, sha256, '/sha256'));
  if (refusal !== undefined) throw refused(refusal);
}
