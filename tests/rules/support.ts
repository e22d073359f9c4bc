import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PackError, PackErrors } from '../../domain/rules.ts';
import { loadRuleBook, type loadScenarios } from '../../rules/index.ts';
import { packsFolder } from '../../rules/load.ts';

export interface PackCopy {
  dir: string;
  read(file: string): Promise<string>;
  /** Writes a file as text. */
  write(file: string, text: string): Promise<void>;
  /** Replaces text that must be there. */
  replace(file: string, from: string, to: string): Promise<void>;
  /** Changes the parsed JSON of a file. */
  edit(file: string, change: (json: never) => unknown): Promise<void>;
}

/** The repository's packs in a folder of their own, to be broken. */
export async function withPackCopy<T>(use: (copy: PackCopy) => Promise<T>): Promise<T> {
  const dir = await mkdtemp(join(tmpdir(), 'hejie-packs-'));
  const read = (file: string) => readFile(join(dir, file), 'utf8');
  const write = (file: string, text: string) => writeFile(join(dir, file), text);
  try {
    await cp(packsFolder, dir, { recursive: true });
    return await use({
      dir,
      read,
      write,
      async replace(file, from, to) {
        const text = await read(file);
        if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
        await write(file, text.replace(from, to));
      },
      async edit(file, change) {
        await write(file, JSON.stringify(change(JSON.parse(await read(file)) as never), null, 2));
      },
    });
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** The faults for which a folder of packs is refused; none where it loads. */
export async function faultsOf(dir: string, load: typeof loadRuleBook | typeof loadScenarios = loadRuleBook) {
  try {
    await load(dir);
    return [] as PackError[];
  } catch (error) {
    if (error instanceof PackErrors) return error.errors;
    throw error;
  }
}

/** 1-based line of the first occurrence, or of the one after `after`. */
export function lineOf(text: string, needle: string, after = ''): number {
  const at = text.indexOf(needle, Math.max(0, text.indexOf(after)));
  if (at < 0) throw new Error(`no ${needle}`);
  return text.slice(0, at).split('\n').length;
}
