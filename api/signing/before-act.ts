import type { Db } from '../../db/client.ts';
import type { CaseRow } from '../../db/read-models.ts';
import { findDone } from '../../db/without-workflow.ts';
import type { Actor } from '../../domain/case/case.ts';
import { refusalToOpen } from '../../domain/procedures/definition.ts';
import type { findAct } from '../../domain/procedures/index.ts';
import { shanghaiDay } from '../../domain/time/day.ts';
import type { Caller } from '../auth.ts';
import { refuseSigning } from './agreement.ts';
import { refuseUnsigned } from './joint-application.ts';
import { signs } from './signed-by-act.ts';

interface Asked {
  row: CaseRow;
  caller: Caller;
  act: string;
  found: NonNullable<ReturnType<typeof findAct>>;
  body: Record<string, unknown>;
  actor: Actor;
  key: string;
}

/**
 * Looks at the papers that an act signs or rests on. Before the act is kept: one that is kept is finished by whoever comes next, as it is.
 * What the key has done before is not looked at again, and an act that is not open is refused as such.
 */
export async function refuseUnsignable(db: Db, { actor, key, found, ...asked }: Asked): Promise<void> {
  const { act, body, row } = asked;
  if (signs(act) === undefined && body.paper === undefined) return;
  const { view } = row;
  const now = new Date().toISOString();
  const isOpen =
    view !== null &&
    (found.procedure === 'case' || found.procedure === view.procedure) &&
    refusalToOpen(found.act, view, { now, today: shanghaiDay(now), actor }) === undefined;
  if (!isOpen) return;
  if (await findDone(db, actor.actorId, key)) return;
  await refuseSigning(db, asked);
  await refuseUnsigned(db, row, act, body);
}
