import type { ChainProcedure } from '../domain/case/case.ts';
import { chain } from '../domain/procedures/chain.ts';
import type { RuleBook } from '../domain/rules.ts';
import { type Condition, mayHold } from './conditions.ts';
import type { PathFault } from './paths.ts';
import { packsOf, rulesInForce } from './stored-packs.ts';

/** A step of a case of one scope from a procedure to the next, and the rule that takes it there. */
export interface Step {
  procedure: ChainProcedure;
  scope: string;
  outcome: string;
  rule: { id: string };
  next: string;
}

/**
 * Procedures that only go on to one another, whatever happens, and never to the end; and those through which a case would go round for ever
 * if nobody ever did anything. `broken` are places (`procedure,scope`) from which no rule says how to go on: they are told of as that.
 */
export function endlessWays(
  book: RuleBook,
  region: string,
  steps: readonly Step[],
  broken: ReadonlySet<string>,
): PathFault[] {
  const caught = withoutEnd(steps, broken);
  const faults: PathFault[] = [];
  if (caught.length > 0) faults.push(told(book, region, 'never-ends', caught));
  const silent = steps.filter(({ procedure, outcome }) => silentEnds(book, region, procedure).has(outcome));
  const circle = circling(silent.filter((step) => !caught.includes(step)));
  if (circle.length > 0) faults.push(told(book, region, 'silent-circle', circle));
  return faults;
}

/** The steps between places from which no way leads to the end. */
function withoutEnd(steps: readonly Step[], broken: ReadonlySet<string>): Step[] {
  const ends = new Set(broken);
  for (let before = -1; before !== ends.size; ) {
    before = ends.size;
    for (const { procedure, scope, next } of steps)
      if (next === 'closed' || ends.has(`${next},${scope}`)) ends.add(`${procedure},${scope}`);
  }
  return steps.filter(({ procedure, scope }) => !ends.has(`${procedure},${scope}`));
}

/** The steps that can be taken again and again: what is left when every step that leads nowhere further is taken away. */
function circling(steps: readonly Step[]): Step[] {
  let left = [...steps];
  for (;;) {
    const from = new Set(left.map(({ procedure, scope }) => `${procedure},${scope}`));
    const into = new Set(left.map(({ next, scope }) => `${next},${scope}`));
    const still = left.filter(
      ({ procedure, scope, next }) => from.has(`${next},${scope}`) && into.has(`${procedure},${scope}`),
    );
    if (still.length === left.length) return left;
    left = still;
  }
}

/** How a procedure of the chain may end though nobody acts, as far as the rules of the region say. */
function silentEnds(book: RuleBook, region: string, procedure: ChainProcedure): Set<string> {
  const definition = chain.find(([name]) => name === procedure)?.[1];
  const waits = book
    .catalogue(region)
    .filter(({ id, purpose }) => purpose === 'enforcing' && id.startsWith(`${procedure}.`))
    .map(({ id }) => id);
  const answers = rulesInForce(book, region, 'silence.default')
    .filter(({ when }) => waits.some((wait) => mayHold(when as Condition, { wait }) !== false))
    .map(({ then }) => String(then.outcome));
  const ends = answers.filter((outcome) => definition?.outcomes.includes(outcome));
  return new Set([...ends, ...(definition?.endsInSilence ?? [])]);
}

/** Told at the rule of the narrowest pack that has a part in it. */
function told(book: RuleBook, region: string, code: 'never-ends' | 'silent-circle', steps: readonly Step[]): PathFault {
  const ids = new Set(steps.map(({ rule }) => rule.id));
  const own = packsOf(book)
    .filter(({ head }) => book.packsFor(region).includes(head.id))
    .flatMap(({ decisions }) => (decisions['procedure.next'] ?? []).map(({ id }) => id))
    .filter((id) => ids.has(id));
  const names = [...new Set(steps.map(({ procedure }) => procedure))];
  const titles = chain.filter(([name]) => names.includes(name)).map(([, { title }]) => title);
  const zh = titles.map((title) => title.zh).join('、');
  const en = titles.map((title) => title.en).join(', ');
  return {
    ...{ code, region, about: own.at(-1) ?? '' },
    reason:
      code === 'never-ends'
        ? { zh: `案件到了以下程序就永远不会结案：${zh}`, en: `a case that comes to these never ends: ${en}` }
        : {
            zh: `若始终无人作为，案件会在以下程序之间循环不止：${zh}`,
            en: `if nobody ever acts, a case goes round for ever through: ${en}`,
          },
  };
}
