import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type DecisionScenario,
  type PackError,
  PackErrors,
  type RuleBook,
  type StoryScenario,
} from '../domain/rules.ts';
import { issueInWords } from './issue-words.ts';
import { type LocatedJson, MOST_BYTES, parseLocatedJson, pointerOf, tooBig } from './located-json.ts';
import { DecisionScenarios, Story } from './pack-schema.ts';
import type { PackSource } from './packs.ts';
import { ruleBookOf } from './rule-book.ts';

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
export async function loadScenarios(
  dir: string = packsFolder,
): Promise<{ decisions: DecisionScenario[]; stories: StoryScenario[] }> {
  const errors: PackError[] = [];
  const decisions: DecisionScenario[] = [];
  const stories: StoryScenario[] = [];
  for (const source of await readSources(dir)) {
    for (const [name, json] of source.files) {
      if (!name.startsWith('scenarios/')) continue;
      const file = `${source.folder}/${name}`;
      errors.push(...json.faults.map((fault) => ({ file, ...fault })));
      if (json.value === undefined) continue;
      const parsed = Array.isArray(json.value) ? DecisionScenarios.safeParse(json.value) : Story.safeParse(json.value);
      if (!parsed.success) errors.push(...complaints(file, json, parsed.error.issues));
      else if (Array.isArray(parsed.data)) decisions.push(...parsed.data);
      else stories.push(parsed.data);
    }
  }
  if (errors.length > 0) throw new PackErrors(errors);
  return { decisions, stories };
}

function complaints(file: string, json: LocatedJson, issues: Parameters<typeof issueInWords>[0][]): PackError[] {
  return issues.flatMap((issue) =>
    issueInWords(issue, json.value).map(({ path, code, reason }) => {
      const pointer = pointerOf(path);
      return { file, line: json.lineOf(pointer), pointer, code, reason };
    }),
  );
}

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
          (await stat(path)).size > MOST_BYTES ? tooBig() : parseLocatedJson(await readFile(path, 'utf8')),
        ],
      ),
    ),
  );
}
