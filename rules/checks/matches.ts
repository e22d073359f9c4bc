import { type DecisionPoint, decisionPoints } from '../../domain/rules.ts';
import type { Bilingual } from '../../domain/time/types.ts';
import { canonical } from '../canonical.ts';
import type { Condition } from '../conditions.ts';
import type { DeadlineIds } from '../fact-checks.ts';
import { specOf } from '../facts.ts';
import { decisionFile } from '../packs.ts';
import { type Box, intersection, TooLarge, uncovered, Work, widened } from './boxes.ts';
import { FactSpace } from './fact-space.ts';
import { type PlacedRule, placeOf, type Report, rulesOf, type Stack } from './stacks.ts';

/** A rule with the facts for which its condition is met. */
interface Matching extends PlacedRule {
  boxes: Box[];
}

/** Comparisons that each of the questions below may take for one point; some seconds. */
const bearable = 5_000_000;
/** Gaps told of one point: enough to mend it and look again. */
const mostGaps = 5;

/**
 * Of each point of a stack: rules that can never match, rules that always lose, rules of equal strength that contradict each other, and
 * facts that no rule answers. Only what the narrowest pack brings; the packs below it have been told of theirs.
 */
export function checkMatches(report: Report, stack: Stack, ids: DeadlineIds): void {
  for (const point of decisionPoints) {
    const nation = stack.narrower.length === 0;
    if (nation || stack.pack.decisions[point] !== undefined) checkPoint(report, stack, point, ids);
  }
}

function checkPoint(report: Report, stack: Stack, point: DecisionPoint, ids: DeadlineIds): void {
  const spec = specOf(point);
  const rules = rulesOf(stack, point);
  const space = new FactSpace(
    spec,
    rules.map(({ rule }) => rule.when as Condition),
    ids,
  );
  const own = (rule: PlacedRule) => rule.pack === stack.pack;
  const matching = rules.flatMap((rule): Matching[] => {
    const boxes = within(() => space.boxesOf(rule.rule.when as Condition));
    if (boxes !== undefined) return [{ ...rule, boxes }];
    if (own(rule))
      report(placeOf(rule, 'when'), 'warning', 'too-large', tooLarge('该规则的条件', 'the condition of this rule'));
    return [];
  });
  for (const rule of matching) {
    if (rule.boxes.length === 0 && own(rule)) report(placeOf(rule, 'when'), 'error', 'never-matches', neverMatches);
  }
  if (spec.mode === 'collect') return;
  const file = { pack: stack.pack, file: decisionFile(point), path: [] };
  const examine = (zh: string, en: string, question: (work: Work) => void) => {
    if (within(() => question(new Work(bearable)) ?? true) === undefined)
      report(file, 'warning', 'too-large', tooLarge(`“${point}”的${zh}`, `${en} of "${point}"`));
  };
  examine('总是落败的规则', 'the rules that always lose', (work) =>
    losers(report, matching.filter(own), matching, work),
  );
  examine('同级规则的矛盾', 'the contradictions of equal rules', (work) =>
    overlaps(report, space, matching, own, work),
  );
  // Without every rule written out a gap may be none.
  if (stack.narrower.length === 0 && matching.length === rules.length) {
    examine('无规则回答的事实', 'the facts without an answer', (work) => {
      gaps(space, matching, work).forEach((reason) => {
        report(file, 'warning', 'gap', reason);
      });
    });
  }
}

/** What a question answers, or nothing where it is too large. */
function within<T>(question: () => T): T | undefined {
  try {
    return question();
  } catch (error) {
    if (error instanceof TooLarge) return undefined;
    throw error;
  }
}

function losers(report: Report, asked: readonly Matching[], all: readonly Matching[], work: Work): void {
  for (const rule of asked) {
    if (rule.boxes.length === 0) continue;
    const stronger = all.slice(0, all.indexOf(rule));
    const covers = stronger.flatMap(({ boxes }) => boxes);
    if (rule.boxes.some((box) => uncovered(box, covers, work) !== undefined)) continue;
    const winners = stronger.filter(({ boxes }) =>
      boxes.some((box) => rule.boxes.some((own) => intersection(box, own))),
    );
    const names = winners.map(({ rule: { id } }) => `“${id}”`);
    report(placeOf(rule), 'warning', 'always-loses', {
      zh: `该规则总是落败：凡它适用之处，更强的规则 ${names.join('、')} 先适用`,
      en: `this rule always loses: wherever it applies, a stronger one does: ${names.join(', ')}`,
    });
  }
}

/** Rules of one priority in one pack that apply to the same facts and answer differently: then their ids decide. */
function overlaps(
  report: Report,
  space: FactSpace,
  rules: readonly Matching[],
  own: (rule: PlacedRule) => boolean,
  work: Work,
): void {
  const answers = new Map(rules.map(({ rule }) => [rule, JSON.stringify(canonical(rule.then))]));
  for (const [place, rule] of rules.entries()) {
    if (!own(rule)) continue;
    const equals = rules.filter(
      (other, before) =>
        before < place &&
        other.rank === rule.rank &&
        other.rule.priority === rule.rule.priority &&
        answers.get(other.rule) !== answers.get(rule.rule),
    );
    const first = rules.findIndex(
      ({ rank, rule: { priority } }) => rank === rule.rank && priority === rule.rule.priority,
    );
    const stronger = rules.slice(0, first).flatMap(({ boxes }) => boxes);
    for (const other of equals) {
      const both = common(rule, other, stronger, work);
      if (both === undefined) continue;
      const example = JSON.stringify(space.example(both));
      report(placeOf(rule), 'warning', 'overlap', {
        zh: `与同级规则“${other.rule.id}”矛盾，只由编号的次序决定。例如 ${example}`,
        en: `contradicts "${other.rule.id}", which is as strong: only the order of their ids decides. For example ${example}`,
      });
      break;
    }
  }
}

/** Facts for which both rules match and none of the stronger ones. */
function common(one: Matching, other: Matching, stronger: readonly Box[], work: Work): Box | undefined {
  work.spend(one.boxes.length * other.boxes.length);
  for (const box of one.boxes) {
    for (const second of other.boxes) {
      const both = intersection(box, second);
      const open = both === undefined ? undefined : uncovered(both, stronger, work);
      if (open !== undefined) return open;
    }
  }
  return undefined;
}

function gaps(space: FactSpace, rules: readonly Matching[], work: Work): Bilingual[] {
  const covers = rules.flatMap(({ boxes }) => boxes);
  const found: Bilingual[] = [];
  for (const whole of space.whole) {
    for (let box = uncovered(whole, covers, work); box !== undefined; box = uncovered(whole, covers, work)) {
      if (found.length === mostGaps) return [...found, more];
      const wide = widened(box, whole, covers, work);
      covers.push(wide);
      const example = JSON.stringify(space.example(wide));
      found.push({
        zh: `没有规则回答：${space.inWords(wide)}。例如 ${example}`,
        en: `no rule answers ${space.inWords(wide)}. For example ${example}`,
      });
    }
  }
  return found;
}

const more: Bilingual = { zh: '还有其他事实没有规则回答', en: 'there are more facts that no rule answers' };
const neverMatches: Bilingual = {
  zh: '条件自相矛盾，该规则永远不会适用',
  en: 'the condition contradicts itself: this rule can never match',
};
const tooLarge = (zh: string, en: string): Bilingual => ({
  zh: `${zh}过于庞大，未能检查`,
  en: `${en}: too large to be examined`,
});
