import type { CaseSnapshot, PartyId } from './case.ts';
import { sideOf } from './case.ts';

/** Where the rule is that facts conceded to settle are no evidence against who conceded them, unless both sides agree or law says so. */
export const SHIELD = '企业劳动争议协商调解规定 第十一条第二款；人社部发〔2022〕71号 第九条';

/** The case as it is once terms with conceded facts have been written down; the facts themselves are in the database only. */
export function noteConcessions(snapshot: CaseSnapshot, { concededFacts }: { concededFacts: number }): void {
  if (concededFacts > 0) snapshot.conceded = true;
}

/** Whether what a party conceded is open: that party has agreed to it, and everybody on the other side (NEG-08). */
export function isDisclosed(snapshot: CaseSnapshot, concededBy: PartyId): boolean {
  const side = sideOf(snapshot, concededBy);
  if (side === undefined) return false;
  const others = snapshot.parties.filter((party) => party.side !== side).map(({ id }) => id);
  return [concededBy, ...others].every((id) => snapshot.disclosureBy?.includes(id));
}
