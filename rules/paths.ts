import type { ChainProcedure } from '../domain/case/case.ts';
import { chain } from '../domain/procedures/chain.ts';
import { type DecisionPoint, type FactValue, type MatchedRule, type RuleBook, RuleError } from '../domain/rules.ts';
import type { Bilingual } from '../domain/time/types.ts';
import type { Condition } from './conditions.ts';
import { endlessWays, type Step } from './endless.ts';
import { domainOf } from './fact-checks.ts';
import { type FactSpec, specOf } from './facts.ts';
import type { RuleRow } from './pack-schema.ts';
import { layeredRegions, packsOf, rulesInForce } from './stored-packs.ts';

/** One way out of a procedure: the outcome, the rule that wins for some facts, and where the case goes. */
export interface Path {
  procedure: ChainProcedure;
  outcome: string;
  rule: MatchedRule;
  next: string;
}

/** What is wrong with the paths of a region. */
export interface PathFault {
  code: 'no-next' | 'out-of-reach' | 'unknown-outcome' | 'never-ends' | 'silent-circle';
  region: string;
  /** `procedure/outcome`, the procedure, or the rule's id. */
  about: string;
  reason: Bilingual;
}

/** Every value that a condition names for a fact, however deep, whether for or against it. */
export function namedValues(when: Condition, fact: string): FactValue[] {
  if ('all' in when) return when.all.flatMap((child) => namedValues(child, fact));
  if ('any' in when) return when.any.flatMap((child) => namedValues(child, fact));
  if ('not' in when) return namedValues(when.not, fact);
  return when.fact === fact ? [when.value as FactValue | FactValue[]].flat() : [];
}

/** Asked where a case that was taken goes first; every other outcome is put to `procedure.next` (workflows/intake). */
const pointOf = (procedure: ChainProcedure, outcome: string): DecisionPoint =>
  procedure === 'intake' && outcome === 'routed' ? 'intake.firstProcedure' : 'procedure.next';

/**
 * Walks from intake through every procedure that a case can come to in a region, for every scope that intake can give it
 * and every combination of the other facts, and lists the ways and what is wrong with them.
 */
export async function walk(book: RuleBook, region: string): Promise<{ paths: Path[]; faults: PathFault[] }> {
  const paths = new Map<string, Path>();
  const faults = new Map<string, PathFault>();
  const { admitted, all } = intakeScopes(book, region);
  const steps = new Map<string, Step>();
  const broken = new Set<string>();
  const met = new Set<string>();
  const waiting = all.map((scope): [ChainProcedure, string] => ['intake', scope]);
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const [procedure, scope] = at;
    if (met.has(at.join())) continue;
    met.add(at.join());
    for (const outcome of chain.find(([name]) => name === procedure)?.[1].outcomes ?? []) {
      const point = pointOf(procedure, outcome);
      if (point === 'intake.firstProcedure' && !admitted.includes(scope)) continue;
      for (const facts of combinations(book, region, point, { procedure, outcome, scope })) {
        const answer = await book.decide(region, point, facts).catch((error: unknown) => {
          if (error instanceof RuleError) return error;
          throw error;
        });
        const rule = answer instanceof RuleError ? undefined : answer.matched[0];
        if (rule === undefined) {
          const about = `${procedure}/${outcome}`;
          faults.set(`${about} ${scope}`, noNext(region, about, facts));
          broken.add(at.join());
          continue;
        }
        const next = String(rule.outcome.next);
        paths.set([procedure, outcome, rule.id].join(), { procedure, outcome, rule, next });
        steps.set([procedure, scope, outcome, rule.id].join(), { procedure, scope, outcome, rule, next });
        if (next !== 'closed') waiting.push([next as ChainProcedure, scope]);
      }
    }
  }
  const reached = new Set([...met].map((at) => at.split(',')[0]));
  const lost = chain.filter(([name]) => !reached.has(name)).map(([name, { title }]) => outOfReach(region, name, title));
  return {
    paths: inOrder([...paths.values()]),
    faults: [...faults.values(), ...lost, ...endlessWays(book, region, [...steps.values()], broken)],
  };
}

/** Every fault of the paths of a book: in every region that has rules of its own, and in the rules themselves. */
export async function pathFaults(book: RuleBook): Promise<PathFault[]> {
  const walks = await Promise.all(layeredRegions(book).map((region) => walk(book, region)));
  return [...walks.flatMap(({ faults }) => faults), ...unknownOutcomes(book)];
}

/** By the chain, the outcomes as the procedure lists them, and the stronger rule first. */
function inOrder(paths: Path[]): Path[] {
  const place = ({ procedure, outcome }: Path) => {
    const index = chain.findIndex(([name]) => name === procedure);
    return index * 1000 + (chain[index]?.[1].outcomes.indexOf(outcome) ?? 0);
  };
  return paths.sort(
    (a, b) => place(a) - place(b) || b.rule.priority - a.rule.priority || (a.rule.id < b.rule.id ? -1 : 1),
  );
}

