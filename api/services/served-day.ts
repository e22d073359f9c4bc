import type { CaseRow } from '../../db/read-models.ts';
import type { ServiceResultRow } from '../../db/services.ts';
import { rulesOf, workersOf } from '../../domain/case/case.ts';
import type { OutcomeOf } from '../../domain/rules.ts';
import { type Attempted, servedDayFacts } from '../../domain/service.ts';
import { decideInCase } from '../../rules/deciding-book.ts';
import type { ApiDeps } from '../deps.ts';
import { problem } from '../problems.ts';

type Found = Pick<ServiceResultRow, 'served' | 'deadlineId' | 'next' | 'legalRef' | 'article' | 'titleZh' | 'titleEn'>;

/** What the rules of the case find of an attempt (`service.servedDay`). */
export async function servedDayOf(
  { releases }: ApiDeps,
  { view }: Pick<CaseRow, 'view'>,
  attempted: Omit<Attempted, 'workers'>,
): Promise<Found> {
  const snapshot = view?.case;
  if (snapshot === undefined) throw problem('unavailable', { headers: { 'retry-after': '2' } });
  const facts = servedDayFacts({ ...attempted, workers: workersOf(snapshot).length });
  const { outcome, matched } = await decideInCase(releases, rulesOf(snapshot), releases.today(), {
    point: 'service.servedDay',
    facts,
  });
  const { served, deadlineId, next } = outcome as unknown as OutcomeOf['service.servedDay'];
  const [rule] = matched;
  if (!rule) throw new Error('no rule says what came of a service');
  const { legalRef, source: article, title } = rule;
  return { served, deadlineId, next: [...next], legalRef, article, titleZh: title.zh, titleEn: title.en };
}
