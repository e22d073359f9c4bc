import { parseArgs } from 'node:util';
import { UsedWrongly } from './command.ts';

/** The positional arguments and the options of a command; anything else is used wrongly. */
export function optionsOf<N extends string>(
  args: string[],
  names: readonly N[],
  { most }: { most: number },
): { rest: string[]; options: Partial<Record<N, string>> } {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: Object.fromEntries(names.map((name) => [name, { type: 'string' as const }])),
    });
    if (positionals.length > most) throw new Error(positionals.slice(most).join(' '));
    return { rest: positionals, options: values as Partial<Record<N, string>> };
  } catch (error) {
    throw new UsedWrongly(`不认识的参数 Not known: ${(error as Error).message}`);
  }
}

/** An argument that must be there. */
export function needed(value: string | undefined, name: string): string {
  if (value === undefined || value === '') throw new UsedWrongly(`缺少 Missing: ${name}`);
  return value;
}
