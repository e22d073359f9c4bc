/**
 * `npm test`: everything that must hold, and a last line alone: `N passed, N failed`.
 * A check (types, lint, rooms, dead code, bundle) counts as one test. Nothing is left running.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { constants, setPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { projectRoot } from '../temporal-config/env.ts';

const checks: Array<{ name: string; command: string[] }> = [
  { name: '类型 types', command: ['tsc', '--noEmit'] },
  { name: '格式与静态检查 lint', command: ['biome', 'ci', '--error-on-warnings', '.'] },
  { name: '房间边界 rooms', command: ['npm', 'run', '--silent', 'rooms'] },
  { name: '无用代码 dead code', command: ['knip'] },
  { name: '工作流打包 workflow bundle', command: ['tsx', 'scripts/bundle-workflows.ts'] },
  { name: '词汇表 glossary', command: ['tsx', 'scripts/make-glossary.ts', '--check'] },
  { name: '案件路径 paths', command: ['tsx', 'scripts/make-paths.ts', '--check'] },
  { name: '法定节日表 statutory days', command: ['tsx', 'scripts/make-statutory-days.ts', '--check'] },
];

/**
 * Test projects, and which of them run beside each other: the API's stories and those of administrators keep one core busy each; the stories of
 * the workflows take both cores themselves; the integration stories, whose days are seconds, need one core and have it first (`patient`).
 */
type Step = 'checks' | 'unit' | 'servers' | 'workflows' | 'model' | 'administration' | 'api' | 'integration';

const lanes: Step[][][] = [
  [['checks', 'administration', 'servers'], ['api']],
  [['workflows']],
  [['integration'], ['unit', 'model']],
];

/** What no clock hurries gives way to what stands beside it. */
const patient: readonly Step[] = ['checks', 'unit', 'model'];

const Report = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  success: z.boolean(),
});

/** Runs a command; what it says is shown when it has ended, so that two at a time do not speak at once. */
function run([command = '', ...args]: string[], { patient }: { patient: boolean }): Promise<number> {
  const path = `${join(projectRoot, 'node_modules', '.bin')}:${process.env.PATH ?? ''}`;
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: projectRoot,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, PATH: path, FORCE_COLOR: '0' },
    });
    if (patient && child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW);
    const said: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => said.push(part));
    child.on('error', () => resolve(127));
    child.on('close', (code) => {
      process.stdout.write(Buffer.concat(said));
      resolve(code ?? 1);
    });
  });
}

const seconds = (from: number): string => `${((performance.now() - from) / 1000).toFixed(1)} s`;

let passed = 0;
let failed = 0;

async function check(): Promise<void> {
  for (const { name, command } of checks) {
    const started = performance.now();
    const good = (await run(command, { patient: patient.includes('checks') })) === 0;
    if (good) passed += 1;
    else failed += 1;
    console.log(`${good ? '✓' : '✗'} ${name} (${seconds(started)})`);
  }
}

const folder = await mkdtemp(join(tmpdir(), 'hejie-report-'));

async function test(project: Step): Promise<void> {
  const started = performance.now();
  const file = join(folder, `${project}.json`);
  const how = ['--reporter=dot', '--reporter=json', `--outputFile.json=${file}`];
  const code = await run(['vitest', 'run', '--project', project, ...how], { patient: patient.includes(project) });
  const report = await readFile(file, 'utf8').then(
    (text) => Report.parse(JSON.parse(text)),
    () => undefined,
  );
  passed += report?.numPassedTests ?? 0;
  // A run that broke outside its tests, or that left some undone, has failed even where no test says so.
  const undone = (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0);
  const broken = report === undefined || (code !== 0 && report.numFailedTests === 0) ? 1 : 0;
  failed += (report?.numFailedTests ?? 0) + undone + broken;
  console.log(
    `${code === 0 && undone === 0 ? '✓' : '✗'} ${project}: ${report?.numPassedTests ?? 0} (${seconds(started)})`,
  );
}

for (const together of lanes)
  await Promise.all(
    together.map(async (lane) => {
      for (const step of lane) await (step === 'checks' ? check() : test(step));
    }),
  );
await rm(folder, { recursive: true, force: true });

console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
