import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { ProblemError } from '../api/problems.ts';
import { sendAct, startCase } from '../api/temporal.ts';
import { caseWorkflowId } from '../contracts/ids.ts';
import { actorIdOf, keepCase } from '../db/acts.ts';
import type { Db } from '../db/client.ts';
import type { Refusal } from '../domain/refusal.ts';
import { shanghaiDay } from '../domain/time/day.ts';
import type { BareUpdate, RunShape } from './bare-workflows.ts';
import { BARE_QUEUE } from './queues.ts';

/** What is measured on both sides: the product's cases, and bare workflows of the same shape. */
export interface Side {
  /** Opens a case and gives its workflow id; it takes acts from the first procedure on. */
  open(): Promise<string>;
  /** An act that changes little: a session is recorded, or another period agreed, which sets a timer again. */
  act(workflowId: string, turn: number): Promise<void>;
  /** The acts from the request served to the last instalment paid. */
  path: ReadonlyArray<(workflowId: string) => Promise<void>>;
}

/** A region with the nation's rules and real calendar days. */
const REGION = '440307';
const BETWEEN = 'procedure-closing';
const BETWEEN_MS = 30_000;

export const today = (): string => shanghaiDay(new Date().toISOString());

/** Sends as the API does; where the run before has not ended yet, again in a moment. */
export async function send(
  client: Client,
  workflowId: string,
  name: string,
  input: Record<string, unknown>,
): Promise<void> {
  const message = { actId: randomUUID(), actor: { actorId: 'bench', role: 'operator' as const }, input };
  await untilTaken(async () => {
    const answer = await sendAct(client, workflowId, name, message);
    const again = answer.kind === 'elsewhere' || (answer.kind === 'refused' && answer.refusal.code === BETWEEN);
    if (answer.kind === 'done' || again) return answer.kind === 'done';
    throw new ActRefusedError(`${name} on ${workflowId}`, answer.refusal);
  }, `${name} on ${workflowId}`);
}

/** An act that a case did not take. */
export class ActRefusedError extends Error {
  readonly code: string;
  constructor(what: string, { code, en }: Refusal) {
    super(`${what}: ${code}, ${en}`);
    this.code = code;
  }
}

/**
 * Again in a moment, and then in longer ones, so that waiting costs the servers little; an engine that is slow to answer is
 * asked again under the same id, as a caller of the API does. Throws when it takes too long.
 */
async function untilTaken(send: () => Promise<boolean>, what: string): Promise<void> {
  const until = Date.now() + BETWEEN_MS;
  for (let pause = 20; ; pause = Math.min(pause * 2, 320)) {
    try {
      if (await send()) return;
    } catch (error) {
      if (!(error instanceof ProblemError && error.problem.code === 'unavailable')) throw error;
    }
    if (Date.now() > until) throw new Error(`${what} was not taken`);
    await sleep(pause);
  }
}

/** What the worker is to get under an agreement: one instalment, so many days after it takes effect. */
export const terms = (days: number) => ({
  coveredWorkers: ['w1'],
  concededFacts: 0,
  stated: ['matter', 'parties', 'performancePeriod', 'terms'],
  obligations: [
    {
      id: 'o1',
      debtor: 'r1',
      creditor: 'w1',
      form: 'money',
      conditional: false,
      amountFen: 1_000_000,
      instalments: [{ id: 'o1.1', amountFen: 1_000_000, daysAfterEffect: days }],
    },
  ],
});

/** Keeps and starts a case as the API does; gives its workflow id. */
export async function openCase(client: Client, db: Db, actorId: string, region: string): Promise<string> {
  const registeredOn = today();
  const actId = randomUUID();
  const kept = await keepCase(db, {
    actId,
    actorId,
    idempotencyKey: actId,
    requestHash: actId,
    year: Number(registeredOn.slice(0, 4)),
    words: {},
    parties: [
      { id: 'w1', side: 'applicant', kind: 'worker', name: 'w1', email: 'w1@bench.example', groups: [] },
      { id: 'r1', side: 'respondent', kind: 'employer', name: 'r1', email: 'r1@bench.example', groups: [] },
    ],
    claims: [{ id: 'c1', worker: 'w1', kind: 'pay', subject: 'wages', amountFen: 1_000_000 }],
    intake: {
      region,
      channel: 'window',
      requestedRoute: 'negotiation',
      registeredOn,
      parties: [
        { id: 'w1', side: 'applicant', kind: 'worker' },
        { id: 'r1', side: 'respondent', kind: 'employer' },
      ],
      claims: [{ id: 'c1', worker: 'w1', kind: 'pay', subject: 'wages', amountFen: 1_000_000 }],
      facts: {
        relation: 'labour',
        exclusion: 'none',
        personnelKind: 'none',
        overAge: false,
        overAgeMatter: false,
        enterpriseCommittee: false,
        employed: false,
        negotiatedBefore: false,
      },
      actId,
      actor: { actorId, role: 'operator' },
    },
  });
  if (!kept.intake) throw new Error('the case was not kept');
  await startCase(client, kept.intake);
  return caseWorkflowId(kept.intake.caseNo);
}

/** The product: a worker with a claim for pay, an employer; negotiation, a settlement of one instalment. */
export async function productSide(client: Client, db: Db): Promise<Side> {
  const actorId = await actorIdOf(db, 'bench-operator');
  const act = (name: string, input: () => Record<string, unknown>) => (workflowId: string) =>
    send(client, workflowId, name, input());
  return {
    open: () => openCase(client, db, actorId, REGION),
    act: (workflowId, turn) =>
      turn % 2 === 0
        ? send(client, workflowId, 'negotiation.recordSession', { heldOn: today(), channel: 'phone' })
        : send(client, workflowId, 'negotiation.agreePeriod', { amount: 20 + (turn % 4), agreedBy: ['w1', 'r1'] }),
    path: [
      act('negotiation.serveRequest', () => ({ servedOn: today(), method: 'hand' })),
      act('negotiation.respond', () => ({ willing: true, form: 'oral', party: 'r1' })),
      act('negotiation.settle', () => ({ ...terms(10), signedOn: today(), agreedBy: ['w1', 'r1'] })),
      act('settlementPerformance.recordPayment', () => ({
        instalment: 'o1.1',
        amountFen: 1_000_000,
        paidOn: today(),
        evidence: true,
        confirmedByPayee: true,
      })),
    ],
  };
}

/** Bare workflows of the product's shape. */
export function bareSide(
  client: Client,
  chain: RunShape[],
  acts: ReadonlyArray<{ activities: number; timer: boolean }>,
): Side {
  const updates = chain.reduce((sum, { updates: { length } }) => sum + length, 0);
  return {
    async open() {
      const workflowId = `bare-${randomUUID()}`;
      await client.workflow.start('bareCase', { workflowId, taskQueue: BARE_QUEUE, args: [chain] });
      return workflowId;
    },
    act: (workflowId, turn) => sendBare(client, workflowId, { extra: acts[turn % acts.length] }),
    path: Array.from({ length: updates }, () => (workflowId: string) => sendBare(client, workflowId, {})),
  };
}

/** The same way as the product's acts, so that what differs is only what the workflow does. */
export async function sendBare(client: Client, workflowId: string, update: BareUpdate): Promise<void> {
  const message = { actId: randomUUID(), ...update };
  await untilTaken(
    async () => (await sendAct(client, workflowId, 'bareAct', message as never)).kind === 'done',
    `bareAct on ${workflowId}`,
  );
}
