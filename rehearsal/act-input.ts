import { actContracts } from '../contracts/acts/index.ts';
import type { LegalDay } from '../domain/time/types.ts';

/**
 * An act's body as a story writes it, with what it leaves open filled in: today for every day, by hand for how something was
 * served. Anything else that is wrong stays as it is, for the act's contract to refuse.
 */
export function completed(act: string, input: Record<string, unknown>, today: LegalDay): Record<string, unknown> {
  const parsed = actContracts[act]?.schema.safeParse(input);
  const open = (parsed?.error?.issues ?? []).flatMap(({ path }) =>
    path.length === 1 && !(String(path[0]) in input) ? [String(path[0])] : [],
  );
  return {
    ...input,
    ...Object.fromEntries(open.filter((field) => field.endsWith('On')).map((field) => [field, today])),
    ...(open.includes('method') ? { method: 'hand' } : {}),
  };
}
