import { randomUUID } from 'node:crypto';
import { actContracts } from '../contracts/acts/index.ts';
import type { ActMessage } from '../contracts/record.ts';
import type { Actor } from '../domain/case/case.ts';

/** `w1`, `r1`: the party itself; else staff by role. */
export type By = Actor['role'] | `w${number}` | `r${number}`;

/** An act's message as the API makes it: its contract takes the words away. Throws a `ZodError` where it does not take the body. */
export function messageOf(
  name: string,
  body: Record<string, unknown>,
  by: By,
  actId: string = randomUUID(),
): ActMessage {
  const contract = actContracts[name];
  if (!contract) throw new Error(`no act ${name}`);
  const party = /^[wr]\d+$/.test(by);
  return {
    actId,
    actor: {
      actorId: randomUUID(),
      role: party ? 'party' : (by as Actor['role']),
      ...(party ? { partyId: by } : {}),
    },
    channel: typeof body.channel === 'string' ? body.channel : 'window',
    input: contract.facts(contract.schema.parse(body)),
  };
}
