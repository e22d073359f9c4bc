import {
  type Client,
  isGrpcServiceError,
  ServiceError,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import {
  ApplicationFailure,
  defineSearchAttributeKey,
  SearchAttributeType,
  TypedSearchAttributes,
} from '@temporalio/common';
import { CASE_TASK_QUEUE, calendarRolloutId, caseWorkflowId, WORKFLOW_TASK_MS } from '../contracts/ids.ts';
import type { ActMessage, ActResult, IntakeInput } from '../contracts/record.ts';
import type { Refusal } from '../domain/refusal.ts';
import { REFUSED } from '../workflows/messages.ts';
import { problem } from './problems.ts';

const CALL_MS = 8_000;
/** How long an act that meets a run between two procedures is tried again. */
const BOUNDARY_MS = 5_000;

/** What a workflow says to an act. */
export type ActAnswer =
  | { kind: 'done'; result: ActResult }
  | { kind: 'refused'; refusal: Refusal }
  /** The run that is there does not know the act, or there is none. */
  | { kind: 'elsewhere' };

const keyword = (name: string) => defineSearchAttributeKey(name, SearchAttributeType.KEYWORD);

/** The engine is out of reach or too slow: the caller comes again with the same key and loses nothing. */
const unavailable = () =>
  problem('unavailable', {
    about: {
      zh: '流程引擎暂时不可用，请用同一 Idempotency-Key 重试。',
      en: 'The workflow engine is unavailable; retry with the same Idempotency-Key.',
    },
    headers: { 'retry-after': '2' },
  });

const isOutage = (error: unknown): boolean =>
  error instanceof WorkflowUpdateRPCTimeoutOrCancelledError ||
  (error instanceof ServiceError && !(error instanceof WorkflowNotFoundError));

/** Starts a case's chain. The same case again finds the run that is there. Throws `unavailable`. */
export async function startCase(client: Client, input: IntakeInput): Promise<void> {
  try {
    await client.withDeadline(Date.now() + CALL_MS, () =>
      client.workflow.start('intake', {
        workflowId: caseWorkflowId(input.caseNo),
        taskQueue: CASE_TASK_QUEUE,
        workflowTaskTimeout: WORKFLOW_TASK_MS,
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
        args: [input],
        typedSearchAttributes: new TypedSearchAttributes([
          { key: keyword('CaseStage'), value: 'intake' },
          { key: keyword('Region'), value: input.region },
        ]),
      }),
    );
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return;
    throw isOutage(error) ? unavailable() : error;
  }
}

/**
 * Sends an act as an Update under its own id, so that sending it again does nothing twice within a run.
 * Between two procedures it is tried again for a moment; `onItsWay` says whether one that nobody knows may be known soon.
 * Throws `unavailable`.
 */
export async function sendAct(
  client: Client,
  workflowId: string,
  name: string,
  message: ActMessage,
  onItsWay: () => Promise<boolean> = async () => false,
): Promise<ActAnswer> {
  const until = Date.now() + BOUNDARY_MS;
  let pause = 20;
  for (;;) {
    const answer = await trySend(client, workflowId, name, message);
    const again =
      answer.kind === 'again' ||
      (answer.kind === 'refused' && answer.refusal.code === 'procedure-closing') ||
      (answer.kind === 'elsewhere' && (await onItsWay()));
    if (again && Date.now() + pause <= until) {
      await new Promise((resolve) => setTimeout(resolve, pause));
      pause = Math.min(pause * 2, 400);
      continue;
    }
    if (answer.kind === 'again') throw unavailable();
    return answer;
  }
}

async function trySend(
  client: Client,
  workflowId: string,
  name: string,
  message: ActMessage,
): Promise<ActAnswer | { kind: 'again' }> {
  try {
    const result = await client.withDeadline(Date.now() + CALL_MS, () =>
      client.workflow
        .getHandle(workflowId)
        .executeUpdate<ActResult, [ActMessage]>(name, { updateId: message.actId, args: [message] }),
    );
    return result.voided ? { kind: 'refused', refusal: result.voided } : { kind: 'done', result };
  } catch (error) {
    // Never there, or ended with nothing after it; a run that goes on in another passes the update on or says it is closing.
    if (error instanceof WorkflowNotFoundError) return { kind: 'elsewhere' };
    if (error instanceof WorkflowUpdateFailedError) return answerOf(error.cause, name);
    if (isClosing(error)) return { kind: 'again' };
    throw isOutage(error) ? unavailable() : error;
  }
}

/**
 * How the server says that a run is just ending: RESOURCE_EXHAUSTED while it continues as new (`ErrWorkflowClosing`),
 * FAILED_PRECONDITION when the workflow task that had the update did not come through (`WorkflowNotReady`), which it does not
 * when a signal comes in as the run ends.
 */
function isClosing(error: unknown): boolean {
  if (!(error instanceof ServiceError) || !isGrpcServiceError(error.cause)) return false;
  return Object.values(grpcClosing).includes(error.cause.code);
}

/** gRPC's own numbers; its package is the client's affair. */
const grpcClosing: Record<string, number> = { RESOURCE_EXHAUSTED: 8, FAILED_PRECONDITION: 9 };

/** Failures that the server itself gives an update: the run ended before the update did, or before a worker looked at it. */
const unanswered = ['AcceptedUpdateCompletedWorkflow', 'UnprocessedUpdate'];

function answerOf(cause: unknown, name: string): ActAnswer | { kind: 'again' } {
  if (!(cause instanceof ApplicationFailure)) throw cause;
  if (cause.type === REFUSED) return { kind: 'refused', refusal: cause.details?.[0] as Refusal };
  // What the SDK says where no handler has that name; it gives no type.
  if (cause.message === `No registered handler for update: ${name}`) return { kind: 'elsewhere' };
  if (unanswered.includes(cause.type ?? '')) return { kind: 'again' };
  throw cause;
}

/** Starts telling every open case that a calendar was loaded; once for each version, again only where that broke off. */
export async function startCalendarRollout(
  client: Client,
  input: { year: number; version: string; notice: string },
): Promise<void> {
  try {
    await client.withDeadline(Date.now() + CALL_MS, () =>
      client.workflow.start('calendarRollout', {
        workflowId: calendarRolloutId(input.version),
        taskQueue: CASE_TASK_QUEUE,
        workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
        args: [{ ...input, after: '' }],
      }),
    );
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return;
    throw isOutage(error) ? unavailable() : error;
  }
}

/** Whether the engine answers within two seconds. */
export async function pingTemporal(client: Client): Promise<boolean> {
  try {
    await client.withDeadline(Date.now() + 2_000, () => client.workflowService.getSystemInfo({}));
    return true;
  } catch {
    return false;
  }
}
