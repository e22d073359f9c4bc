import { listUntold, noteTold } from '../../db/calendars.ts';
import type { ApiDeps } from '../deps.ts';
import { startCalendarRollout } from '../temporal.ts';

/**
 * Begins to tell open cases of every notice that they were not told of; where the engine does not answer, the notice stays to be told, and
 * the reconciler comes here again. A telling that was begun already is not begun anew. Says how many were begun.
 */
export async function tellCalendars({ db, temporal, log }: Pick<ApiDeps, 'db' | 'temporal' | 'log'>): Promise<number> {
  let told = 0;
  for (const { year, revision, notice } of await listUntold(db)) {
    const version = `${year}-${revision}`;
    try {
      await startCalendarRollout(temporal, { year, version, notice });
      await noteTold(db, { year, revision });
      told += 1;
    } catch (error) {
      log.warn({ version, error: (error as Error).name }, 'open cases could not be told of a calendar yet');
    }
  }
  return told;
}
