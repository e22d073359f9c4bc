import type { RuleError } from '../domain/rules.ts';
import type { Difference, ScenarioResult, StoryScenario } from '../domain/scenarios.ts';
import { instantOf, shanghaiDay } from '../domain/time/day.ts';
import { watchBook } from '../rules/scenarios/watch-book.ts';
import { openingDay } from './opening-day.ts';
import { brokenOff, playStory } from './play-story.ts';
import { onStage, type Setting } from './stage.ts';
import { StagedCase } from './staged-case.ts';

/** Real time: a story is a second or two of it. */
const LONGEST_MS = 60_000;

/** Tells a story on the real workflows under a book, in compressed time, and says where it went otherwise. One at a time. */
export async function rehearse(setting: Omit<Setting, 'on'>, scenario: StoryScenario): Promise<ScenarioResult> {
  const { id, title, region, registeredOn } = scenario;
  // A workflow asks again and again what the rules cannot answer; the story must not wait for that.
  let fail: (error: RuleError) => void = () => undefined;
  const unanswered = new Promise<Difference[]>((resolve) => {
    fail = (error) => resolve([{ at: '/story', reason: error.reason }]);
  });
  const watched = watchBook(setting.book, fail);
  const today = shanghaiDay(instantOf(Date.now()));
  const differ =
    registeredOn !== undefined && registeredOn <= today
      ? [passed]
      : await onStage({ ...setting, book: watched.book, on: registeredOn ?? openingDay(today) }, async (stage) => {
          const played = playStory(new StagedCase(stage), scenario).catch((error: Error) => [
            brokenOff(error, ['story']),
          ]);
          return Promise.race([played, unanswered, tooLate()]);
        });
  return {
    ...{ id, title, region, kind: 'story', passed: differ.length === 0 },
    ...{ differences: differ, touched: watched.touched() },
  };
}

const passed: Difference = {
  at: '/registeredOn',
  reason: { zh: '登记日期须在今天之后', en: 'the day of registration must lie ahead' },
};

function tooLate(): Promise<Difference[]> {
  return new Promise((resolve) => {
    setTimeout(
      () => resolve([{ at: '/story', reason: { zh: '推演超时', en: 'the rehearsal took too long' } }]),
      LONGEST_MS,
    ).unref();
  });
}
