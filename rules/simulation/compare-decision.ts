import { isDeepStrictEqual } from 'node:util';
import {
  type Decision,
  type DecisionPoint,
  type FactValue,
  type OutcomeOf,
  type RuleBook,
  RuleError,
  type RuleErrorCode,
} from '../../domain/rules.ts';
import type { Bilingual } from '../../domain/time/types.ts';
import { isPoint, specOf } from '../facts.ts';
import { atKey } from './at-key.ts';
import { factNamer } from './fact-classes.ts';
import { LeastRecentlyUsed } from './lru.ts';
import { type ChangedRow, type RowChanges, rowChangesOf } from './rule-change.ts';

/** What one book makes of the facts: the outcome with the rules it comes from, or why there is none. */
export type Answer = { outcome: unknown; rules: ChangedRow[] } | { refused: RuleErrorCode; reason: Bilingual };

type Organisation = OutcomeOf['mediation.organisation'];

/** One decision under two books. */
export type ComparedDecision = (
  | { kind: 'same' }
  /** The same outcome, under another rule or another article. */
  | { kind: 'otherArticle' }
  | { kind: 'differs'; before: Answer; after: Answer }
  /** The book to come cannot answer; `already`: nor can the one in force, since the facts were asked otherwise then. */
  | { kind: 'refused'; already: boolean; code: RuleErrorCode; reason: Bilingual }
) & {
  /** Of `mediation.organisation`: where the case goes. */
  organisation?: { before?: Organisation; after?: Organisation };
};

const MOST_KEPT = 10_000;

/**
 * Asks two books the same questions. Regions with the same packs answer alike, and so do facts that no condition tells apart: what was asked
 * before is not asked again. Where no rule of the point differs, one book is asked for both.
 */
export function decisionComparison(before: RuleBook, after: RuleBook, changes = rowChangesOf(before, after)) {
  const kept = new LeastRecentlyUsed<ComparedDecision>(MOST_KEPT);
  const stacks = new Map<string, string>();
  const namers = new Map<string, ReturnType<typeof factNamer>>();

  const stackOf = (region: string): string => {
    let stack = stacks.get(region);
    if (stack === undefined) {
      stack = [before, after].map((book) => book.packsFor(region).join(' ')).join('|');
      stacks.set(region, stack);
    }
    return stack;
  };

  return {
    async compare(region: string, point: string, factsText: string): Promise<ComparedDecision> {
      const unknown = firstUnknown(after, region, point);
      if (unknown) return { kind: 'refused', already: true, code: unknown.code, reason: unknown.reason };
      const where = `${stackOf(region)}\n${point}`;
      const known = point as DecisionPoint;
      const facts = JSON.parse(factsText) as Record<string, FactValue>;
      const nameOf = atKey(namers, where, () => factNamer(known, changes.conditions(region, known)));
      const key = `${where}\n${nameOf(facts)}`;
      const asked = kept.get(key);
      if (asked) return asked;
      const compared = await compareOnce({ before, after, changes }, region, known, facts);
      kept.set(key, compared);
      return compared;
    },
  };
}

/** What no book can be asked at all: a decision of a region or a point that there is no more. */
function firstUnknown(book: RuleBook, region: string, point: string): RuleError | undefined {
  if (!book.regionExists(region))
    return new RuleError('unknown-region', { zh: `没有地区“${region}”`, en: `there is no region "${region}"` });
  if (!isPoint(point))
    return new RuleError('unknown-point', { zh: `没有决策点“${point}”`, en: `there is no decision point "${point}"` });
  return undefined;
}

async function compareOnce(
  { before, after, changes }: { before: RuleBook; after: RuleBook; changes: RowChanges },
  region: string,
  point: DecisionPoint,
  facts: Record<string, FactValue>,
): Promise<ComparedDecision> {
  const young = await ask(after, region, point, facts);
  const old = changes.sameRules(region, point) ? young : await ask(before, region, point, facts);
  const organisation = point === 'mediation.organisation' ? { organisation: places(old, young) } : {};
  if (young instanceof RuleError) {
    const { code, reason } = young;
    return { kind: 'refused', already: old instanceof RuleError, code, reason, ...organisation };
  }
  if (!(old instanceof RuleError) && isDeepStrictEqual(old.outcome, young.outcome)) {
    const cited = [old, young].map(({ matched }) =>
      deciding(point, matched).map(({ id, source }) => `${id} ${source}`),
    );
    return { kind: isDeepStrictEqual(cited[0], cited[1]) ? 'same' : 'otherArticle', ...organisation };
  }
  return { kind: 'differs', ...answers({ old, young, changes }, region, point), ...organisation };
}

const ask = (
  book: RuleBook,
  region: string,
  point: DecisionPoint,
  facts: Record<string, FactValue>,
): Promise<Decision | RuleError> =>
  book.decide(region, point, facts).catch((error: unknown) => {
    if (error instanceof RuleError) return error;
    throw error;
  });

const places = (old: Decision | RuleError, young: Decision | RuleError): ComparedDecision['organisation'] => ({
  ...(old instanceof RuleError ? {} : { before: old.outcome as unknown as Organisation }),
  ...(young instanceof RuleError ? {} : { after: young.outcome as unknown as Organisation }),
});

/** The rules that an outcome comes from: the strongest, or all where all are collected. */
const deciding = (point: DecisionPoint, matched: Decision['matched']): Decision['matched'] =>
  specOf(point).mode === 'first' ? matched.slice(0, 1) : matched;

/** Both answers with their rules; of a list, what goes and what comes. */
function answers(
  { old, young, changes }: { old: Decision | RuleError; young: Decision | RuleError; changes: RowChanges },
  region: string,
  point: DecisionPoint,
): { before: Answer; after: Answer } {
  const rules = { before: rulesIn(old, point), after: rulesIn(young, point) };
  const only = (side: 'before' | 'after', other: 'before' | 'after') =>
    rules[side].filter(
      ({ id, outcome }) => !rules[other].some((one) => one.id === id && isDeepStrictEqual(one.outcome, outcome)),
    );
  const answer = (side: 'before' | 'after', said: Decision | RuleError): Answer => {
    if (said instanceof RuleError) return { refused: said.code, reason: said.reason };
    const first = specOf(point).mode === 'first';
    const shown = first ? rules[side] : only(side, side === 'before' ? 'after' : 'before');
    return {
      outcome: first ? said.outcome : { items: shown.map(({ outcome }) => outcome) },
      rules: shown.flatMap(({ id }) => changes.rule(side, region, point, id) ?? []),
    };
  };
  return { before: answer('before', old), after: answer('after', young) };
}

const rulesIn = (said: Decision | RuleError, point: DecisionPoint): Decision['matched'] =>
  said instanceof RuleError ? [] : deciding(point, said.matched);
