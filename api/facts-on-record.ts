import { countPastBreaches } from '../db/past-breaches.ts';
import type { CaseRow } from '../db/read-models.ts';
import { missingOf } from '../domain/case/archive.ts';
import { readFile } from './archive/file.ts';
import type { ApiDeps } from './deps.ts';

type LookUp = (deps: ApiDeps, row: CaseRow, input: Record<string, unknown>) => Promise<Record<string, unknown>>;

const pastBreaches: LookUp = async ({ db }, { caseNo }, { debtor }) => ({
  pastBreaches: await countPastBreaches(db, { caseNo, party: String(debtor) }),
});

/** What the file lacks, by the names that the rules have for it. */
const missingFromFile: LookUp = async (deps, row) => {
  const file = row.stage === 'followUp' ? await readFile(deps, row) : undefined;
  return { missing: file === undefined ? [] : missingOf(file.items, file.onFile) };
};

const lookUps: Record<string, LookUp> = {
  'settlementPerformance.assessAbility': pastBreaches,
  'agreementPerformance.assessAbility': pastBreaches,
  'followUp.archive': missingFromFile,
};

/** What the record knows of an act better than who sends it: it goes to the workflow with the act, and names nobody. */
export const factsOnRecord = async (
  deps: ApiDeps,
  row: CaseRow,
  act: string,
  input: Record<string, unknown>,
): Promise<Record<string, unknown>> => (await lookUps[act]?.(deps, row, input)) ?? {};
