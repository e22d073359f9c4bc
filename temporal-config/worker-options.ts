import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, type WorkerOptions, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { CASE_TASK_QUEUE } from '../contracts/ids.ts';
import { projectRoot } from './env.ts';

const rooms = ['workflows', 'domain', 'contracts'];

/** Pure law, the same for every case: loaded once for all of them, which spares a third of what a case holds in memory. */
const sharedByCases = ['domain/case/', 'domain/procedures/'];

/** Where the workflows start; the bundler follows from there. */
export const workflowsPath = fileURLToPath(new URL('../workflows/index.ts', import.meta.url));

/**
 * The workflow bundle, made once for the sources as they are and kept in the cache: bundling costs seconds,
 * and a second start must not pay them.
 */
export async function workflowBundle(cacheDir: string): Promise<WorkflowBundleWithSourceMap> {
  const files = await sources();
  const preloadModules = files.filter((file) => sharedByCases.some((folder) => file.startsWith(folder)));
  const hash = createHash('sha256').update(JSON.stringify(preloadModules));
  for (const file of files) hash.update(file).update(await readFile(join(projectRoot, file)));
  const { version } = createRequire(import.meta.url)('@temporalio/worker/package.json') as { version: string };
  const path = join(cacheDir, `workflows-${version}-${hash.digest('hex').slice(0, 16)}.js`);
  try {
    return { code: await readFile(path, 'utf8') } as WorkflowBundleWithSourceMap;
  } catch {
    const bundle = await bundleWorkflowCode({
      workflowsPath,
      preloadModules: preloadModules.map((file) => join(projectRoot, file)),
      logger: undefined,
    });
    await mkdir(cacheDir, { recursive: true });
    await writeFile(`${path}.${process.pid}`, bundle.code);
    await rename(`${path}.${process.pid}`, path);
    return bundle;
  }
}

async function sources(): Promise<string[]> {
  const lists = await Promise.all(
    rooms.map(async (room) => {
      const names = await readdir(join(projectRoot, room), { recursive: true });
      return names.filter((name) => name.endsWith('.ts')).map((name) => join(room, name));
    }),
  );
  return lists.flat().sort();
}

/**
 * How the case worker runs, here and in the benchmark. Versioning is on when a build id is given: a run is then pinned
 * to the build that started it. Without one (a single machine that is upgraded in place) runs go on under patches.
 */
export function caseWorkerOptions(
  buildId?: string,
): Pick<
  WorkerOptions,
  | 'taskQueue'
  | 'maxCachedWorkflows'
  | 'maxConcurrentWorkflowTaskExecutions'
  | 'maxConcurrentLocalActivityExecutions'
  | 'maxConcurrentActivityTaskExecutions'
  | 'shutdownGraceTime'
  | 'shutdownForceTime'
  | 'stickyQueueScheduleToStartTimeout'
  | 'workerDeploymentOptions'
> {
  return {
    taskQueue: CASE_TASK_QUEUE,
    maxCachedWorkflows: 1000,
    maxConcurrentWorkflowTaskExecutions: 40,
    maxConcurrentLocalActivityExecutions: 40,
    maxConcurrentActivityTaskExecutions: 20,
    shutdownGraceTime: '5s',
    // A step that is tried again and again would keep the worker from ending for ever; another worker tries it next.
    shutdownForceTime: '8s',
    // A worker that was killed is still the one its cases are offered to first: for this long, not for ten seconds.
    stickyQueueScheduleToStartTimeout: '2s',
    ...(buildId === undefined
      ? {}
      : {
          workerDeploymentOptions: {
            useWorkerVersioning: true,
            version: { deploymentName: 'hejie', buildId },
            defaultVersioningBehavior: 'PINNED' as const,
          },
        }),
  };
}
