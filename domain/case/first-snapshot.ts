import type { Question } from '../procedures/definition.ts';
import { admissibility, firstProcedure, limitationClock } from '../procedures/intake.ts';
import { questionsBefore } from './afterwards.ts';
import type { Actor, CaseSnapshot } from './case.ts';

type Registered = Pick<
  CaseSnapshot,
  'caseNo' | 'region' | 'secondRegion' | 'channel' | 'requestedRoute' | 'registeredOn' | 'referral'
> &
  Pick<CaseSnapshot, 'parties' | 'claims' | 'facts' | 'groups'> & { actId: string; actor: Actor };

/** A case as it was registered, before anything was decided, under the release it is pinned to. */
export const firstSnapshot = (
  { actId, actor: _, ...registered }: Registered,
  pinned: Pick<CaseSnapshot, 'release' | 'sha256' | 'contents'>,
): CaseSnapshot => ({
  ...pinned,
  ...registered,
  scope: 'none',
  origin: 'direct',
  runNo: 0,
  step: 0,
  seq: 0,
  clocks: [],
  routes: [],
  recentActs: [actId],
  past: [],
});

/** What a case asks the rules on its way into mediation, as far as its facts are known when it is registered. */
export const questionsAtFirst = (snapshot: CaseSnapshot): Question[] => [
  admissibility(snapshot),
  limitationClock(snapshot),
  ...(snapshot.scope === 'none' ? [] : [firstProcedure(snapshot)]),
  ...questionsBefore({ next: 'mediation' }, snapshot),
];
