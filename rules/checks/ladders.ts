import type { FactValue } from '../../domain/rules.ts';
import type { DeadlineDefinition } from '../../domain/time/types.ts';
import { type Condition, holds } from '../conditions.ts';
import { domainOf } from '../fact-checks.ts';
import { specOf } from '../facts.ts';
import { deadlineIdsOf, type LocalPack, layeredDeadlines } from '../packs.ts';
import { type Place, type PlacedRule, placeOf, type Report, rulesOf, type Stack } from './stacks.ts';

const point = 'notice.ladder';

/** How many days a unit has at least; periods in hours or seconds end before a reminder counted in days. */
const leastDays: Partial<Record<DeadlineDefinition['unit'], number>> = {
  calendarDays: 1,
  workingDays: 1,
  months: 28,
  years: 365,
};

/**
 * Reminders before the last day that fall on the day from which the period runs, or before it: they are never sent. A period that the
 * parties set themselves (amount 0) may be of any length. Only what the narrowest pack brings, its rule or its shorter period.
 */
export function checkLadders(report: Report, stack: Stack): void {
  const rules = rulesOf(stack, point);
  const told = new Set<string>();
  const ids = deadlineIdsOf(stack.nation.deadlines);
  const abilities = domainOf(specOf(point).facts.ability as Parameters<typeof domainOf>[0], ids) ?? [];
  for (const { definition } of layeredDeadlines(stack.nation, stack.narrower).values()) {
    const days = definition.amount * (leastDays[definition.unit] ?? 0);
    if (days === 0) continue;
    for (const ability of abilities) {
      const facts = { deadlineId: definition.id, purpose: definition.purpose, ability };
      const rule = rules.find(({ rule: { when } }) => isMet(when as Condition, facts));
      if (rule === undefined) continue;
      (rule.rule.then.before as number[]).forEach((rung, index) => {
        const place = rung < days ? undefined : placeWithin(stack, rule, definition.id, index);
        if (place === undefined || told.has(JSON.stringify([place.path, definition.id]))) return;
        told.add(JSON.stringify([place.path, definition.id]));
        report(place, 'warning', 'reminder-too-early', {
          zh: `提前 ${rung} 日的提醒永不发出：“${definition.title.zh}”（${definition.id}）可能只有 ${days} 日`,
          en: `a reminder ${rung} days before is never sent: "${definition.title.en}" (${definition.id}) may last only ${days} days`,
        });
      });
    }
  }
}

/** Where the narrowest pack says it: in its rule, or in the period that it makes shorter. */
function placeWithin({ pack }: Stack, rule: PlacedRule, deadlineId: string, rung: number): Place | undefined {
  if (rule.pack === pack) return placeOf(rule, 'then', 'before', rung);
  const row = (pack as LocalPack).deadlines.findIndex(({ id, amount }) => id === deadlineId && amount !== undefined);
  return row < 0 ? undefined : { pack, file: 'deadlines.json', path: [row, 'amount'] };
}

function isMet(condition: Condition, facts: Readonly<Record<string, FactValue>>): boolean {
  if ('all' in condition) return condition.all.every((child) => isMet(child, facts));
  if ('any' in condition) return condition.any.some((child) => isMet(child, facts));
  if ('not' in condition) return !isMet(condition.not, facts);
  const actual = facts[condition.fact];
  return actual !== undefined && holds(condition.operator, actual, condition.value);
}
