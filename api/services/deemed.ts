import type { ActMessage } from '../../contracts/record.ts';
import type { CaseRow } from '../../db/read-models.ts';
import { isLeft, type LeftOrPosted } from '../../domain/procedures/deemed-service.ts';
import { serverOf } from '../../domain/service.ts';
import type { ApiDeps } from '../deps.ts';
import { problem } from '../problems.ts';
import { servedDayOf } from './served-day.ts';

/** Refuses an act by which a paper was left or put up where the rules do not let that count as service (ARB-06). */
export async function refuseUndeemed(deps: ApiDeps, row: CaseRow, { input, actor }: ActMessage): Promise<void> {
  const { method, ground } = input as LeftOrPosted;
  if (ground === undefined || !isLeft({ method })) return;
  const by = method === 'posted' ? 'posted' : 'left';
  const found = await servedDayOf(deps, row, {
    ...{ server: serverOf(actor.role), method: by, result: by, consent: false, signedFor: false },
    ...{ refused: ground === 'refused', closedDown: ground === 'closedDown' },
  });
  if (found.served !== 'no') return;
  const about = { zh: `${found.titleZh}。`, en: `${found.titleEn}.` };
  throw problem('service-not-deemed', {
    about,
    source: found.article,
    errors: [{ field: '/ground', code: 'service-not-deemed', ...about }],
  });
}
