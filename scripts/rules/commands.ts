import type { Command } from './command.ts';
import { diff } from './diff.ts';
import { exportPack } from './export.ts';
import { importPack } from './import.ts';
import { lint } from './lint.ts';
import { notice } from './notice.ts';
import { publish } from './publish.ts';
import { simulate } from './simulate.ts';
import { table } from './table.ts';
import { test } from './test.ts';

/** The commands of `npm run rules`, by name. */
export const commands: Record<string, Command> = {
  ...{ lint, test, diff, export: exportPack, import: importPack, table, notice, simulate, publish },
};
