/**
 * `npm run rules -- <command> …`: the rule packs from the command line.
 * Exit code 0: good; 1: something was found; 2: used wrongly.
 */

import { runCommand } from './rules/command.ts';
import { commands } from './rules/commands.ts';

await runCommand('npm run rules --', commands, process.argv.slice(2));
