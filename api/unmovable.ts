import type { CaseRow } from '../db/read-models.ts';
import type { AnyAct, ProcedureState } from '../domain/procedures/definition.ts';
import { previewMove } from './administration/move-preview.ts';
import type { ApiDeps } from './deps.ts';
import { refused } from './problems.ts';
import { releaseOnceInForce } from './releases.ts';

/**
 * Refuses an act by which a case would go by a release that was never in force, or by which a clock would be lost. The workflow looks again, with
 * the clocks that it has by then; here nothing of it comes into its history.
 */
export async function refuseUnmovable(
  deps: ApiDeps,
  row: CaseRow,
  { asksRelease }: Pick<AnyAct<ProcedureState>, 'asksRelease'>,
  input: Record<string, unknown>,
): Promise<void> {
  const sha256 = asksRelease?.(input);
  if (sha256 === undefined) return;
  const { refusal } = await previewMove(deps, row, await releaseOnceInForce(deps, sha256, '/sha256'));
  if (refusal !== undefined) throw refused(refusal);
}
