/**
 * `npm run rules -- <command> …`: the rule packs from the command line.
 * Exit code 0: good; 1: something was found; 2: used wrongly.
 */

import { type Command, runCommand } from './rules/command.ts';
import { diff } from './rules/diff.ts';
import { exportPack } from './rules/export.ts';
import { importPack } from './rules/import.ts';
import { lint } from './rules/lint.ts';
import { notice } from './rules/notice.ts';
import { publish } from './rules/publish.ts';
import { simulate } from './rules/simulate.ts';
import { table } from './rules/table.ts';
import { test } from './rules/test.ts';

const commands: Record<string, Command> = {
  ...{ lint, test, diff, export: exportPack, import: importPack, table, notice, simulate, publish },
};

await runCommand('npm run rules --', commands, process.argv.slice(2));
