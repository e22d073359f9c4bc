import type { ActMessage } from '../contracts/record.ts';
import { placesFor } from '../db/join-workers.ts';
import type { JoinWorkers } from '../domain/procedures/case-acts/join-workers.ts';
import { type AnyAct, type ProcedureState, refusalOf } from '../domain/procedures/definition.ts';
import { shanghaiDay } from '../domain/time/day.ts';
import type { ApiDeps } from './deps.ts';
import { refuseMixedOverAge } from './over-age.ts';
import { refused } from './problems.ts';

/**
 * Refuses people who are in the case already, and claims that cannot go its way, before anything is asked of it. Its workflow has the
 * first looked at again, since somebody else may have joined by then.
 */
export async function refuseJoining(
  deps: ApiDeps,
  { act, state, message }: { act: AnyAct<ProcedureState>; state: ProcedureState; message: ActMessage },
): Promise<void> {
  if (act.brings !== true) return;
  const now = new Date().toISOString();
  // What the case itself has against it comes first, and is for its workflow to say.
  if (refusalOf(act, state, message.input, { now, today: shanghaiDay(now), actor: message.actor })) return;
  const { caseNo, region, facts, referral, claims } = state.case;
  const { joining } = message.input as unknown as JoinWorkers;
  const workers = [...joining, { claims }];
  await refuseMixedOverAge(
    deps,
    { region, facts, workers, ...(referral === undefined ? {} : { referral }) },
    '/joining',
  );
  const places = await placesFor(deps.db, { caseNo, actId: message.actId });
  if ('refusal' in places) throw refused(places.refusal);
}
