/**
 * `npm run rules -- <command> …`: the rule packs from the command line.
 * Exit code 0: good; 1: something was found; 2: used wrongly.
 */
import { type Command, runCommand } from './rules/command.ts';
import { lint } from './rules/lint.ts';

const commands: Record<string, Command> = { lint };

await runCommand('npm run rules --', commands, process.argv.slice(2));
