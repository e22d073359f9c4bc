import type { Bilingual } from '../../domain/time/types.ts';

/** One command of `npm run rules`. */
export interface Command {
  /** What follows the command's name, e.g. `[folder]`. */
  usage: string;
  summary: Bilingual;
  /** Answers the exit code: 0 good, 1 something was found. Throws `UsedWrongly` for arguments that it does not take. */
  run(args: string[]): Promise<number>;
}

/** The command line is not one that the command takes: exit code 2. */
export class UsedWrongly extends Error {}

/** It was used rightly and cannot be done; the message says why: exit code 1. */
export class Refused extends Error {}

/**
 * Runs the command that the arguments begin with; `program` is how people call it.
 * The exit code is the command's; 2 where it was used wrongly.
 */
export async function runCommand(program: string, commands: Record<string, Command>, argv: string[]): Promise<void> {
  const [name = '', ...args] = argv;
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  process.exitCode = 2;
  if (command === undefined) {
    if (name !== '') console.error(`没有命令“${name}” There is no command "${name}"`);
    const each = Object.entries(commands).map(
      ([word, { usage, summary }]) => `  ${word} ${usage}\n      ${summary.zh} ${summary.en}`,
    );
    console.error([`用法 Usage: ${program} <命令 command> …`, ...each].join('\n'));
    return;
  }
  try {
    process.exitCode = await command.run(args);
  } catch (error) {
    if (error instanceof Refused) {
      console.error(error.message);
      process.exitCode = 1;
      return;
    }
    if (!(error instanceof UsedWrongly)) throw error;
    console.error(`${error.message}\n用法 Usage: ${program} ${name} ${command.usage}`);
  }
}
