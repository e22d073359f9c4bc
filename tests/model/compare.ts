import fc from 'fast-check';
import { tell } from '../support/story.ts';
import { type Difference, follow } from './drive.ts';
import { type Law, law as realLaw } from './law.ts';
import { type Sequence, sequence } from './sequences.ts';

/** What came of driving sequences against the workflows and the law. */
export interface Comparison {
  seed: number;
  runs: number;
  /** Procedures that cases were in, and what their acts were answered, each with how often. */
  seen: Map<string, number>;
  /** The shortest story found in which the workflows do not do what the law says, and how it is told again. */
  difference?: Difference & { path: string };
}

export interface Asked {
  seed: number;
  runs: number;
  law?: Law;
  /** A place in the run of that seed, to tell one story again. */
  path?: string;
  /** How long the workflows may take to come to rest. */
  restMs?: number;
  /** How long a difference may be made smaller. */
  shrinkMs?: number;
  told?(one: Sequence): void;
}

/** How long they may take once a difference is known and only made smaller. */
const SHRINKING_MS = 1_000;

class Differs extends Error {
  constructor(readonly difference: Difference) {
    super('the workflows do not do what the law says');
  }
}

/** Drives random cases through the real workflows, each in an environment of its own, until one differs; makes that one small. */
export async function compare({
  seed,
  runs,
  law = realLaw,
  path,
  restMs = 10_000,
  shrinkMs = 60_000,
  told,
}: Asked): Promise<Comparison> {
  const seen = new Map<string, number>();
  let until = Number.POSITIVE_INFINITY;
  let shrinking = false;

  const holds = fc.asyncProperty(sequence, async (one) => {
    // What is not looked at any more counts as holding, so that shrinking comes to its end.
    if (Date.now() > until) return;
    const how = { law, seen, restMs: shrinking ? SHRINKING_MS : restMs };
    let difference = await drive(one, how);
    // On a busy machine the server may let time slip. What differs does so twice.
    if (difference && !shrinking) difference = await drive(one, how);
    told?.(one);
    if (!difference) return;
    if (!shrinking) until = Date.now() + shrinkMs;
    shrinking = true;
    throw new Differs(difference);
  });

  const report = await fc.check(holds, { seed, numRuns: runs, path });
  const error = report.errorInstance;
  if (report.failed && !(error instanceof Differs)) throw error;
  return {
    ...{ seed, runs: report.numRuns, seen },
    ...(error instanceof Differs ? { difference: { ...error.difference, path: report.counterexamplePath ?? '' } } : {}),
  };
}

/** One sequence in an environment of its own, so that it is the same every time. */
async function drive(one: Sequence, how: Parameters<typeof follow>[2]): Promise<Difference | undefined> {
  let difference: Difference | undefined;
  await tell({ on: one.registration.on }, async (story) => {
    difference = await follow(story, one, how);
  });
  return difference;
}

/** A comparison for people: how much was driven, and the story that differs with what was expected in it. */
export function inPrint({ seed, runs, seen, difference }: Comparison): string {
  const driven = `${runs} 个随机案件 random cases, seed ${seed}`;
  if (!difference) {
    const counts = [...seen]
      .sort(([one], [other]) => one.localeCompare(other))
      .map(([what, times]) => `${what} ${times}`);
    return `${driven}: 工作流与法律模型一致 the workflows do what the law says\n${counts.join(', ')}`;
  }
  const { story, expected, actual, path } = difference;
  return [
    `${driven}: 不一致 a difference`,
    ...story.map((line, index) => `${String(index + 1).padStart(3)}. ${line}`),
    `     法律 the law:      ${JSON.stringify(expected)}`,
    `     工作流 workflows:  ${JSON.stringify(actual)}`,
    `     重现 tell it again: npm run model -- --seed ${seed} --path ${path}`,
  ].join('\n');
}
