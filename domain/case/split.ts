import type { Effects, ProcedureState } from '../procedures/definition.ts';
import type { CaseSnapshot, PartyId } from './case.ts';

/** The part of a case that concerns only some of its workers: they, the other side, their claims. */
function narrowed(snapshot: CaseSnapshot, keep: (worker: PartyId) => boolean): CaseSnapshot {
  // Nobody is represented in one case by a party to another.
  const { representation, ...rest } = snapshot;
  const representatives = representation?.representatives.filter(keep) ?? [];
  const of = representation?.of.filter(keep) ?? [];
  return {
    ...rest,
    parties: snapshot.parties.filter((party) => party.kind !== 'worker' || keep(party.id)),
    claims: snapshot.claims.filter((claim) => keep(claim.worker)),
    ...(representatives.length === 0 ? {} : { representation: { representatives, of } }),
  };
}

/**
 * Takes some workers out of a case. The state given keeps the others; returned is the state in which those taken
 * out go on: where the procedure stood before the agreement, with its clocks, without the agreement.
 */
export function splitOff<S extends ProcedureState>(state: S, { workers, resume }: NonNullable<Effects['split']>): S {
  // The joint response stays with the case in which it was declared.
  const { agreement: _, emergency: __, ...rest } = state.case;
  const others = structuredCloneJson({
    ...state,
    ...resume,
    case: narrowed(rest as CaseSnapshot, (id) => workers.includes(id)),
  });
  state.case = narrowed(state.case, (id) => !workers.includes(id));
  delete others.outcome;
  return others;
}

/** A copy by way of JSON: what is carried is plain JSON anyhow, and workflows have no `structuredClone`. */
const structuredCloneJson = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
