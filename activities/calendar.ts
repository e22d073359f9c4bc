import type { CalendarPort } from '../contracts/record.ts';
import { workflowsTouchedBy } from '../db/calendars.ts';
import type { Db } from '../db/client.ts';

/** Finds the open workflows that a newly loaded calendar concerns. */
export function createCalendarActivities(deps: { db: Db }): CalendarPort {
  return { workflowsTouchedBy: (input) => workflowsTouchedBy(deps.db, input) };
}
