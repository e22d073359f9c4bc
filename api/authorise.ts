import type { CaseRow, PartyRow } from '../db/read-models.ts';
import type { Actor, CaseSnapshot, PartyId } from '../domain/case/case.ts';
import { representedBy } from '../domain/case/representation.ts';
import type { AnyAct, Doer, ProcedureState } from '../domain/procedures/definition.ts';
import { type Caller, isOfRegion } from './auth.ts';
import { problem } from './problems.ts';

/** The parties of the case that the caller is. */
export const ownParties = (caller: Caller, parties: PartyRow[]): PartyRow[] =>
  caller.role === 'party'
    ? parties.filter(({ subject, movedTo }) => subject === caller.subject && movedTo === null)
    : [];

/** A region that is asked to take a case over answers that; until it has, the case is not its own. */
export const isOwnAffair = (
  caller: Caller,
  { region, secondRegion }: CaseRow,
  { byRegionAsked }: Pick<AnyAct<ProcedureState>, 'byRegionAsked'>,
): boolean => isOfRegion(caller, region, secondRegion) || byRegionAsked === true;

/** Whether the caller is among those who may do an act. The one place where that is decided. */
export function mayDo(by: readonly Doer[], caller: Caller, parties: PartyRow[]): boolean {
  if (caller.role !== 'party') return by.includes(caller.role);
  return ownParties(caller, parties).some(({ side }) => by.includes(`party:${side}` as Doer));
}

/**
 * Refuses a caller who may not, and a party that speaks for another who has not chosen it (MED-14). Gives the party that acts,
 * where one does.
 */
export function authoriseAct(
  by: readonly Doer[],
  caller: Caller,
  parties: PartyRow[],
  input: Record<string, unknown>,
  snapshot?: CaseSnapshot,
): PartyId | undefined {
  if (!mayDo(by, caller, parties)) throw problem('not-allowed');
  if (caller.role !== 'party') return undefined;
  const own = ownParties(caller, parties).filter(({ side }) => by.includes(`party:${side}` as Doer));
  const named = [input.party, input.for].find((value) => typeof value === 'string');
  const chosenBy = (id: PartyId) => snapshot !== undefined && representedBy(snapshot, id).includes(named ?? id);
  const acting =
    named === undefined ? own[0] : (own.find(({ id }) => id === named) ?? own.find(({ id }) => chosenBy(id)));
  if (!acting) throw problem('not-your-party');
  return acting.id;
}

/** The pseudonymous actor that goes to the workflow. */
export const actorOf = (caller: Caller, actorId: string, partyId?: PartyId): Actor => ({
  actorId,
  role: caller.role,
  ...(partyId === undefined ? {} : { partyId }),
});
