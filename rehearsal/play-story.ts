import { z } from 'zod';
import type { Difference, StoryScenario, StoryStep } from '../domain/scenarios.ts';
import { issueInWords } from '../rules/issue-words.ts';
import { pointerOf } from '../rules/located-json.ts';
import { difference, differences } from '../rules/scenarios/differences.ts';
import { completed } from './act-input.ts';
import { type By, messageOf } from './act-message.ts';
import { differsFrom } from './expectations.ts';
import type { StagedCase } from './staged-case.ts';

/** Plays a story to its end, or to the first step that does not come about: what would follow means nothing then. */
export async function playStory(staged: StagedCase, scenario: StoryScenario): Promise<Difference[]> {
  const found: Difference[] = [];
  await staged.register({ region: scenario.region, ...scenario.case });
  let told = 0;
  for (const [index, step] of scenario.story.entries()) {
    const path = ['story', index];
    if ('expect' in step) {
      found.push(...differsFrom(step.expect, staged, staged.record.notices.slice(told), [...path, 'expect']));
      continue;
    }
    told = staged.record.notices.length;
    const wrong = await happens(staged, step, path).catch((error: Error) => [brokenOff(error, path)]);
    if (wrong.length > 0) return [...found, ...wrong];
    await staged.settled();
  }
  return [...found, ...differences(scenario.path, staged.path(), ['path'])];
}

/** Why a step, or a whole story, did not come about. */
export const brokenOff = ({ message }: Error, path: readonly PropertyKey[]): Difference => ({
  at: pointerOf(path),
  reason: { zh: `没有走到这一步：${message}`, en: `it did not come about: ${message}` },
});

async function happens(
  staged: StagedCase,
  step: Exclude<StoryStep, { expect: unknown }>,
  path: readonly PropertyKey[],
): Promise<Difference[]> {
  if ('act' in step) return acts(staged, step, path);
  if ('wait' in step) await staged.untilRunOut(step.wait);
  else await staged.silent(step.silent);
  return [];
}

async function acts(
  staged: StagedCase,
  { act, input = {}, by = 'operator', refused }: Extract<StoryStep, { act: string }>,
  path: readonly PropertyKey[],
): Promise<Difference[]> {
  const body = completed(act, input, await staged.today());
  const message = tryMessage(() => messageOf(act, body, by as By));
  if (message instanceof z.ZodError)
    return message.issues
      .flatMap((issue) => issueInWords(issue, body))
      .map((issue) => ({
        ...difference([...path, 'input', ...issue.path], undefined, undefined),
        reason: issue.reason,
      }));
  const answer = await staged.send(act, message);
  if (answer.kind === 'done') {
    await staged.followed(act, answer.result);
    return refused === undefined ? [] : [difference([...path, 'refused'], refused, 'done')];
  }
  const { code, ...reason } = answer.kind === 'refused' ? answer.refusal : elsewhere;
  if (refused !== undefined) return differences(refused, code, [...path, 'refused']);
  return [{ ...difference(path, 'done', code), reason: { zh: reason.zh, en: reason.en } }];
}

const elsewhere = { code: 'elsewhere', zh: '此时没有这项操作。', en: 'There is no such act at this point.' };

function tryMessage<T>(make: () => T): T | z.ZodError {
  try {
    return make();
  } catch (error) {
    if (error instanceof z.ZodError) return error;
    throw error;
  }
}
