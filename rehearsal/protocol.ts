import type { ScenarioResult, StoryScenario } from '../domain/scenarios.ts';
import type { CalendarYear } from '../domain/time/calendar.ts';

/** What a rehearsal is asked for. */
export interface RehearsalJob {
  /** Of the rule book. */
  content: unknown;
  stories: StoryScenario[];
  /** Years published beyond those that come with the program. */
  published: CalendarYear[];
  cacheDir: string;
}

/** What it tells, one after another. */
export type RehearsalNews = { result: ScenarioResult } | { done: true } | { failed: string };
