import type { CaseRow } from '../../db/read-models.ts';
import type { ServiceResultRow, ServiceRow } from '../../db/services.ts';
import { rulesOf } from '../../domain/case/case.ts';
import type { RuleBook } from '../../domain/rules.ts';
import type { ComputedDeadline } from '../../domain/time/types.ts';
import { type PaperKind, paperKinds } from '../../papers/index.ts';
import { deadlineInCase } from '../../rules/deciding-book.ts';
import { computeOrRefuse } from '../datable.ts';
import type { ApiDeps } from '../deps.ts';

/** An attempt as it is shown: what came of it, which day counts and how that was counted, and what is to be tried next. */
export function serviceViews(deps: ApiDeps, row: CaseRow, services: ServiceRow[]) {
  const isServed = ({ outcome }: ServiceRow): boolean => outcome !== null && outcome.served !== 'no';
  const views = services.map(async (service) => {
    const { number, paper, paperKind, registerNo, party, method, sentOn, consent, madeAt, actorRole, outcome } =
      service;
    const others = services.filter((one) => one.paper === paper && one.party === party);
    const last = others.at(-1) === service;
    return {
      number,
      paper: { number: paper, registerNo, kind: paperKind, title: paperKinds[paperKind as PaperKind].title },
      ...{ to: party, method, sentOn, consent, madeAt, by: { role: actorRole } },
      // To be dealt with: no result yet, or the last attempt was in vain.
      open: !others.some(isServed) && (outcome === null || last),
      ...(outcome === null ? { result: null, served: null, next: [] } : await resultOf(deps, row, outcome)),
    };
  });
  return Promise.all(views);
}

async function resultOf(deps: ApiDeps, row: CaseRow, outcome: ServiceResultRow) {
  const { result, ground, on, proof, served, next, legalRef, article, titleZh, titleEn, act, actDone } = outcome;
  const deadline = served === 'afterClock' ? await countedFrom(deps, row, outcome) : undefined;
  const days = { onReceipt: on, onArrival: on, onLeaving: on, afterClock: deadline?.dueOn ?? null, no: null };
  return {
    result: { result, on, proof, ...(ground === null ? {} : { ground }), madeAt: outcome.madeAt },
    served: {
      on: days[served],
      // What was left or put up is not served before its days are over.
      counted: served !== 'no' && (deadline === undefined || deadline.dueAt <= new Date().toISOString()),
      how: served,
      ...{ legalRef, article, title: { zh: titleZh, en: titleEn } },
      ...(deadline === undefined ? {} : { deadline }),
    },
    next,
    ...(act === null ? {} : { act: { name: act, done: actDone } }),
  };
}

/** The clock after which it counts as served, with how it was counted. */
async function countedFrom(
  { calendar, releases }: ApiDeps,
  { view }: CaseRow,
  { deadlineId, on, madeAt }: ServiceResultRow,
): Promise<(Omit<ComputedDeadline, 'anchorOn'> & { id: string; article: string; anchorOn: string }) | undefined> {
  if (view === null) return undefined;
  const of = rulesOf(view.case);
  const days = await calendar();
  const count = async (book: RuleBook) => {
    const definition = book.deadline(of.region, deadlineId);
    const anchor = { anchorOn: on, anchorAt: madeAt, secondsPerDay: book.secondsPerDay(of.region) };
    return {
      ...{ id: deadlineId, article: definition.source },
      ...computeOrRefuse(definition, anchor, days, '/on'),
    };
  };
  return deadlineInCase(releases, of, { deadlineId, on }, count, ({ dueAt }) => dueAt);
}

/** The same for a bundle: without what depends on when it is asked. */
export const keptServices = async (...of: Parameters<typeof serviceViews>) =>
  (await serviceViews(...of)).map(({ open: _, served, ...view }) => ({
    ...view,
    served: served && { ...served, counted: undefined },
  }));
