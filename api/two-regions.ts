import type { RegisterCase } from '../contracts/intake.ts';
import type { IntakeInput } from '../contracts/record.ts';
import { firstSnapshot, questionsAtFirst } from '../domain/case/first-snapshot.ts';
import { admissibility } from '../domain/procedures/intake.ts';
import { regionContradictions } from '../rules/index.ts';
import type { ApiDeps } from './deps.ts';
import { problem } from './problems.ts';

/** The region whose rules and clocks are the case's, and the one that takes part. */
export const regionsOf = ({
  region,
  secondRegion,
  leadBy = region,
}: RegisterCase): Pick<IntakeInput, 'region' | 'secondRegion'> =>
  secondRegion === undefined ? { region } : { region: leadBy, secondRegion: leadBy === region ? secondRegion : region };

/**
 * Refuses a case of two regions whose rules would decide it differently, naming the points, until somebody has said which of the two
 * leads. No document says how such a pair is to be handled: where the two agree there is nothing to choose.
 */
export async function refuseContradictingRegions(
  { rules }: ApiDeps,
  { leadBy }: RegisterCase,
  intake: Omit<IntakeInput, 'caseNo'>,
): Promise<void> {
  const { region, secondRegion } = intake;
  if (secondRegion === undefined || leadBy !== undefined) return;
  const pinned = { release: rules.release, sha256: rules.sha256 };
  const snapshot = firstSnapshot(
    { ...intake, caseNo: '' },
    { ...pinned, contents: { settlementAgreement: [], mediationAgreement: [] } },
  );
  const { point, facts } = admissibility(snapshot);
  const { outcome } = await rules.decide(region, point, facts);
  const found = await regionContradictions(
    rules,
    [region, secondRegion],
    questionsAtFirst({ ...snapshot, scope: String(outcome.scope ?? 'none') }),
  );
  if (found.length === 0) return;
  throw problem('region-rules-contradict', {
    errors: found.map(({ about, reason }) => ({ field: '/leadBy', code: about, ...reason })),
  });
}
