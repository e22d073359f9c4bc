import type { CaseFacts, channels } from './case/case.ts';
import type { ContentDocument, DecisionPoint, FactValue } from './rules.ts';
import type { Bilingual, LegalDay } from './time/types.ts';

/** A pack's own test: facts and the decision they must lead to. */
export interface DecisionScenario {
  id: string;
  title: Bilingual;
  region: string;
  point: DecisionPoint;
  facts: Record<string, FactValue>;
  expect: Record<string, unknown>;
  /** Id of the rule that must win (or, of a `collect` point, be among those that match). */
  rule?: string;
}

/** A pack's own test of what a document must contain in a region: these contents, each as far as it is said. */
export interface ContentsScenario {
  id: string;
  title: Bilingual;
  region: string;
  document: ContentDocument;
  expect: Array<{ field: string } & Record<string, unknown>>;
}

/** What must hold where the story has got to. */
export type StoryExpectation =
  /** The newest clock of that deadline: how many days its last day lies after its anchor, which day that is, whether it runs. */
  | { clock: string; subject?: string; days?: number; dueOn?: LegalDay; open?: boolean }
  /** The newest end of that procedure: by which outcome, and where the case goes. */
  | { ended: string; outcome: string; next?: string }
  /** Who has been told since something last happened; by which notice. */
  | { told: string; notice?: string };

export type StoryStep =
  /** Somebody acts; staff at the window unless `by` names a role or a party. Refused with that code, where one is given. */
  | { act: string; input?: Record<string, unknown>; by?: string; refused?: string }
  /** Nobody acts until a clock of that deadline has run out. */
  | { wait: string }
  /** Nobody acts for so many days. */
  | { silent: number }
  | { expect: StoryExpectation };

/** A pack's own story: acts and silences, and the procedures the case must pass through. */
export interface StoryScenario {
  id: string;
  title: Bilingual;
  region: string;
  /** It must lie ahead; the story chooses a day by itself where none is given. */
  registeredOn?: LegalDay;
  /** What is registered, where it is not one worker's claim for wages. */
  case?: {
    workers?: number;
    channel?: (typeof channels)[number];
    requestedRoute?: 'any' | 'negotiation' | 'mediation';
    facts?: Partial<CaseFacts>;
  };
  story: StoryStep[];
  path: string[];
}

/** Everything that packs are tried by. */
export interface Scenarios {
  decisions: DecisionScenario[];
  contents: ContentsScenario[];
  stories: StoryScenario[];
}

/** The rules that decided something, as `point/id`, the deadlines whose clocks were computed, and contents, as `document/field`. */
export interface Touched {
  rules: string[];
  deadlines: string[];
  contents?: string[];
}

/** One place of a scenario that went otherwise. */
export interface Difference {
  /** JSON pointer into the scenario. */
  at: string;
  expected?: unknown;
  actual?: unknown;
  reason: Bilingual;
}

/** What came of a scenario; it has passed where nothing differs. */
export interface ScenarioResult {
  id: string;
  title: Bilingual;
  region: string;
  kind: 'decision' | 'contents' | 'story';
  /** The pack that brings it, where that is not the one which is tried. */
  pack?: string;
  passed: boolean;
  differences: Difference[];
  touched: Touched;
}
