import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RuleBook } from '../domain/rules.ts';
import type { Scenarios } from '../domain/scenarios.ts';
import { type LocatedJson, parseLocatedJson } from './located-json.ts';
import type { PackSource } from './packs.ts';
import { ruleBookOf } from './rule-book.ts';
import { scenariosIn } from './scenarios/read.ts';

/** The repository's own packs. */
export const packsFolder = fileURLToPath(new URL('./packs', import.meta.url));

/**
 * Reads, checks and layers all packs of a folder.
 * Throws `PackErrors` with every fault's file, line and reason; nothing starts on a broken pack.
 */
export async function loadRuleBook(dir: string = packsFolder): Promise<RuleBook> {
  return ruleBookOf(await readSources(dir));
}

/** The packs' own tests. Throws `PackErrors`. */
export const loadScenarios = async (dir: string = packsFolder): Promise<Scenarios> =>
  scenariosIn(await readSources(dir));

/** The packs of a folder, read but not yet checked. */
export async function readSources(dir: string): Promise<PackSource[]> {
  const entries = await readdir(dir, { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(folders.sort().map(async (folder) => ({ folder, files: await readFiles(join(dir, folder)) })));
}

async function readFiles(folder: string): Promise<Map<string, LocatedJson>> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
  return new Map(
    await Promise.all(
      files.map(
        async (path): Promise<[string, LocatedJson]> => [
          relative(folder, path).split(sep).join('/'),
          parseLocatedJson(await readFile(path, 'utf8')),
        ],
      ),
    ),
  );
}
