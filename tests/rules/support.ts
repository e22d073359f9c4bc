import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import {
  type DecisionPoint,
  decisionPoints,
  type FactValue,
  type Finding,
  type PackError,
  PackErrors,
} from '../../domain/rules.ts';
import type { DeadlineDefinition } from '../../domain/time/types.ts';
import { loadRuleBook, type loadScenarios, pointSpecs } from '../../rules/index.ts';
import { lintPacks } from '../../rules/lint.ts';
import { packsFolder, readSources } from '../../rules/load.ts';
import { type LocatedJson, parseLocatedJson } from '../../rules/located-json.ts';
import { fileText } from '../../rules/pack-document.ts';
import type { PackSource } from '../../rules/packs.ts';

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

const ownPacks = await readSources(packsFolder);

/** The repository's packs in memory, to be spoilt and linted. */
export class SpoiltPacks {
  private readonly texts = new Map<string, string>();

  /** A file as it is now, written out. */
  text(file: string): string {
    return this.texts.get(file) ?? fileText(this.source(file)?.files.get(within(file))?.value);
  }

  write(file: string, text: string): this {
    this.texts.set(file, text);
    return this;
  }

  edit(file: string, change: (json: never) => unknown): this {
    return this.write(file, fileText(change(JSON.parse(this.text(file)) as never)));
  }

  sources(): PackSource[] {
    return ownPacks.map(({ folder, files }) => {
      const spoilt = [...this.texts].filter(([file]) => file.startsWith(`${folder}/`));
      const read = spoilt.map(([file, text]): [string, LocatedJson] => [within(file), parseLocatedJson(text)]);
      return { folder, files: new Map([...files, ...read]) };
    });
  }

  async findings(): Promise<Finding[]> {
    return (await lintPacks(this.sources())).findings;
  }

  private source(file: string): PackSource | undefined {
    return ownPacks.find(({ folder }) => file.startsWith(`${folder}/`));
  }
}

/** The path below the pack's folder. */
const within = (file: string): string => file.slice(file.indexOf('/') + 1);

/** Facts of a point, each from its domain. */
export function factsOf(
  point: DecisionPoint,
  catalogue: readonly Pick<DeadlineDefinition, 'id' | 'purpose'>[],
): fc.Arbitrary<Record<string, FactValue>> {
  return fc.record(
    Object.fromEntries(
      Object.entries(pointSpecs[point].facts).map(([name, spec]): [string, fc.Arbitrary<FactValue>] => {
        if (spec.type === 'boolean') return [name, fc.boolean()];
        if (spec.type === 'day') return [name, fc.constantFrom('2025-12-31', '2026-06-30', '2026-07-01', '2028-02-29')];
        if (spec.type === 'number') return [name, fc.nat(2_000_000)];
        if (spec.type === 'strings') return [name, fc.subarray([...spec.domain])];
        if (spec.domain === 'deadlineId') return [name, fc.constantFrom(...catalogue.map(({ id }) => id))];
        if (spec.domain === 'decided')
          return [name, fc.constantFrom(...decisionPoints, ...catalogue.map(({ id }) => id))];
        if (spec.domain === 'enforcingDeadlineId') {
          const enforcing = catalogue.filter(({ purpose }) => purpose === 'enforcing');
          return [name, fc.constantFrom(...enforcing.map(({ id }) => id))];
        }
        return [name, fc.constantFrom(...(spec.domain as readonly string[]))];
      }),
    ),
  );
}
