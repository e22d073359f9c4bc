/**
 * `npm run rules -- <command> …`: the rule packs from the command line.
 * Exit code 0: good; 1: something was found; 2: used wrongly.
 */
import { Refused } from './rules/api.ts';
import { type Command, UsedWrongly } from './rules/command.ts';
import { diff } from './rules/diff.ts';
import { exportPack } from './rules/export.ts';
import { importPack } from './rules/import.ts';
import { lint } from './rules/lint.ts';
import { publish } from './rules/publish.ts';
import { test } from './rules/test.ts';

const commands: Record<string, Command> = { lint, test, diff, export: exportPack, import: importPack, publish };

const help = [
  '用法 Usage: npm run rules -- <命令 command> …',
  ...Object.entries(commands).map(
    ([name, { usage, summary }]) => `  ${name} ${usage}\n      ${summary.zh} ${summary.en}`,
  ),
].join('\n');

const [name = '', ...args] = process.argv.slice(2);
const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
if (command === undefined) {
  if (name !== '') console.error(`没有命令“${name}” There is no command "${name}"`);
  console.error(help);
  process.exitCode = 2;
} else {
  try {
    process.exitCode = await command.run(args);
  } catch (error) {
    if (error instanceof Refused) {
      console.error(error.message);
      process.exitCode = 1;
    } else if (error instanceof UsedWrongly) {
      console.error(`${error.message}\n用法 Usage: npm run rules -- ${name} ${command.usage}`);
      process.exitCode = 2;
    } else throw error;
  }
}
