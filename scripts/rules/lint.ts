import { lintPacks } from '../../rules/lint.ts';
import { packsFolder, readSources } from '../../rules/load.ts';
import { type Command, UsedWrongly } from './command.ts';
import { printFindings } from './print.ts';

/** Prints every finding on the packs of a folder; errors make the exit code 1, warnings do not. */
export const lint: Command = {
  usage: '[folder]',
  summary: { zh: '检查规则包：每项发现及其位置', en: 'checks rule packs: every finding and its place' },
  async run(args) {
    const [folder = packsFolder, ...more] = args;
    if (more.length > 0 || folder.startsWith('-')) throw new UsedWrongly(`不认识的参数 Not known: ${args.join(' ')}`);
    const sources = await readSources(folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') {
        throw new UsedWrongly(`没有文件夹“${folder}” There is no folder "${folder}"`);
      }
      throw error;
    });
    const { findings } = await lintPacks(sources);
    return printFindings(findings);
  },
};
