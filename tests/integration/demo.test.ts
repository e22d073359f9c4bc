import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrate } from '../../db/migrate.ts';
import { type Child, keepRunning } from '../../scripts/child.ts';
import { childEnv, projectRoot } from '../../temporal-config/env.ts';
import { tsxFlags } from '../../temporal-config/processes.ts';
import { startTestServers, type TestServers } from '../support/servers.ts';

const run = promisify(execFile);

describe('the demonstration', () => {
  let servers: TestServers;
  const children: Child[] = [];
  const demo = (env: Record<string, string>) =>
    run(process.execPath, [...tsxFlags(), 'scripts/demo.ts'], {
      cwd: projectRoot,
      env: childEnv({ ...env, LOG_LEVEL: 'warn' }),
      timeout: 170_000,
    }).then(
      ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
      (error: { code: number; stdout: string; stderr: string }) => error,
    );

  beforeAll(async () => {
    servers = await startTestServers();
    await migrate(servers.databaseUrl);
    const env = childEnv({ ...servers.env, HEJIE_MAIL_CAUGHT: 'yes', LOG_LEVEL: 'warn' });
    for (const name of ['worker', 'api'])
      children.push(
        await keepRunning({
          name,
          file: join(projectRoot, name, 'main.ts'),
          dataDir: servers.dataDir,
          env,
          print: () => undefined,
        }),
      );
  }, 120_000);

  afterAll(async () => {
    for (const child of children.reverse()) await child.stop();
    await servers?.stop();
  }, 60_000);

  it('plays three published cases to the outcome that was published, and says what nobody did', async () => {
    const { code, stdout, stderr } = await demo(servers.env);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout.match(/报道结果 Published\s+✓/g)).toHaveLength(3);
    const quiet = stdout.slice(stdout.indexOf('▼ 从这里起没有人操作'), stdout.indexOf('▲'));
    expect(quiet).toContain('和解协议履行结束：逾期未履行 → 调解');
    expect(quiet).not.toContain('●');
    expect(stdout).toContain('可以向人民法院申请强制执行');
    expect(stdout).toContain('工会收到的邮件');
  }, 180_000);

  it('says in two languages that the server is not running', async () => {
    const { code, stderr } = await demo({ ...servers.env, HEJIE_API_URL: 'http://127.0.0.1:1' });
    expect(code).toBe(1);
    expect(stderr).toContain('请先在另一个终端执行 npm start');
    expect(stderr).toContain('Run npm start in another terminal');
  }, 30_000);
});
