import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import { upsertSearchAttributes } from '@temporalio/workflow';
import type { CaseSnapshot, Clock } from '../domain/case/case.ts';

const keyword = (name: string) => defineSearchAttributeKey(name, SearchAttributeType.KEYWORD);

const stage = keyword('CaseStage');
const region = keyword('Region');
const release = keyword('RuleRelease');
const dueOn = keyword('DueOn');

/** What a run is found by. No personal data. */
export const attributesOf = (procedure: string, snapshot: CaseSnapshot) => [
  { key: stage, value: procedure },
  { key: region, value: snapshot.region },
  { key: release, value: snapshot.release },
];

/** Shows the release that the case has been moved to. */
export const showRelease = (snapshot: CaseSnapshot): void =>
  upsertSearchAttributes([{ key: release, value: snapshot.release }]);

/** Shows the next day that binds; answers what it shows now, so that the same day is not written twice. */
export function showNextDue(clocks: Clock[], shown: string | undefined): string | undefined {
  const next = clocks
    .filter(({ purpose, expired }) => purpose === 'enforcing' && !expired)
    .map((clock) => clock.dueOn)
    .sort()[0];
  if (next !== shown) upsertSearchAttributes([{ key: dueOn, value: next ?? null }]);
  return next;
}
