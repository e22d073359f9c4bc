import { describe, expect, it } from 'vitest';
import type { StoryScenario } from '../../domain/scenarios.ts';
import { rehearse } from '../../rehearsal/rehearse.ts';
import { loadRuleBook, loadScenarios } from '../../rules/index.ts';
import { readEnv } from '../../temporal-config/env.ts';
import '../../rehearsal/quiet-runtime.ts';

const { stories } = await loadScenarios();
const setting = { book: await loadRuleBook(), cacheDir: readEnv().cacheDir };

describe('the stories that the rule packs bring', () => {
  it.each(stories)('NEG-09 $region $title.zh', async (story) => {
    const { differences, touched } = await rehearse(setting, story);
    expect(differences).toEqual([]);
    expect(touched.rules.length).toBeGreaterThan(0);
    expect(touched.deadlines.length).toBeGreaterThan(0);
  });

  it('NEG-09 there are some, for more than one region', () => {
    expect(new Set(stories.map(({ region }) => region)).size).toBeGreaterThan(1);
  });
});

describe('a story that goes otherwise', () => {
  const title = { zh: '不一样的故事', en: 'another story' };
  const told = (story: StoryScenario['story'], more: Partial<StoryScenario> = {}) =>
    rehearse(setting, { id: 'otherwise', title, region: '310116', story, path: ['negotiation'], ...more });

  it('NEG-03 says at which step, what was expected and what was found, and goes no further than a step that did not come about', async () => {
    const found = await told(
      [
        { act: 'negotiation.serveRequest' },
        { expect: { clock: 'negotiation.response', days: 9, open: true } },
        { silent: 8 },
        { expect: { ended: 'negotiation', outcome: 'refused', next: 'mediation' } },
        { expect: { told: 'court' } },
        { expect: { clock: 'mediation.conclusion' } },
        { act: 'negotiation.respond', input: { willing: true, form: 'written', party: 'r1' }, by: 'r1' },
        { wait: 'followUp.visit' },
      ],
      { path: ['mediation'] },
    );
    expect(found.passed).toBe(false);
    expect(found.differences).toMatchObject([
      { at: '/story/1/expect/days', expected: 9, actual: 7 },
      { at: '/story/3/expect/outcome', expected: 'refused', actual: 'noResponse' },
      { at: '/story/4/expect', expected: 'court' },
      { at: '/story/5/expect/clock', expected: 'mediation.conclusion' },
      { at: '/story/6', actual: 'elsewhere' },
    ]);
  });

  it('does not begin on a day that has passed', async () => {
    const { differences } = await told([{ silent: 1 }], { registeredOn: '2026-01-05' });
    expect(differences).toMatchObject([{ at: '/registeredOn' }]);
  });
});
