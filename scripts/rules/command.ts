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
