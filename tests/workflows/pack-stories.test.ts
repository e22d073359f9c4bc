import { describe, expect, it } from 'vitest';
import { actContracts } from '../../contracts/acts/index.ts';
import { loadScenarios } from '../../rules/index.ts';
import { tell } from '../support/story.ts';

const { stories } = await loadScenarios();

/** The act's input, with today for every day the story leaves open, and service by hand. */
function completed(act: string, input: Record<string, unknown>, today: string): Record<string, unknown> {
  const parsed = actContracts[act]?.schema.safeParse(input);
  if (parsed === undefined) throw new Error(`no act ${act}`);
  if (parsed.success) return input;
  const open = parsed.error.issues.flatMap(({ path }) =>
    path.length === 1 && !(String(path[0]) in input) ? [String(path[0])] : [],
  );
  if (open.length === 0) throw parsed.error;
  return {
    ...input,
    ...Object.fromEntries(open.filter((field) => field.endsWith('On')).map((field) => [field, today])),
    ...(open.includes('method') ? { method: 'hand' } : {}),
  };
}

describe('the stories that the rule packs bring', () => {
  it.each(stories)('NEG-09 $region $title.zh', ({ region, story: steps, path }) =>
    tell({}, async (story) => {
      await story.register({ region });
      for (const step of steps) {
        if ('act' in step) await story.act(step.act, completed(step.act, step.input, await story.today()));
        else await story.untilRunOut(step.wait);
      }
      expect(story.path()).toEqual(path);
    }),
  );

  it('NEG-09 there are some, for more than one region', () => {
    expect(new Set(stories.map(({ region }) => region)).size).toBeGreaterThan(1);
  });
});
