import { Connection } from '@temporalio/client';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caseWorkflowId } from '../../contracts/ids.ts';
import { readEnv } from '../../temporal-config/env.ts';
import { createCaseWorker } from '../../worker/create-worker.ts';
import { type App, startApp } from '../support/app.ts';

const log = pino({ level: 'silent' });

describe('a new release of the program', () => {
  let app: App;
  let connection: Connection;
  const closing: Array<() => Promise<void>> = [];

  async function workerOf(buildId: string): Promise<void> {
    const { run, shutdown } = await createCaseWorker({
      databaseUrl: app.servers.databaseUrl,
      temporalAddress: app.servers.temporalAddress,
      namespace: app.servers.temporalNamespace,
      smtpUrl: app.servers.smtpUrl,
      mailFrom: 'hejie@localhost',
      cacheDir: readEnv().cacheDir,
      courts: [],
      noticeHours: 'ignored',
      buildId,
      log,
    });
    const running = run();
    closing.push(() => {
      shutdown();
      return running;
    });
  }

  async function makeCurrent(buildId: string): Promise<void> {
    await expect
      .poll(
        () =>
          connection.workflowService
            .setWorkerDeploymentCurrentVersion({
              namespace: app.servers.temporalNamespace,
              deploymentName: 'hejie',
              buildId,
              ignoreMissingTaskQueues: false,
            })
            .then(
              () => 'current',
              (error: unknown) => String(error),
            ),
        { timeout: 20_000, interval: 200 },
      )
      .toBe('current');
  }

  const buildOf = async (workflowId: string): Promise<string> => {
    const { workflowExecutionInfo } = await connection.workflowService.describeWorkflowExecution({
      namespace: app.servers.temporalNamespace,
      execution: { workflowId },
    });
    return `${workflowExecutionInfo?.type?.name} on ${workflowExecutionInfo?.versioningInfo?.deploymentVersion?.buildId}`;
  };

  beforeAll(async () => {
    app = await startApp();
    await app.stopWorker();
    connection = await Connection.connect({ address: app.servers.temporalAddress });
  }, 60_000);

  afterAll(async () => {
    await Promise.all(closing.map((close) => close()));
    await connection?.close();
    await app?.stop();
  }, 60_000);

  it('leaves a run with the build that began it, and takes over with the next procedure', async () => {
    await workerOf('release-1');
    await makeCurrent('release-1');
    const operator = { subject: 'window', role: 'operator' as const, region: '310116' };
    const post = async (path: string, body: unknown) => {
      const answer = await app.post(operator, path, body);
      expect(answer.status, answer.text).toBeLessThan(300);
      return answer.body as { id: string };
    };
    const { id } = await post('/v1/cases', {
      region: '310116',
      workers: [{ name: '甲', claims: [{ kind: 'pay', subject: 'wages', amount: 100 }] }],
      respondents: [{ name: '某公司' }],
    });
    await expect.poll(() => buildOf(caseWorkflowId(id)), { timeout: 10_000 }).toBe('negotiation on release-1');

    await workerOf('release-2');
    await makeCurrent('release-2');
    await post(`/v1/cases/${id}/acts/negotiation.inviteHelper`, { kind: 'union', for: 'w1' });
    expect(await buildOf(caseWorkflowId(id))).toBe('negotiation on release-1');

    await post(`/v1/cases/${id}/acts/negotiation.withdraw`, { reason: '撤回' });
    await expect.poll(() => buildOf(caseWorkflowId(id)), { timeout: 10_000 }).toBe('followUp on release-2');
  }, 90_000);
});
