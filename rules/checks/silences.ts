import { silencesFor } from '../../domain/procedures/silence.ts';
import { type Condition, mayHold } from '../conditions.ts';
import { deadlineIdsOf, decisionFile, type Packs } from '../packs.ts';
import type { Report } from './stacks.ts';

const point = 'silence.default';

/**
 * Answers to a silence that the procedure whose clock it is knows nothing to do with: the case would stand still at that clock, or go
 * on as if the rule said something else.
 */
export function checkSilences(report: Report, { nation, local }: Packs): void {
  const waits = deadlineIdsOf(nation.deadlines).enforcing;
  for (const pack of [nation, ...local])
    (pack.decisions[point] ?? []).forEach(({ when, then }, index) => {
      const outcome = String(then.outcome);
      const deaf = waits.filter(
        (wait) => mayHold(when as Condition, { wait }) !== false && silencesFor(wait)?.includes(outcome) === false,
      );
      if (deaf.length === 0) return;
      const understood = [...new Set(deaf.flatMap((wait) => silencesFor(wait) ?? []))].join(', ');
      report({ pack, file: decisionFile(point), path: [index, 'then', 'outcome'] }, 'error', 'unknown-silence', {
        zh: `期限 ${deaf.join('、')} 届满时，程序不认识“${outcome}”；可用：${understood}`,
        en: `when ${deaf.join(', ')} runs out the procedure does not know "${outcome}"; it knows: ${understood}`,
      });
    });
}
