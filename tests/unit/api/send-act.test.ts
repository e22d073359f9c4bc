import { type Client, ServiceError, WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { sendAct } from '../../../api/temporal.ts';
import { refuse } from '../../../domain/refusal.ts';
import { REFUSED } from '../../../workflows/messages.ts';

const message = { actId: 'a', actor: { actorId: 'x', role: 'operator' as const }, input: {} };

/** A client whose workflow answers an update so, one answer after another; the last one again and again. */
function answering(...answers: Array<() => unknown>): { client: Client; asked: () => number } {
  let asked = 0;
  const client = {
    withDeadline: (_until: number, work: () => unknown) => work(),
    workflow: {
      getHandle: () => ({
        executeUpdate: async () => {
          const answer = answers[Math.min(asked, answers.length - 1)];
          asked += 1;
          return answer?.();
        },
      }),
    },
  };
  return { client: client as unknown as Client, asked: () => asked };
}

const refusing = (code: Parameters<typeof refuse>[0]) => () => {
  const refusal = refuse(code, '不行。', 'No.');
  throw new WorkflowUpdateFailedError('refused', ApplicationFailure.create({ type: REFUSED, details: [refusal] }));
};

describe('an act that meets a run between two procedures', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  const settled = async <T>(work: Promise<T>): Promise<T> => {
    work.catch(() => undefined);
    await vi.runAllTimersAsync();
    return work;
  };

  it('is tried again until the next procedure takes it', async () => {
    const closing = refusing('procedure-closing');
    const { client, asked } = answering(closing, closing, closing, () => ({ seq: 7, stage: 'x' }));
    expect(await settled(sendAct(client, 'case-1', 'negotiation.respond', message))).toEqual({
      kind: 'done',
      result: { seq: 7, stage: 'x' },
    });
    expect(asked()).toBe(4);
  });

  it('is answered "procedure-closing" when five seconds were not enough', async () => {
    const { client, asked } = answering(refusing('procedure-closing'));
    const from = Date.now();
    const answer = await settled(sendAct(client, 'case-1', 'negotiation.respond', message));
    expect(answer).toMatchObject({ kind: 'refused', refusal: { code: 'procedure-closing' } });
    expect(Date.now() - from).toBeLessThanOrEqual(5_000);
    expect(Date.now() - from).toBeGreaterThan(4_000);
    expect(asked()).toBeGreaterThan(5);
  });

  it('is refused at once for any other reason', async () => {
    const { client, asked } = answering(refusing('wrong-side'));
    expect(await settled(sendAct(client, 'case-1', 'negotiation.respond', message))).toMatchObject({
      kind: 'refused',
      refusal: { code: 'wrong-side' },
    });
    expect(asked()).toBe(1);
  });

  it('is "unavailable" when the engine cannot be reached, and a bug stays a bug', async () => {
    const away = answering(() => {
      throw new ServiceError('away');
    });
    await expect(settled(sendAct(away.client, 'case-1', 'negotiation.respond', message))).rejects.toMatchObject({
      problem: { code: 'unavailable', status: 503 },
      headers: { 'retry-after': '2' },
    });
    const broken = answering(() => {
      throw new Error('a bug');
    });
    await expect(settled(sendAct(broken.client, 'case-1', 'negotiation.respond', message))).rejects.toThrow('a bug');
  });
});