/** The scopes that intake can give a case: those it admits, and all. */
function intakeScopes(book: RuleBook, region: string): { admitted: string[]; all: string[] } {
  const answers = rulesInForce(book, region, 'intake.admissible').map(({ then }) => then);
  const scopes = (which: typeof answers) => [...new Set(which.map(({ scope }) => String(scope)))];
  return { admitted: scopes(answers.filter(({ admissible }) => admissible === true)), all: scopes(answers) };
}

/** Every combination of a point's facts, but for those that are given. */
function combinations(
  book: RuleBook,
  region: string,
  point: DecisionPoint,
  given: { procedure: ChainProcedure; outcome: string; scope: string },
): Record<string, FactValue>[] {
  let combined: Record<string, FactValue>[] = [{}];
  for (const [name, spec] of Object.entries(specOf(point).facts)) {
    const known = (given as Record<string, FactValue>)[name];
    const values = known === undefined ? possibleValues(book, region, point, name, spec, given.procedure) : [known];
    combined = combined.flatMap((facts) => values.map((value) => ({ ...facts, [name]: value })));
  }
  return combined;
}

/**
 * What a fact can be at the end of a procedure: its whole domain. Only where the rules into the procedure and the rules out of it
 * both go by the fact, a value that none of them names is one with which nobody comes there.
 */
function possibleValues(
  book: RuleBook,
  region: string,
  point: DecisionPoint,
  fact: string,
  spec: FactSpec,
  procedure: ChainProcedure,
): FactValue[] {
  const rules = rulesInForce(book, region, point);
  const named = (which: RuleRow[]) => new Set(which.flatMap(({ when }) => namedValues(when as Condition, fact)));
  const into = named(rules.filter(({ then }) => then.next === procedure));
  const outOf = named(rules.filter(({ when }) => namedValues(when as Condition, 'procedure').includes(procedure)));
  const domain = valuesOf(book, spec, named(rules));
  const possible =
    into.size === 0 || outOf.size === 0 ? domain : domain.filter((value) => into.has(value) || outOf.has(value));
  // Values that no rule for this procedure names are all answered alike: one stands for them.
  const at = ({ when }: RuleRow) => namedValues(when as Condition, 'procedure');
  const told = named(rules.filter((rule) => at(rule).length === 0 || at(rule).includes(procedure)));
  const like = possible.find((value) => !told.has(value));
  return possible.filter((value) => told.has(value) || value === like);
}

/** A fact's domain; of lists each single item and none, of days those that rules name and an early one. */
export function valuesOf(book: RuleBook, spec: FactSpec, named: Set<FactValue>): FactValue[] {
  if (spec.type === 'boolean') return [true, false];
  if (spec.type === 'day') return ['2000-01-01', ...named];
  if (spec.type === 'number') return [0, ...named];
  const rows = book.catalogue('000000');
  const ids = (which: typeof rows) => which.map(({ id }) => id);
  const enforcing = rows.filter(({ purpose }) => purpose === 'enforcing');
  const domain = domainOf(spec, { all: ids(rows), enforcing: ids(enforcing) }) ?? [];
  return spec.type === 'strings' ? [[], ...domain.map((item) => [item])] : [...domain];
}

/** Outcomes that rules go by and none of the procedures they name has: such a rule can never be asked. */
export function unknownOutcomes(book: RuleBook): PathFault[] {
  return packsOf(book).flatMap(({ head, decisions }) =>
    (decisions['procedure.next'] ?? []).flatMap(({ id, when }) => {
      const at = namedValues(when as Condition, 'procedure');
      const had = new Set(
        chain.flatMap(([name, { outcomes }]) => (at.length === 0 || at.includes(name) ? outcomes : [])),
      );
      return namedValues(when as Condition, 'outcome')
        .filter((outcome) => !had.has(String(outcome)))
        .map((outcome): PathFault => {
          const of = at.length === 0 ? '程序链 the chain' : at.join('、');
          return {
            code: 'unknown-outcome',
            region: head.regionCode,
            about: id,
            reason: { zh: `${of} 没有结果“${outcome}”`, en: `${of} has no outcome "${outcome}"` },
          };
        });
    }),
  );
}

function noNext(region: string, about: string, facts: Record<string, FactValue>): PathFault {
  const said = JSON.stringify(facts);
  return {
    code: 'no-next',
    region,
    about,
    reason: { zh: `没有规则说明下一程序：${said}`, en: `no rule says what comes next: ${said}` },
  };
}

function outOfReach(region: string, about: string, title: Bilingual): PathFault {
  return {
    code: 'out-of-reach',
    region,
    about,
    reason: { zh: `从受理登记无法到达“${title.zh}”`, en: `no way leads from intake to "${title.en}"` },
  };
}
