import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrate } from '../../db/migrate.ts';
import { type Child, keepRunning } from '../../scripts/child.ts';
import { type Api, connectApi } from '../../scripts/published/api.ts';
import { playStory } from '../../scripts/published/play.ts';
import { nobody } from '../../scripts/published/stage.ts';
import { stories } from '../../scripts/published/stories/index.ts';
import { pathsOf, REGION, type Story } from '../../scripts/published/story.ts';
import { childEnv, projectRoot, readEnv } from '../../temporal-config/env.ts';
import { tsxFlags } from '../../temporal-config/processes.ts';
import { startTestServers, type TestServers } from '../support/servers.ts';

const run = promisify(execFile);

/** Which part of the path the source tells, and which the rules give where it is silent. */
const sayingOf = ({ published: { path } }: Story): string =>
  (['source', 'rules'] as const)
    .map(
      (from) =>
        `by the ${from}: ${path.flatMap(([name, outcome, by]) => (by === from ? [`${name} ${outcome}`] : [])).join(', ')}`,
    )
    .join('; ');

describe('the published cases', () => {
  let servers: TestServers;
  let api: Api;
  const children: Child[] = [];

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
    api = await connectApi(
      {
        ...readEnv(),
        ...{ apiUrl: `http://127.0.0.1:${servers.ports.api}`, dataDir: servers.dataDir, oidcIssuer: undefined },
      },
      REGION,
    );
  }, 120_000);

  afterAll(async () => {
    for (const child of children.reverse()) await child.stop();
    await servers?.stop();
  }, 60_000);

  for (const story of stories)
    it.concurrent(`${story.title.en} (${story.file}; ${sayingOf(story)})`, async ({ expect }) => {
      const { caseNo, others, find } = await playStory(api, story, () => nobody);
      const { published } = story;
      for (const [index, path] of [published.path, ...(published.alongside ?? [])].entries()) {
        const paths = pathsOf(path, await api.procedures([caseNo, ...others][index] ?? ''));
        expect(paths.taken).toEqual(paths.published);
      }
      const clocks = await api.deadlines(caseNo);
      for (const { id, subject, length } of published.clocks ?? []) {
        const kept = clocks.filter((clock) => clock.id === id && clock.subject === (subject ?? null));
        const lengths = [...new Set(kept.map(({ amount, unit }) => `${amount} ${unit}`))];
        expect({ id, subject, lengths }).toEqual({ id, subject, lengths: [length] });
      }
      const { remedy } = find('agreementPerformance.ended')?.detail ?? {};
      if (published.remedy !== undefined)
        expect(remedy).toMatchObject({ zh: expect.stringContaining(published.remedy) });
    }, 150_000);

  it('has a story for every published case that was collected', async () => {
    const files = (await readdir(join(projectRoot, 'fixtures/cases'))).filter((name) => name.endsWith('.json'));
    expect(stories.map(({ file }) => `${file}.json`).sort()).toEqual(files.sort());
  });

  const demo = (names: string[], env: Record<string, string>) =>
    run(process.execPath, [...tsxFlags(), 'scripts/demo.ts', ...names], {
      cwd: projectRoot,
      env: childEnv({ ...env, LOG_LEVEL: 'warn' }),
      timeout: 170_000,
    }).then(
      ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
      (error: { code: number; stdout: string; stderr: string }) => error,
    );

  it('are shown by the demonstration to the outcome that was published, and it says what nobody did', async () => {
    const { code, stdout, stderr } = await demo(['licang', 'huaiyin'], servers.env);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout.match(/报道结果 Published\s+✓/g)).toHaveLength(2);
    const quiet = stdout.slice(stdout.indexOf('▼ 从这里起没有人操作'), stdout.indexOf('▲'));
    expect(quiet).toContain('和解协议履行结束：逾期未履行 → 调解');
    expect(quiet).not.toContain('●');
    expect(stdout).toContain('可以向人民法院申请强制执行');
    expect(stdout).toContain('工会收到的邮件');
  }, 180_000);

  it('are not shown where no server is running, or none has that name: it says so in two languages', async () => {
    const { code, stderr } = await demo([], { ...servers.env, HEJIE_API_URL: 'http://127.0.0.1:1' });
    expect(code).toBe(1);
    expect(stderr).toContain('请先在另一个终端执行 npm start');
    expect(stderr).toContain('Run npm start in another terminal');
    expect((await demo(['nobody'], servers.env)).stderr).toContain('There is no nobody to show');
  }, 30_000);
});
