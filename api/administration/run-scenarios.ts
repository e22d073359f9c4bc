import { actorIdOf } from '../../db/acts.ts';
import { findRelease, findReleaseText } from '../../db/administered-releases.ts';
import { listCalendars } from '../../db/calendars.ts';
import { saveScenarioRun } from '../../db/scenario-runs.ts';
import type { RuleBook } from '../../domain/rules.ts';
import type { ScenarioResult, Scenarios } from '../../domain/scenarios.ts';
import { sha256Of } from '../../rules/canonical.ts';
import type { RowChange } from '../../rules/changes.ts';
import { documentOf, type PackDocument, readPackDocument, sourceOfDocument } from '../../rules/pack-document.ts';
import type { PackHead } from '../../rules/pack-schema.ts';
import type { PackSource } from '../../rules/packs.ts';
import { runAtOnce } from '../../rules/scenarios/at-once.ts';
import { scenariosIn } from '../../rules/scenarios/read.ts';
import { untouchedChanges } from '../../rules/scenarios/untouched.ts';
import type { ApiDeps } from '../deps.ts';
import { problem } from '../problems.ts';
import { draftBooks } from './draft-books.ts';
import { narrowerScenarios } from './narrower-scenarios.ts';
import { refusingBroken } from './places.ts';
import { RehearsalBroken, RehearsalBusy } from './rehearsals.ts';

/** More stories at once would keep everybody else from rehearsing. */
const MOST_STORIES = 30;

/** What is to be tried: scenarios and the book they are tried on. */
export interface Trial {
  scenarios: Scenarios;
  book: RuleBook;
  /** Of a draft: its text by hash, its region, and the book that it would change. */
  draft?: { sha256: string; region: string; before: RuleBook };
  /** Of a draft: what the packs that lie on it bring, without their stories. */
  narrower?: Array<{ pack: string; scenarios: Scenarios }>;
}

/** What came of it; `id` names the run where it is kept. */
export interface Tried {
  id?: string;
  release: string;
  sha256: string;
  green: boolean;
  untouched: RowChange[];
}

/** A draft that is kept, with its own scenarios. */
export async function trialOfDraft(deps: ApiDeps, id: string): Promise<Trial> {
  const release = await findRelease(deps.db, id);
  if (release?.kind !== 'pack') throw problem('not-found');
  return trialOf(deps, sourceOfDocument((await findReleaseText(deps.db, id)) as PackDocument), release.sha256);
}

/** The text of a draft out of the body, with its own scenarios. */
export const trialOfDocument = (deps: ApiDeps, body: string): Promise<Trial> =>
  refusingBroken(async () => {
    const source = readPackDocument(body, '/document');
    return trialOf(deps, source, sha256Of(documentOf(source)));
  });

/** Scenarios out of the body, on a book that is kept or on the one in force. */
export function trialOfScenarios(book: RuleBook, scenarios: readonly unknown[]): Promise<Trial> {
  const files = Object.fromEntries(
    scenarios.map((one, index) => [
      `scenarios/${index}.json`,
      typeof one === 'object' && one !== null && 'story' in one ? one : [one],
    ]),
  );
  return refusingBroken(async () => ({ book, scenarios: scenariosIn([sourceOfDocument({ format: 1, files })]) }));
}

/** The text of a draft, tried on the book that it would make. */
function trialOf(deps: ApiDeps, source: PackSource, sha256: string): Promise<Trial> {
  return refusingBroken(async () => {
    const { before, after: book } = await draftBooks(deps, source);
    const head = source.files.get('pack.json')?.value as PackHead;
    const draft = { sha256, region: head.regionCode, before };
    const narrower = await narrowerScenarios(deps, before, { pack: source.folder, region: head.regionCode });
    return { book, scenarios: scenariosIn([source]), draft, narrower };
  });
}

/** Those that are named. Refused where there are more stories than one rehearsal takes, or another one is under way. */
export function chosen(
  deps: ApiDeps,
  { decisions, contents, stories }: Scenarios,
  only?: readonly string[],
): Scenarios {
  const named = <T extends { id: string }>(all: T[]) => all.filter(({ id }) => only?.includes(id) ?? true);
  const found = { decisions: named(decisions), contents: named(contents), stories: named(stories) };
  if (found.stories.length > MOST_STORIES)
    throw problem('too-many-stories', {
      about: {
        zh: `一次最多推演 ${MOST_STORIES} 个故事。`,
        en: `At most ${MOST_STORIES} stories are rehearsed at once.`,
      },
    });
  if (found.stories.length > 0 && deps.rehearsals.busy()) throw busy();
  return found;
}

/**
 * Tries them, telling each result as it comes; what came of a draft is kept where they are the whole of its scenarios. Then those of the
 * packs that lie on it are tried too: what they say must hold with the draft beneath them.
 */
export async function tryScenarios(
  deps: ApiDeps,
  { book, scenarios, draft, narrower = [] }: Trial,
  { whole, subject, signal }: { whole: boolean; subject: string; signal: AbortSignal },
  onResult: (result: ScenarioResult) => void,
): Promise<Tried> {
  const { stories } = scenarios;
  const results: ScenarioResult[] = [];
  const take = (result: ScenarioResult) => {
    results.push(result);
    onResult(result);
  };
  for (const result of await runAtOnce(book, scenarios)) take(result);
  if (stories.length > 0) {
    const published = (await listCalendars(deps.db)).map(({ content }) => content);
    await deps.rehearsals.run({ content: book.content, stories, published }, take, signal).catch((error: Error) => {
      throw problemOf(error);
    });
  }
  // What another pack brings is no test of the draft's own changes.
  const untouched = draft === undefined ? [] : untouchedChanges(draft.before, book, results);
  if (whole)
    for (const { pack, scenarios: theirs } of narrower)
      for (const result of await runAtOnce(book, theirs)) take({ ...result, pack });
  const green = results.every(({ passed }) => passed);
  const tried = { release: book.release, sha256: book.sha256, green, untouched };
  if (draft === undefined || !whole) return tried;
  const id = await saveScenarioRun(deps.db, {
    ...{ documentSha256: draft.sha256, bookSha256: book.sha256, region: draft.region, results, untouched, green },
    ranBy: await actorIdOf(deps.db, subject),
  });
  return { id, ...tried };
}

const busy = () => problem('rehearsal-busy', { headers: { 'retry-after': '10' } });

function problemOf(error: Error) {
  if (error instanceof RehearsalBusy) return busy();
  if (!(error instanceof RehearsalBroken)) return error;
  return problem('unavailable', {
    about: { zh: `推演没有完成：${error.message}`, en: `The rehearsal did not come to its end: ${error.message}` },
    headers: { 'retry-after': '10' },
  });
}
