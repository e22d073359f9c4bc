import type { Db } from '../db/client.ts';
import { countPastBreaches } from '../db/past-breaches.ts';

type LookUp = (db: Db, caseNo: string, input: Record<string, unknown>) => Promise<Record<string, unknown>>;

const pastBreaches: LookUp = async (db, caseNo, { debtor }) => ({
  pastBreaches: await countPastBreaches(db, { caseNo, party: String(debtor) }),
});

const lookUps: Record<string, LookUp> = {
  'settlementPerformance.assessAbility': pastBreaches,
  'agreementPerformance.assessAbility': pastBreaches,
};

/** What the record knows of an act better than who sends it: numbers that go to the workflow with the act, never names. */
export const factsOnRecord = async (
  db: Db,
  caseNo: string,
  act: string,
  input: Record<string, unknown>,
): Promise<Record<string, unknown>> => (await lookUps[act]?.(db, caseNo, input)) ?? {};
