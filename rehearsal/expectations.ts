import type { Difference, StoryExpectation } from '../domain/scenarios.ts';
import { daysBetween } from '../domain/time/day.ts';
import { difference, differences } from '../rules/scenarios/differences.ts';
import type { KeptNotice } from './memory-record.ts';
import type { StagedCase } from './staged-case.ts';

/** Where a case is not as it is expected to be. `told` are the notices since something last happened. */
export function differsFrom(
  expected: StoryExpectation,
  staged: StagedCase,
  told: readonly KeptNotice[],
  path: readonly PropertyKey[],
): Difference[] {
  if ('clock' in expected) return clockDiffers(expected, staged, path);
  if ('ended' in expected) return endDiffers(expected, staged, path);
  return toldDiffers(expected, told, path);
}

function clockDiffers(
  { clock: deadlineId, subject, ...expected }: Extract<StoryExpectation, { clock: string }>,
  staged: StagedCase,
  path: readonly PropertyKey[],
): Difference[] {
  const clocks = staged.record.clocks.filter(({ caseNo }) => caseNo === staged.caseNo);
  const clock = clocks
    .filter((one) => one.deadlineId === deadlineId && (subject === undefined || one.subject === subject))
    .at(-1);
  if (!clock)
    return [
      difference(
        [...path, 'clock'],
        deadlineId,
        clocks.map((one) => one.deadlineId),
      ),
    ];
  const { anchorOn, dueOn, open } = clock;
  return differences(expected, { days: daysBetween(anchorOn, dueOn), dueOn, open }, path);
}

function endDiffers(
  expected: Extract<StoryExpectation, { ended: string }>,
  staged: StagedCase,
  path: readonly PropertyKey[],
): Difference[] {
  const ends = staged.events().filter(({ outcome }) => outcome !== undefined);
  const end = ends.filter(({ procedure }) => procedure === expected.ended).at(-1);
  if (!end)
    return [
      difference(
        [...path, 'ended'],
        expected.ended,
        ends.map(({ procedure }) => procedure),
      ),
    ];
  return differences(expected, { ended: end.procedure, outcome: end.outcome, next: end.next }, path);
}

function toldDiffers(
  { told: who, notice }: Extract<StoryExpectation, { told: string }>,
  told: readonly KeptNotice[],
  path: readonly PropertyKey[],
): Difference[] {
  const names = told.map(({ template, to }) => ({ to: addressee(to), template }));
  if (names.some(({ to, template }) => to === who && (notice === undefined || template === notice))) return [];
  const found = names.map(({ to, template }) => `${to} ${template}`);
  return [difference(path, notice === undefined ? who : `${who} ${notice}`, found)];
}

/** A side, an office, a party by its id, or an office of another region. */
export const addressee = (to: KeptNotice['to']): string =>
  typeof to === 'string' ? to : 'party' in to ? to.party : `${to.office}@${to.region}`;
