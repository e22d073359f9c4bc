import { type PackError, PackErrors } from '../../domain/rules.ts';
import type { DecisionScenario, Scenarios, StoryScenario } from '../../domain/scenarios.ts';
import { issueInWords } from '../issue-words.ts';
import { type LocatedJson, pointerOf } from '../located-json.ts';
import type { PackSource } from '../packs.ts';
import { DecisionScenarios, Story } from './format.ts';

/** The scenarios that packs bring. Throws `PackErrors` with file, line and pointer of every one that does not keep its form. */
export function scenariosIn(sources: readonly PackSource[]): Scenarios {
  const errors: PackError[] = [];
  const decisions: DecisionScenario[] = [];
  const stories: StoryScenario[] = [];
  for (const source of sources) {
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
