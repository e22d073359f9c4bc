import { continueAsNew, getExternalWorkflowHandle, log, proxyActivities } from '@temporalio/workflow';
import type { CalendarPort } from '../../contracts/record.ts';
import { calendarLoaded } from '../messages.ts';

const { workflowsTouchedBy } = proxyActivities<CalendarPort>({ startToCloseTimeout: '30s' });

const PAGE = 200;

/** Tells every open workflow whose clocks a newly loaded calendar may move. Goes on after a crash where it was. */
export async function calendarRollout(input: {
  year: number;
  version: string;
  notice?: string;
  after: string;
}): Promise<void> {
  const page = await workflowsTouchedBy({ year: input.year, after: input.after, limit: PAGE });
  await Promise.all(page.map((workflowId) => tell(workflowId, input)));
  const last = page.at(-1);
  if (last !== undefined && page.length === PAGE)
    await continueAsNew<typeof calendarRollout>({ ...input, after: last });
}

async function tell(workflowId: string, { version, notice }: { version: string; notice?: string }): Promise<void> {
  try {
    await getExternalWorkflowHandle(workflowId).signal(calendarLoaded, { version, notice });
  } catch (error) {
    log.warn('a case ended before it was told of the calendar', { workflowId, error: String(error) });
  }
}
