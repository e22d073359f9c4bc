import type { Question } from '../domain/procedures/definition.ts';
import { type DecisionPoint, type FactValue, type RuleBook, RuleError } from '../domain/rules.ts';
import type { Bilingual } from '../domain/time/types.ts';
import type { Condition } from './conditions.ts';
import { type FactSpec, specOf } from './facts.ts';
import type { RuleRow } from './pack-schema.ts';
import { namedValues, valuesOf } from './paths.ts';
import { rulesInForce } from './stored-packs.ts';

/** Something that the rules of two regions decide differently for the same case. */
export interface Contradiction {
  /** The decision point, or the deadline. */
  about: string;
  reason: Bilingual;
}

/** What of an answer binds: names and remedies are worded by each region, reminders are each region's own. */
const binding: Partial<Record<DecisionPoint, readonly string[]>> = {
  'intake.admissible': ['admissible', 'scope', 'arbitrationOpen'],
  'intake.firstProcedure': ['next'],
  'limitation.clock': ['deadlineId'],
  'mediation.organisation': ['kind'],
  'procedure.next': ['next', 'origin', 'rightToArbitrate'],
  'silence.default': ['outcome'],
};

/** Points that a case comes to later, with facts that are not known at its beginning. */
const later: DecisionPoint[] = ['procedure.next', 'silence.default'];

/**
 * Where the rules of two regions contradict each other for a case: in the questions it is about to ask, in a period, or in what
 * either region has ruled for itself about where a case goes and what silence does. Empty where they agree.
 */
export async function regionContradictions(
  book: RuleBook,
  [one, other]: readonly [string, string],
  questions: Question[],
): Promise<Contradiction[]> {
  const asked = [...questions, ...later.flatMap((point) => locally(book, [one, other], point))];
  const found = new Map<string, Contradiction>();
  for (const { point, facts } of asked) {
    const answers = await Promise.all([one, other].map((region) => answerOf(book, region, point, facts)));
    if (answers[0] !== answers[1] && !found.has(point)) found.set(point, differing(point, [one, other], answers));
  }
  return [...periods(book, [one, other]), ...found.values()];
}

/** The questions on which only one of the two regions has rules of its own. */
function locally(book: RuleBook, regions: readonly [string, string], point: DecisionPoint): Question[] {
  const [one, other] = regions.map((region) => rulesInForce(book, region, point)) as [RuleRow[], RuleRow[]];
  const own = [...one.filter((rule) => !other.includes(rule)), ...other.filter((rule) => !one.includes(rule))];
  if (own.length === 0) return [];
  let combined: Record<string, FactValue>[] = [{}];
  for (const [name, spec] of Object.entries(specOf(point).facts) as [string, FactSpec][]) {
    const named = new Set(own.flatMap(({ when }) => namedValues(when as Condition, name)));
    const values = named.size > 0 ? [...named] : valuesOf(book, spec, named);
    combined = combined.flatMap((facts) => values.map((value) => ({ ...facts, [name]: value })));
  }
  return combined.map((facts) => ({ point, facts }));
}

/** What binds of an answer, comparable; a question without an answer is none for both. */
async function answerOf(
  book: RuleBook,
  region: string,
  point: DecisionPoint,
  facts: Record<string, FactValue>,
): Promise<string> {
  try {
    const { outcome } = await book.decide(region, point, facts);
    return (binding[point] ?? []).map((field) => `${field}: ${JSON.stringify(outcome[field] ?? null)}`).join(', ');
  } catch (error) {
    if (error instanceof RuleError && error.code === 'no-rule-matched') return '';
    throw error;
  }
}

function periods(book: RuleBook, [one, other]: readonly [string, string]): Contradiction[] {
  const said = (region: string, id: string) => {
    const { amount, unit, onExpiry, extension } = book.deadline(region, id);
    return JSON.stringify({ amount, unit, onExpiry, extension });
  };
  const scale = [one, other].map((region) => String(book.secondsPerDay(region) ?? 'days'));
  return [
    ...(scale[0] === scale[1] ? [] : [differing('timeScale', [one, other], scale)]),
    ...book.catalogue('000000').flatMap(({ id }) => {
      const answers = [said(one, id), said(other, id)];
      return answers[0] === answers[1] ? [] : [differing(id, [one, other], answers)];
    }),
  ];
}

const differing = (about: string, regions: readonly [string, string], answers: string[]): Contradiction => {
  const both = regions.map((region, index) => `${region} {${answers[index]}}`).join(' ≠ ');
  return { about, reason: { zh: `${about} 两地规定不一致：${both}`, en: `${about} is ruled differently: ${both}` } };
};
