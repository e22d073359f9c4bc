/**
 * `npm test`: everything that must hold, one after another, and a last line alone: `N passed, N failed`.
 * A check (types, lint, rooms, dead code, bundle) counts as one test. Nothing is left running.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
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

/** Test projects in the order in which a mistake is cheapest to find. */
const projects = ['unit', 'workflows', 'api', 'integration'];

const Report = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  success: z.boolean(),
});

function run([command = '', ...args]: string[]): Promise<number> {
  const path = `${join(projectRoot, 'node_modules', '.bin')}:${process.env.PATH ?? ''}`;
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: projectRoot,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, PATH: path, FORCE_COLOR: '0' },
    });
    child.on('error', () => resolve(127));
    child.on('close', (code) => resolve(code ?? 1));
  });
}

const seconds = (from: number): string => `${((performance.now() - from) / 1000).toFixed(1)} s`;

let passed = 0;
let failed = 0;
for (const { name, command } of checks) {
  const started = performance.now();
  const good = (await run(command)) === 0;
  if (good) passed += 1;
  else failed += 1;
  console.log(`${good ? '✓' : '✗'} ${name} (${seconds(started)})`);
}

const folder = await mkdtemp(join(tmpdir(), 'hejie-report-'));
for (const project of projects) {
  const started = performance.now();
  const file = join(folder, `${project}.json`);
  const code = await run([
    'vitest',
    'run',
    '--project',
    project,
    '--reporter=dot',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ]);
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
await rm(folder, { recursive: true, force: true });

console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
