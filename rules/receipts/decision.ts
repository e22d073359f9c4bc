import type { Decision, ExplainedCondition, MatchedRule } from '../../domain/rules.ts';
import { shanghaiDay } from '../../domain/time/day.ts';
import { inOrder } from '../evaluate.ts';
import { explainRules } from '../explain.ts';
import { specOf } from '../facts.ts';
import { pointerOf } from '../located-json.ts';
import type { Difference } from './differences.ts';
import { type DecisionReceipt, type ReceiptRule, sealed } from './receipt.ts';
import { headOf, type PackRule, packsIn, type Release, rulesIn } from './release.ts';

/** A decision as it was recorded; without a case where the rules were only asked. */
export interface RecordedDecision extends Pick<Decision, 'point' | 'facts' | 'outcome' | 'matched'> {
  region: string;
  of?: { case: { no: string; seq: number; number: number }; at: string };
}

/** The receipt of a decision: what was recorded, and out of the rule book that decided, every rule that was asked. */
export async function decisionReceipt(recorded: RecordedDecision, release: Release): Promise<DecisionReceipt> {
  const { region, point, facts, outcome, matched, of } = recorded;
  const rules = await asked(rulesIn(release, region, point), facts);
  const packOf = (id: string) => rules.find((rule) => rule.id === id)?.pack ?? '';
  const { mode } = specOf(point);
  return sealed<DecisionReceipt>({
    format: 1,
    kind: 'decision',
    case: of?.case ?? null,
    at: of?.at ?? null,
    on: of === undefined ? null : shanghaiDay(of.at),
    region,
    point,
    release: { name: release.name, sha256: release.sha256 },
    outcome,
    decidedBy: decidedBy(mode, matched),
    facts: facts as DecisionReceipt['facts'],
    matched: matched.map((rule) => ({ pack: packOf(rule.id), ...rule })),
    mode,
    packs: packsIn(release, region).map(({ head }) => head.id),
    rules,
  });
}

/**
 * The same receipt, computed from its facts under the rules of the book, or, where there is no book, under the rules that it
 * brings along; or why it cannot be.
 */
export async function recomputeDecision(
  receipt: DecisionReceipt,
  release?: Release,
): Promise<DecisionReceipt | Difference[]> {
  const { region, point, mode, facts } = receipt;
  const inForce = release === undefined ? broughtAlong(receipt) : rulesIn(release, region, point);
  const faults = release === undefined ? strayPacks(receipt) : [];
  faults.push(...missingFacts(inForce, facts));
  if (faults.length > 0) return faults;
  const rules = await asked(inForce, facts);
  const matched = rules
    .filter((rule) => rule.matched)
    .map(({ basis: _, note: __, when: ___, matched: ____, then, ...rule }) => ({ ...rule, outcome: then }));
  return sealed<DecisionReceipt>({
    ...receipt,
    on: receipt.at === null ? null : shanghaiDay(receipt.at),
    ...headOf(receipt, release),
    outcome: (mode === 'collect' ? { items: matched.map(({ outcome }) => outcome) } : matched[0]?.outcome) ?? {},
    decidedBy: decidedBy(mode, matched),
    matched,
    rules,
  });
}

/** Facts that a rule compares and that nobody handed over. */
function missingFacts(rules: readonly PackRule[], facts: DecisionReceipt['facts']): Difference[] {
  const compared = new Set(rules.flatMap(({ rule }) => factsIn(rule.when as ExplainedCondition)));
  return [...compared]
    .filter((fact) => !Object.hasOwn(facts, fact))
    .map((fact) => ({
      pointer: pointerOf(['facts', fact]),
      reason: {
        zh: `规则比较了事实“${fact}”，凭据中没有`,
        en: `a rule compares the fact "${fact}", and it is not there`,
      },
    }));
}

/** Rules of packs that are not among those in force: their rank is not known. */
const strayPacks = ({ packs, rules }: DecisionReceipt): Difference[] =>
  rules.flatMap(({ pack }, index) =>
    packs.includes(pack)
      ? []
      : [
          {
            pointer: pointerOf(['rules', index, 'pack']),
            said: pack,
            reason: { zh: '不在所列的规则包之中', en: 'this pack is not among those in force' },
          },
        ],
  );

const decidedBy = (mode: DecisionReceipt['mode'], matched: readonly Pick<MatchedRule, 'id'>[]): string[] =>
  matched.slice(0, mode === 'first' ? 1 : undefined).map(({ id }) => id);

/** Facts that no rule of the receipt compares: they were handed over, and nothing follows from them. */
export function factsNotCompared({ facts, rules }: DecisionReceipt): string[] {
  const compared = new Set(rules.flatMap(({ when }) => factsIn(when)));
  return Object.keys(facts).filter((fact) => !compared.has(fact));
}

/** Each rule with what was found, in the order in which they win. */
async function asked(rules: readonly PackRule[], facts: Decision['facts']): Promise<ReceiptRule[]> {
  const ranked = inOrder(rules);
  const explained = await explainRules(ranked, facts);
  return explained.map(({ id, title, source, legalRef, priority, matched, when }, index) => {
    const { pack, rule } = ranked[index] as PackRule;
    const { basis, note, then } = rule;
    return {
      ...{ pack, id, title, source, legalRef, priority },
      ...(basis === undefined ? {} : { basis }),
      ...(note === undefined ? {} : { note }),
      ...{ matched, when: when as ReceiptRule['when'], then },
    };
  });
}

/** The rules of a receipt as the packs have them: without what was found. */
const broughtAlong = ({ point, packs, rules }: DecisionReceipt): PackRule[] =>
  rules.map(({ pack, matched: _, when, ...rule }) => ({
    pack,
    rank: packs.indexOf(pack),
    rule: { point, ...rule, when: withoutFindings(when) },
  }));

function withoutFindings(when: ExplainedCondition): unknown {
  if ('all' in when) return { all: when.all.map(withoutFindings) };
  if ('any' in when) return { any: when.any.map(withoutFindings) };
  if ('not' in when) return { not: withoutFindings(when.not) };
  const { fact, operator, value } = when;
  return { fact, operator, value };
}

function factsIn(when: ExplainedCondition): string[] {
  if ('all' in when) return when.all.flatMap(factsIn);
  if ('any' in when) return when.any.flatMap(factsIn);
  return 'not' in when ? factsIn(when.not) : [when.fact];
}
