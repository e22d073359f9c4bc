import { PackErrors, type RuleBook } from '../../domain/rules.ts';
import type { ScenarioResult, Scenarios, StoryScenario } from '../../domain/scenarios.ts';
import { packsFolder, readSources } from '../../rules/load.ts';
import { ruleBookOf } from '../../rules/rule-book.ts';
import { runAtOnce } from '../../rules/scenarios/at-once.ts';
import { scenariosIn } from '../../rules/scenarios/read.ts';
import { readEnv } from '../../temporal-config/env.ts';
import { type Command, UsedWrongly } from './command.ts';

/** Runs the scenarios of a folder of packs: decisions and contents at once, stories one after another on the real workflows. */
export const test: Command = {
  usage: '[folder]',
  summary: { zh: '试运行规则包的场景', en: 'runs the scenarios of rule packs' },
  async run(args) {
    const [folder = packsFolder, ...more] = args;
    if (more.length > 0 || folder.startsWith('-')) throw new UsedWrongly(`不认识的参数 Not known: ${args.join(' ')}`);
    const packs = await read(folder);
    if (packs === undefined) return 1;
    const { book, scenarios } = packs;
    let failed = 0;
    const show = (result: ScenarioResult) => {
      failed += result.passed ? 0 : 1;
      for (const line of linesOf(result)) console.log(line);
    };
    for (const result of await runAtOnce(book, scenarios)) show(result);
    if (scenarios.stories.length > 0) await rehearseAll(book, scenarios.stories, show);
    const all = scenarios.decisions.length + scenarios.contents.length + scenarios.stories.length;
    console.log(`${all - failed} 个通过 passed, ${failed} 个未通过 failed`);
    return failed === 0 ? 0 : 1;
  },
};

/** The engine is loaded only where there is a story: it takes its time, and keeps a process that has nothing to do for it. */
async function rehearseAll(book: RuleBook, stories: StoryScenario[], show: (result: ScenarioResult) => void) {
  await import('../../rehearsal/quiet-runtime.ts');
  const { rehearse } = await import('../../rehearsal/rehearse.ts');
  for (const story of stories) show(await rehearse({ book, cacheDir: readEnv().cacheDir }, story));
}

/** Packs that are broken are told with every place, and there is nothing to run. */
async function read(folder: string): Promise<{ book: RuleBook; scenarios: Scenarios } | undefined> {
  try {
    const sources = await readSources(folder);
    return { book: ruleBookOf(sources), scenarios: scenariosIn(sources) };
  } catch (error) {
    if (error instanceof PackErrors) {
      console.error(error.message);
      return undefined;
    }
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'ENOTDIR') throw error;
    throw new UsedWrongly(`没有文件夹“${folder}” There is no folder "${folder}"`);
  }
}

const linesOf = ({ id, title, region, passed, differences }: ScenarioResult): string[] => [
  `${passed ? '✓' : '✗'} ${title.zh}（${region} ${id}）`,
  ...differences.map(({ at, reason }) => `    ${at} ${reason.zh} / ${reason.en}`),
];
