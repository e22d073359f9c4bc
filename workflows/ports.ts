import { proxyLocalActivities } from '@temporalio/workflow';
import type { RecordPort, RulesPort } from '../contracts/record.ts';

/** Rules and record, asked in local activities: their answers are frozen in the history, in half its events. */
export const { pinRelease, decide, underRelease, placesFor, record, splitCase, takeInCase } = proxyLocalActivities<
  RulesPort & RecordPort
>({
  startToCloseTimeout: '10s',
  retry: { initialInterval: '200ms', backoffCoefficient: 2, maximumInterval: '5s' },
  localRetryThreshold: '30s',
});
