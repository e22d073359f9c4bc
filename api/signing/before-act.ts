import type { Db } from '../../db/client.ts';
import type { CaseRow } from '../../db/read-models.ts';
import { findDone } from '../../db/without-workflow.ts';
import type { Caller } from '../auth.ts';
import { refuseSigning } from './agreement.ts';
import { refuseUnsigned } from './joint-application.ts';
import { signs } from './signed-by-act.ts';

interface Asked {
  row: CaseRow;
  caller: Caller;
  act: string;
  body: Record<string, unknown>;
  known: { actorId: string; key: string };
}

/**
 * Looks at the papers that an act signs or rests on. Before the act is kept: one that is kept is finished by whoever comes next, as it is.
 * What the key has done before is not looked at again.
 */
export async function refuseUnsignable(db: Db, { known: { actorId, key }, ...asked }: Asked): Promise<void> {
  const { act, body } = asked;
  if (signs(act) === undefined && body.paper === undefined) return;
  if (await findDone(db, actorId, key)) return;
  await refuseSigning(db, asked);
  await refuseUnsigned(db, asked.row, act, body);
}
