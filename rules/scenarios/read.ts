import type { z } from 'zod';
import { type PackError, PackErrors } from '../../domain/rules.ts';
import type { ContentsScenario, DecisionScenario, Scenarios, StoryScenario } from '../../domain/scenarios.ts';
import { isRecord } from '../is-record.ts';
import { issueInWords } from '../issue-words.ts';
import { type LocatedJson, pointerOf } from '../located-json.ts';
import type { PackSource } from '../packs.ts';
import { ContentsScenarios, DecisionScenarios, Story } from './format.ts';

/** The scenarios that packs bring. Throws `PackErrors` with file, line and pointer of every one that does not keep its form. */
export function scenariosIn(sources: readonly PackSource[]): Scenarios {
  const errors: PackError[] = [];
  const decisions: DecisionScenario[] = [];
  const contents: ContentsScenario[] = [];
  const stories: StoryScenario[] = [];
  for (const source of sources) {
    for (const [name, json] of source.files) {
      if (!name.startsWith('scenarios/')) continue;
      const file = `${source.folder}/${name}`;
      errors.push(...json.faults.map((fault) => ({ file, ...fault })));
      if (json.value === undefined) continue;
      const read = <T>(schema: z.ZodType<T>, into: (data: T) => void): void => {
        const parsed = schema.safeParse(json.value);
        if (parsed.success) into(parsed.data);
        else errors.push(...complaints(file, json, parsed.error.issues));
      };
      if (!Array.isArray(json.value)) read(Story, (one) => stories.push(one));
      else if (json.value.some((one) => isRecord(one) && 'document' in one))
        read(ContentsScenarios, (all) => contents.push(...all));
      else read(DecisionScenarios, (all) => decisions.push(...all));
    }
  }
  if (errors.length > 0) throw new PackErrors(errors);
  return { decisions, contents, stories };
}

function complaints(file: string, json: LocatedJson, issues: Parameters<typeof issueInWords>[0][]): PackError[] {
  return issues.flatMap((issue) =>
    issueInWords(issue, json.value).map(({ path, code, reason }) => {
      const pointer = pointerOf(path);
      return { file, line: json.lineOf(pointer), pointer, code, reason };
    }),
  );
}
