import { type Refusal, refuse } from '../refusal.ts';
import type { Claim, PartyId, WorkerGroup } from './case.ts';

/** A worker who comes into a case, without what is personal: that stays in the database. */
export interface NewWorker {
  groups: WorkerGroup[];
  claims: Array<Omit<Claim, 'id' | 'worker'>>;
}

/** The first numbers that are free in a case. */
export interface Places {
  worker: number;
  claim: number;
}

/** Workers and their claims under numbers that follow one another. */
export function numbered<C>(
  workers: ReadonlyArray<{ claims: C[] }>,
  first: Places,
): { ids: PartyId[]; claims: Array<C & { id: string; worker: PartyId }> } {
  const ids = workers.map((_, index) => `w${first.worker + index}`);
  const claims = workers
    .flatMap((worker, index) => worker.claims.map((claim) => ({ ...claim, worker: ids[index] ?? '' })))
    .map((claim, index) => ({ ...claim, id: `c${first.claim + index}` }));
  return { ids, claims };
}

/** What is said of one who is there already; the names are compared in the database. */
export const alreadyThere = (index: number): Refusal =>
  refuse(
    'already-a-party',
    '该劳动者已是本案当事人，或者其账号代表对方当事人。',
    'This worker is a party to the case already, or has an account that speaks for the other side.',
    { field: `/joining/${index}` },
  );
